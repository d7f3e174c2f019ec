"""Who can reach whom: the giant component of the living ties."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.society.ties import PossibleTies


@compiled()
def _root(parent: NDArray[np.int64], citizen: int) -> int:
    while parent[citizen] != citizen:
        parent[citizen] = parent[parent[citizen]]
        citizen = parent[citizen]
    return citizen


@compiled()
def _component_labels(
    offsets: NDArray[np.int64], friend: NDArray[np.int32], alive: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Smallest citizen of everybody's component, by union-find with halving of paths."""
    citizens = len(offsets) - 1
    parent = np.arange(citizens)
    for i in range(citizens):
        for e in range(offsets[i], offsets[i + 1]):
            if alive[e] and friend[e] < i:
                a = _root(parent, i)
                b = _root(parent, friend[e])
                parent[max(a, b)] = min(a, b)
    # parents come before their children, so one sweep upwards reaches every root
    for i in range(citizens):
        parent[i] = parent[parent[i]]
    return parent


def giant_component(ties: PossibleTies, alive: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Who belongs to the largest connected component of the living ties.

    Parameters
    ----------
    ties : PossibleTies
    alive : bool array, E
        Which half-edges live; both halves of a tie alike.

    Returns
    -------
    bool array, N
        Of components of equal size, the one with the smallest citizen.

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> ties = graph_ties(4, np.array([0, 1]), np.array([1, 3]))
    >>> giant_component(ties, np.ones(4, bool)).tolist()
    [True, True, False, True]
    """
    labels = _component_labels(ties.offsets, ties.friend, np.asarray(alive, np.bool_))
    giant: NDArray[np.bool_] = labels == np.bincount(labels).argmax()
    return giant
