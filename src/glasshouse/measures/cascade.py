"""Granovetter's cascade over the living ties: who joins once enough friends have.

Everybody has a threshold: active friends that it takes. Nobody who is active stops, so it does not
matter in what order people join; the end is the same, whatever the threads did first.
"""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.chance.streams import REVOLT_SEEDS, Key, fold, uniform
from glasshouse.chance.threads import share_out
from glasshouse.measures.cascade_of_circles import (
    NEVER_IN_CIRCLES,
    activate_at_zero,
    activate_seeds,
    join_once_more,
    keep_living,
)
from glasshouse.society.circles import no_sisters
from glasshouse.society.degrees import degrees
from glasshouse.society.living import scratch_for
from glasshouse.society.net import CircleNet, GraphNet, Net
from glasshouse.society.record import LANES, circles_of, memory

# More active friends than anybody can have in a graph.
NEVER = np.iinfo(np.int32).max
# Blocks of 32 that a thread looks at together.
STRETCH = 2_048


class Cascade(Protocol):
    """A cascade that can be pushed further and further.

    Attributes
    ----------
    thresholds : integer array, by citizen
        To be filled in before it begins; ``never`` where all of one's friends are too few.
    never : int
    """

    thresholds: NDArray[Any]
    never: int

    def degrees(self, first: int, last: int) -> NDArray[np.int32]:
        """Living ties of the citizens of some blocks of 32, asked once before it begins."""
        ...

    def begin(self) -> None:
        """Those whose threshold is 0 are active."""
        ...

    def push(self, seed: int, share: float) -> None:
        """Make a share of people active, drawn by hash; those of a smaller share are among them."""
        ...

    def spread(self, most: int) -> int:
        """Go on until nobody joins, or more than ``most`` are active; returns how many are."""
        ...

    def active(self) -> NDArray[np.uint32]:
        """Who is active: a word for every 32 citizens."""
        ...


def cascade_over(net: Net, room: NDArray[np.uint8] | None = None) -> Cascade:
    """A cascade over the living ties of a net.

    Parameters
    ----------
    net : Net
    room : uint8 array, optional
        Bytes to work in; without, or where there are too few, they are taken from the system.

    Returns
    -------
    Cascade

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> from glasshouse.society.net import graph_net
    >>> line = graph_net(graph_ties(4, np.arange(3), np.arange(1, 4)), np.ones(6, np.uint8))
    >>> cascade = cascade_over(line)
    >>> cascade.thresholds[:] = [0, 1, 2, 1]
    >>> cascade.begin()
    >>> cascade.spread(4), bin(cascade.active()[0])
    (2, '0b11')
    """
    return CascadeOfCircles(net, room) if isinstance(net, CircleNet) else CascadeOfGraph(net)


