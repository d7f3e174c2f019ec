"""How many ties people have: everybody's degree, and exact sums over all citizens."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.chance.threads import share_out
from glasshouse.society.column import Column, number_at
from glasshouse.society.degrees import add_layers, write_degrees
from glasshouse.society.living import Scratch, look_at, people_of_block, scratch_for
from glasshouse.society.net import Net
from glasshouse.society.record import LANES, circles_of
from glasshouse.society.ties import LAYERS

# Sums over citizens of opinion x and degree d, then ties by layer.
PEOPLE, X, D, XX, DD, XD, DISSENTERS, D_OF_DISSENTERS, OF_LAYER = range(9)
SUMS = OF_LAYER + len(LAYERS)
# Blocks of 32 that a thread looks at together.
STRETCH = 2_048


class Tally(NamedTuple):
    """Whole-number sums over all citizens."""

    sums: list[int]

    @property
    def people(self) -> int:
        """Citizens."""
        return self.sums[PEOPLE]

    @property
    def ends(self) -> int:
        """Ends of ties: two for each."""
        return self.sums[D]

    @property
    def layers(self) -> list[int]:
        """Ends of ties by layer."""
        return self.sums[OF_LAYER:]

    @property
    def degree(self) -> float:
        """Mean degree."""
        return self.sums[D] / self.sums[PEOPLE]

    @property
    def degree_sd(self) -> float:
        """Standard deviation of degree."""
        return math.sqrt(_spread(self.sums[PEOPLE], self.sums[D], self.sums[DD])) / self.people

    @property
    def degree_dissenters(self) -> float | None:
        """Mean degree where opinion is below 0."""
        people = self.sums[DISSENTERS]
        return self.sums[D_OF_DISSENTERS] / people if people else None

    @property
    def degree_others(self) -> float | None:
        """Mean degree where it is not."""
        people = self.sums[PEOPLE] - self.sums[DISSENTERS]
        return (self.sums[D] - self.sums[D_OF_DISSENTERS]) / people if people else None

    @property
    def correlation(self) -> float | None:
        """Pearson correlation of opinion and degree."""
        people, x, d, xx, dd, xd = self.sums[: XD + 1]
        spread = _spread(people, x, xx) * _spread(people, d, dd)
        return (people * xd - x * d) / math.sqrt(spread) if spread else None


def _spread(people: int, total: int, squares: int) -> int:
    """Variance times the square of how many people there are, exactly."""
    return people * squares - total * total


@compiled()
def _take(
    first: int, last: int, net: Any, opinion: Column, scratch: Scratch, lanes: NDArray[np.int32],
    degree: NDArray[Any], sums: NDArray[np.int64],
) -> None:  # fmt: skip
    for block in range(first, last):
        look_at(net, block, scratch)
        write_degrees(net, block, scratch, lanes, 0)
        add_layers(net, block, scratch, sums[OF_LAYER:])
        for lane in range(people_of_block(block, net.citizens)):
            i, d = block * LANES + lane, np.int64(lanes[lane])
            x = np.int64(number_at(opinion, i))
            degree[i] = d
            sums[PEOPLE] += 1
            sums[X] += x
            sums[D] += d
            sums[XX] += x * x
            sums[DD] += d * d
            sums[XD] += x * d
            sums[DISSENTERS] += 1 if x < 0 else 0
            sums[D_OF_DISSENTERS] += d if x < 0 else 0


def take_tally(net: Net, opinion: Column, degree: NDArray[Any]) -> Tally:
    """Write everybody's degree, and sum up.

    Parameters
    ----------
    net : Net
    opinion : Column
        Private opinions, in 127ths.
    degree : integer array, N
        Where the degrees go.

    Returns
    -------
    Tally

    Examples
    --------
    >>> from glasshouse.society.column import by_citizen
    >>> from glasshouse.society.graph import graph_ties
    >>> from glasshouse.society.net import graph_net
    >>> star = graph_net(graph_ties(3, np.array([0, 0]), np.array([1, 2])), np.ones(4, np.uint8))
    >>> degree = np.zeros(3, np.int64)
    >>> tally = take_tally(star, by_citizen(np.array([-9, 9, 9], np.int8)), degree)
    >>> degree.tolist(), tally.degree_dissenters, tally.degree_others
    ([2, 1, 1], 2.0, 1.0)
    """
    blocks = circles_of(net.citizens)
    sums = np.zeros((-(-blocks // STRETCH), SUMS), np.int64)

    def take(first: int, last: int) -> None:
        room = scratch_for(net), np.zeros(LANES, np.int32)
        _take(first, last, net, opinion, *room, degree, sums[first // STRETCH])

    share_out(take, 0, blocks, STRETCH)
    return Tally([sum(column) for column in zip(*sums.tolist(), strict=True)])
