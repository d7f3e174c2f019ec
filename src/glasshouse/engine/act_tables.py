"""Rates of acts by activity, worked out once for a scheme.

Activity has 1,024 different values, so all rates that depend on it and on belonging to the minority
are 2,048 rows. A row of ``limits`` says what a draw must exceed to count 1, 2, ...;
a row of ``rates`` holds the rates themselves and cumulative shares of the kinds of act.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.counts import fill_limits
from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.streams import threshold
from glasshouse.engine.act_places import ACTS, act_at, readings_of
from glasshouse.model.acts import (
    FACE_TO_FACE,
    PURCHASE,
    RECORDED_SPEECH_KINDS,
    act_rate,
    neutral_rate,
    political_rate,
)
from glasshouse.model.recording import chance_of_false_positive
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.people import ACTIVITY_PLACES, activity_at
from glasshouse.society.record import memory

PLACES = ACTIVITY_PLACES
# A row of limits: first place and how many of each kind of count.
SPOKEN_LIMITS, MOST_SPOKEN = 0, 8
ERRAND_LIMITS, MOST_ERRANDS = 8, 4
MISREAD_LIMITS, MOST_MISREAD = 12, 4
READ_LIMITS, MOST_READ = 16, 16
LIMITS = 32
# A row of rates: what is wanted of everybody lies in one cache line.
FACE_RATE, OTHER_RATE, CHANNELS = 0, 1, 2
ERRAND_KINDS, MISREAD_KINDS, READ_KINDS = 8, 12, 15
SPOKEN_RATE, ERRAND_RATE, MISREAD_RATE, READ_RATE = 18, 19, 20, 21
RATES = 24
KINDS_OF_ERRANDS = 5


@rule
def row_of(place: int, minority: int) -> int:
    """Row of somebody with this place of activity."""
    return minority * PLACES + place


@rule
def _fill_kinds(
    first: int, kinds: int, given: NDArray[np.float64], rates: NDArray[np.float64]
) -> float:
    """Write cumulative shares of some kinds but the last; returns the sum of their rates."""
    total = 0.0
    for kind in range(kinds):
        total += given[kind]
    reached = 0.0
    for kind in range(kinds - 1):
        reached += given[kind]
        rates[first + kind] = reached / total if total > 0.0 else 0.0
    return total


@compiled()
def _fill(
    terms: SchemeTerms, parameters: Parameters, limits: NDArray[np.uint32],
    rates: NDArray[np.float64],
) -> None:  # fmt: skip
    most = parameters.most_acts_per_day
    given = np.zeros(KINDS_OF_ERRANDS)
    for minority in range(2):
        for place in range(PLACES):
            row = row_of(place, minority)
            at, limit = row * RATES, row * LIMITS
            activity = activity_at(place, parameters.activity_sd)
            for kind in range(RECORDED_SPEECH_KINDS):
                given[kind] = act_rate(kind, activity, parameters)
            face = act_rate(FACE_TO_FACE, activity, parameters)
            other = _fill_kinds(at + CHANNELS, RECORDED_SPEECH_KINDS, given, rates)
            spoken = political_rate(face, other, parameters)
            rates[at + FACE_RATE], rates[at + OTHER_RATE] = face, other
            rates[at + SPOKEN_RATE] = spoken
            fill_limits(spoken, limits, limit + SPOKEN_LIMITS, MOST_SPOKEN)
            for taken in range(-1, 1):
                for kind in range(RECORDED_SPEECH_KINDS):
                    wrong = chance_of_false_positive(
                        terms.false_positive[kind], minority, parameters
                    )
                    given[kind] = neutral_rate(
                        act_rate(kind, activity, parameters),
                        terms.coverage[kind],
                        wrong if taken == -1 else 1.0 - wrong,
                        parameters,
                    )
                kinds = MISREAD_KINDS if taken == -1 else READ_KINDS
                rate = min(_fill_kinds(at + kinds, RECORDED_SPEECH_KINDS, given, rates), most)
                rates[at + (MISREAD_RATE if taken == -1 else READ_RATE)] = rate
                if taken == -1:
                    fill_limits(rate, limits, limit + MISREAD_LIMITS, MOST_MISREAD)
                else:
                    fill_limits(rate, limits, limit + READ_LIMITS, MOST_READ)
            for kind in range(KINDS_OF_ERRANDS):
                given[kind] = act_rate(PURCHASE + kind, activity, parameters)
            errands = min(_fill_kinds(at + ERRAND_KINDS, KINDS_OF_ERRANDS, given, rates), most)
            rates[at + ERRAND_RATE] = errands
            fill_limits(errands, limits, limit + ERRAND_LIMITS, MOST_ERRANDS)


def act_tables(terms: SchemeTerms, parameters: Parameters) -> Any:
    """Limits and rates of all rows.

    Parameters
    ----------
    terms : SchemeTerms
    parameters : Parameters

    Returns
    -------
    limits : uint32 array
    rates : float64 array
    """
    limits = memory(2 * PLACES * LIMITS * 4).view(np.uint32)
    rates = memory(2 * PLACES * RATES * 8).view(np.float64)
    _fill(terms, parameters, limits, rates)
    return limits, rates


@compiled()
def _fill_readings(
    terms: SchemeTerms, parameters: Parameters, readings: NDArray[np.uint32]
) -> None:
    for minority in range(2):
        for kind in range(len(terms.coverage)):
            for tone in range(-1, 2):
                chances = readings_of(
                    kind, tone, minority, terms.coverage[kind], terms.false_negative,
                    terms.false_positive[kind], parameters,
                )  # fmt: skip
                at = (minority * ACTS + act_at(kind, tone)) * 4
                readings[at] = threshold(chances.against)
                readings[at + 1] = threshold(chances.against + chances.neutral)
                readings[at + 2] = threshold(chances.against + chances.neutral + chances.for_)


def readings_table(terms: SchemeTerms, parameters: Parameters) -> NDArray[np.uint32]:
    """What a draw must reach to be taken for neutral, for for, and for nothing at all.

    By minority and act; the third block is for those of whom nothing is recorded. The fourth number
    of each is never reached.
    """
    readings = np.zeros((3 * ACTS, 4), np.uint32)
    readings[:, 3] = 0xFFFF_FFFF
    _fill_readings(terms, parameters, readings.reshape(-1))
    return readings.reshape(-1)
