"""The society of circles: who may know whom is computed, not read.

A circle is 32 consecutive citizens, a district 128 circles, a city 32,768 circles. Every citizen
has 32 slots, near first, each naming one possible friend:

======  ========  =================================================================
slots   layer     partner
======  ========  =================================================================
0-3     kin       1 and 2 places away round the circle, both ways
4-11    circle    3 to 6 places away, both ways
12-19   district  four people in each of two sister circles (a school, a workplace)
20-27   city      four people in each of two sister circles of the city
28-31   nation    one person in each of four circles anywhere
======  ========  =================================================================

Circles are paired by keyed bijections: in a block of B circles the circle at permuted place p
meets the one at place p xor 1; in an odd block the last place stays alone. The relation is mutual
by construction. A pair that meets in two slots keeps the first.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.streams import MATCHING, fold
from glasshouse.society.people import CIRCLE_SIZE
from glasshouse.society.ties import CIRCLE, CITY, DISTRICT, KIN, NATION, PossibleTies

SLOTS = 32
RING_SLOTS = 12
KIN_SLOTS = 4
DISTRICT_CIRCLES = 128
CITY_CIRCLES = 32_768
# The eight sister circles of a circle: layer of the block, first slot, people met there.
GROUP_LAYER = np.array([DISTRICT, DISTRICT, CITY, CITY, NATION, NATION, NATION, NATION], np.int64)
GROUP_SLOT = np.array([12, 16, 20, 24, 28, 29, 30, 31], np.int64)
GROUP_PEOPLE = np.array([4, 4, 4, 4, 1, 1, 1, 1], np.int64)
GROUPS = 8
ROUNDS = 4


@compiled()
def _permuted(place: Any, size: Any, key: Any) -> Any:
    """Place of a circle under the block's keyed bijection: rounds on the next power of two,
    walked until the place lies in the block."""
    bits, half, mask, one = _width(size)
    x = np.uint64(place)
    while True:
        for r in range(ROUNDS):
            k = fold(key, r)
            x = (x * (k | one) + (k >> np.uint64(33))) & mask
            x ^= x >> half
        if x < size:
            return x


@compiled()
def _place_of(permuted: Any, size: Any, key: Any) -> Any:
    """Inverse of :func:`_permuted`."""
    bits, half, mask, one = _width(size)
    x = np.uint64(permuted)
    while True:
        for back in range(ROUNDS):
            k = fold(key, ROUNDS - 1 - back)
            # half is at least half the width, so one xor undoes the shift
            x ^= x >> half
            x = ((x - (k >> np.uint64(33))) * _inverse(k | one)) & mask
        if x < size:
            return x


@compiled()
def _width(size: Any) -> Any:
    one = np.uint64(1)
    bits = one
    while (one << bits) < size:
        bits += one
    return bits, (bits + one) >> one, (one << bits) - one, one


@compiled()
def _inverse(odd: Any) -> Any:
    """Multiplicative inverse of an odd number modulo 2**64, by Newton's iteration."""
    x = odd
    for _ in range(6):
        x = x * (np.uint64(2) - odd * x)
    return x


@compiled()
def partner_circle(seed: Any, circle: int, circles: int, group: int) -> int:
    """Sister circle of a circle in one group, or -1 where it has none.

    Parameters
    ----------
    seed : uint64
    circle, circles : int
        The circle and how many circles there are.
    group : int
        0 to 7: two of the district, two of the city, four of the nation.

    Returns
    -------
    int
    """
    layer = GROUP_LAYER[group]
    size = circles
    if layer == DISTRICT:
        size = DISTRICT_CIRCLES
    elif layer == CITY:
        size = CITY_CIRCLES
    first = circle // size * size
    size = min(size, circles - first)
    if size < 2:
        return -1
    key = fold(fold(fold(seed, MATCHING), group), first)
    met = _permuted(np.uint64(circle - first), np.uint64(size), key) ^ np.uint64(1)
    if met >= np.uint64(size):
        return -1
    return int(first + np.int64(_place_of(met, np.uint64(size), key)))


