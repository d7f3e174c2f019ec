"""The reference: the whole day in plain Python and double precision, to be read as the model.

Nothing here is compiled. The compiled loops must give the same nation, citizen by citizen and
day by day. One day, for every citizen, from the nation as it was at the end of yesterday:

1. look     at one's living ties: friends' scores, what they stand for, who presses
2. choose   the chances of each tone, where it may be recorded and where it may not
3. act      speak, shop, read, pay; the scheme records some of it and misreads some of that
4. score    points, friends and forgetting become tonight's score; appeals are decided
5. doors    open or shut by tonight's score
6. friends  review one tie and perhaps cut it; offer one and perhaps have it accepted
7. drift    stance follows what was said; once a month opinion follows stance, friends, reading
"""

from __future__ import annotations

import math

from glasshouse.chance.counts import binomial_count, poisson_count, rounded
from glasshouse.chance.normal import standard_normal
from glasshouse.chance.streams import (
    ACTS,
    ACTS_OF_ONE_KIND,
    APPEAL,
    BILL_COUNT,
    CARTOON_COUNT,
    CUT,
    GRUMBLE_COUNT,
    MISREADINGS,
    OTHER_COUNT,
    POLITICAL_COUNT,
    READING_COUNT,
    RECONSIDERATION,
    RECORDED_CARTOONS,
    RECORDED_GRUMBLES,
    REVIEW,
    REVIEW_CHOICE,
    ROUND_OPINION,
    ROUND_SCORE,
    ROUND_STANCE,
    SANCTION_COUNT,
    SHOPPING_COUNT,
    below,
    first_uniform,
    fold,
    second_uniform,
    uniform,
)  # fmt: skip
from glasshouse.engine.lives import Act, CitizenDay, FriendRow, Seen, Tie, Yesterday
from glasshouse.engine.subjects import subject_table
from glasshouse.model.acts import (
    BILL,
    CARTOON,
    FACE_TO_FACE,
    GRUMBLE,
    PURCHASE,
    RECORDED_SPEECH_KINDS,
    SPEECH_KINDS,
    SUBSCRIPTION,
    act_rate,
    chance_of_late_bill,
)  # fmt: skip
from glasshouse.model.doors import felt_gain
from glasshouse.model.drift import MONTH, next_opinion, next_stance
from glasshouse.model.expression import (
    READING,
    SHOPPING,
    SPEECH,
    Tones,
    chances_of_tones,
    loss_on_record,
    pull_of_friends,
    share_said_face_to_face,
    tone_of,
    utility_off_record,
    utility_on_record,
)  # fmt: skip
from glasshouse.model.friendship import (
    chance_of_accepting,
    chance_of_cutting,
    gain_from_cutting_lowest,
    gain_from_cutting_lowest_k,
    gain_from_cutting_mean,
    gain_from_cutting_only_friend,
    gain_from_cutting_weighted,
    may_reopen,
)  # fmt: skip
from glasshouse.model.participation import WEEK, chance_of_leaving
from glasshouse.model.pressure import guessed_score, presses, would_press
from glasshouse.model.recording import UNRECORDED, chance_of_false_positive, taken_for
from glasshouse.model.scoring import (
    LOWEST,
    LOWEST_K,
    MEAN,
    WEIGHTED,
    forgetting_pull,
    friends_pull,
    next_score,
    own_points,
    waiting_correction,
)  # fmt: skip
from glasshouse.model.terms import BASE
from glasshouse.society.people import CIRCLE_SIZE
from glasshouse.society.record import STEPS_OF_FEELING, feeling_of, nearest_step, score_of
from glasshouse.society.ties import CIRCLE, KIN

SUBJECTS_READ = subject_table().tolist()


# 1. Look


def presses_friend(nation: Yesterday, i: int, j: int, layer: int) -> bool:
    """Whether i presses j this month; both work it out alike."""
    terms = nation.terms
    if not (terms.map and terms.share > 0.0 and nation.calendar.in_force):
        return False
    if not would_press(nation.published(i), nation.published(j), nation.parameters):
        return False
    u = uniform(fold(fold(int(nation.calendar.pressing_key), i), j))
    return presses(u, layer, nation.parameters)


