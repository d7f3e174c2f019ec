"""How often two friends of somebody are friends of each other."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.society.ties import PossibleTies

# Citizens of a chunk share one list of marks.
CHUNK = 256


@compiled(parallel=True)
def _triangles(
    offsets: NDArray[np.int64],
    friend: NDArray[np.int32],
    alive: NDArray[np.bool_],
    sample: NDArray[np.int64],
) -> Any:
    """Pairs of friends who are friends, for each citizen of the sample."""
    found = np.zeros(len(sample), np.int64)
    chunks = (len(sample) + CHUNK - 1) // CHUNK
    for chunk in numba.prange(chunks):
        mark = np.zeros(len(offsets) - 1, np.uint8)
        for s in range(chunk * CHUNK, min((chunk + 1) * CHUNK, len(sample))):
            i = sample[s]
            for e in range(offsets[i], offsets[i + 1]):
                if alive[e]:
                    mark[friend[e]] = 1
            closed = 0
            for e in range(offsets[i], offsets[i + 1]):
                if alive[e]:
                    j = friend[e]
                    for f in range(offsets[j], offsets[j + 1]):
                        if alive[f]:
                            closed += mark[friend[f]]
            for e in range(offsets[i], offsets[i + 1]):
                mark[friend[e]] = 0
            found[s] = closed // 2
    return found


def triangles(
    ties: PossibleTies, alive: NDArray[np.bool_], sample: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Number of pairs of living friends who are living friends of each other.

    Parameters
    ----------
    ties : PossibleTies
    alive : bool array, E
    sample : int64 array
        The citizens to look at.

    Returns
    -------
    int64 array
        One number for each citizen of the sample.

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> ties = graph_ties(4, np.array([0, 0, 1, 2]), np.array([1, 2, 2, 3]))
    >>> triangles(ties, np.ones(8, bool), np.arange(4)).tolist()
    [1, 1, 1, 0]
    """
    found: NDArray[np.int64] = _triangles(
        ties.offsets, ties.friend, np.asarray(alive, np.bool_), np.asarray(sample, np.int64)
    )
    return found
