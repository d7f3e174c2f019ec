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
from glasshouse.society.circles import CITY_CIRCLES, DISTRICT_CIRCLES, friend_in_slot
from glasshouse.society.living import Scratch, look_at, people_of_block, scratch_for
from glasshouse.society.net import CircleNet, GraphNet, Net
from glasshouse.society.processor import Number, lowest_one
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
def _unite(label: NDArray[Any], i: int, j: Number, root: int) -> None:
    if label[i] == label[j] and np.int64(label[i]) < root:
        return  # both name the same citizen: most often so
    a, b = _find_and_shorten(label, i, root), _find_and_shorten(label, j, root)
    if a != b:
        least, other = min(a, b), max(a, b)
        label[least] = np.int64(label[least]) + np.int64(label[other]) - root
        label[other] = least


@rule
def _join_citizen(
    i: int,
    word: int,
    ties: Number,
    net: CircleNet,
    scratch: Scratch,
    label: NDArray[Any],
    root: int,
) -> None:
    """Join somebody with her friends in some slots of a word."""
    while ties != 0:
        slot: Number = LANES * word + np.int64(lowest_one(ties))
        _unite(label, i, friend_in_slot(i, slot, net.layout, scratch.sisters), root)
        ties &= np.uint32(ties - np.uint32(1))


@rule
def _slots(circle: int, word: int, near: bool, layer: int, net: CircleNet, scratch: Scratch) -> int:
    """Slots of a word whose ties are joined: those of a far layer, or those within the district.

    Of the latter each is met once: from who looks ahead round the circle, and from the circle that
    comes first.
    """
    slots, layout = 0, net.layout
    for slot in range(LANES * word, LANES * (word + 1)):
        if near and slot < layout.ring:
            wanted = (slot & 1) == 0
        elif near:
            later = scratch.sisters.partner[layout.group[slot]] > circle
            wanted = later and layout.layer[slot] == DISTRICT
        else:
            wanted = layout.layer[slot] == layer
        slots |= 1 << (slot & 31) if wanted else 0
    return slots


@compiled()
def _join_circles(
    first: int, last: int, one_in: int, layer: int, outside: NDArray[np.uint8], net: CircleNet,
    scratch: Scratch, label: NDArray[Any], root: int,
) -> None:  # fmt: skip
    """Join the ties that citizens of some circles have in a far layer, or within the district.

    Parameters
    ----------
    first, last, one_in : int
        One of so many circles.
    layer : int
        CITY or NATION, or DISTRICT for all ties within the district.
    outside : uint8 array
        1 for circles to join; of length 0 where all are.
    """
    near = layer == DISTRICT
    for circle in range(first, last, one_in):
        if len(outside) > 0 and outside[circle] == 0:
            continue
        look_at(net, circle, scratch)
        for word in range(net.layout.words):
            slots = np.uint32(_slots(circle, word, near, layer, net, scratch))
            for lane in range(people_of_block(circle, net.citizens)):
                ties = np.uint32(scratch.living[LANES * word + lane] & slots)
                _join_citizen(circle * LANES + lane, word, ties, net, scratch, label, root)


@compiled()
def _be_alone(first: int, last: int, citizens: int, label: NDArray[Any], root: int) -> None:
    """Make everybody of some circles a component by herself."""
    for i in range(first * LANES, min(last * LANES, citizens)):
        label[i] = root + 1


@compiled()
def _large_one(first: int, last: int, one_in: int, label: NDArray[Any], root: int) -> Any:
    """Root of a large component: the largest that some citizens belong to."""
    large = _find(label, first * LANES, root)
    for circle in range(first, last, one_in):
        found = _find(label, circle * LANES, root)
        large = found if label[found] > label[large] else large
    return large


@compiled()
def _mark_outside(
    first: int, last: int, large: int, citizens: int, label: NDArray[Any], root: int,
    outside: NDArray[np.uint8],
) -> None:  # fmt: skip
    """Mark circles of which somebody is not in the large component."""
    for circle in range(first, last):
        found = 0
        for lane in range(people_of_block(circle, citizens)):
            found += 1 if _find(label, circle * LANES + lane, root) != large else 0
        outside[circle] = 1 if found > 0 else 0


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
        word = 0
        for lane in range(people_of_block(block, citizens)):
            word |= 1 << lane if _find(label, block * LANES + lane, root) == giant else 0
        members[block] = word


def _join(net: CircleNet, label: NDArray[Any], root: int) -> None:
    """Join all ties of a society of circles, the near ones first."""
    circles, everybody = net.circles, np.zeros(0, np.uint8)
    outside = np.zeros(circles, np.uint8)

    def districts(first: int, last: int) -> None:
        _be_alone(first, last, net.citizens, label, root)
        _join_circles(first, last, 1, DISTRICT, everybody, net, scratch_for(net), label, root)

    def mark(first: int, last: int, large: int) -> None:
        _mark_outside(first, last, large, net.citizens, label, root, outside)

    def city(first: int, last: int) -> None:
        scratch = scratch_for(net)
        _join_circles(first, last, ONE_IN_CITY, CITY, everybody, net, scratch, label, root)
        mark(first, last, _large_one(first, last, ONE_IN_CITY, label, root))
        _join_circles(first, last, 1, CITY, outside, net, scratch, label, root)

    share_out(districts, 0, circles, STRETCH)
    share_out(city, 0, circles, CITY_CIRCLES)
    scratch = scratch_for(net)
    _join_circles(0, circles, ONE_IN_NATION, NATION, everybody, net, scratch, label, root)
    large = _large_one(0, circles, ONE_IN_NATION, label, root)
    share_out(lambda first, last: mark(first, last, large), 0, circles, STRETCH)
    _join_circles(0, circles, 1, NATION, outside, net, scratch, label, root)


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
