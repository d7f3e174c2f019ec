"""What is counted of a citizen in passing, at the end of her day."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.chance.streams import below, fold
from glasshouse.engine.arrays import Calendar
from glasshouse.measures.counters import (
    ABSENT,
    CITIZENS,
    DEGREE,
    DOOR_0,
    OPINION,
    PERSONAL_HILL1,
    SCORE,
    SCORE_SQUARED,
    STANCE,
    VARIETY_ASKED,
)  # fmt: skip
from glasshouse.model.acts import SUBJECTS
from glasshouse.model.drift import MONTH
from glasshouse.model.expression import Tones
from glasshouse.model.terms import SchemeTerms
from glasshouse.society.record import feeling_of, score_of


@rule
def count_personal_variety(
    i: int, reading: Tones, subjects: NDArray[np.float64], calendar: Calendar,
    tally: NDArray[np.float64],
) -> None:  # fmt: skip
    """Variety of the citizen's own reading: exp of the entropy of her chances of subjects.

    It is worked out once a month, on her own day.
    """
    own_day = below(fold(calendar.calendar_key, i), MONTH)
    if (calendar.day + own_day) % MONTH != 0:
        return
    entropy = 0.0
    before = 0.0
    for subject in range(SUBJECTS):
        reached = (
            reading.against * subjects[0, subject]
            + reading.neutral * subjects[1, subject]
            + reading.for_ * subjects[2, subject]
        )
        chance = reached - before
        before = reached
        if chance > 0.0:
            entropy -= chance * math.log(chance)
    tally[PERSONAL_HILL1] += math.exp(entropy)
    tally[VARIETY_ASKED] += 1.0


@rule
def count_tonight(
    published: int, stance: int, opinion: int, friends: int, absent: bool, calendar: Calendar,
    terms: SchemeTerms, tally: NDArray[np.float64],
) -> None:  # fmt: skip
    """Enter the citizen as she is tonight."""
    score = score_of(published, terms.low, terms.unit)
    tally[CITIZENS] += 1.0
    tally[SCORE] += score
    tally[SCORE_SQUARED] += score * score
    tally[STANCE] += feeling_of(stance)
    tally[OPINION] += feeling_of(opinion)
    tally[DEGREE] += friends
    if absent:
        tally[ABSENT] += 1.0
    for door in range(len(terms.door_step)):
        reached = published >= terms.door_step[door]
        if not calendar.in_force or (terms.door_absent[door] if absent else reached):
            tally[DOOR_0 + door] += 1.0
