"""Stage 3, act: speak, shop, read, pay; what the scheme records of it, and misreads."""

from __future__ import annotations

from collections.abc import Sequence

from glasshouse.chance.counts import binomial_count, poisson_count
from glasshouse.chance.streams import (
    COUNTS,
    ERRANDS,
    MISREAD_SPEECH,
    READ_SPEECH,
    READINGS,
    SANCTION_COUNT,
    SPOKEN,
    first_draw,
    first_uniform,
    fold,
    second_draw,
    second_uniform,
    threshold,
    uniform,
)
from glasshouse.engine.act_places import (
    CHANNELS,
    ERRANDS_BY_PLACE,
    ends_of_channel,
    readings_of,
)
from glasshouse.engine.lives import Act, CitizenDay, Yesterday
from glasshouse.engine.reference.looking import plain_sum
from glasshouse.engine.subjects import subject_table
from glasshouse.model.acts import (
    BILL,
    CARTOON,
    FACE_TO_FACE,
    GRUMBLE,
    RECORDED_SPEECH_KINDS,
    SPEECH_KINDS,
    SUBSCRIPTION,
    act_rate,
    chance_of_late_bill,
    neutral_rate,
    political_rate,
)
from glasshouse.model.acts import ERRANDS as KINDS_OF_ERRANDS
from glasshouse.model.expression import share_said_face_to_face
from glasshouse.model.recording import UNRECORDED, chance_of_false_positive

SUBJECTS_READ = subject_table().tolist()


def enter(nation: Yesterday, today: CitizenDay, kind: int, tone: int, taken: int) -> None:
    """Enter an act, and its points where it was recorded."""
    points = 0.0
    if taken != UNRECORDED:
        points = float(nation.terms.own[kind, taken + 1])
        if taken == -1 and tone != -1:
            due = float(nation.terms.own[kind, tone + 1])
            today.wrong += max(due - points, 0.0)
    today.acts.append(Act(kind, tone, taken, 1, points))


def kind_of(u: float, rates: Sequence[float]) -> int:
    """Kind of an act by inverse CDF, in proportion to the rates."""
    total, reached = plain_sum(list(rates)), 0.0
    for kind, rate in enumerate(rates[:-1]):
        reached += rate
        if u < reached / total:
            return kind
    return len(rates) - 1


def wrongly(nation: Yesterday, i: int, kind: int) -> float:
    """Chance that a neutral act of this citizen is taken for one against."""
    listed = float(nation.terms.false_positive[kind])
    return chance_of_false_positive(listed, nation.person(i).minority, nation.parameters)


def covered(nation: Yesterday, today: CitizenDay, kind: int) -> float:
    """Share of her acts of a kind that is recorded; none where nothing of her is."""
    return float(nation.terms.coverage[kind]) if today.recorded else 0.0


def drawn(draw: int, ends: Sequence[float]) -> int:
    """Place on the line that a draw falls into, of those that end there."""
    return sum(draw >= threshold(end) for end in ends)


def taken_for(nation: Yesterday, i: int, key: int, kind: int, tone: int, today: CitizenDay) -> int:
    """What an act is taken for."""
    terms, minority = nation.terms, nation.person(i).minority
    if not today.recorded:
        return UNRECORDED
    chances = readings_of(
        kind, tone, minority, float(terms.coverage[kind]), terms.false_negative,
        float(terms.false_positive[kind]), nation.parameters,
    )  # fmt: skip
    ends = [chances.against, chances.against + chances.neutral]
    ends.append(chances.against + chances.neutral + chances.for_)
    return drawn(second_draw(key), ends) - 1


def places_of_speech(at_face: float, shares: Sequence[float], today: CitizenDay) -> list[float]:
    """Ends of the places of political speech: face to face, then channel by channel."""
    ends = list(ends_of_channel(0.0, at_face, today.free))
    rest, before = 1.0 - at_face, 0.0
    for share in (*shares, 1.0):
        start = at_face + rest * before
        ends += ends_of_channel(start, rest * (share - before), today.speech)
        before = share
    return ends


def cumulative(rates: Sequence[float]) -> list[float]:
    """Shares of all but the last kind and those before, in proportion to the rates."""
    total, reached, shares = plain_sum(list(rates)), 0.0, []
    for rate in rates[:-1]:
        reached += rate
        shares.append(reached / total if total > 0.0 else 0.0)
    return shares


