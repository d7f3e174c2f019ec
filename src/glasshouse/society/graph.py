"""The society of an explicit graph: any list of pairs, with the same rules as circles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.society.ties import CIRCLE, CITY, DISTRICT, KIN, NATION, PossibleTies

# Least strength of each layer: between the strengths that the layers have in circles. A tie of
# strength 1, the default, is one of the circle: near, and seen every day.
LEAST_STRENGTH = ((KIN, 4.0), (CIRCLE, 1.0), (DISTRICT, 0.65), (CITY, 0.4), (NATION, 0.0))


def layer_of_strength(strength: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Layer of ties by their strength: 4 or more kin, 1 circle, 0.65 district, 0.4 city.

    Examples
    --------
    >>> layer_of_strength(np.array([8.0, 2.0, 1.0, 0.8, 0.5, 0.3])).tolist()
    [0, 1, 1, 2, 3, 4]
    """
    conditions = [strength >= least for _, least in LEAST_STRENGTH]
    layers = [layer for layer, _ in LEAST_STRENGTH]
    return np.select(conditions, layers).astype(np.uint8)


def graph_ties(
    citizens: int,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    strength: NDArray[np.float64] | None = None,
) -> PossibleTies:
    """Possible ties of an explicit graph: the given pairs and no others.

    Parameters
    ----------
    citizens : int
        Citizens are 0..citizens-1.
    first, second : int64 arrays
        The two ends of each tie; every tie once, no self-ties.
    strength : float64 array, optional
        Strength of each tie; 1 without.

    Returns
    -------
    PossibleTies
        Each citizen's half-edges by ascending friend.

    Examples
    --------
    >>> ties = graph_ties(3, np.array([0, 1]), np.array([1, 2]))
    >>> ties.friend.tolist(), ties.back.tolist()
    ([1, 0, 2, 1], [1, 0, 3, 2])
    """
    pairs = len(first)
    weight = np.ones(pairs) if strength is None else np.asarray(strength, np.float64)
    source = np.concatenate([first, second])
    target = np.concatenate([second, first])
    order = np.lexsort((target, source))
    place = np.empty(2 * pairs, np.int64)
    place[order] = np.arange(2 * pairs)
    twin = np.concatenate([np.arange(pairs, 2 * pairs), np.arange(pairs)])
    offsets = np.zeros(citizens + 1, np.int64)
    np.cumsum(np.bincount(source, minlength=citizens), out=offsets[1:])
    both = np.concatenate([weight, weight])[order]
    return PossibleTies(
        offsets,
        target[order].astype(np.int32),
        place[twin[order]],
        layer_of_strength(both),
        both,
    )
