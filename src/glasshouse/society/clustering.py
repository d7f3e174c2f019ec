"""How often two friends of somebody are friends of each other."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.threads import share_out
from glasshouse.society.circles import Sisters
from glasshouse.society.net import Net, living_friends, most_friends, sisters_for, visit

# Citizens of the sample that a thread looks at together.
STRETCH = 512


class Around(NamedTuple):
    """What is found around the citizens of a sample.

    Attributes
    ----------
    friends : int64 array
        Living friends of each.
    closed : int64 array
        Pairs of them who are friends of each other.
    """

    friends: NDArray[np.int64]
    closed: NDArray[np.int64]


@rule
def _is_among(j: int, ascending: NDArray[np.int64]) -> int:
    """1 where a citizen is among some in ascending order."""
    first, last = 0, len(ascending)
    while first < last:
        middle = (first + last) >> 1
        if ascending[middle] < j:
            first = middle + 1
        else:
            last = middle
    return 1 if first < len(ascending) and ascending[first] == j else 0


@compiled()
def _look_around(
    net: Any, sample: NDArray[np.int64], sisters: Sisters, mine: NDArray[np.int64],
    theirs: NDArray[np.int64], friends: NDArray[np.int64], closed: NDArray[np.int64],
) -> None:  # fmt: skip
    for place in range(len(sample)):
        i = sample[place]
        visit(net, i >> 5, sisters)
        friends[place] = living_friends(net, i, sisters, mine)
        known = mine[: friends[place]]
        known.sort()
        twice = 0
        for j in known:
            visit(net, j >> 5, sisters)
            for other in range(living_friends(net, j, sisters, theirs)):
                twice += _is_among(theirs[other], known)
        closed[place] = twice >> 1


def look_around(net: Net, sample: NDArray[np.int64]) -> Around:
    """Count the friends of some citizens, and the pairs of them who are friends of each other.

    Parameters
    ----------
    net : Net
    sample : int64 array
        The citizens to look at.

    Returns
    -------
    Around

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> from glasshouse.society.net import graph_net
    >>> ties = graph_ties(4, np.array([0, 0, 1, 2]), np.array([1, 2, 2, 3]))
    >>> around = look_around(graph_net(ties, np.ones(8, np.uint8)), np.arange(4))
    >>> around.friends.tolist(), around.closed.tolist()
    ([2, 2, 3, 1], [1, 1, 1, 0])
    """
    around = Around(np.zeros(len(sample), np.int64), np.zeros(len(sample), np.int64))
    most = most_friends(net)

    def look(first: int, last: int) -> None:
        part = slice(first, last)
        room = np.empty(most, np.int64), np.empty(most, np.int64)
        _look_around(
            net, sample[part], sisters_for(net), *room, around.friends[part], around.closed[part]
        )

    share_out(look, 0, len(sample), STRETCH)
    return around