def aggregate_of(nation: Yesterday, i: int, counted: list[Tie]) -> float:
    """Friends' scores as one number: mean, weighted mean, lowest, or mean of the lowest k."""
    terms = nation.terms
    if not counted:
        return terms.base if terms.friendless == BASE else nation.published(i)
    scores = [nation.published(tie.friend) for tie in counted]
    if terms.aggregate == MEAN:
        return plain_sum(scores) / len(scores)
    if terms.aggregate == WEIGHTED:
        strengths = [tie.strength for tie in counted]
        weighted = [tie.strength * score for tie, score in zip(counted, scores, strict=True)]
        return plain_sum(weighted) / plain_sum(strengths)
    lowest = sorted(scores)[: 1 if terms.aggregate == LOWEST else terms.lowest_k]
    return plain_sum(lowest) / len(lowest)


def plain_sum(numbers: list[float]) -> float:
    """Sum from left to right; Python's own ``sum`` corrects its rounding from 3.12 on."""
    total = 0.0
    for number in numbers:
        total += number
    return total


def look(nation: Yesterday, i: int) -> Seen:
    """See one's friends as they were at the end of yesterday."""
    living = [tie for tie in nation.ties(i) if tie.living]
    counted = [tie for tie in living if not nation.absent(tie.friend)]
    seen_at = nation.parameters.stance_seen
    heard = {(side, near): 0 for side in (1, -1) for near in (True, False)}
    for tie in living:
        stance = nation.stance(tie.friend)
        near = tie.layer <= CIRCLE
        if stance > seen_at:
            heard[1, near] += 1
        elif stance < -seen_at:
            heard[-1, near] += 1
    pressers = sum(presses_friend(nation, tie.friend, i, tie.layer) for tie in counted)
    stances = plain_sum([nation.stance(tie.friend) for tie in living])
    pull = pull_of_friends(
        heard[1, True], heard[-1, True], heard[1, False], heard[-1, False], nation.parameters
    )
    mean_stance = stances / len(living) if living else 0.0
    return Seen(living, counted, aggregate_of(nation, i, counted), pull, pressers, mean_stance)


# 2. Choose


def on_record(nation: Yesterday, i: int, domain: int, off: Tones) -> Tones:
    """Utilities of the tones where the scheme may record them."""
    terms, parameters, person = nation.terms, nation.parameters, nation.person(i)
    step = nation.published_step(i)
    now = float(terms.worth[step])

    def utility(tone: int, off_record: float) -> float:
        reached = min(max(step + int(terms.lasting_steps[domain, tone + 1]), 0), terms.top)
        gain = felt_gain(float(terms.worth[reached]), now, parameters)
        return utility_on_record(
            float(tone), off_record, person.ambition, gain, person.fear,
            float(terms.observed[domain]), terms.sanction, parameters,
        )  # fmt: skip

    return Tones(utility(-1, off.against), utility(0, off.neutral), utility(1, off.for_))


def off_record(nation: Yesterday, i: int, seen: Seen) -> Tones:
    """Utilities of the tones where nothing is recorded."""
    person = nation.person(i)
    pressing = seen.pressers / len(seen.living) if seen.living else 0.0

    def utility(tone: float) -> float:
        return utility_off_record(
            tone, person.expressiveness, nation.opinion(i), nation.stance(i), seen.pull,
            pressing, nation.parameters,
        )  # fmt: skip

    return Tones(utility(-1.0), utility(0.0), utility(1.0))


def choose(nation: Yesterday, i: int, seen: Seen, today: CitizenDay) -> None:
    """Work out the chances of the tones of everything that has a tone."""
    off = off_record(nation, i, seen)
    today.free = today.speech = today.shopping = today.reading = chances_of_tones(off)
    if today.recorded:
        speech = on_record(nation, i, SPEECH, off)
        today.speech = chances_of_tones(speech)
        today.shopping = chances_of_tones(on_record(nation, i, SHOPPING, off))
        today.reading = chances_of_tones(on_record(nation, i, READING, off))
        today.loss_on_record = loss_on_record(today.free, off, speech)


