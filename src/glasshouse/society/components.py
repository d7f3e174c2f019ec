"""Who can reach whom: the giant component of the living ties, with 4 bytes a citizen to work in.

Union-find: everybody has a label. It is either the number of another citizen of the component or,
for the one with the smallest number, the component's size with ``root`` added. In circles, ties
within districts are joined by several threads at once, then those within cities; with far ties
nearly everybody is in one component after the first few, and those who are need not be asked again
(Sutton, Ben-Nun and Barak 2018, "Optimizing parallel graph connectivity computation via subgraph
sampling"). The result is exact all the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.threads import share_out
from glasshouse.society.circles import (
    CITY_CIRCLES,
    DISTRICT_CIRCLES,
    circle_of_slot,
    shift_of_slot,
)
from glasshouse.society.layout import Layout
from glasshouse.society.living import Scratch, look_at, people_of_block, scratch_for
from glasshouse.society.net import CircleNet, GraphNet, Net
from glasshouse.society.processor import Number, bit_of_each, count_ones, lowest_one
from glasshouse.society.record import LANES, circles_of, memory
from glasshouse.society.ties import CITY, DISTRICT, NATION

# What is added to a component's size: numbers of citizens stay below.
ROOT_32, ROOT_64 = 1 << 31, 1 << 62
# Of so many circles, one has its far ties joined before anybody is left out.
ONE_IN_CITY, ONE_IN_NATION = 8, 64
# Circles that a thread looks at together: whole districts.
STRETCH = 16 * DISTRICT_CIRCLES


@rule
def _find(label: NDArray[Any], i: Number, root: int) -> Any:
    """Smallest citizen of somebody's component; nothing is written."""
    while np.int64(label[i]) < root:
        i = np.int64(label[i])
    return i


@rule
def _find_and_shorten(label: NDArray[Any], i: Number, root: int) -> Any:
    """The same, every second label on the way made to point one further."""
    while np.int64(label[i]) < root:
        above = np.int64(label[i])
        if np.int64(label[above]) >= root:
            return above
        label[i] = label[above]
        i = above
    return i


@rule
def _unite(label: NDArray[Any], i: Number, j: Number, root: int) -> None:
    if label[i] == label[j] and np.int64(label[i]) < root:
        return  # both name the same citizen: most often so
    a, b = _find_and_shorten(label, i, root), _find_and_shorten(label, j, root)
    if a != b:
        least, other = min(a, b), max(a, b)
        label[least] = np.int64(label[least]) + np.int64(label[other]) - root
        label[other] = least


@rule
def _turned(word: Number, by: int) -> Any:
    """A word turned round: bit l becomes bit l + by."""
    up, down = np.uint32(by & 31), np.uint32((LANES - by) & 31)
    return np.uint32((word << up) | (word >> down))


@rule
def _spread(word: Number, ring: int, living: NDArray[np.uint32]) -> Any:
    """Of a circle's citizens, a bit each, all whom some reach round the circle."""
    while True:
        more = word
        for slot in range(0, ring, 2):
            ahead, step = bit_of_each(living, 0, slot), (slot >> 1) + 1
            more |= _turned(np.uint32(more & ahead), step)
            more |= np.uint32(_turned(more, LANES - step) & ahead)
        if more == word:
            return word
        word = more


@compiled()
def _join_within(
    first: int, last: int, net: CircleNet, scratch: Scratch, label: NDArray[Any], root: int
) -> None:
    """Join the ties within the districts of some circles, in which nobody is joined yet."""
    layout, sisters = net.layout, scratch.sisters
    for circle in range(first, last):
        look_at(net, circle, scratch)
        _join_round(circle, net, scratch.living, label, root)
        for group in range(layout.groups):
            # with circles that come before, which have their labels
            if layout.group_layer[group] == DISTRICT and 0 <= sisters.partner[group] < circle:
                for place in range(layout.group_people[group]):
                    slot = layout.group_slot[group] + place
                    _join_slot(circle, slot, layout, scratch, label, root)


