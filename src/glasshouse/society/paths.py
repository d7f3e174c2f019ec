"""How many steps apart people are.

From each of a few sources, step by step, all are reached whom a friend of was reached before: in
circles from eight sources at once, a bit each, 3 bytes a citizen; in a graph source by source.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.threads import share_out
from glasshouse.society.circles import shift_in_circle, shift_of
from glasshouse.society.living import TWICE, Scratch, look_at, scratch_for
from glasshouse.society.net import CircleNet, GraphNet, Net
from glasshouse.society.processor import write_twice
from glasshouse.society.record import LANES, memory

AT_ONCE = 8
EVERY = 255
# Circles that a thread looks at together.
STRETCH = 1_024


class Reached(NamedTuple):
    """By source: whom it reaches, itself left out, and the sum of the steps to all of them."""

    steps: NDArray[np.int64]
    people: NDArray[np.int64]


@compiled()
def _walk_graph(
    net: GraphNet, source: int, distance: NDArray[np.int32], queue: NDArray[np.int32]
) -> tuple[int, int]:
    """Sum of the distances to all whom a source reaches, and how many those are."""
    distance[:] = -1
    queue[0], distance[source] = source, 0
    first, last, total = 0, 1, 0
    while first < last:
        i = queue[first]
        first += 1
        total += distance[i]
        for e in range(net.offsets[i], net.offsets[i + 1]):
            j = net.friend[e]
            if net.alive[e] == 1 and distance[j] < 0:
                distance[j] = distance[i] + 1
                queue[last] = j
                last += 1
    return total, last - 1


def _reached_in_graph(net: GraphNet, sources: NDArray[np.int64]) -> Reached:
    found = np.zeros((2, len(sources)), np.int64)

    def walk(place: int, _: int) -> None:
        room = np.empty(net.citizens, np.int32), np.empty(net.citizens, np.int32)
        found[:, place] = _walk_graph(net, sources[place], *room)

    share_out(walk, 0, len(sources), 1)
    return Reached(*found)


@rule
def _gather(
    slot: int, at: int, scratch: Scratch, twice: NDArray[np.uint8], reached: NDArray[np.uint8]
) -> None:
    """Take in from which sources the friends in one slot, from place ``at`` on, were reached."""
    bit, word, friend = np.uint32(slot & 31), np.uint64(LANES * (slot >> 5)), np.uint64(at)
    for lane in range(np.uint64(LANES)):
        lives = np.uint8((scratch.living[word + lane] >> bit) & np.uint32(1))
        reached[lane] |= twice[friend + lane] * lives


@rule
def _gather_all(
    circle: int, net: CircleNet, front: NDArray[np.uint8], scratch: Scratch,
    twice: NDArray[np.uint8], reached: NDArray[np.uint8],
) -> None:  # fmt: skip
    layout, sisters = net.layout, scratch.sisters
    write_twice(front, circle * LANES, twice, 0)
    for group in range(layout.groups):
        partner = max(sisters.partner[group], 0)
        write_twice(front, partner * LANES, twice, TWICE * (group + 1))
    reached[:] = 0
    for slot in range(layout.ring):
        _gather(slot, shift_in_circle(slot), scratch, twice, reached)
    for group in range(layout.groups):
        if sisters.partner[group] >= 0:
            for place in range(layout.group_people[group]):
                at = TWICE * (group + 1) + shift_of(sisters.turn[group], place)
                _gather(layout.group_slot[group] + place, at, scratch, twice, reached)


@compiled()
def _step(
    first: int, last: int, net: CircleNet, front: NDArray[np.uint8], seen: NDArray[np.uint8],
    following: NDArray[np.uint8], scratch: Scratch, found: NDArray[np.int64],
) -> None:  # fmt: skip
    """Go one step from all who were reached in the last one; ``found`` counts by source."""
    twice = np.zeros(TWICE * (net.layout.groups + 1), np.uint8)
    reached = np.zeros(LANES, np.uint8)
    for circle in range(first, last):
        all_seen = np.uint8(EVERY)
        for lane in range(LANES):
            all_seen &= seen[circle * LANES + lane]
            following[circle * LANES + lane] = 0
        if all_seen == EVERY:
            continue
        look_at(net, circle, scratch)
        _gather_all(circle, net, front, scratch, twice, reached)
        for lane in range(LANES):
            i = circle * LANES + lane
            new = np.uint8(reached[lane] & ~seen[i])
            if new != 0:
                following[i] = new
                seen[i] |= new
                for source in range(AT_ONCE):
                    found[source] += (new >> np.uint8(source)) & 1


def _reached_in_circles(
    net: CircleNet, sources: NDArray[np.int64], room: NDArray[np.uint8]
) -> Reached:
    """Whom up to eight sources reach."""
    places = net.circles * LANES
    front, following, seen = (room[k * places : (k + 1) * places] for k in range(3))
    front[:] = 0
    for place, source in enumerate(sources):
        front[source] |= 1 << place
    # Places without a citizen, and sources that there are not, are done from the start.
    seen[:] = front | (EVERY & ~((1 << len(sources)) - 1))
    seen[net.citizens :] = EVERY
    steps, people = np.zeros(AT_ONCE, np.int64), np.zeros(AT_ONCE, np.int64)
    distance, found = 0, np.zeros((-(-net.circles // STRETCH), AT_ONCE), np.int64)

    def step(first: int, last: int) -> None:
        mine = found[first // STRETCH]
        _step(first, last, net, front, seen, following, scratch_for(net), mine)

    while distance == 0 or found.any():
        distance += 1
        found[:] = 0
        share_out(step, 0, net.circles, STRETCH)
        people += found.sum(axis=0)
        steps += distance * found.sum(axis=0)
        front, following = following, front
    return Reached(steps[: len(sources)], people[: len(sources)])


def reached_from(
    net: Net, sources: NDArray[np.int64], room: NDArray[np.uint8] | None = None
) -> Reached:
    """Whom some sources reach, and in how many steps all together.

    Parameters
    ----------
    net : Net
    sources : int64 array
    room : uint8 array, optional
        Bytes to work in, 3 for each place of a circle; without, they are taken from the system.

    Returns
    -------
    Reached
    """
    if not isinstance(net, CircleNet):
        return _reached_in_graph(net, sources)
    size = 3 * net.circles * LANES
    if room is None or len(room) < size:
        room = memory(size)
    parts = [
        _reached_in_circles(net, sources[first : first + AT_ONCE], room)
        for first in range(0, len(sources), AT_ONCE)
    ]
    return Reached(*(np.concatenate(part) for part in zip(*parts, strict=True)))


def mean_path(
    net: Net, sources: NDArray[np.int64], room: NDArray[np.uint8] | None = None
) -> tuple[float | None, float | None]:
    """Mean number of steps from the sources to everybody they reach.

    Parameters
    ----------
    net : Net
    sources : int64 array
        Where to begin.
    room : uint8 array, optional
        Bytes to work in.

    Returns
    -------
    mean : float or None
        Mean over the sources that reach anybody; None where none does.
    standard_error : float or None
        Standard error of that mean from the differences among sources; 0 when every citizen is a
        source, None with fewer than two.

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> from glasshouse.society.net import graph_net
    >>> line = graph_net(graph_ties(3, np.array([0, 1]), np.array([1, 2])), np.ones(4, np.uint8))
    >>> mean_path(line, np.arange(3))
    (1.3333333333333333, 0.0)
    """
    reached = reached_from(net, np.asarray(sources, np.int64), room)
    reaching = reached.people > 0
    means = reached.steps[reaching] / reached.people[reaching]
    return mean_of_sample(means, len(sources) == net.citizens)


def mean_of_sample(values: NDArray[Any], complete: bool) -> tuple[float | None, float | None]:
    """Mean of a sample and its standard error: 0 of all there are, None of fewer than two.

    Examples
    --------
    >>> mean_of_sample(np.array([1.0, 3.0]), complete=False)
    (2.0, 1.0)
    """
    if len(values) == 0:
        return None, None
    if complete:
        return float(values.mean()), 0.0
    if len(values) < 2:
        return float(values.mean()), None
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))
