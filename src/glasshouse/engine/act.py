"""Stages 3 and 4, act and record: everything done today, what was seen of it, and its points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.counts import binomial_count, poisson_count
from glasshouse.chance.rule import rule
from glasshouse.chance.streams import (
    ACTS,
    ACTS_OF_ONE_KIND,
    BILL_COUNT,
    CARTOON_COUNT,
    GRUMBLE_COUNT,
    MISREADINGS,
    OTHER_COUNT,
    POLITICAL_COUNT,
    READING_COUNT,
    RECORDED_CARTOONS,
    RECORDED_GRUMBLES,
    SHOPPING_COUNT,
    first_uniform,
    fold,
    second_uniform,
    uniform,
)  # fmt: skip
from glasshouse.engine.choose import Choice
from glasshouse.measures.counters import (
    BILLS,
    BILLS_LATE,
    FACE_NEUTRAL,
    LOST,
    LOST_INNOCENT,
    LOST_MISREAD,
    MISREAD,
    PENALTIES,
    READ_NEUTRAL,
    READ_SUBJECT_0,
    RECORDED,
    ROWS_ACTS,
    SAID_NEUTRAL,
    SHOPPED_NEUTRAL,
)  # fmt: skip
from glasshouse.model.acts import (
    BILL,
    CARTOON,
    FACE_TO_FACE,
    GRUMBLE,
    PURCHASE,
    RECORDED_SPEECH_KINDS,
    SPEECH_KINDS,
    SUBJECTS,
    SUBSCRIPTION,
    act_rate,
    chance_of_late_bill,
)  # fmt: skip
from glasshouse.model.expression import share_said_face_to_face, tone_of
from glasshouse.model.recording import UNRECORDED, chance_of_false_positive, taken_for
from glasshouse.model.scoring import own_points
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters

# Sums over one citizen's day.
POINTS, WRONG, TAKEN_AGAINST, SAID, TONE = range(5)
SUMS = 5


@rule
def record(
    kind: int, tone: int, taken: int, count: int, terms: SchemeTerms,
    sums: NDArray[np.float64], tally: NDArray[np.float64],
) -> None:  # fmt: skip
    """Enter acts of one kind that were recorded and taken for the same thing."""
    if count == 0:
        return
    points = own_points(terms.points[kind, taken + 1], terms.share) * count
    sums[POINTS] += points
    tally[RECORDED] += count
    tally[ROWS_ACTS] += abs(points)
    innocent = kind in (GRUMBLE, CARTOON)
    misread = taken == -1 and tone != -1
    if taken == -1 and kind != BILL and not innocent:
        sums[TAKEN_AGAINST] += count
    if misread:
        tally[MISREAD] += count
        due = own_points(terms.points[kind, tone + 1], terms.share) * count
        sums[WRONG] += max(due - points, 0.0)
    if points < 0.0:
        tally[LOST] -= points
        tally[PENALTIES] += count
        if misread:
            tally[LOST_MISREAD] -= points
        if innocent:
            tally[LOST_INNOCENT] -= points


@rule
def speak(
    me: int, activity: float, minority: int, recorded: bool, choice: Choice, terms: SchemeTerms,
    parameters: Parameters, sums: NDArray[np.float64], tally: NDArray[np.float64],
) -> None:  # fmt: skip
    """Speech of the day: political in a tone, the rest neutral."""
    face_rate = act_rate(FACE_TO_FACE, activity, parameters)
    other_rate = 0.0
    for kind in range(RECORDED_SPEECH_KINDS):
        other_rate += act_rate(kind, activity, parameters)
    at_face = share_said_face_to_face(face_rate, other_rate, choice.loss, parameters)
    political = parameters.political_share
    for kind in range(SPEECH_KINDS):
        rate = act_rate(kind, activity, parameters)
        if kind == FACE_TO_FACE:
            spoken = political * (face_rate + other_rate) * at_face
        elif other_rate > 0.0:
            spoken = political * rate * (1.0 - at_face) * (face_rate + other_rate) / other_rate
        else:
            spoken = 0.0
        spoken = min(spoken, parameters.most_acts_per_day)
        wrong = chance_of_false_positive(terms.false_positive[kind], minority, parameters)
        coverage = terms.coverage[kind] if recorded else 0.0
        count = poisson_count(uniform(fold(me, POLITICAL_COUNT + kind)), spoken)
        for n in range(count):
            key = fold(me, ACTS + kind * ACTS_OF_ONE_KIND + n)
            chances = choice.free if kind == FACE_TO_FACE else choice.speech
            tone = tone_of(first_uniform(key), chances)
            tally[SAID_NEUTRAL + tone] += 1.0
            sums[SAID] += 1.0
            sums[TONE] += tone
            if kind == FACE_TO_FACE:
                tally[FACE_NEUTRAL + tone] += 1.0
                continue
            taken = taken_for(second_uniform(key), tone, coverage, terms.false_negative, wrong)
            if taken != UNRECORDED:
                record(kind, tone, taken, 1, terms, sums, tally)
        if coverage > 0.0:
            seen = rate * (1.0 - political) * coverage
            count = poisson_count(uniform(fold(me, OTHER_COUNT + kind)), seen)
            misread = binomial_count(uniform(fold(me, MISREADINGS + kind)), count, wrong)
            record(kind, 0, 0, count - misread, terms, sums, tally)
            record(kind, 0, -1, misread, terms, sums, tally)


@rule
def shop_and_read(
    me: int, activity: float, minority: int, recorded: bool, choice: Choice,
    subjects: NDArray[np.float64], terms: SchemeTerms, parameters: Parameters,
    sums: NDArray[np.float64], tally: NDArray[np.float64],
) -> None:  # fmt: skip
    """Purchases (against: an imported good, for: a listed one) and subscriptions."""
    for kind in (PURCHASE, SUBSCRIPTION):
        process = SHOPPING_COUNT if kind == PURCHASE else READING_COUNT
        count = poisson_count(uniform(fold(me, process)), act_rate(kind, activity, parameters))
        wrong = chance_of_false_positive(terms.false_positive[kind], minority, parameters)
        coverage = terms.coverage[kind] if recorded else 0.0
        for n in range(count):
            key = fold(me, ACTS + kind * ACTS_OF_ONE_KIND + n)
            if kind == PURCHASE:
                tone = tone_of(first_uniform(key), choice.shopping)
                tally[SHOPPED_NEUTRAL + tone] += 1.0
            else:
                tone = tone_of(first_uniform(key), choice.reading)
                tally[READ_NEUTRAL + tone] += 1.0
                u = uniform(fold(key, 1))
                subject = 0
                while subject < SUBJECTS - 1 and u >= subjects[tone + 1, subject]:
                    subject += 1
                tally[READ_SUBJECT_0 + subject] += 1.0
            taken = taken_for(second_uniform(key), tone, coverage, terms.false_negative, wrong)
            if taken != UNRECORDED:
                record(kind, tone, taken, 1, terms, sums, tally)


@rule
def pay_and_grumble(
    me: int, log_wealth: float, activity: float, recorded: bool, terms: SchemeTerms,
    parameters: Parameters, sums: NDArray[np.float64], tally: NDArray[np.float64],
) -> None:  # fmt: skip
    """Bills, paid or late, and the innocent acts: a grumble about work, a cartoon passed on."""
    count = poisson_count(uniform(fold(me, BILL_COUNT)), act_rate(BILL, activity, parameters))
    coverage = terms.coverage[BILL] if recorded else 0.0
    for n in range(count):
        key = fold(me, ACTS + BILL * ACTS_OF_ONE_KIND + n)
        tone = 1
        if first_uniform(key) < chance_of_late_bill(log_wealth, parameters):
            tone = -1
            tally[BILLS_LATE] += 1.0
        tally[BILLS] += 1.0
        if second_uniform(key) < coverage:
            record(BILL, tone, tone, 1, terms, sums, tally)
    if not recorded:
        return
    for kind in (GRUMBLE, CARTOON):
        process = GRUMBLE_COUNT if kind == GRUMBLE else CARTOON_COUNT
        count = poisson_count(uniform(fold(me, process)), act_rate(kind, activity, parameters))
        if count > 0:
            chosen = RECORDED_GRUMBLES if kind == GRUMBLE else RECORDED_CARTOONS
            seen = binomial_count(uniform(fold(me, chosen)), count, terms.coverage[kind])
            record(kind, -1, -1, seen, terms, sums, tally)