# 3. Act, and what is recorded of it


def enter(
    nation: Yesterday, today: CitizenDay, kind: int, tone: int, taken: int, count: int
) -> None:
    """Enter acts of one kind, and their points where they were recorded."""
    if count == 0:
        return
    points = 0.0
    if taken != UNRECORDED:
        share = nation.terms.share
        points = own_points(float(nation.terms.points[kind, taken + 1]), share) * count
        if taken == -1 and tone != -1:
            due = own_points(float(nation.terms.points[kind, tone + 1]), share) * count
            today.wrong += max(due - points, 0.0)
    today.acts.append(Act(kind, tone, taken, count, points))


def speak(nation: Yesterday, i: int, me: int, today: CitizenDay) -> None:
    """Political speech in a tone, in five channels; the rest of speech is neutral."""
    terms, parameters, person = nation.terms, nation.parameters, nation.person(i)
    rates = [act_rate(kind, person.activity, parameters) for kind in range(SPEECH_KINDS)]
    face, other = rates[FACE_TO_FACE], plain_sum(rates[:RECORDED_SPEECH_KINDS])
    political = parameters.political_share
    at_face = share_said_face_to_face(face, other, today.loss_on_record, parameters)
    for kind, rate in enumerate(rates):
        if kind == FACE_TO_FACE:
            spoken = political * (face + other) * at_face
        elif other > 0.0:
            spoken = political * rate * (1.0 - at_face) * (face + other) / other
        else:
            spoken = 0.0
        spoken = min(spoken, parameters.most_acts_per_day)
        coverage = float(terms.coverage[kind]) if today.recorded else 0.0
        wrong = chance_of_false_positive(
            float(terms.false_positive[kind]), person.minority, parameters
        )
        for n in range(poisson_count(uniform(fold(me, POLITICAL_COUNT + kind)), spoken)):
            key = fold(me, ACTS + kind * ACTS_OF_ONE_KIND + n)
            chances = today.free if kind == FACE_TO_FACE else today.speech
            tone = tone_of(first_uniform(key), chances)
            today.said.append(tone)
            taken = UNRECORDED
            if kind != FACE_TO_FACE:
                u = second_uniform(key)
                taken = taken_for(u, tone, coverage, terms.false_negative, wrong)
            enter(nation, today, kind, tone, taken, 1)
        if coverage > 0.0:
            seen = rate * (1.0 - political) * coverage
            count = poisson_count(uniform(fold(me, OTHER_COUNT + kind)), seen)
            misread = binomial_count(uniform(fold(me, MISREADINGS + kind)), count, wrong)
            enter(nation, today, kind, 0, 0, count - misread)
            enter(nation, today, kind, 0, -1, misread)


def shop_and_read(nation: Yesterday, i: int, me: int, today: CitizenDay) -> None:
    """Purchases (against: an imported good, for: a listed one) and subscriptions."""
    terms, parameters, person = nation.terms, nation.parameters, nation.person(i)
    for kind, process, chances in (
        (PURCHASE, SHOPPING_COUNT, today.shopping),
        (SUBSCRIPTION, READING_COUNT, today.reading),
    ):
        coverage = float(terms.coverage[kind]) if today.recorded else 0.0
        wrong = chance_of_false_positive(
            float(terms.false_positive[kind]), person.minority, parameters
        )
        rate = act_rate(kind, person.activity, parameters)
        for n in range(poisson_count(uniform(fold(me, process)), rate)):
            key = fold(me, ACTS + kind * ACTS_OF_ONE_KIND + n)
            tone = tone_of(first_uniform(key), chances)
            if kind == SUBSCRIPTION:
                u = uniform(fold(key, 1))
                reached = SUBJECTS_READ[tone + 1]
                today.subjects.append(next(s for s, most in enumerate(reached) if u < most))
            taken = taken_for(second_uniform(key), tone, coverage, terms.false_negative, wrong)
            enter(nation, today, kind, tone, taken, 1)


