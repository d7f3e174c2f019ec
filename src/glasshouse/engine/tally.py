"""What is counted of 32 citizens in passing, and how it becomes the counters of measures.

While they are lived only whole numbers are counted, by cell (minority or not, dissenter or not), so
that no order of adding matters: acts by kind, tone and what they were taken for, and sums of points
in whole multiples of 2**-20. The counters are worked out from these once a day.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.engine.arrays import Scratch, Tables
from glasshouse.engine.choose import chances_of_reading
from glasshouse.engine.lanes import (
    ABSENT,
    CELL,
    FORGETTING_ROW,
    FRIENDS_ROW,
    OTHER_ROW,
    PRESSERS,
    RECORDED,
    place_in,
)
from glasshouse.measures import counters
from glasshouse.measures.counters import CELLS, COUNTERS
from glasshouse.model.acts import (
    BILL,
    CARTOON,
    FACE_TO_FACE,
    GRUMBLE,
    KINDS,
    PURCHASE,
    RECORDED_SPEECH_KINDS,
    SUBJECTS,
    SUBSCRIPTION,
)
from glasshouse.model.expression import READING
from glasshouse.model.recording import UNRECORDED
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.ties import LAYERS

TONES, READINGS = 3, 4
# Places of a tally: acts by kind, tone and reading; neutral speech by kind; and the rest.
NEUTRAL_READ = len(KINDS) * TONES * READINGS
NEUTRAL_MISREAD = NEUTRAL_READ + RECORDED_SPEECH_KINDS
SUBJECT = NEUTRAL_MISREAD + RECORDED_SPEECH_KINDS
CUT_LAYER = SUBJECT + SUBJECTS
(
    PEOPLE_COUNTED, PRESSED, GONE, SANCTIONED, CUT_FOR_SCORE, TIES_OPENED, APPEALS_GRANTED,
    VARIETY, VARIETY_COUNTED, FRIENDS_ROWS, FORGETTING_ROWS, OTHER_ROWS,
) = range(CUT_LAYER + len(LAYERS), CUT_LAYER + len(LAYERS) + 12)  # fmt: skip
PLACES = OTHER_ROWS + 1
FINE = 1 << 30


@rule
def act_code(kind: int, tone: int, taken: int) -> int:
    """Place of an act in a tally; ``UNRECORDED`` is the last of the readings."""
    return (kind * TONES + tone + 1) * READINGS + taken + 1


def new_tally(rows: int) -> NDArray[np.int64]:
    """Tallies of so many stretches of the nation, by cell."""
    return np.zeros((rows, CELLS, PLACES), np.int64)


@rule
def in_exact_units(points: float) -> int:
    """Points as a whole number of 2**-30."""
    return int(points * float(FINE) + 0.5)


@rule
def count_everybody(people: int, scratch: Scratch, tally: NDArray[np.int64]) -> None:
    """Count people, who presses them, who is absent, and the rows of their ledgers."""
    f, n = scratch.f, scratch.n
    for lane in range(people):
        of_cell = tally[place_in(CELL, lane, n)]
        of_cell[PEOPLE_COUNTED] += 1
        of_cell[PRESSED] += n[PRESSERS + lane]
        of_cell[GONE] += n[ABSENT + lane]
        if n[RECORDED + lane] == 1:
            of_cell[FRIENDS_ROWS] += in_exact_units(f[FRIENDS_ROW + lane])
            of_cell[FORGETTING_ROWS] += in_exact_units(f[FORGETTING_ROW + lane])
            of_cell[OTHER_ROWS] += in_exact_units(f[OTHER_ROW + lane])


@rule
def count_variety(
    lane: int, terms: SchemeTerms, tables: Tables, parameters: Parameters, scratch: Scratch,
    tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """Variety of one citizen's own reading: exp of the entropy of her chances of subjects."""
    chances = chances_of_reading(READING, lane, terms, parameters, scratch)
    entropy = before = 0.0
    for subject in range(SUBJECTS):
        reached = (
            chances.against * tables.subjects[0, subject]
            + chances.neutral * tables.subjects[1, subject]
            + chances.for_ * tables.subjects[2, subject]
        )
        chance = reached - before
        before = reached
        if chance > 0.0:
            entropy -= chance * math.log(chance)
    cell = scratch.n[CELL + lane]
    tally[cell, VARIETY] += in_exact_units(math.exp(entropy))
    tally[cell, VARIETY_COUNTED] += 1


