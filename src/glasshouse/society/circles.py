"""The society of circles: who may know whom is computed, not read.

A circle is 32 consecutive citizens, a district 128 circles, a city 32,768 circles. What the slots
of a citizen stand for is said in :mod:`~glasshouse.society.layout`.

Circles are paired by keyed bijections: in a block of B circles the circle at permuted place p
meets the one at place p xor 1; in an odd block the last place stays alone. Of a pair, the citizen
in lane l of the lower circle meets lanes l + r, l + r + 1, ... of the higher one, r the pair's own
turn. The relation is mutual by construction. Where two groups give a circle the same partner, who
would meet twice meets in the earlier slot only; as all lanes turn alike, that shuts whole slots.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.streams import MATCHING, Key, bits_at, fold
from glasshouse.society.layout import Layout
from glasshouse.society.record import LANES
from glasshouse.society.ties import CITY, DISTRICT

DISTRICT_CIRCLES = 128
CITY_CIRCLES = 32_768
ROUNDS = 4
# What is kept of a block for each group: first circle, size, mask, half of the width, key of the
# pairs' turns, then for each round a multiplier, a summand and the multiplier's inverse.
FIRST, SIZE, WIDTH_MASK, HALF, TURNING, ROUND = range(6)
KEPT = ROUND + 3 * ROUNDS
# A pair's turn is 0 to 31; in the higher circle of the pair it goes the other way.
HIGHER = 64
ALONE = -1


class Sisters(NamedTuple):
    """The sister circles of one circle, as they were last worked out.

    Attributes
    ----------
    blocks : uint64 array
        What depends on a group's block alone.
    partner, turn : int64 arrays, groups
        Sister circle, or -1; the pair's turn, ``HIGHER`` added in the higher circle.
    """

    blocks: NDArray[np.uint64]
    partner: NDArray[np.int64]
    turn: NDArray[np.int64]


def no_sisters(groups: int) -> Sisters:
    """Room for the sister circles of one circle; nothing worked out yet."""
    blocks = np.zeros(groups * KEPT, np.uint64)
    return Sisters(blocks, np.full(groups, ALONE, np.int64), np.zeros(groups, np.int64))


@rule
def _inverse(odd: Any) -> Any:
    """Multiplicative inverse of an odd number modulo 2**64, by Newton's iteration."""
    x = odd
    for _ in range(6):
        x = x * (np.uint64(2) - odd * x)
    return x


@rule
def _enter_block(key: Key, group: int, first: int, size: int, sisters: Sisters) -> None:
    """Work out what depends on a block alone."""
    blocks, at = sisters.blocks, group * KEPT
    one = np.uint64(1)
    bits = one
    while (one << bits) < np.uint64(size):
        bits += one
    blocks[at + FIRST] = first
    blocks[at + SIZE] = size
    blocks[at + WIDTH_MASK] = (one << bits) - one
    blocks[at + HALF] = (bits + one) >> one
    blocks[at + TURNING] = fold(key, 1024 + group)
    own = fold(fold(key, group), first)
    for r in range(ROUNDS):
        k = np.uint64(fold(own, r))
        blocks[at + ROUND + 3 * r] = k | one
        blocks[at + ROUND + 3 * r + 1] = k >> np.uint64(33)
        blocks[at + ROUND + 3 * r + 2] = _inverse(k | one)


@rule
def _permuted(place: int, at: int, blocks: NDArray[np.uint64]) -> Any:
    """Place of a circle under its block's keyed bijection: rounds on the next power of two,
    walked until the place lies in the block."""
    x = np.uint64(place)
    mask, half, size = blocks[at + WIDTH_MASK], blocks[at + HALF], blocks[at + SIZE]
    while True:
        for r in range(ROUNDS):
            x = (x * blocks[at + ROUND + 3 * r] + blocks[at + ROUND + 3 * r + 1]) & mask
            x ^= x >> half
        if x < size:
            return x


@rule
def _place_of(permuted: Any, at: int, blocks: NDArray[np.uint64]) -> Any:
    """Inverse of :func:`_permuted`."""
    x = np.uint64(permuted)
    mask, half, size = blocks[at + WIDTH_MASK], blocks[at + HALF], blocks[at + SIZE]
    while True:
        for back in range(ROUNDS):
            r = ROUNDS - 1 - back
            # half is at least half the width, so one xor undoes the shift
            x ^= x >> half
            x = ((x - blocks[at + ROUND + 3 * r + 1]) * blocks[at + ROUND + 3 * r + 2]) & mask
        if x < size:
            return x