def pay_and_grumble(nation: Yesterday, i: int, me: int, today: CitizenDay) -> None:
    """Bills, paid or late, and the innocent acts: a grumble about work, a cartoon passed on."""
    terms, parameters, person = nation.terms, nation.parameters, nation.person(i)
    coverage = float(terms.coverage[BILL]) if today.recorded else 0.0
    rate = act_rate(BILL, person.activity, parameters)
    for n in range(poisson_count(uniform(fold(me, BILL_COUNT)), rate)):
        key = fold(me, ACTS + BILL * ACTS_OF_ONE_KIND + n)
        late = first_uniform(key) < chance_of_late_bill(person.log_wealth, parameters)
        tone = -1 if late else 1
        enter(nation, today, BILL, tone, tone if second_uniform(key) < coverage else UNRECORDED, 1)
    if not today.recorded:
        return
    for kind, process, which in (
        (GRUMBLE, GRUMBLE_COUNT, RECORDED_GRUMBLES),
        (CARTOON, CARTOON_COUNT, RECORDED_CARTOONS),
    ):
        rate = act_rate(kind, person.activity, parameters)
        count = poisson_count(uniform(fold(me, process)), rate)
        if count > 0:
            share = float(terms.coverage[kind])
            enter(
                nation, today, kind, -1, -1, binomial_count(uniform(fold(me, which)), count, share)
            )


def be_sanctioned(nation: Yesterday, me: int, today: CitizenDay) -> None:
    """Sanctions for what was taken for an act against; innocent acts only cost points."""
    taken = sum(act.times for act in today.acts if act.taken == -1 and act.kind < BILL)
    if nation.terms.sanction_chance > 0.0 and taken > 0:
        u = uniform(fold(me, SANCTION_COUNT))
        today.sanctions = binomial_count(u, taken, nation.terms.sanction_chance)


# 4. Score


def friend_rows(nation: Yesterday, i: int, seen: Seen) -> list[FriendRow]:
    """What each friend pulls on the score: the pull of all of them, split by their weights."""
    terms, counted = nation.terms, seen.counted
    score = nation.score(i)
    if not counted:
        return []
    weights = [1.0 / len(counted)] * len(counted)
    if terms.aggregate == WEIGHTED:
        total = plain_sum([tie.strength for tie in counted])
        weights = [tie.strength / total for tie in counted]
    elif terms.aggregate in (LOWEST, LOWEST_K):
        most = 1 if terms.aggregate == LOWEST else terms.lowest_k
        order = sorted(range(len(counted)), key=lambda n: nation.published(counted[n].friend))
        lowest = order[:most]
        weights = [1.0 / len(lowest) if n in lowest else 0.0 for n in range(len(counted))]
    return [
        FriendRow(
            tie.friend,
            tie.layer,
            weight
            * friends_pull(score, nation.published(tie.friend), terms.share, terms.forgetting),
        )
        for tie, weight in zip(counted, weights, strict=True)
        if weight > 0.0
    ]


def settle_score(nation: Yesterday, i: int, me: int, seen: Seen, today: CitizenDay) -> None:
    """Points, friends and forgetting become tonight's score."""
    terms = nation.terms
    score = nation.score(i)
    today.friends = friend_rows(nation, i, seen)
    today.points = plain_sum([act.points for act in today.acts])
    today.friends_pull = friends_pull(score, seen.aggregate, terms.share, terms.forgetting)
    today.forgetting = forgetting_pull(score, terms.base, terms.share, terms.forgetting)
    target = next_score(score, today.points, today.forgetting, today.friends_pull)
    if terms.appeal_rate > 0.0:
        today.waiting = waiting_correction(nation.waiting(i), today.wrong, terms.forgetting)
        key = fold(me, APPEAL)
        if first_uniform(key) < terms.appeal_rate:
            if second_uniform(key) < terms.appeal_success:
                today.appeal = today.waiting
            today.waiting = 0.0
    target += today.appeal
    whole = rounded((target - terms.low) / terms.unit, uniform(fold(me, ROUND_SCORE)))
    today.step = min(max(whole, 0), terms.top)
    today.clip = (today.step - whole) * terms.unit


# 6. Friends


