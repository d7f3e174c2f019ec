"""How many steps apart people are."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.society.ties import PossibleTies


@compiled(parallel=True)
def _steps(
    offsets: NDArray[np.int64],
    friend: NDArray[np.int32],
    alive: NDArray[np.bool_],
    sources: NDArray[np.int64],
) -> Any:
    """For each source: sum of the distances to all it reaches, and how many those are."""
    citizens = len(offsets) - 1
    result = np.zeros((len(sources), 2), np.int64)
    for s in numba.prange(len(sources)):
        distance = np.full(citizens, -1, np.int32)
        queue = np.empty(citizens, np.int32)
        queue[0] = sources[s]
        distance[sources[s]] = 0
        first, last, total = 0, 1, 0
        while first < last:
            i = queue[first]
            first += 1
            total += distance[i]
            for e in range(offsets[i], offsets[i + 1]):
                if alive[e] and distance[friend[e]] < 0:
                    distance[friend[e]] = distance[i] + 1
                    queue[last] = friend[e]
                    last += 1
        result[s] = total, last - 1
    return result


def mean_path(
    ties: PossibleTies, alive: NDArray[np.bool_], sources: NDArray[np.int64]
) -> tuple[float | None, float | None]:
    """Mean number of steps from the sources to everybody they reach.

    Parameters
    ----------
    ties : PossibleTies
    alive : bool array, E
    sources : int64 array
        Where the breadth-first searches begin.

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
    >>> ties = graph_ties(3, np.array([0, 1]), np.array([1, 2]))
    >>> mean_path(ties, np.ones(4, bool), np.arange(3))
    (1.3333333333333333, 0.0)
    """
    found = _steps(
        ties.offsets, ties.friend, np.asarray(alive, np.bool_), np.asarray(sources, np.int64)
    )
    reaching = found[found[:, 1] > 0]
    if len(reaching) == 0:
        return None, None
    means = reaching[:, 0] / reaching[:, 1]
    if len(sources) == ties.citizens:
        return float(means.mean()), 0.0
    if len(means) < 2:
        return float(means.mean()), None
    return float(means.mean()), float(means.std(ddof=1) / np.sqrt(len(means)))