def counters_of(tally: NDArray[np.int64], terms: SchemeTerms) -> NDArray[np.float64]:
    """The counters of measures from tallies.

    Parameters
    ----------
    tally : int64 array, regions x cells x PLACES
    terms : SchemeTerms
        Of the day that was counted.

    Returns
    -------
    float64 array, regions x cells x counters
    """
    total = np.zeros((*tally.shape[:2], len(COUNTERS)))
    acts = tally[..., :NEUTRAL_READ].reshape(*tally.shape[:2], len(KINDS), TONES, READINGS)
    _count_tones(acts, total)
    _count_readings(_recorded(tally, acts), terms, total)
    total[..., counters.READ_SUBJECT_0 : counters.READ_SUBJECT_0 + SUBJECTS] = tally[
        ..., SUBJECT : SUBJECT + SUBJECTS
    ]
    total[..., counters.CUTS_KIN : counters.CUTS_KIN + len(LAYERS)] = tally[
        ..., CUT_LAYER : CUT_LAYER + len(LAYERS)
    ]
    bills = acts[..., BILL, :, :].sum(axis=-1)
    total[..., counters.BILLS], total[..., counters.BILLS_LATE] = bills.sum(axis=-1), bills[..., 0]
    for counter, place in PLAIN.items():
        total[..., counter] = tally[..., place]
    for counter, place in EXACT_SUMS.items():
        total[..., counter] = tally[..., place] / FINE
    return total


PLAIN = {
    counters.CITIZENS: PEOPLE_COUNTED,
    counters.PRESSED: PRESSED,
    counters.ABSENT: GONE,
    counters.SANCTIONS: SANCTIONED,
    counters.CUTS_FOR_SCORE: CUT_FOR_SCORE,
    counters.OPENED: TIES_OPENED,
    counters.APPEALS_WON: APPEALS_GRANTED,
    counters.VARIETY_ASKED: VARIETY_COUNTED,
}
EXACT_SUMS = {
    counters.PERSONAL_HILL1: VARIETY,
    counters.ROWS_FRIENDS: FRIENDS_ROWS,
    counters.ROWS_FORGETTING: FORGETTING_ROWS,
    counters.ROWS_OTHER: OTHER_ROWS,
}


def _count_tones(acts: NDArray[np.int64], total: NDArray[np.float64]) -> None:
    """Speech, what is said face to face, purchases and reading, by true tone."""
    tones = acts.sum(axis=-1)
    for first, kinds in (
        (counters.SAID_AGAINST, range(FACE_TO_FACE + 1)),
        (counters.FACE_AGAINST, (FACE_TO_FACE,)),
        (counters.SHOPPED_AGAINST, (PURCHASE,)),
        (counters.READ_AGAINST, (SUBSCRIPTION,)),
    ):
        total[..., first : first + TONES] = tones[..., list(kinds), :].sum(axis=-2)


def _recorded(tally: NDArray[np.int64], acts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Recorded acts by kind, tone and what they were taken for, neutral speech among them."""
    recorded = acts[..., : UNRECORDED + 1].copy()
    speech = slice(0, RECORDED_SPEECH_KINDS)
    recorded[..., speech, 1, 1] += tally[..., NEUTRAL_READ:NEUTRAL_MISREAD]
    recorded[..., speech, 1, 0] += tally[..., NEUTRAL_MISREAD:SUBJECT]
    return recorded


def _count_readings(
    recorded: NDArray[np.int64], terms: SchemeTerms, total: NDArray[np.float64]
) -> None:
    """What was recorded and misread, and the points it cost."""
    points = recorded * terms.own[:, None, :]
    lost = np.maximum(-points, 0.0)
    total[..., counters.RECORDED] = recorded.sum(axis=(-3, -2, -1))
    total[..., counters.MISREAD] = recorded[..., 1:, 0].sum(axis=(-2, -1))
    total[..., counters.ROWS_ACTS] = np.abs(points).sum(axis=(-3, -2, -1))
    total[..., counters.LOST] = lost.sum(axis=(-3, -2, -1))
    total[..., counters.LOST_MISREAD] = lost[..., 1:, 0].sum(axis=(-2, -1))
    total[..., counters.LOST_INNOCENT] = lost[..., [GRUMBLE, CARTOON], :, :].sum(axis=(-3, -2, -1))
    costly = recorded * (terms.own < 0.0)[:, None, :]
    total[..., counters.PENALTIES] = costly.sum(axis=(-3, -2, -1))