def perceived_score(nation: Yesterday, i: int, j: int) -> float:
    """A friend's score as the map shows it, or as it is guessed where there is none."""
    terms = nation.terms
    if terms.map:
        return nation.published(j)
    normal = standard_normal(fold(fold(int(nation.calendar.guessing_key), i), j))
    guess = guessed_score(
        nation.published(i), nation.stance(i), nation.stance(j), normal, nation.parameters
    )
    return min(max(guess, terms.low), score_of(terms.top, terms.low, terms.unit))


def gains_from_cutting(nation: Yesterday, i: int, counted: list[Tie]) -> list[float]:
    """Points that dropping each friend would add in the long run."""
    terms = nation.terms
    scores = [perceived_score(nation, i, tie.friend) for tie in counted]
    n, share = len(counted), terms.share
    if n == 1:
        alone = terms.base if terms.friendless == BASE else nation.published(i)
        return [gain_from_cutting_only_friend(share, alone, scores[0])]
    if terms.aggregate == WEIGHTED:
        strengths = [tie.strength for tie in counted]
        total = plain_sum(strengths)
        mean = plain_sum([w * score for w, score in zip(strengths, scores, strict=True)]) / total
        return [
            gain_from_cutting_weighted(share, mean, score, w, total)
            for w, score in zip(strengths, scores, strict=True)
        ]
    if terms.aggregate == MEAN or (terms.aggregate == LOWEST_K and n <= terms.lowest_k):
        mean = plain_sum(scores) / n
        return [gain_from_cutting_mean(share, mean, score, n) for score in scores]
    ascending = sorted(scores)
    if terms.aggregate == LOWEST:
        return [
            gain_from_cutting_lowest(share, score, ascending[1]) if score == ascending[0] else 0.0
            for score in scores
        ]
    k = terms.lowest_k
    return [
        gain_from_cutting_lowest_k(share, ascending[k], score, k)
        if score <= ascending[k - 1] else 0.0
        for score in scores
    ]  # fmt: skip


def review(nation: Yesterday, i: int, me: int, seen: Seen, today: CitizenDay) -> None:
    """Review the tie that drags most, or any; press the friend, or cut, or let it be."""
    terms, parameters = nation.terms, nation.parameters
    if not seen.living or uniform(fold(me, REVIEW)) >= parameters.reviews_per_day:
        return
    chosen, gain = seen.living[below(fold(me, REVIEW_CHOICE), len(seen.living))], 0.0
    if today.recorded and terms.share > 0.0 and parameters.cut_for_doors != 0.0:
        for tie, points in zip(
            seen.counted, gains_from_cutting(nation, i, seen.counted), strict=True
        ):
            if points > gain:
                chosen, gain = tie, points
    today.reviewed = chosen.friend
    absent = nation.absent(chosen.friend)
    if not absent and presses_friend(nation, i, chosen.friend, chosen.layer):
        return
    own = nation.published(i)
    chance = chance_of_cutting(
        nation.person(i).ambition,
        float(terms.worth[nearest_step(own + gain, terms.low, terms.unit, terms.top)]),
        float(terms.worth[nation.published_step(i)]),
        math.log(chosen.strength),
        1 if chosen.layer == KIN else 0,
        abs(nation.stance(i) - nation.stance(chosen.friend)),
        parameters,
    )
    if uniform(fold(me, CUT)) < chance:
        today.cut = chosen.friend
        today.cut_for_score = gain > 0.0