def speak(nation: Yesterday, i: int, me: int, today: CitizenDay) -> None:
    """Political speech in a tone, in five channels; the rest of speech is neutral."""
    parameters, person = nation.parameters, nation.person(i)
    rates = [act_rate(kind, person.activity, parameters) for kind in range(SPEECH_KINDS)]
    face, others = rates[FACE_TO_FACE], rates[:RECORDED_SPEECH_KINDS]
    other = plain_sum(others)
    at_face = share_said_face_to_face(face, other, today.loss_on_record, parameters)
    ends = places_of_speech(at_face, cumulative(others), today)
    spoken = political_rate(face, other, parameters)
    for n in range(poisson_count(first_uniform(fold(me, COUNTS)), spoken)):
        key = fold(me, SPOKEN + n)
        place = drawn(first_draw(key), ends[:-1])
        kind, tone = CHANNELS[place // 3], place % 3 - 1
        today.said.append(tone)
        enter(nation, today, kind, tone, taken_for(nation, i, key, kind, tone, today))
    if today.recorded:
        say_more(nation, i, me, others, today)


def say_more(nation: Yesterday, i: int, me: int, rates: Sequence[float], today: CitizenDay) -> None:
    """Recorded speech that is not political: taken for what it is, or for something against."""
    parameters, key = nation.parameters, fold(me, READINGS)
    for taken, process, u in (
        (0, READ_SPEECH, first_uniform(key)),
        (-1, MISREAD_SPEECH, second_uniform(key)),
    ):
        shares = [wrongly(nation, i, kind) for kind in range(RECORDED_SPEECH_KINDS)]
        if taken == 0:
            shares = [1.0 - share for share in shares]
        seen = [
            neutral_rate(rate, covered(nation, today, kind), share, parameters)
            for kind, (rate, share) in enumerate(zip(rates, shares, strict=True))
        ]
        total = min(plain_sum(seen), parameters.most_acts_per_day)
        for n in range(poisson_count(u, total)):
            kind = kind_of(uniform(fold(me, process + n)), seen)
            enter(nation, today, kind, 0, taken)


def run_errands(nation: Yesterday, i: int, me: int, today: CitizenDay) -> None:
    """Purchases, subscriptions, bills, and the innocent acts: a grumble, a cartoon passed on.

    A purchase is against where the good is imported and for where it is listed; a bill is paid
    late or on time. Grumbles and cartoons are told of only where they are recorded.
    """
    parameters, person = nation.parameters, nation.person(i)
    rates = [act_rate(kind, person.activity, parameters) for kind in KINDS_OF_ERRANDS]
    shares = cumulative(rates)
    ends = [*ends_of_channel(0.0, shares[0], today.shopping), *shares[1:]]
    total = min(plain_sum(rates), parameters.most_acts_per_day)
    for n in range(poisson_count(second_uniform(fold(me, COUNTS)), total)):
        key = fold(me, ERRANDS + n)
        place = drawn(first_draw(key), ends)
        kind, tone, more = ERRANDS_BY_PLACE[place], place - 1, fold(key, 1)
        if kind == SUBSCRIPTION:
            tone = read_something(more, today)
        elif kind == BILL:
            late = uniform(more) < chance_of_late_bill(person.log_wealth, parameters)
            tone = -1 if late else 1
        elif kind in (GRUMBLE, CARTOON):
            tone = -1
        taken = taken_for(nation, i, key, kind, tone, today)
        if kind not in (GRUMBLE, CARTOON) or taken != UNRECORDED:
            enter(nation, today, kind, tone, taken)


def read_something(more: int, today: CitizenDay) -> int:
    """Tone of the outlet that is subscribed to; what it writes about is noted."""
    chances = today.reading
    tone = drawn(first_draw(more), [chances.against, chances.against + chances.neutral]) - 1
    reached, v = SUBJECTS_READ[tone + 1], second_uniform(more)
    today.subjects.append(next(s for s, most in enumerate(reached) if v < most))
    return tone


def be_sanctioned(nation: Yesterday, me: int, today: CitizenDay) -> None:
    """Sanctions for what was taken for an act against; innocent acts only cost points."""
    taken = sum(act.times for act in today.acts if act.taken == -1 and act.kind < BILL)
    if nation.terms.sanction_chance > 0.0 and taken > 0:
        u = uniform(fold(me, SANCTION_COUNT))
        today.sanctions = binomial_count(u, taken, nation.terms.sanction_chance)
