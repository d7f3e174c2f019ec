"""The rows of working memory in which the 32 citizens of a circle are lived at once.

A stage is a few short loops over 32 lanes. Each reads and writes rows of these arrays and calls
the rules on what it finds in a lane, so that a rule sees scalars while the processor does eight or
sixteen citizens in one step. Where a loop looks numbers up in a table it does nothing else.
"""

from __future__ import annotations

import numpy as np

from glasshouse.engine.arrays import Scratch
from glasshouse.society.circles import no_sisters
from glasshouse.society.record import LANES


def _rows(count: int) -> range:
    """Places of the first number of so many rows."""
    return range(0, count * LANES, LANES)


# Rows of float64.
(
    OWN, RUNNING, AGGREGATE, OPINION, STANCE, FRIENDS_STANCE, PULL, PRESSING,
    EXPRESSIVENESS, FEAR, AMBITION,
    OFF_AGAINST, OFF_NEUTRAL, OFF_FOR,
    FREE_AGAINST, FREE_NEUTRAL, FREE_FOR, SPEECH_AGAINST, SPEECH_NEUTRAL, SPEECH_FOR,
    SHOPPING_AGAINST, SHOPPING_NEUTRAL, SHOPPING_FOR,
    WORTH, WORTH_AGAINST, WORTH_NEUTRAL, WORTH_FOR,
    LOSS, AT_FACE, FACE_RATE, OTHER_RATE, POINTS, WRONG, FRIENDS_ROW, FORGETTING_ROW, OTHER_ROW,
    MINORITY_NORMAL, SCORES, STRENGTHS,
) = _rows(39)  # fmt: skip
F_ROWS = 39

# Rows of int32. The sums by layer are rows of five.
(
    FRIENDS, COUNTED, STANCES, FOR_NEAR, AGAINST_NEAR, FOR_FAR, AGAINST_FAR, PRESSERS, LOWEST,
    SAID, TONE, TAKEN_AGAINST, RECORDED, ABSENT, CELL, MINORITY, ACTIVITY, STEP, PUBLISHED,
    STANCE_STEP, OPINION_STEP, PEOPLE, OWN_DAY, REVIEWS,
    STEPS_OF_LAYER, _, _, _, _, COUNT_OF_LAYER, _, _, _, _,
    PLACE_EXPRESSIVENESS, PLACE_FEAR, PLACE_AMBITION, PLACE_MINORITY,
) = _rows(38)  # fmt: skip
N_ROWS = 38

# Rows of uint64.
(
    ME, COUNTS_KEY, READINGS_KEY, SETTLING_KEY, REVIEWING_KEY, TRAITS_KEY,
) = _rows(6)  # fmt: skip
K_ROWS = 6

# A circle's numbers, each row written twice over: one row for each circle that is looked at, her own
# first and then the sisters; of consent one for each word.
TWICE = 2 * LANES
OWN_CIRCLE = 0

# A scheme counts at most eight lowest scores, and what dropping one gains takes one more.
MOST_LOWEST = 9
# Most acts of one sort that one citizen does on a day, by far.
MOST_ACTS = 255
# Rows of what is written beside the acts of the day, one number for each act.
# The length is no power of two, so that rows do not push each other out of the nearest cache.
TOLD = LANES * (MOST_ACTS + 1) + 24
(
    TOLD_AT_FACE, TOLD_FREE_AGAINST, TOLD_FREE_NEUTRAL, TOLD_FREE_FOR, TOLD_AGAINST, TOLD_NEUTRAL,
    TOLD_FOR, TOLD_MINORITY, TOLD_RECORDED, TOLD_KIND,
) = range(0, 10 * TOLD, TOLD)  # fmt: skip
TOLD_ROWS = 12


def scratch_for(slots: int, groups: int, most_friends: int) -> Scratch:
    """Working memory of one thread.

    Parameters
    ----------
    slots, groups : int
        Of the layout of circles; 0 for an explicit graph.
    most_friends : int
        The most ties that anybody can have.
    """
    words = max(slots // 32, 1)
    draws = np.zeros(max(slots, 1) * TWICE // 4, np.uint64)
    return Scratch(
        np.zeros(F_ROWS * LANES),
        np.zeros(N_ROWS * LANES, np.int32),
        np.zeros(K_ROWS * LANES, np.uint64),
        np.zeros((groups + 1) * TWICE, np.uint16),
        np.zeros((groups + 1) * TWICE, np.int8),
        np.zeros((groups + 1) * TWICE, np.uint8),
        np.zeros((groups + 1) * words * TWICE, np.uint32),
        draws,
        draws.view(np.uint16),
        np.zeros(LANES * max(slots, 1), np.uint16),
        np.zeros(LANES * max(slots, 1), np.int8),
        np.zeros(LANES * max(slots, 1), np.uint8),
        np.zeros(words * LANES, np.uint32),
        np.zeros(TOLD, np.uint64),
        np.zeros(TOLD, np.int32),
        np.zeros(TOLD, np.int32),
        np.zeros(TOLD_ROWS * TOLD),
        np.zeros(most_friends, np.int64),
        np.zeros(most_friends),
        np.zeros(most_friends),
        np.zeros(MOST_LOWEST),
        no_sisters(max(groups, 1)),
        no_sisters(max(groups, 1)),
    )