def offers(nation: Yesterday) -> list[tuple[int, int]]:
    """Who opens their side towards whom tonight; of 32 citizens at most one makes an offer."""
    parameters, terms, calendar = nation.parameters, nation.terms, nation.calendar
    opened: list[tuple[int, int]] = []

    def degree(i: int) -> int:
        return sum(tie.living for tie in nation.ties(i))

    for block in range((nation.citizens + CIRCLE_SIZE - 1) // CIRCLE_SIZE):
        key = fold(int(calendar.opening_key), block)
        i = block * CIRCLE_SIZE + below(fold(key, 0), CIRCLE_SIZE)
        if first_uniform(key) >= CIRCLE_SIZE * parameters.openings_per_day or i >= nation.citizens:
            continue
        if degree(i) >= nation.person(i).capacity:
            continue
        eligible = []
        for tie in nation.ties(i):
            ends = sorted((i, tie.friend))
            pair = fold(fold(int(calendar.accepting_key), ends[0]), ends[1])
            if not tie.open and may_reopen(calendar.month, below(pair, 12)):
                eligible.append(tie.friend)
        if not eligible:
            continue
        j = eligible[below(fold(key, 1), len(eligible))]
        chance = chance_of_accepting(
            abs(nation.stance(i) - nation.stance(j)),
            (nation.published_step(i) - nation.published_step(j)) * terms.unit,
            terms.status,
            parameters,
        )
        if uniform(fold(key, 2)) < chance:
            opened.append((i, j))
            if degree(j) < nation.person(j).capacity:
                opened.append((j, i))
    return opened


# 7. Drift, and who is there at all


def settle_feelings(nation: Yesterday, i: int, me: int, seen: Seen, today: CitizenDay) -> None:
    """Stance follows what was said today; once a month opinion follows stance, friends, reading."""
    today.stance, today.opinion = nation.stance_stored(i), nation.opinion_stored(i)
    if today.said:
        moved = next_stance(nation.stance(i), sum(today.said) / len(today.said), nation.parameters)
        today.stance = held(rounded(moved * STEPS_OF_FEELING, uniform(fold(me, ROUND_STANCE))))
    own_day = below(fold(int(nation.calendar.calendar_key), i), MONTH)
    if (nation.calendar.day + own_day) % MONTH == 0:
        x = feeling_of(today.opinion)
        heard = seen.stance if seen.living else x
        reading = today.reading.for_ - today.reading.against
        moved = next_opinion(x, nation.stance(i), heard, reading, nation.parameters)
        today.opinion = held(rounded(moved * STEPS_OF_FEELING, uniform(fold(me, ROUND_OPINION))))


def held(stored: int) -> int:
    """A stored stance or opinion held to its range."""
    return min(max(stored, -STEPS_OF_FEELING), STEPS_OF_FEELING)


def settle_presence(nation: Yesterday, i: int, me: int, today: CitizenDay) -> None:
    """Once a week, perhaps, reconsider whether to take part in the scheme."""
    today.absent = nation.absent(i)
    if not nation.terms.opt_out:
        return
    own_day = below(fold(fold(int(nation.calendar.calendar_key), i), 1), WEEK)
    key = fold(me, RECONSIDERATION)
    if (nation.calendar.day + own_day) % WEEK != 0:
        return
    if first_uniform(key) < nation.parameters.reconsiderations_per_week:
        worth = float(nation.terms.worth[nation.published_step(i)])
        ambition = nation.person(i).ambition
        chance = chance_of_leaving(ambition, worth, nation.terms.worth_absent, nation.parameters)
        today.absent = second_uniform(key) < chance


# The day


def live_citizen(nation: Yesterday, i: int) -> CitizenDay:
    """One citizen's day, the stages in order.

    Parameters
    ----------
    nation : Yesterday
        The nation at the end of yesterday.
    i : int
        The citizen.

    Returns
    -------
    CitizenDay
        Everything that happened to her.
    """
    me = fold(int(nation.calendar.days_key), i)
    today = CitizenDay(citizen=i, step_before=nation.score_step(i), step=nation.score_step(i))
    today.recorded = nation.calendar.in_force and not nation.absent(i)
    today.waiting = nation.waiting(i)
    seen = look(nation, i)
    today.degree, today.pressers = len(seen.living), seen.pressers
    choose(nation, i, seen, today)
    speak(nation, i, me, today)
    shop_and_read(nation, i, me, today)
    pay_and_grumble(nation, i, me, today)
    be_sanctioned(nation, me, today)
    if today.recorded:
        settle_score(nation, i, me, seen, today)
    settle_presence(nation, i, me, today)
    review(nation, i, me, seen, today)
    settle_feelings(nation, i, me, seen, today)
    return today


def live_nation(nation: Yesterday) -> tuple[list[CitizenDay], list[tuple[int, int]]]:
    """Everybody's day, and who opens their side towards whom tonight."""
    return [live_citizen(nation, i) for i in range(nation.citizens)], offers(nation)
