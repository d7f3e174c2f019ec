"""The rows of working memory in which the 32 citizens of a circle are lived at once.

A stage is a few short loops over 32 lanes. Each reads and writes rows of these arrays and calls
the rules on what it finds in a lane, so that a rule sees scalars while the processor does eight or
sixteen citizens in one step. Where a loop looks numbers up in a table it does nothing else.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
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
    MINORITY_NORMAL, SCORES, STRENGTHS, SHARE_0, SHARE_1, SHARE_2,
    ERRAND_0, ERRAND_1, ERRAND_2, ERRAND_3,
) = _rows(46)  # fmt: skip
F_ROWS = 46

# Rows of int32. The sums by layer are rows of five.
(
    FRIENDS, COUNTED, STANCES, FOR_NEAR, AGAINST_NEAR, FOR_FAR, AGAINST_FAR, PRESSERS, LOWEST,
    SAID, TONE, TONE_AND_AGAINST, RECORDED, ABSENT, CELL, MINORITY, ACTIVITY, STEP, PUBLISHED,
    STANCE_STEP, OPINION_STEP, PEOPLE, OWN_DAY, REVIEWS,
    STEPS_OF_LAYER, _, _, _, _, COUNT_OF_LAYER, _, _, _, _,
    PLACE_EXPRESSIVENESS, PLACE_FEAR, PLACE_AMBITION, PLACE_MINORITY, READER,
) = _rows(39)  # fmt: skip
N_ROWS = 39

# Rows of uint64.
(
    ME, COUNTS_KEY, READINGS_KEY, SETTLING_KEY, REVIEWING_KEY, TRAITS_KEY,
) = _rows(6)  # fmt: skip
K_ROWS = 6

# A circle's numbers, each row written twice over: one row for each circle that is looked at, the
# own first and then the sisters; of consent one for each word.
TWICE = 2 * LANES
OWN_CIRCLE = 0

# A scheme counts at most eight lowest scores, and what dropping one gains takes one more.
MOST_LOWEST = 9
# Most acts of one sort that one citizen does on a day, by far.
MOST_ACTS = 255
# Length of the list of acts; a little more, as acts are written and worked out several at once.
LIST = LANES * (MOST_ACTS + 1)
# Ends of places: 16 of speech, then 16 of errands.
ENDS = 32


@rule
def place_in(row: int, lane: int, numbers: NDArray[np.int32]) -> int:
    """A number of a row as a place in a table: seen by the compiler never to be negative.

    Else every look-up would ask whether to count from the end.
    """
    return int(numbers[row + lane]) & 0x7FFF_FFFF


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
        np.zeros(LIST, np.uint64),
        np.zeros(LIST, np.uint32),
        np.full(ENDS * LANES, 0xFFFF_FFFF, np.uint32),
        np.zeros(ENDS * LANES, np.uint32),
        np.zeros(most_friends, np.int64),
        np.zeros(most_friends),
        np.zeros(most_friends),
        np.zeros(MOST_LOWEST),
        no_sisters(max(groups, 1)),
        no_sisters(max(groups, 1)),
    )
