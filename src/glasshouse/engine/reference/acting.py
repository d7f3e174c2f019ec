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
    first_uniform,
    fold,
    second_uniform,
    third_uniform,
    uniform,
)
from glasshouse.engine.lives import Act, CitizenDay, Yesterday
from glasshouse.engine.reference.looking import plain_sum
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
    neutral_rate,
    political_rate,
)
from glasshouse.model.acts import ERRANDS as KINDS_OF_ERRANDS
from glasshouse.model.expression import share_said_face_to_face, tone_of
from glasshouse.model.recording import UNRECORDED, chance_of_false_positive, taken_for

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


def speak(nation: Yesterday, i: int, me: int, today: CitizenDay) -> None:
    """Political speech in a tone, in five channels; the rest of speech is neutral."""
    terms, parameters, person = nation.terms, nation.parameters, nation.person(i)
    rates = [act_rate(kind, person.activity, parameters) for kind in range(SPEECH_KINDS)]
    face, others = rates[FACE_TO_FACE], rates[:RECORDED_SPEECH_KINDS]
    other = plain_sum(others)
    at_face = share_said_face_to_face(face, other, today.loss_on_record, parameters)
    spoken = political_rate(face, other, parameters)
    for n in range(poisson_count(first_uniform(fold(me, COUNTS)), spoken)):
        key = fold(me, SPOKEN + n)
        where = third_uniform(key, 1)
        if where < at_face:
            tone = tone_of(third_uniform(key, 0), today.free)
            kind, taken = FACE_TO_FACE, UNRECORDED
        else:
            kind = kind_of((where - at_face) / (1.0 - at_face), others)
            tone = tone_of(third_uniform(key, 0), today.speech)
            u, coverage = third_uniform(key, 2), covered(nation, today, kind)
            wrong = wrongly(nation, i, kind)
            taken = taken_for(u, tone, coverage, terms.false_negative, wrong)
        today.said.append(tone)
        enter(nation, today, kind, tone, taken)
    if today.recorded:
        say_more(nation, i, me, others, today)


def say_more(
    nation: Yesterday, i: int, me: int, rates: Sequence[float], today: CitizenDay
) -> None:
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
    terms, parameters, person = nation.terms, nation.parameters, nation.person(i)
    rates = [act_rate(kind, person.activity, parameters) for kind in KINDS_OF_ERRANDS]
    total = min(plain_sum(rates), parameters.most_acts_per_day)
    for n in range(poisson_count(second_uniform(fold(me, COUNTS)), total)):
        key = fold(me, ERRANDS + n)
        kind = KINDS_OF_ERRANDS[kind_of(third_uniform(key, 1), rates)]
        u, coverage = third_uniform(key, 2), covered(nation, today, kind)
        if kind in (PURCHASE, SUBSCRIPTION):
            chances = today.shopping if kind == PURCHASE else today.reading
            tone = tone_of(third_uniform(key, 0), chances)
            if kind == SUBSCRIPTION:
                reached, v = SUBJECTS_READ[tone + 1], uniform(fold(key, 1))
                today.subjects.append(next(s for s, most in enumerate(reached) if v < most))
            wrong = wrongly(nation, i, kind)
            taken = taken_for(u, tone, coverage, terms.false_negative, wrong)
            enter(nation, today, kind, tone, taken)
        elif kind == BILL:
            late = third_uniform(key, 0) < chance_of_late_bill(person.log_wealth, parameters)
            tone = -1 if late else 1
            enter(nation, today, BILL, tone, tone if u < coverage else UNRECORDED)
        elif kind in (GRUMBLE, CARTOON) and u < coverage:
            enter(nation, today, kind, -1, -1)


def be_sanctioned(nation: Yesterday, me: int, today: CitizenDay) -> None:
    """Sanctions for what was taken for an act against; innocent acts only cost points."""
    taken = sum(act.times for act in today.acts if act.taken == -1 and act.kind < BILL)
    if nation.terms.sanction_chance > 0.0 and taken > 0:
        u = uniform(fold(me, SANCTION_COUNT))
        today.sanctions = binomial_count(u, taken, nation.terms.sanction_chance)
