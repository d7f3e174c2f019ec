"""The living ties, asked about in one way whichever society they are of.

A loop over citizens calls :func:`visit` for every 32 consecutive ones and then
:func:`living_friends` for each; it is compiled once for circles, where partners are computed, and
once for an explicit graph, where they are read.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba.extending import overload
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.streams import MATCHING, fold
from glasshouse.society.circles import (
    Sisters,
    friend_in_slot,
    meet_sisters,
    no_sisters,
    slot_is_used,
)
from glasshouse.society.layout import Layout, sister_slot
from glasshouse.society.processor import Number
from glasshouse.society.record import Records, circles_of, side_is_open
from glasshouse.society.ties import PossibleTies


class CircleNet(NamedTuple):
    """Living ties of a society of circles: both sides open in the records.

    Where ``possible`` is set, all ties that could live count as living.
    """

    citizens: int
    circles: int
    key: Number
    layout: Layout
    records: Records
    possible: bool


class GraphNet(NamedTuple):
    """Living ties of an explicit graph: 1 in ``alive`` by half-edge."""

    citizens: int
    offsets: NDArray[np.int64]
    friend: NDArray[np.int32]
    layer: NDArray[np.uint8]
    alive: NDArray[np.uint8]


Net = CircleNet | GraphNet


def circle_net(seed: int, citizens: int, layout: Layout, records: Records) -> CircleNet:
    """Living ties as the records have them."""
    key = np.uint64(fold(seed, MATCHING))
    return CircleNet(citizens, circles_of(citizens), key, layout, records, False)


def graph_net(ties: PossibleTies, alive: NDArray[np.uint8]) -> GraphNet:
    """Living ties of an explicit graph."""
    return GraphNet(ties.citizens, ties.offsets, ties.friend, ties.layer, alive)


def possible(net: Net) -> Net:
    """The same citizens with all the ties that could live.

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> ties = graph_ties(3, np.array([0, 1]), np.array([1, 2]))
    >>> friends_of(possible(graph_net(ties, np.zeros(4, np.uint8))), 1)
    [0, 2]
    """
    if isinstance(net, CircleNet):
        return net._replace(possible=True)
    return net._replace(alive=np.ones_like(net.alive))


def most_friends(net: Net) -> int:
    """The most friends anybody can have."""
    if isinstance(net, CircleNet):
        return net.layout.slots
    return int(np.diff(net.offsets).max(initial=0))


def sisters_for(net: Net) -> Sisters:
    """Room for what :func:`visit` works out, one for each thread."""
    return no_sisters(net.layout.groups if isinstance(net, CircleNet) else 1)


def answered(asked: Any, *, in_circles: Any, in_graph: Any) -> None:
    """Let compiled loops ask a question about a net, its first argument, of either kind.

    Parameters
    ----------
    asked : callable
        The question.
    in_circles, in_graph : callable
        Its answer in a society of circles and in a graph, with the same arguments.
    """

    options: Any = {"forceinline": True, "_nrt": False}

    @overload(asked, strict=False, jit_options=options)
    def compiled_answer(net: Any, *_: Any) -> Any:
        return in_circles if of_circles(net) else in_graph


def of_circles(net: Any) -> bool:
    """Whether the type of a net, as the compiler sees it, is that of circles."""
    return getattr(net, "instance_class", None) is CircleNet


def _visit_circle(net: CircleNet, block: int, sisters: Sisters) -> None:
    meet_sisters(net.key, block, net.circles, net.layout, sisters)


def _visit_nobody(net: GraphNet, block: int, sisters: Sisters) -> None:
    pass


def visit(net: Net, block: int, sisters: Sisters) -> None:
    """Get ready for the 32 citizens from ``32 * block`` on."""
    _visit(net, block, sisters)


answered(visit, in_circles=_visit_circle, in_graph=_visit_nobody)


@rule
def _is_answered(net: CircleNet, slot: int, j: int, sisters: Sisters) -> bool:
    """Whether j's side of a slot is open too, or could be where that is what is asked."""
    if net.possible:
        return slot_is_used(slot, net.layout, sisters) and j < net.citizens
    back = sister_slot(slot, net.layout.ring)
    return side_is_open(net.records, j, back) == 1


def _friends_in_circles(net: CircleNet, i: int, sisters: Sisters, found: NDArray[np.int64]) -> int:
    count = 0
    for slot in range(net.layout.slots):
        if net.possible or side_is_open(net.records, i, slot) == 1:
            j = friend_in_slot(i, slot, net.layout, sisters)
            if _is_answered(net, slot, j, sisters):
                found[count] = j
                count += 1
    return count


def _friends_in_graph(net: GraphNet, i: int, sisters: Sisters, found: NDArray[np.int64]) -> int:
    count = 0
    for e in range(net.offsets[i], net.offsets[i + 1]):
        if net.alive[e] == 1:
            found[count] = net.friend[e]
            count += 1
    return count


def living_friends(net: Net, i: int, sisters: Sisters, found: NDArray[np.int64]) -> int:
    """Write the living friends of a citizen of the visited block; returns how many they are."""
    return int(_living(net, i, sisters, found))


answered(living_friends, in_circles=_friends_in_circles, in_graph=_friends_in_graph)


@compiled()
def _visit(net: Any, block: int, sisters: Sisters) -> None:
    visit(net, block, sisters)


@compiled()
def _living(net: Any, i: int, sisters: Sisters, found: NDArray[np.int64]) -> int:
    return living_friends(net, i, sisters, found)


def friends_of(net: Net, i: int) -> list[int]:
    """Living friends of one citizen.

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> ties = graph_ties(3, np.array([0, 1]), np.array([1, 2]))
    >>> friends_of(graph_net(ties, np.array([1, 1, 0, 0], np.uint8)), 1)
    [0]
    """
    sisters, found = sisters_for(net), np.empty(most_friends(net), np.int64)
    visit(net, i >> 5, sisters)
    return [int(j) for j in found[: living_friends(net, i, sisters, found)]]
