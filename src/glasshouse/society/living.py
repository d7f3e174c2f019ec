"""The living ties of 32 citizens at once.

A pass over a nation goes from one 32 citizens to the next: :func:`look_at` works out where their
friends are and which ties live, then :func:`list_friends` and the questions of
:mod:`~glasshouse.society.degrees` are answered. In a society of circles the answer is a word of
living ties for each citizen, bit k for slot k, worked out for all 32 together; the sister circles
of the next 32 are asked for from memory meanwhile. In an explicit graph there is nothing to
prepare.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.society.circles import (
    Sisters,
    circle_of_slot,
    friend_in_slot,
    meet_sisters,
    no_sisters,
    shift_of,
    slot_is_used,
)
from glasshouse.society.net import CircleNet, GraphNet, Net, answered
from glasshouse.society.processor import (
    CACHE_LINE,
    Number,
    lowest_one,
    prefetch,
    write_twice,
)
from glasshouse.society.record import BYTES_WITHOUT_CONSENT, LANES

# Which slots look ahead round the circle, and which back.
AHEAD = np.uint32(0x5555_5555)
TWICE = 2 * LANES
NOT_YET = -1
ONLY_COMPILED = "only compiled loops look at 32 citizens at once"


class Scratch(NamedTuple):
    """Working memory of one thread for the ties of 32 citizens after another.

    Attributes
    ----------
    sisters : Sisters
        Of the circle that is looked at.
    ahead : Sisters
        Of the circle after it.
    next : int64 array, 1
        The circle that ``ahead`` is of.
    twice : uint32 array, 64 * (groups + 1)
        Open sides of the circle and of each sister circle, written twice over: any 32 in a row
        are the circle turned round.
    living : uint32 array, 32 * words
        Living ties: word w of lane l at ``32 * w + l``.
    """

    sisters: Sisters
    ahead: Sisters
    next: NDArray[np.int64]
    twice: NDArray[np.uint32]
    living: NDArray[np.uint32]


def scratch_for(net: Net) -> Scratch:
    """Working memory for one thread."""
    groups, words = (net.layout.groups, net.layout.words) if isinstance(net, CircleNet) else (1, 1)
    return Scratch(
        no_sisters(groups),
        no_sisters(groups),
        np.full(1, NOT_YET, np.int64),
        np.zeros(TWICE * (groups + 1), np.uint32),
        np.zeros(words * LANES, np.uint32),
    )


@rule
def people_of_block(block: int, citizens: int) -> int:
    """Citizens among the 32 from ``32 * block`` on: fewer at the end of the nation."""
    return min(LANES, citizens - block * LANES)


@rule
def _meet(net: CircleNet, circle: int, scratch: Scratch) -> None:
    """Have the sisters of this circle, and ask for the records of the next one's."""
    ahead, sisters, size = scratch.ahead, scratch.sisters, net.records.size
    known = scratch.next[0] == circle
    for each in range(circle + 1 if known else circle, circle + 2):
        if each > circle:
            for group in range(net.layout.groups):
                sisters.partner[group] = ahead.partner[group]
                sisters.turn[group] = ahead.turn[group]
        if each < net.circles:
            meet_sisters(net.key, each, net.circles, net.layout, ahead)
    scratch.next[0] = circle + 1
    for group in range(net.layout.groups):
        at = max(ahead.partner[group], 0) * size
        for line in range(BYTES_WITHOUT_CONSENT, size, CACHE_LINE):
            prefetch(net.records.feeling, at + line)


@rule
def _answer(slot: int, at: int, shift: int, scratch: Scratch) -> None:
    """Take in whose side of a slot is open in the circle that is written twice over at a place."""
    bit, turned = np.uint32(1 << (slot & 31)), np.uint64(at + shift)
    word = np.uint64(LANES * (slot >> 5))
    for lane in range(np.uint64(LANES)):
        scratch.living[word + lane] |= scratch.twice[turned + lane] & bit


@rule
def _four_answers(
    slot: int, at: int, a: int, b: int, c: int, d: int, scratch: Scratch
) -> None:  # fmt: skip
    """The same for four slots of one circle, the first a multiple of four, and their shifts."""
    bit = 1 << (slot & 31)
    first, second = np.uint32(bit), np.uint32(bit << 1)
    third, fourth = np.uint32(bit << 2), np.uint32(bit << 3)
    one, two, three, four = (
        np.uint64(at + a),
        np.uint64(at + b),
        np.uint64(at + c),
        np.uint64(at + d),
    )
    word = np.uint64(LANES * (slot >> 5))
    for lane in range(np.uint64(LANES)):
        scratch.living[word + lane] |= (
            np.uint32(scratch.twice[one + lane] & first)
            | np.uint32(scratch.twice[two + lane] & second)
            | np.uint32(scratch.twice[three + lane] & third)
            | np.uint32(scratch.twice[four + lane] & fourth)
        )


