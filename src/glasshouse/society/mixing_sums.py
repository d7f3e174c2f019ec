"""What one pass over the living ties sums up, and the pass from friend to friend.

A tie has two ends, and each counts: a sum over ties goes over both directions of them.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.society.column import Column, number_at
from glasshouse.society.living import Scratch, list_friends, look_at, people_of_block
from glasshouse.society.people import DISTRICT_SIZE
from glasshouse.society.processor import Number
from glasshouse.society.record import LANES

CAMPS = 2
PARTS = 5
DISTRICT_BLOCKS = DISTRICT_SIZE // LANES

# Moments of a number x over the ends of ties: how many ends, and sums of x, of x squared, and of
# x times that of the friend. What exceeds 32 bits before the last multiplication is summed apart,
# as somebody in a graph may have millions of ties.
ENDS, OWN, SQUARE, PRODUCT, HIGH_SQUARE, HIGH_PRODUCT = range(6)
MOMENTS = 6
HIGH = 32

# The sums: moments of opinion and of the value, then ties inside camps, parts and districts, ends
# by camp and by part, and the squares of the ends of every district.
OF_OPINION, OF_VALUE = 0, MOMENTS
CAMP_INSIDE, PART_INSIDE, DISTRICT_INSIDE, DISTRICT_SQUARES = range(2 * MOMENTS, 2 * MOMENTS + 4)
ENDS_OF_CAMP = DISTRICT_SQUARES + 1
ENDS_OF_PART = ENDS_OF_CAMP + CAMPS
SUMS = ENDS_OF_PART + PARTS


class Asked(NamedTuple):
    """What is looked at over the ties.

    Attributes
    ----------
    net : CircleNet or GraphNet
    opinion : Column
        Its sign is the camp.
    value : Column
        A number of 0 to 65,535, or in a graph somebody's degree.
    limits : int64 array, at most 4
        Least values of the parts but the lowest, ascending.
    absent : uint8 array
        By citizen, 1 for those whose value does not count; of length 0 where all count.
    """

    net: Any
    opinion: Column
    value: Column
    limits: NDArray[np.int64]
    absent: NDArray[np.uint8]


@rule
def part_of(value: Number, limits: NDArray[np.int64]) -> int:
    """Part that a value belongs to: how many limits it reaches."""
    part = 0
    for least in limits:
        part += 1 if value >= least else 0
    return part


@rule
def counts(absent: NDArray[np.uint8], i: int) -> bool:
    """Whether a citizen's value counts."""
    return len(absent) == 0 or absent[i] == 0


@rule
def close_district(block: int, last: int, ends: int, sums: NDArray[np.int64]) -> int:
    """After the last block of a district take in its ends, and begin with none."""
    if (block + 1) % DISTRICT_BLOCKS != 0 and block + 1 != last:
        return ends
    sums[DISTRICT_SQUARES] += ends * ends
    return 0


@compiled()
def sum_friend_by_friend(
    first: int, last: int, asked: Asked, scratch: Scratch, found: NDArray[np.int64],
    sums: NDArray[np.int64],
) -> None:  # fmt: skip
    """Sums over the blocks of 32 from ``first`` on, which begins a district; for any net."""
    of_district = 0
    for block in range(first, last):
        look_at(asked.net, block, scratch)
        for lane in range(people_of_block(block, asked.net.citizens)):
            i = block * LANES + lane
            friends = list_friends(asked.net, i, scratch, found)
            of_district += friends
            _add_citizen(i, friends, found, asked, sums)
        of_district = close_district(block, last, of_district, sums)


@rule
def _add_citizen(
    i: int, friends: int, found: NDArray[np.int64], asked: Asked, sums: NDArray[np.int64]
) -> None:
    x, value = np.int64(number_at(asked.opinion, i)), np.int64(number_at(asked.value, i))
    part, counted = part_of(value, asked.limits), counts(asked.absent, i)
    opinions: Number = 0
    values: Number = 0
    ends = 0
    for place in range(friends):
        j = found[place]
        y, other = np.int64(number_at(asked.opinion, j)), np.int64(number_at(asked.value, j))
        opinions += y
        sums[CAMP_INSIDE] += 1 if (x < 0) == (y < 0) else 0
        sums[DISTRICT_INSIDE] += 1 if i // DISTRICT_SIZE == j // DISTRICT_SIZE else 0
        if counted and counts(asked.absent, j):
            ends += 1
            values += other
            sums[PART_INSIDE] += 1 if part_of(other, asked.limits) == part else 0
    _add_large_moments(OF_OPINION, friends, x, opinions, sums)
    _add_large_moments(OF_VALUE, ends, value, values, sums)
    sums[ENDS_OF_CAMP + (1 if x < 0 else 0)] += friends
    sums[ENDS_OF_PART + part] += ends


@rule
def _add_large_moments(
    at: int, ends: int, x: Number, friends: Number, sums: NDArray[np.int64]
) -> None:
    """Take in a citizen with so many ties, her number x and the sum of her friends' numbers."""
    own, low = ends * x, (1 << HIGH) - 1
    sums[at + ENDS] += ends
    sums[at + OWN] += own
    sums[at + SQUARE] += (own & low) * x
    sums[at + PRODUCT] += (friends & low) * x
    sums[at + HIGH_SQUARE] += (own >> HIGH) * x
    sums[at + HIGH_PRODUCT] += (friends >> HIGH) * x


@rule
def add_moments(at: int, ends: Number, x: Number, friends: Number, sums: NDArray[np.int64]) -> None:
    """The same in circles, where nobody has so many ties."""
    sums[at + ENDS] += ends
    sums[at + OWN] += ends * x
    sums[at + SQUARE] += ends * x * x
    sums[at + PRODUCT] += friends * x


def no_sums() -> Any:
    """Sums of nothing."""
    return np.zeros(SUMS, np.int64)
