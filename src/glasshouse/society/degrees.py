"""How many living ties people have, 32 citizens at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.society.living import (
    ONLY_COMPILED,
    Scratch,
    look_at,
    people_of_block,
    scratch_for,
)
from glasshouse.society.net import CircleNet, GraphNet, Net, answered
from glasshouse.society.processor import Number, count_ones
from glasshouse.society.record import LANES


def _write_in_circle(
    net: CircleNet, block: int, scratch: Scratch, degree: NDArray[Any], at: int
) -> None:
    to = np.uint64(at)
    for lane in range(np.uint64(LANES)):
        degree[to + lane] = count_ones(scratch.living[lane])
    for word in range(1, net.layout.words):
        of = np.uint64(word * LANES)
        for lane in range(np.uint64(LANES)):
            degree[to + lane] += count_ones(scratch.living[of + lane])


def _write_in_graph(
    net: GraphNet, block: int, scratch: Scratch, degree: NDArray[Any], at: int
) -> None:
    for lane in range(people_of_block(block, net.citizens)):
        i = block * LANES + lane
        ties: Number = 0
        for e in range(net.offsets[i], net.offsets[i + 1]):
            ties += net.alive[e]
        degree[at + lane] = ties


def write_degrees(net: Net, block: int, scratch: Scratch, degree: NDArray[Any], at: int) -> None:
    """Write the living ties of the 32 citizens looked at, from place ``at`` on."""
    raise NotImplementedError(ONLY_COMPILED)


answered(write_degrees, in_circles=_write_in_circle, in_graph=_write_in_graph)


def _layers_of_circle(
    net: CircleNet, block: int, scratch: Scratch, counts: NDArray[np.int64]
) -> None:
    for slot in range(net.layout.slots):
        bit, word = np.uint32(slot & 31), LANES * (slot >> 5)
        ties: Number = 0
        for lane in range(people_of_block(block, net.citizens)):
            ties += np.int64((scratch.living[word + lane] >> bit) & np.uint32(1))
        counts[net.layout.layer[slot]] += ties


def _layers_in_graph(
    net: GraphNet, block: int, scratch: Scratch, counts: NDArray[np.int64]
) -> None:
    last = block * LANES + people_of_block(block, net.citizens)
    for e in range(net.offsets[block * LANES], net.offsets[last]):
        counts[net.layer[e]] += net.alive[e]


def add_layers(net: Net, block: int, scratch: Scratch, counts: NDArray[np.int64]) -> None:
    """Add the living ties of the 32 citizens looked at to counts by layer."""
    raise NotImplementedError(ONLY_COMPILED)


answered(add_layers, in_circles=_layers_of_circle, in_graph=_layers_in_graph)


@compiled()
def _fill_degrees(first: int, last: int, net: Any, scratch: Any, degree: NDArray[Any]) -> None:
    for block in range(first, last):
        look_at(net, block, scratch)
        write_degrees(net, block, scratch, degree, (block - first) * LANES)


def degrees(net: Net, first: int, last: int) -> NDArray[np.int32]:
    """Living ties of the citizens ``first`` to ``last - 1``.

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> from glasshouse.society.net import graph_net
    >>> ties = graph_ties(3, np.array([0, 1]), np.array([1, 2]))
    >>> degrees(graph_net(ties, np.array([1, 1, 0, 0], np.uint8)), 0, 3).tolist()
    [1, 1, 0]
    """
    begin, end = first // LANES, -(-last // LANES)
    degree = np.empty((end - begin) * LANES, np.int32)
    _fill_degrees(begin, end, net, scratch_for(net), degree)
    return degree[first - begin * LANES : last - begin * LANES]