@rule
def meet_sisters(key: Key, circle: int, circles: int, layout: Layout, sisters: Sisters) -> None:
    """Work out the sister circles of a circle and the pairs' turns.

    Parameters
    ----------
    key : uint64
        ``fold(seed, MATCHING)``.
    circle, circles : int
        The circle and how many there are.
    layout : Layout
    sisters : Sisters
        Where the answer goes; consecutive circles share what depends on their block.
    """
    blocks = sisters.blocks
    for group in range(layout.groups):
        layer = layout.group_layer[group]
        first, size = 0, circles
        if layer == DISTRICT:
            first = circle & ~(DISTRICT_CIRCLES - 1)
            size = min(DISTRICT_CIRCLES, circles - first)
        elif layer == CITY:
            first = circle & ~(CITY_CIRCLES - 1)
            size = min(CITY_CIRCLES, circles - first)
        sisters.partner[group] = ALONE
        if size < 2:
            continue
        at = group * KEPT
        if blocks[at + SIZE] != np.uint64(size) or blocks[at + FIRST] != np.uint64(first):
            _enter_block(key, group, first, size, sisters)
        met = _permuted(circle - first, at, blocks) ^ np.uint64(1)
        if met >= np.uint64(size):
            continue
        partner = first + np.int64(_place_of(met, at, blocks))
        sisters.partner[group] = partner
        turn = bits_at(fold(blocks[at + TURNING], min(circle, int(partner))), 59, 5)
        sisters.turn[group] = turn if circle < partner else turn + HIGHER


@rule
def shift_of(turn: int, place: int) -> int:
    """How many lanes on, 0 to 31, the friend in the ``place``-th slot of a group is."""
    on = (turn + place) & 31
    if turn >= HIGHER:
        return (32 - on) & 31
    return on


@rule
def shift_in_circle(slot: int) -> int:
    """How many lanes on, 1 to 31, the friend in a slot round the circle is."""
    step = (slot >> 1) + 1
    if slot & 1:
        return 32 - step
    return step


@rule
def shift_of_slot(slot: int, layout: Layout, sisters: Sisters) -> int:
    """How many lanes on, 0 to 31, the friend in a slot is."""
    group = layout.group[slot]
    if group < 0:
        return shift_in_circle(slot)
    return shift_of(sisters.turn[group], slot - layout.group_slot[group])


@rule
def circle_of_slot(slot: int, circle: int, layout: Layout, sisters: Sisters) -> int:
    """Circle of the friend in a slot; -1 where there is none."""
    group = layout.group[slot]
    if group < 0:
        return circle
    return int(sisters.partner[group])


@rule
def friend_in_slot(i: int, slot: int, layout: Layout, sisters: Sisters) -> int:
    """Possible friend of a citizen in a slot, the sisters being those of her circle."""
    circle = circle_of_slot(slot, i >> 5, layout, sisters)
    return circle * LANES + ((i + shift_of_slot(slot, layout, sisters)) & 31)


@rule
def slot_is_used(slot: int, layout: Layout, sisters: Sisters) -> bool:
    """Whether a slot of this circle names anybody who is not named in an earlier one."""
    group = layout.group[slot]
    if group < 0:
        return True
    partner = sisters.partner[group]
    if partner < 0:
        return False
    shift = shift_of(sisters.turn[group], slot - layout.group_slot[group])
    for earlier in range(group):
        if sisters.partner[earlier] == partner:
            for place in range(layout.group_people[earlier]):
                if shift_of(sisters.turn[earlier], place) == shift:
                    return False
    return True


@compiled()
def _partners(seed: Any, circle: int, circles: int, layout: Layout, sisters: Sisters) -> None:
    meet_sisters(fold(seed, MATCHING), circle, circles, layout, sisters)


def partner_circles(seed: int, circle: int, circles: int, layout: Layout) -> Sisters:
    """Sister circles of one circle.

    Examples
    --------
    >>> from glasshouse.society.layout import layout_of
    >>> sisters = partner_circles(1, 0, 128, layout_of(32))
    >>> all(0 < partner < 128 for partner in sisters.partner)
    True
    """
    sisters = no_sisters(layout.groups)
    _partners(np.uint64(seed), circle, circles, layout, sisters)
    return sisters
