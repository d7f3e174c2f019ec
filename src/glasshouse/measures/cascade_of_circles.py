"""The loops of a cascade in circles. Who is active takes a bit: a word for every circle.

Threads read words that others may be adding to; whether they see somebody a moment earlier or
later decides when people join, not whether.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.streams import fold, uniform
from glasshouse.society.circles import Sisters, meet_sisters, shift_in_circle, shift_of
from glasshouse.society.living import Scratch, look_at, people_of_block
from glasshouse.society.net import CircleNet
from glasshouse.society.processor import Number, count_ones
from glasshouse.society.record import LANES

NEVER_IN_CIRCLES = 255


@compiled()
def keep_living(
    first: int, last: int, net: CircleNet, scratch: Scratch, living: NDArray[np.uint32]
) -> None:
    """Keep the living ties of some circles."""
    size = np.uint64(net.layout.words * LANES)
    for circle in range(first, last):
        look_at(net, circle, scratch)
        at = np.uint64(circle) * size
        for place in range(size):
            living[at + place] = scratch.living[place]


@compiled()
def activate_at_zero(
    first: int, last: int, thresholds: NDArray[np.uint8], active: NDArray[np.uint32]
) -> Any:
    """Make those active who need no friend; returns how many were not before."""
    joined: Number = 0
    for circle in range(first, last):
        word = np.uint32(0)
        for lane in range(LANES):
            if thresholds[circle * LANES + lane] == 0:
                word |= np.uint32(1 << lane)
        joined += _activate(circle, word, active)
    return joined


@compiled()
def activate_seeds(
    first: int, last: int, key: Number, share: float, citizens: int, active: NDArray[np.uint32]
) -> Any:
    """Make a share of people active; returns how many were not before."""
    joined: Number = 0
    for circle in range(first, last):
        word = np.uint32(0)
        for lane in range(people_of_block(circle, citizens)):
            if uniform(fold(key, circle * LANES + lane)) < share:
                word |= np.uint32(1 << lane)
        joined += _activate(circle, word, active)
    return joined


@rule
def _activate(circle: int, word: Number, active: NDArray[np.uint32]) -> Any:
    new = np.uint32(word & ~active[circle])
    active[circle] |= new
    return np.int64(count_ones(new))


@rule
def _turned(word: Number, shift: int) -> Any:
    """The word of a circle's citizens as the friends in a slot: bit l is that of lane l + shift."""
    one, other = np.uint32(shift & 31), np.uint32((32 - shift) & 31)
    return np.uint32((word >> one) | (word << other))


@rule
def _count_friends(
    slot: int, friends: Number, ties: NDArray[np.uint32], count: NDArray[np.int32]
) -> None:
    """Count the active friends of 32 citizens in one slot."""
    bit, word = np.uint32(slot & 31), np.uint64(LANES * (slot >> 5))
    for lane in range(np.uint64(LANES)):
        both = (ties[word + lane] >> bit) & (friends >> np.uint32(lane)) & np.uint32(1)
        count[lane] += np.int32(both)


@rule
def _count_in_circle(
    word: Number, ring: int, ties: NDArray[np.uint32], count: NDArray[np.int32]
) -> None:
    for slot in range(ring):
        _count_friends(slot, _turned(word, shift_in_circle(slot)), ties, count)


@rule
def _count_in_sisters(
    net: CircleNet, sisters: Sisters, ties: NDArray[np.uint32], active: NDArray[np.uint32],
    count: NDArray[np.int32],
) -> None:  # fmt: skip
    layout = net.layout
    for group in range(layout.groups):
        if sisters.partner[group] < 0:
            continue
        word = active[sisters.partner[group]]
        if word == 0:
            continue
        for place in range(layout.group_people[group]):
            shift = shift_of(sisters.turn[group], place)
            slot = layout.group_slot[group] + place
            _count_friends(slot, _turned(word, shift), ties, count)


@rule
def _willing(
    count: NDArray[np.int32], more: NDArray[np.int32], thresholds: NDArray[np.uint8]
) -> Any:
    """Who of 32 citizens has as many active friends as it takes."""
    word = np.uint32(0)
    for lane in range(np.uint64(LANES)):
        enough = count[lane] + more[lane] >= np.int32(thresholds[lane])
        word |= np.uint32(enough) << np.uint32(lane)
    return word


@compiled()
def join_once_more(
    first: int, last: int, net: CircleNet, sisters: Sisters, living: NDArray[np.uint32],
    thresholds: NDArray[np.uint8], active: NDArray[np.uint32], asked: NDArray[np.uint8],
    following: NDArray[np.uint8],
) -> Any:  # fmt: skip
    """Ask the circles that are to be asked; returns how many joined.

    Parameters
    ----------
    first, last : int
        The circles.
    net, sisters : CircleNet, Sisters
    living : uint32 array
        Living ties of all.
    thresholds : uint8 array
    active : uint32 array
        A word for each circle.
    asked, following : uint8 array
        1 for the circles to ask now, and for those to ask after that.
    """
    count, inside = np.zeros(LANES, np.int32), np.zeros(LANES, np.int32)
    size = net.layout.words * LANES
    joined: Number = 0
    for circle in range(first, last):
        if asked[circle] == 0:
            continue
        asked[circle] = 0
        ties = living[circle * size : (circle + 1) * size]
        mine = thresholds[circle * LANES : (circle + 1) * LANES]
        count[:] = 0
        meet_sisters(net.key, circle, net.circles, net.layout, sisters)
        _count_in_sisters(net, sisters, ties, active, count)
        before = word = active[circle]
        while True:
            inside[:] = 0
            _count_in_circle(word, net.layout.ring, ties, inside)
            more = np.uint32(_willing(count, inside, mine) & ~word)
            if more == 0:
                break
            word = np.uint32(word | more)
        if word != before:
            joined += np.int64(count_ones(np.uint32(word & ~before)))
            active[circle] = word
            for group in range(net.layout.groups):
                if sisters.partner[group] >= 0:
                    following[sisters.partner[group]] = 1
    return joined