@rule
def _read_sides(net: CircleNet, circle: int, scratch: Scratch) -> None:
    """Write the open sides of the circle and its sisters twice over, each in a row of its own.

    Round the circle the friend names one back in the neighbouring bit, so there bits change places.
    """
    layout, twice = net.layout, scratch.twice
    stride = net.records.size >> 2
    write_twice(net.records.consent, circle * stride + LANES, twice, 0)
    for lane in range(np.uint64(TWICE)):
        sides = twice[lane]
        twice[lane] = ((sides & AHEAD) << np.uint32(1)) | ((sides >> np.uint32(1)) & AHEAD)
    for group in range(layout.groups):
        partner = max(scratch.sisters.partner[group], 0)
        word = LANES + LANES * (layout.group_slot[group] >> 5)
        write_twice(net.records.consent, partner * stride + word, twice, TWICE * (group + 1))


@rule
def _living_ties(net: CircleNet, circle: int, scratch: Scratch) -> None:
    """Write which ties live: the friends' sides of them first, then the own ones."""
    layout, living = net.layout, scratch.living
    words = np.uint64(layout.words * LANES)
    for place in range(words):
        living[place] = np.uint32(0)
    _read_sides(net, circle, scratch)
    for slot in range(0, layout.ring, 4):
        step = (slot >> 1) + 1
        _four_answers(slot, 0, step, LANES - step, step + 1, LANES - step - 1, scratch)
    for group in range(layout.groups):
        if scratch.sisters.partner[group] < 0:
            continue
        slot, at = layout.group_slot[group], TWICE * (group + 1)
        turn = scratch.sisters.turn[group]
        if layout.group_people[group] == 4:
            _four_answers(
                slot, at, shift_of(turn, 0), shift_of(turn, 1), shift_of(turn, 2),
                shift_of(turn, 3), scratch,
            )  # fmt: skip
        else:
            _answer(slot, at, shift_of(turn, 0), scratch)
    own = np.uint64(circle * (net.records.size >> 2) + LANES)
    for place in range(words):
        living[place] &= net.records.consent[own + place]


@compiled()
def _possible_ties(net: CircleNet, circle: int, scratch: Scratch) -> None:
    """Write which ties could live: all whose slot is used and names a citizen."""
    layout, living = net.layout, scratch.living
    for word in range(layout.words):
        used = 0
        for slot in range(LANES * word, LANES * (word + 1)):
            used |= 1 << (slot & 31) if slot_is_used(slot, layout, scratch.sisters) else 0
        for lane in range(LANES):
            living[LANES * word + lane] = used
    if people_of_block(net.circles - 1, net.citizens) < LANES:
        for slot in range(layout.slots):
            met = circle_of_slot(slot, circle, layout, scratch.sisters)
            if circle == net.circles - 1 or met == net.circles - 1:
                _leave_out_vacant(net, circle, slot, scratch)


@rule
def _leave_out_vacant(net: CircleNet, circle: int, slot: int, scratch: Scratch) -> None:
    """Take away the ties of one slot that begin or end at a place without a citizen."""
    word, bit = LANES * (slot >> 5), np.uint32(1 << (slot & 31))
    for i in range(circle * LANES, (circle + 1) * LANES):
        j = friend_in_slot(i, slot, net.layout, scratch.sisters)
        if i >= net.citizens or j >= net.citizens:
            scratch.living[word + (i & 31)] &= ~bit


def _look_at_circle(net: CircleNet, block: int, scratch: Scratch) -> None:
    _meet(net, block, scratch)
    if net.possible:
        _possible_ties(net, block, scratch)
    else:
        _living_ties(net, block, scratch)


def _look_at_nothing(net: GraphNet, block: int, scratch: Scratch) -> None:
    pass


def look_at(net: Net, block: int, scratch: Scratch) -> None:
    """Get ready for the 32 citizens from ``32 * block`` on."""
    raise NotImplementedError(ONLY_COMPILED)


answered(look_at, in_circles=_look_at_circle, in_graph=_look_at_nothing)


def _list_in_circles(net: CircleNet, i: int, scratch: Scratch, found: NDArray[np.int64]) -> int:
    count = 0
    for word in range(net.layout.words):
        ties = scratch.living[word * LANES + (i & 31)]
        while ties != 0:
            slot: Number = LANES * word + np.int64(lowest_one(ties))
            found[count] = friend_in_slot(i, slot, net.layout, scratch.sisters)
            count += 1
            ties &= np.uint32(ties - np.uint32(1))
    return count


def _list_in_graph(net: GraphNet, i: int, scratch: Scratch, found: NDArray[np.int64]) -> int:
    count = 0
    for e in range(net.offsets[i], net.offsets[i + 1]):
        if net.alive[e] == 1:
            found[count] = net.friend[e]
            count += 1
    return count


def list_friends(net: Net, i: int, scratch: Scratch, found: NDArray[np.int64]) -> int:
    """Write the living friends of a citizen of the 32 looked at; returns how many they are."""
    raise NotImplementedError(ONLY_COMPILED)


answered(list_friends, in_circles=_list_in_circles, in_graph=_list_in_graph)