@compiled()
def _fill_slots(seed: Any, circle: int, citizens: int, slots: NDArray[np.int64]) -> None:
    """Write the possible friends of the 32 citizens of a circle; -1 where a slot names nobody."""
    circles = (citizens + CIRCLE_SIZE - 1) // CIRCLE_SIZE
    base = circle * CIRCLE_SIZE
    slots[:] = -1
    for lane in range(CIRCLE_SIZE):
        for q in range(RING_SLOTS // 2):
            slots[lane, 2 * q] = base + (lane + q + 1) % CIRCLE_SIZE
            slots[lane, 2 * q + 1] = base + (lane - q - 1) % CIRCLE_SIZE
    for group in range(GROUPS):
        sister = partner_circle(seed, circle, circles, group)
        if sister < 0:
            continue
        lower = min(circle, sister)
        turn = fold(fold(fold(seed, MATCHING), GROUPS + group), lower) >> np.uint64(59)
        for q in range(GROUP_PEOPLE[group]):
            shift = np.int64(turn) + q
            if circle != lower:
                shift = -shift
            for lane in range(CIRCLE_SIZE):
                met = sister * CIRCLE_SIZE + (lane + shift) % CIRCLE_SIZE
                slots[lane, GROUP_SLOT[group] + q] = met
    for lane in range(CIRCLE_SIZE):
        for k in range(SLOTS):
            if base + lane >= citizens or slots[lane, k] >= citizens:
                slots[lane, k] = -1
            for earlier in range(k):
                if slots[lane, earlier] == slots[lane, k]:
                    slots[lane, k] = -1


@rule
def sister_slot(slot: int) -> int:
    """Slot in which the friend names one back: inside the circle its sister, else the same."""
    if slot < RING_SLOTS:
        return slot ^ 1
    return slot


@rule
def layer_of_slot(slot: int) -> int:
    """Layer of a slot: 0 kin, 1 circle, 2 district, 3 city, 4 nation."""
    if slot < KIN_SLOTS:
        return KIN
    if slot < RING_SLOTS:
        return CIRCLE
    if slot < 20:
        return DISTRICT
    if slot < 28:
        return CITY
    return NATION


@compiled(parallel=True)
def _slot_positions(seed: Any, citizens: int, position: NDArray[np.int8]) -> NDArray[np.int64]:
    circles = (citizens + CIRCLE_SIZE - 1) // CIRCLE_SIZE
    counts = np.zeros(citizens, np.int64)
    for c in numba.prange(circles):
        slots = np.empty((CIRCLE_SIZE, SLOTS), np.int64)
        _fill_slots(seed, c, citizens, slots)
        for lane in range(min(CIRCLE_SIZE, citizens - c * CIRCLE_SIZE)):
            i = c * CIRCLE_SIZE + lane
            for k in range(SLOTS):
                position[i, k] = -1
                if slots[lane, k] >= 0:
                    position[i, k] = counts[i]
                    counts[i] += 1
    return counts


@compiled(parallel=True)
def _fill_ties(
    seed: Any,
    offsets: NDArray[np.int64],
    position: NDArray[np.int8],
    strength_of_layer: NDArray[np.float64],
    friend: NDArray[np.int32],
    back: NDArray[np.int64],
    layer: NDArray[np.uint8],
    strength: NDArray[np.float64],
) -> None:
    citizens = len(offsets) - 1
    circles = (citizens + CIRCLE_SIZE - 1) // CIRCLE_SIZE
    for c in numba.prange(circles):
        slots = np.empty((CIRCLE_SIZE, SLOTS), np.int64)
        _fill_slots(seed, c, citizens, slots)
        for lane in range(min(CIRCLE_SIZE, citizens - c * CIRCLE_SIZE)):
            i = c * CIRCLE_SIZE + lane
            for k in range(SLOTS):
                j = slots[lane, k]
                if j >= 0:
                    e = offsets[i] + position[i, k]
                    friend[e] = j
                    back[e] = offsets[j] + position[j, sister_slot(k)]
                    layer[e] = layer_of_slot(k)
                    strength[e] = strength_of_layer[layer[e]]


def circle_ties(seed: int, citizens: int, strength_of_layer: NDArray[np.float64]) -> PossibleTies:
    """Possible ties of a society of circles.

    Parameters
    ----------
    seed : int
    citizens : int
        64 or more.
    strength_of_layer : float64 array, 5
        Strength of kin, circle, district, city and nation ties.

    Returns
    -------
    PossibleTies

    Examples
    --------
    >>> ties = circle_ties(1, 128, np.array([8.0, 2.0, 0.8, 0.5, 0.3]))
    >>> bool((ties.back[ties.back] == np.arange(len(ties.back))).all())
    True
    """
    key = np.uint64(seed)
    position = np.empty((citizens, SLOTS), np.int8)
    offsets = np.zeros(citizens + 1, np.int64)
    np.cumsum(_slot_positions(key, citizens, position), out=offsets[1:])
    edges = int(offsets[-1])
    friend = np.empty(edges, np.int32)
    back = np.empty(edges, np.int64)
    layer = np.empty(edges, np.uint8)
    strength = np.empty(edges, np.float64)
    _fill_ties(key, offsets, position, strength_of_layer, friend, back, layer, strength)
    return PossibleTies(offsets, friend, back, layer, strength)
