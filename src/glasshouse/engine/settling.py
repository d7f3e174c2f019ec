"""Stages 4 and 7: tonight's scores and feelings of 32 citizens, and who takes part at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.counts import rounded
from glasshouse.chance.rule import rule
from glasshouse.chance.streams import (
    APPEAL,
    RECONSIDERATION,
    ROUND_OPINION,
    below,
    first_uniform,
    fold,
    second_uniform,
    uniform,
)
from glasshouse.engine.arrays import Calendar, Extra, Scratch
from glasshouse.engine.choose import chances_of_reading
from glasshouse.engine.lanes import (
    ABSENT,
    AGGREGATE,
    AMBITION,
    CELL,
    FORGETTING_ROW,
    FRIENDS,
    FRIENDS_ROW,
    FRIENDS_STANCE,
    ME,
    OPINION,
    OPINION_STEP,
    OTHER_ROW,
    OWN_DAY,
    POINTS,
    PUBLISHED,
    RECORDED,
    RUNNING,
    SAID,
    SETTLING_KEY,
    STANCE,
    STANCE_STEP,
    STEP,
    TONE,
    WRONG,
)
from glasshouse.engine.tally import APPEALS_GRANTED
from glasshouse.model.drift import MONTH, next_opinion, next_stance
from glasshouse.model.expression import READING
from glasshouse.model.participation import WEEK, chance_of_leaving
from glasshouse.model.scoring import forgetting_pull, friends_pull, next_score, waiting_correction
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.record import LANES, STEPS_OF_FEELING, score_of


@rule
def appeal_of(
    i: int, lane: int, before: Extra, after: Extra, terms: SchemeTerms, scratch: Scratch,
    tally: NDArray[np.int64],
) -> float:  # fmt: skip
    """Wrong points given back tonight; else they wait on."""
    waiting = waiting_correction(before.waiting[i], scratch.f[WRONG + lane], terms.forgetting)
    key, given = fold(scratch.k[ME + lane], APPEAL), 0.0
    if first_uniform(key) < terms.appeal_rate:
        if waiting > 0.0 and second_uniform(key) < terms.appeal_success:
            given = waiting
            tally[scratch.n[CELL + lane], APPEALS_GRANTED] += 1
        waiting = 0.0
    after.waiting[i] = waiting
    return given


@rule
def settle_scores(
    first: int, before: Extra, after: Extra, terms: SchemeTerms, scratch: Scratch,
    tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """Stage 4: points, friends and forgetting become tonight's scores; appeals are decided."""
    f, n, k = scratch.f, scratch.n, scratch.k
    for lane in range(LANES):
        f[OTHER_ROW + lane] = 0.0
    if terms.appeal_rate > 0.0:
        for lane in range(LANES):
            if n[RECORDED + lane] == 1:
                f[OTHER_ROW + lane] = appeal_of(
                    first + lane, lane, before, after, terms, scratch, tally
                )
    for lane in range(LANES):
        score = f[RUNNING + lane]
        friends_row = friends_pull(score, f[AGGREGATE + lane], terms.share, terms.forgetting)
        forgetting_row = forgetting_pull(score, terms.base, terms.share, terms.forgetting)
        appeal_row = f[OTHER_ROW + lane]
        target = next_score(score, f[POINTS + lane], forgetting_row, friends_row) + appeal_row
        u = first_uniform(k[SETTLING_KEY + lane])
        whole = rounded((target - terms.low) / terms.unit, u)
        step = min(max(whole, 0), terms.top)
        n[STEP + lane] = step if n[RECORDED + lane] == 1 else n[STEP + lane]
        off = abs(score_of(whole, terms.low, terms.unit) - target)
        clipped = abs(step - whole) * terms.unit
        f[FRIENDS_ROW + lane] = abs(friends_row)
        f[FORGETTING_ROW + lane] = abs(forgetting_row)
        f[OTHER_ROW + lane] = abs(appeal_row) + off + clipped


@rule
def settle_stances(parameters: Parameters, scratch: Scratch) -> None:
    """Stage 7: public stance follows what was said today."""
    f, n, k = scratch.f, scratch.n, scratch.k
    for lane in range(LANES):
        said = n[SAID + lane]
        mean = n[TONE + lane] / (said if said > 0 else 1)
        moved = next_stance(f[STANCE + lane], mean, parameters)
        u = second_uniform(k[SETTLING_KEY + lane])
        stance = rounded(moved * STEPS_OF_FEELING, u)
        stance = min(max(stance, -STEPS_OF_FEELING), STEPS_OF_FEELING)
        n[STANCE_STEP + lane] = stance if said > 0 else n[STANCE_STEP + lane]


@rule
def settle_opinion(lane: int, terms: SchemeTerms, parameters: Parameters, scratch: Scratch) -> None:
    """Stage 7, once a month: opinion follows stance, friends and reading."""
    f = scratch.f
    x = f[OPINION + lane]
    chances = chances_of_reading(READING, lane, terms, parameters, scratch)
    heard = f[FRIENDS_STANCE + lane] if scratch.n[FRIENDS + lane] > 0 else x
    reading = chances.for_ - chances.against
    moved = next_opinion(x, f[STANCE + lane], heard, reading, parameters)
    u = uniform(fold(scratch.k[ME + lane], ROUND_OPINION))
    opinion = rounded(moved * STEPS_OF_FEELING, u)
    scratch.n[OPINION_STEP + lane] = min(max(opinion, -STEPS_OF_FEELING), STEPS_OF_FEELING)


@rule
def draw_own_days(first: int, calendar: Calendar, scratch: Scratch) -> None:
    """Whether today is each one's own day of the month."""
    day = calendar.day % MONTH
    for lane in range(LANES):
        key = fold(calendar.calendar_key, np.uint64(first) + np.uint64(lane))
        own_day = below(key, MONTH)
        scratch.n[OWN_DAY + lane] = 1 if day + own_day == MONTH or day + own_day == 0 else 0


@rule
def settle_presence(
    i: int, lane: int, calendar: Calendar, terms: SchemeTerms, parameters: Parameters,
    scratch: Scratch,
) -> int:  # fmt: skip
    """Whether a citizen is absent from the scheme tonight: reconsidered at most once a week."""
    absent = scratch.n[ABSENT + lane]
    own_day = below(fold(fold(calendar.calendar_key, i), 1), WEEK)
    if (calendar.day + own_day) % WEEK != 0:
        return int(absent)
    key = fold(scratch.k[ME + lane], RECONSIDERATION)
    if first_uniform(key) >= parameters.reconsiderations_per_week:
        return int(absent)
    worth = float(terms.worth[scratch.n[PUBLISHED + lane]])
    ambition = scratch.f[AMBITION + lane]
    leaving = chance_of_leaving(ambition, worth, terms.worth_absent, parameters)
    return 1 if second_uniform(key) < leaving else 0
