"""What was asked, in sentences: the scheme, the people, the days."""

from __future__ import annotations

from collections.abc import Mapping

from glasshouse.report.wording import SHARE, count_of, listed, number
from glasshouse.run.plan import NO_SCHEME
from glasshouse.scenario.scenario import Scenario
from glasshouse.scenario.scheme import Scheme
from glasshouse.scenario.scheme_parts import BillPoints, Door, Points, TonePoints

ACTS = {
    "post": "a post",
    "share": "a share",
    "like": "a like",
    "message": "a message",
    "purchase": "a purchase",
    "subscription": "a subscription",
}
AGGREGATES = {
    "mean": "the plain mean of friends' scores",
    "weighted": "the mean of friends' scores, closer friends counting more",
    "lowest": "the lowest friend's score",
    "lowest_k": "the mean of the {k} lowest friends' scores",
}


def people_asked_about(scenario: Scenario, population: int, seeds: int, worlds: int) -> str:
    """Say who was made and how long they lived.

    Examples
    --------
    >>> text = people_asked_about(Scenario.load("fear"), 20_000, 5, 2)
    >>> text[:60]
    '5 nations of 20,000 synthetic citizens each lived 180 days b'
    """
    timeline = scenario.timeline
    nations = count_of(seeds, "nation")
    citizens = f"{number(population)} synthetic citizens"
    each = "each lived" if seeds > 1 else "lived"
    days = count_of(scenario.days, "day")
    if scenario.scheme.name == NO_SCHEME and worlds == 1:
        return f"{nations} of {citizens} {each} {days} without any scheme."
    before = (
        f"{count_of(timeline.spin_up, 'day')} before the scheme and " if timeline.spin_up else ""
    )
    text = f"{nations} of {citizens} {each} {before}{days} under it."
    if not before:
        text = text.replace("under it", "under the scheme")
    if worlds > 1:
        return (
            f"{text} The same people, with the same chance events, also lived those {days} "
            "without it."
        )
    return (
        f"{text} The same people's life without the scheme was not lived (it was asked for alone)."
    )


def timeline_sentences(scenario: Scenario) -> list[str]:
    """Say on which days the rules change."""
    said = []
    for reform in scenario.timeline.reforms:
        changes = ", ".join(f"{path} {value}" for path, value in flattened(reform.scheme))
        said.append(f"On day {reform.day} the scheme is reformed: {changes}.")
    if scenario.timeline.abolition is not None:
        said.append(f"On day {scenario.timeline.abolition} the scheme is abolished.")
    return said


def flattened(values: Mapping[str, object], before: str = "") -> list[tuple[str, object]]:
    """Write nested values as dotted paths.

    Examples
    --------
    >>> flattened({"friends": {"share": 0}, "base": 500})
    [('friends.share', 0), ('base', 500)]
    """
    result: list[tuple[str, object]] = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            result += flattened(value, f"{before}{name}.")
        else:
            result.append((before + name, value))
    return result


def scheme_topics(scheme: Scheme) -> list[tuple[str, str]]:
    """Write a scheme as sentences with the values inside them, each under a topic.

    Examples
    --------
    >>> dict(scheme_topics(Scenario.load("fear").scheme))["Doors"]
    'No door depends on the score.'
    """
    if scheme.is_none():
        return [("Scheme", "Nothing is recorded, nobody has a score, and every door is open.")]
    topics = [
        ("Score", _score(scheme)),
        ("Acts", " ".join(_acts(scheme.points))),
        ("Recorded", _coverage(scheme)),
        ("Mistakes", _errors(scheme)),
        ("Friends", _friends(scheme)),
        ("Doors", _doors(scheme.doors)),
        ("Besides", " ".join(_rest(scheme))),
    ]
    return [(topic, sentence) for topic, sentence in topics if sentence]


def _score(scheme: Scheme) -> str:
    low, high = number(scheme.range.low), number(scheme.range.high)
    text = f"Scores run from {low} to {high}; everybody begins with {number(scheme.first_score())}."
    if scheme.forgetting:
        text += (
            f" Every day {SHARE.text(scheme.forgetting)} of the distance to "
            f"{number(scheme.base)} is forgotten."
        )
    if scheme.period > 1:
        text += f" A new score is published every {count_of(scheme.period, 'day')}."
    return text


