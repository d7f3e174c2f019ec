"""Stages 4 and 7: tonight's score, feelings, and who takes part in the scheme at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.counts import rounded
from glasshouse.chance.rule import rule
from glasshouse.chance.streams import (
    APPEAL,
    RECONSIDERATION,
    ROUND_OPINION,
    ROUND_SCORE,
    ROUND_STANCE,
    below,
    first_uniform,
    fold,
    second_uniform,
    uniform,
)
from glasshouse.engine.act import POINTS, SAID, TONE, WRONG
from glasshouse.engine.arrays import Calendar, Folk, State
from glasshouse.engine.choose import Choice
from glasshouse.engine.look import Look
from glasshouse.measures.counters import APPEALS_WON, ROWS_FORGETTING, ROWS_FRIENDS, ROWS_OTHER
from glasshouse.model.drift import MONTH, next_opinion, next_stance
from glasshouse.model.participation import WEEK, chance_of_leaving
from glasshouse.model.scoring import forgetting_pull, friends_pull, next_score, waiting_correction
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.record import STEPS_OF_FEELING, feeling_of, score_of


@rule
def settle_score(
    i: int, me: int, seen: Look, state: State, after: State, terms: SchemeTerms,
    sums: NDArray[np.float64], tally: NDArray[np.float64],
) -> int:  # fmt: skip
    """Stage 4: points, friends and forgetting become tonight's score; appeals are decided."""
    score = score_of(state.score[i], terms.low, terms.unit)
    friends_row = friends_pull(score, seen.aggregate, terms.share, terms.forgetting)
    forgetting_row = forgetting_pull(score, terms.base, terms.share, terms.forgetting)
    target = next_score(score, sums[POINTS], forgetting_row, friends_row)
    appeal_row = 0.0
    if terms.appeal_rate > 0.0:
        waiting = waiting_correction(state.waiting[i], sums[WRONG], terms.forgetting)
        key = fold(me, APPEAL)
        if first_uniform(key) < terms.appeal_rate:
            if waiting > 0.0 and second_uniform(key) < terms.appeal_success:
                appeal_row = waiting
                tally[APPEALS_WON] += 1.0
            waiting = 0.0
        after.waiting[i] = waiting
    target += appeal_row
    whole = rounded((target - terms.low) / terms.unit, uniform(fold(me, ROUND_SCORE)))
    step = min(max(whole, 0), terms.top)
    tally[ROWS_FRIENDS] += abs(friends_row)
    tally[ROWS_FORGETTING] += abs(forgetting_row)
    reached = score_of(whole, terms.low, terms.unit)
    clipped = abs(step - whole) * terms.unit
    tally[ROWS_OTHER] += abs(appeal_row) + abs(reached - target) + clipped
    return step


@rule
def settle_feelings(
    i: int, me: int, seen: Look, choice: Choice, state: State, calendar: Calendar,
    parameters: Parameters, sums: NDArray[np.float64],
) -> tuple[int, int]:  # fmt: skip
    """Stage 7: stance follows what was said today; once a month opinion follows stance,
    friends and reading."""
    stance, opinion = int(state.stance[i]), int(state.opinion[i])
    if sums[SAID] > 0.0:
        moved = next_stance(feeling_of(stance), sums[TONE] / sums[SAID], parameters)
        stance = rounded(moved * STEPS_OF_FEELING, uniform(fold(me, ROUND_STANCE)))
        stance = min(max(stance, -STEPS_OF_FEELING), STEPS_OF_FEELING)
    own_day = below(fold(calendar.calendar_key, i), MONTH)
    if (calendar.day + own_day) % MONTH == 0:
        x = feeling_of(opinion)
        heard = seen.stance_of_friends if seen.friends > 0 else x
        reading = choice.reading.for_ - choice.reading.against
        moved = next_opinion(x, feeling_of(state.stance[i]), heard, reading, parameters)
        opinion = rounded(moved * STEPS_OF_FEELING, uniform(fold(me, ROUND_OPINION)))
        opinion = min(max(opinion, -STEPS_OF_FEELING), STEPS_OF_FEELING)
    return stance, opinion


@rule
def settle_presence(
    i: int, me: int, state: State, folk: Folk, calendar: Calendar, terms: SchemeTerms,
    parameters: Parameters,
) -> int:  # fmt: skip
    """Whether a citizen is absent from the scheme tonight: reconsidered at most once a week."""
    absent = int(state.absent[i])
    own_day = below(fold(fold(calendar.calendar_key, i), 1), WEEK)
    key = fold(me, RECONSIDERATION)
    if (calendar.day + own_day) % WEEK != 0:
        return absent
    if first_uniform(key) >= parameters.reconsiderations_per_week:
        return absent
    worth = terms.worth[state.published[i]]
    leaving = chance_of_leaving(folk.ambition[i], worth, terms.worth_absent, parameters)
    return 1 if second_uniform(key) < leaving else 0