@rule
def _join_round(
    circle: int, net: CircleNet, living: NDArray[np.uint32], label: NDArray[Any], root: int
) -> None:
    """Join the ties round a circle."""
    people, begin = people_of_block(circle, net.citizens), circle * LANES
    left = np.uint32((1 << people) - 1)
    while left != 0:
        least: Number = np.int64(lowest_one(left))
        part = _spread(np.uint32(1 << least), net.layout.ring, living)
        left = np.uint32(left & ~part)
        size = np.int64(count_ones(part))
        for lane in range(people):
            if (part >> np.uint32(lane)) & np.uint32(1) == 1:
                label[begin + lane] = begin + least
        label[begin + least] = root + size


@rule
def _join_slot(
    circle: int, slot: int, layout: Layout, scratch: Scratch, label: NDArray[Any], root: int
) -> None:
    """Join the living ties that a circle's citizens have in one slot."""
    ties = bit_of_each(scratch.living, LANES * (slot >> 5), slot & 31)
    met = circle_of_slot(slot, circle, layout, scratch.sisters) * LANES
    shift = shift_of_slot(slot, layout, scratch.sisters)
    while ties != 0:
        lane: Number = np.int64(lowest_one(ties))
        _unite(label, circle * LANES + lane, met + ((lane + shift) & 31), root)
        ties = np.uint32(ties & (ties - np.uint32(1)))


@compiled()
def _join_far(
    first: int, last: int, one_in: int, layer: int, outside: NDArray[np.uint8], net: CircleNet,
    scratch: Scratch, label: NDArray[Any], root: int,
) -> None:  # fmt: skip
    """Join the ties that citizens of some circles have in a far layer.

    Parameters
    ----------
    first, last, one_in : int
        One of so many circles.
    layer : int
    outside : uint8 array
        1 for circles to join; of length 0 where all are.
    """
    for circle in range(first, last, one_in):
        if len(outside) == 0 or outside[circle] == 1:
            look_at(net, circle, scratch)
            for slot in range(net.layout.slots):
                if net.layout.layer[slot] == layer:
                    _join_slot(circle, slot, net.layout, scratch, label, root)


@compiled()
def _large_one(first: int, last: int, one_in: int, label: NDArray[Any], root: int) -> Any:
    """Root of a large component: the largest that some citizens belong to."""
    large = _find(label, first * LANES, root)
    for circle in range(first, last, one_in):
        found = _find(label, circle * LANES, root)
        large = found if label[found] > label[large] else large
    return large


@rule
def _members(block: int, citizens: int, which: int, label: NDArray[Any], root: int) -> Any:
    """Who of 32 citizens is in one component, a bit each."""
    word = np.uint32(0)
    asked, answer = np.int64(-1), False
    for lane in range(people_of_block(block, citizens)):
        i = block * LANES + lane
        mine = np.int64(label[i])
        # most often the one before had the same label
        if mine != asked or mine >= root:
            asked, answer = mine, _find(label, i, root) == which
        if answer:
            word |= np.uint32(1 << lane)
    return word


@compiled()
def _mark_outside(
    first: int, last: int, large: int, citizens: int, label: NDArray[Any], root: int,
    outside: NDArray[np.uint8],
) -> None:  # fmt: skip
    """Mark circles of which somebody is not in the large component."""
    for circle in range(first, last):
        everybody = people_of_block(circle, citizens)
        inside = count_ones(_members(circle, citizens, large, label, root))
        outside[circle] = 1 if np.int64(inside) < everybody else 0


@compiled()
def _join_graph(net: GraphNet, label: NDArray[Any], root: int) -> None:
    for i in range(net.citizens):
        label[i] = root + 1
        for e in range(net.offsets[i], net.offsets[i + 1]):
            if net.alive[e] == 1 and net.friend[e] < i:
                _unite(label, i, net.friend[e], root)