class CascadeOfCircles:
    """Circle by circle, 32 citizens at once; only circles that somebody joined near are asked.

    It takes 4 bytes a citizen for the living ties (8 or 16 with 64 or 128 slots), 1 for the
    thresholds, and a few bytes a circle.
    """

    never = NEVER_IN_CIRCLES

    def __init__(self, net: CircleNet, room: NDArray[np.uint8] | None) -> None:
        places = net.circles * LANES
        words = 4 * net.layout.words * places
        if room is None or len(room) < words + places:
            room = memory(words + places)
        self.net = net
        self.living: NDArray[np.uint32] = room[:words].view(np.uint32)
        self.thresholds = room[words : words + places]
        self._active = np.zeros(net.circles, np.uint32)
        self._asked = np.ones(net.circles, np.uint8)
        self._next = np.zeros(net.circles, np.uint8)
        self._count = 0

    def degrees(self, first: int, last: int) -> NDArray[np.int32]:
        """Living ties of the citizens of some blocks, which are kept."""
        words = self.net.layout.words
        keep_living(first, last, self.net, scratch_for(self.net), self.living)
        mine = self.living[first * words * LANES : last * words * LANES]
        ties = np.bitwise_count(mine).reshape(-1, words, LANES).sum(axis=1, dtype=np.int32)
        degree: NDArray[np.int32] = ties.reshape(-1)
        return degree

    def begin(self) -> None:
        """Those whose threshold is 0 are active."""
        self._add(lambda first, last: activate_at_zero(first, last, self.thresholds, self._active))

    def push(self, seed: int, share: float) -> None:
        """Make a share of people active."""
        key, citizens = np.uint64(fold(seed, REVOLT_SEEDS)), self.net.citizens
        self._add(
            lambda first, last: activate_seeds(first, last, key, share, citizens, self._active)
        )

    def _add(self, loop: Any) -> None:
        """Make people active without being asked, and have every circle asked next."""
        self._share_out(loop)
        self._asked[:] = 1

    def _share_out(self, loop: Any) -> int:
        """Run a loop that returns how many joined, and add them up."""
        joined = np.zeros(-(-self.net.circles // STRETCH), np.int64)

        def run(first: int, last: int) -> None:
            joined[first // STRETCH] = loop(first, last)

        share_out(run, 0, self.net.circles, STRETCH)
        self._count += int(joined.sum())
        return int(joined.sum())

    def spread(self, most: int) -> int:
        """Go on until nobody joins, or more than ``most`` are active; returns how many are."""

        def ask(first: int, last: int) -> Any:
            sisters = no_sisters(self.net.layout.groups)
            return join_once_more(
                first, last, self.net, sisters, self.living, self.thresholds, self._active,
                self._asked, self._next,
            )  # fmt: skip

        while self._count <= most and self._share_out(ask):
            self._asked, self._next = self._next, self._asked
        return self._count

    def active(self) -> NDArray[np.uint32]:
        """Who is active."""
        return self._active


@compiled()
def _seeds(key: Key, share: float, first: int, marks: NDArray[np.uint8]) -> None:
    for place in range(len(marks)):
        marks[place] = 1 if uniform(fold(key, first + place)) < share else 0


@compiled()
def _spread_in_graph(
    net: GraphNet, thresholds: NDArray[np.int32], friends: NDArray[np.int32],
    active: NDArray[np.uint8], queue: NDArray[np.int32], first: int, last: int, most: int,
) -> tuple[int, int]:  # fmt: skip
    """Tell friends of those in the queue, who join it in turn; returns where it begins and ends."""
    while first < last and last <= most:
        i = queue[first]
        first += 1
        for e in range(net.offsets[i], net.offsets[i + 1]):
            if net.alive[e] == 1:
                j = net.friend[e]
                friends[j] += 1
                if active[j] == 0 and friends[j] >= thresholds[j]:
                    active[j] = 1
                    queue[last] = j
                    last += 1
    return first, last


class CascadeOfGraph:
    """One citizen after another, 13 bytes a citizen."""

    never = NEVER

    def __init__(self, net: GraphNet) -> None:
        self.net = net
        self.thresholds = np.zeros(net.citizens, np.int32)
        self._friends = np.zeros(net.citizens, np.int32)
        self._active = np.zeros(net.citizens, np.uint8)
        self._queue = np.zeros(net.citizens, np.int32)
        self._told = self._joined = 0

    def degrees(self, first: int, last: int) -> NDArray[np.int32]:
        """Living ties of the citizens of some blocks."""
        return degrees(self.net, first * LANES, min(last * LANES, self.net.citizens))

    def begin(self) -> None:
        """Those whose threshold is 0 are active."""
        self._add(self.thresholds == 0)

    def push(self, seed: int, share: float) -> None:
        """Make a share of people active."""
        marks = np.zeros(self.net.citizens, np.uint8)
        _seeds(np.uint64(fold(seed, REVOLT_SEEDS)), share, 0, marks)
        self._add(marks == 1)

    def _add(self, chosen: NDArray[np.bool_]) -> None:
        joining = np.flatnonzero(chosen & (self._active == 0))
        self._active[joining] = 1
        self._queue[self._joined : self._joined + len(joining)] = joining
        self._joined += len(joining)

    def spread(self, most: int) -> int:
        """Go on until nobody joins, or more than ``most`` are active; returns how many are."""
        self._told, self._joined = _spread_in_graph(
            self.net, self.thresholds, self._friends, self._active, self._queue, self._told,
            self._joined, most,
        )  # fmt: skip
        return self._joined

    def active(self) -> NDArray[np.uint32]:
        """Who is active."""
        bits = np.zeros(circles_of(self.net.citizens) * LANES, np.uint8)
        bits[: self.net.citizens] = self._active
        return np.packbits(bits, bitorder="little").view(np.uint32)