def _signed(value: float) -> str:
    return ("+" if value > 0 else "−") + number(abs(value))


def _acts(points: Points) -> list[str]:
    """Say what each act brings, acts of equal points together."""
    alike: dict[tuple[float, float, float], list[str]] = {}
    for name, words in ACTS.items():
        tone: TonePoints = getattr(points, name)
        key = (tone.against, tone.neutral, tone.for_)
        if any(key):
            alike.setdefault(key, []).append(words)
    said = [_acts_sentence(acts, *key) for key, acts in alike.items()]
    said += _bills(points.bill)
    for value, words in ((points.grumble, "A grumble about work"), (points.cartoon, "A cartoon")):
        if value:
            said.append(f"{words}: {_signed(value)}.")
    return said or ["No act brings or costs a point."]


def _acts_sentence(acts: list[str], against: float, neutral: float, for_: float) -> str:
    words = listed(acts, "or")
    parts = [
        f"{_signed(value)} {tone}"
        for value, tone in ((against, "against"), (neutral, "neutral"), (for_, "for"))
        if value
    ]
    return f"{words[0].upper()}{words[1:]}: {', '.join(parts)}."


def _bills(bill: BillPoints) -> list[str]:
    parts = [
        f"{_signed(value)} {when}"
        for value, when in ((bill.paid, "paid in time"), (bill.late, "paid late"))
        if value
    ]
    return [f"A bill: {', '.join(parts)}."] if parts else []


def _coverage(scheme: Scheme) -> str:
    recorded = dict(scheme.coverage)
    names = {
        "public": "what is said in public",
        "message": "messages",
        "purchase": "purchases",
        "subscription": "subscriptions",
        "bill": "bills",
    }
    whole = [names[name] for name, share in recorded.items() if share == 1]
    some = [
        f"{SHARE.text(share)} of {names[name]}" for name, share in recorded.items() if 0 < share < 1
    ]
    parts = ([f"all of {listed(whole)}"] if whole else []) + some
    if not parts:
        return "Nothing is recorded."
    words = listed(parts)
    return f"{words[0].upper()}{words[1:]}. What is said face to face never is."


def _errors(scheme: Scheme) -> str:
    errors = scheme.errors
    if not any(share for _, share in errors):
        return "Every recorded act is read rightly."
    return (
        f"{SHARE.text(errors.false_negative)} of acts against or for are taken as neutral; "
        f"{SHARE.text(errors.false_positive_post)} of neutral posts and "
        f"{SHARE.text(errors.false_positive_other)} of other neutral acts are taken as against."
    )


def _friends(scheme: Scheme) -> str:
    friends = scheme.friends
    text = "Friends' scores do not count."
    if friends.share:
        aggregate = AGGREGATES[friends.aggregate].format(k=friends.lowest_k)
        text = f"{SHARE.text(friends.share)} of the score comes from friends: {aggregate}."
    if friends.map:
        text += " Everybody sees a map of all friends' scores."
    if friends.status:
        text += " High scores attract new friends."
    return text


def _doors(doors: Mapping[str, Door]) -> str:
    if not doors:
        return "No door depends on the score."
    return "Open are: " + "; ".join(_door(name, door) for name, door in doors.items()) + "."


def _door(name: str, door: Door) -> str:
    if door.threshold is not None:
        text = f"{name}, from {number(door.threshold)} points"
    else:
        text = f"{name}, to the {SHARE.text(1 - (door.rank or 0))} with the highest scores"
    return text if door.worth == 1 else f"{text} (worth {number(door.worth)})"


def _rest(scheme: Scheme) -> list[str]:
    said = []
    if scheme.sanctions.chance:
        said.append(
            "A recorded act against is punished with a chance of "
            f"{SHARE.text(scheme.sanctions.chance)}; "
            f"the punishment weighs {number(scheme.sanctions.worth)} doors."
        )
    if scheme.appeals is not None:
        said.append(
            f"Points lost by a misreading can be appealed: {SHARE.text(scheme.appeals.success)} "
            "succeed, "
            f"after {count_of(scheme.appeals.delay, 'day')} on average."
        )
    if scheme.opt_out:
        said.append("Citizens may leave the scheme.")
    return said