@compiled()
def _largest(first: int, last: int, label: NDArray[Any], root: int) -> tuple[int, int]:
    """Size and root of the largest component with its root among some citizens."""
    size: Number = 0
    found = -1
    for i in range(first, last):
        if np.int64(label[i]) - root > size:
            size, found = np.int64(label[i]) - root, i
    return size, found


@compiled()
def _write_members(
    first: int, last: int, giant: int, citizens: int, label: NDArray[Any], root: int,
    members: NDArray[np.uint32],
) -> None:  # fmt: skip
    for block in range(first, last):
        members[block] = _members(block, citizens, giant, label, root)


def _join(net: CircleNet, label: NDArray[Any], root: int) -> None:
    """Join all ties of a society of circles, the near ones first."""
    circles, everybody = net.circles, np.zeros(0, np.uint8)
    outside = np.zeros(circles, np.uint8)

    def districts(first: int, last: int) -> None:
        _join_within(first, last, net, scratch_for(net), label, root)

    def mark(first: int, last: int, large: int) -> None:
        _mark_outside(first, last, large, net.citizens, label, root, outside)

    def city(first: int, last: int) -> None:
        scratch = scratch_for(net)
        _join_far(first, last, ONE_IN_CITY, CITY, everybody, net, scratch, label, root)
        mark(first, last, _large_one(first, last, ONE_IN_CITY, label, root))
        _join_far(first, last, 1, CITY, outside, net, scratch, label, root)

    share_out(districts, 0, circles, STRETCH)
    share_out(city, 0, circles, CITY_CIRCLES)
    scratch = scratch_for(net)
    _join_far(0, circles, ONE_IN_NATION, NATION, everybody, net, scratch, label, root)
    large = _large_one(0, circles, ONE_IN_NATION, label, root)
    share_out(lambda first, last: mark(first, last, large), 0, circles, STRETCH)
    _join_far(0, circles, 1, NATION, outside, net, scratch, label, root)


def giant_component(net: Net, room: NDArray[np.uint8] | None = None) -> NDArray[np.uint32]:
    """Who belongs to the largest connected component of the living ties.

    Parameters
    ----------
    net : Net
    room : uint8 array, optional
        Bytes to work in, 4 for each place of a block of 32 (8 from 2**31 citizens on); without,
        or where there are fewer, they are taken from the system.

    Returns
    -------
    uint32 array
        A word for every 32 citizens, bit l for the l-th of them. Of components of equal size, the
        one with the smallest citizen.

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> from glasshouse.society.net import graph_net
    >>> ties = graph_ties(4, np.array([0, 1]), np.array([1, 3]))
    >>> bin(giant_component(graph_net(ties, np.ones(4, np.uint8)))[0])
    '0b1011'
    """
    kind, root = (np.uint32, ROOT_32) if net.citizens < ROOT_32 else (np.uint64, ROOT_64)
    size = np.dtype(kind).itemsize * net.citizens
    if room is None or len(room) < size:
        room = memory(size)
    label: NDArray[Any] = room[:size].view(kind)
    if isinstance(net, CircleNet):
        _join(net, label, root)
    else:
        _join_graph(net, label, root)
    blocks = circles_of(net.citizens)
    largest = np.zeros((-(-blocks // STRETCH), 2), np.int64)

    def find(first: int, last: int) -> None:
        upto = min(last * LANES, net.citizens)
        largest[first // STRETCH] = _largest(first * LANES, upto, label, root)

    share_out(find, 0, blocks, STRETCH)
    giant = int(largest[largest[:, 0].argmax(), 1])
    members = np.zeros(blocks, np.uint32)

    def write(first: int, last: int) -> None:
        _write_members(first, last, giant, net.citizens, label, root, members)

    share_out(write, 0, blocks, STRETCH)
    return members
