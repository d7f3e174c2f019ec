"""Who of 32 citizens belongs to the minority, without drawing any other of their traits.

A citizen's own normal draw is one of 4,096; for each draw of her circle there is a place in that
table below which the own one makes her a member. So a key and a comparison are all it takes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.normal import QUANTILES, normal_field
from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.streams import CIRCLE_TRAITS, TRAITS, fold
from glasshouse.scenario.parameters import Parameters
from glasshouse.society import people
from glasshouse.society.people import MINORITY_OF_CIRCLE, Shares, is_minority
from glasshouse.society.processor import Number
from glasshouse.society.record import LANES

OWN = people.MINORITY


class Minority(NamedTuple):
    """Who belongs to the minority.

    Attributes
    ----------
    traits, circle_traits : uint64
        Keys of the citizens' and the circles' own draws.
    limits : int64 array, 4096
        By the place of a circle's draw: place below which a citizen's draw makes her a member.
    """

    traits: Number
    circle_traits: Number
    limits: NDArray[np.int64]


def minority_of(seed: int, parameters: Parameters, shares: Shares) -> Minority:
    """Work out who belongs to the minority of a nation."""
    limits = np.zeros(len(QUANTILES), np.int64)
    _find_limits(parameters, shares, limits)
    traits, circle = np.uint64(fold(seed, TRAITS)), np.uint64(fold(seed, CIRCLE_TRAITS))
    return Minority(traits, circle, limits)


@compiled()
def _find_limits(parameters: Parameters, shares: Shares, limits: NDArray[np.int64]) -> None:
    for place in range(len(QUANTILES)):
        first, last = 0, len(QUANTILES)
        while first < last:
            middle = (first + last) >> 1
            if is_minority(QUANTILES[middle], QUANTILES[place], parameters, shares) == 1:
                first = middle + 1
            else:
                last = middle
        limits[place] = first


@rule
def mark_minority(block: int, minority: Minority, marks: NDArray[np.int32]) -> None:
    """Write 1 for each of 32 citizens who belongs to the minority, else 0."""
    limit = minority.limits[normal_field(fold(minority.circle_traits, block), MINORITY_OF_CIRCLE)]
    first = np.uint64(block) * np.uint64(LANES)
    for lane in range(np.uint64(LANES)):
        citizen: Number = first + lane
        own = normal_field(fold(minority.traits, citizen), OWN)
        marks[lane] = np.int32(1) if own < limit else np.int32(0)


@compiled()
def _mark_stretch(
    first: int, last: int, minority: Minority, lanes: NDArray[np.int32], marks: NDArray[np.uint8]
) -> None:
    for block in range(first // LANES, (last + LANES - 1) // LANES):
        mark_minority(block, minority, lanes)
        for i in range(max(block * LANES, first), min((block + 1) * LANES, last)):
            marks[i - first] = lanes[i & 31]


def minority_among(first: int, last: int, minority: Minority) -> NDArray[np.uint8]:
    """1 for each of the citizens ``first`` to ``last - 1`` who belongs to the minority."""
    marks = np.empty(last - first, np.uint8)
    _mark_stretch(first, last, minority, np.empty(LANES, np.int32), marks)
    return marks
