"""Who is tied to whom: living degree, assortativity and modularity.

Sums are taken for each chunk of 4,096 citizens and then in order of the chunks, so that they do
not depend on the number of threads.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.society.ties import PossibleTies

CHUNK = 4_096
# Below this share of the squared range, a variance over ends of ties is rounding error.
LEAST_VARIANCE = 1e-12


@compiled(parallel=True)
def _moments(
    offsets: NDArray[np.int64],
    friend: NDArray[np.int32],
    alive: NDArray[np.bool_],
    value: NDArray[np.float64],
    counted: NDArray[np.bool_],
) -> Any:
    """Number of counted half-edges and sums of x, x² and x·y over them, by chunk."""
    citizens = len(offsets) - 1
    chunks = (citizens + CHUNK - 1) // CHUNK
    sums = np.zeros((chunks, 4))
    for chunk in numba.prange(chunks):
        ends = own = square = product = 0.0
        for i in range(chunk * CHUNK, min((chunk + 1) * CHUNK, citizens)):
            if not counted[i]:
                continue
            degree = friends = 0.0
            for e in range(offsets[i], offsets[i + 1]):
                if alive[e] and counted[friend[e]]:
                    degree += 1.0
                    friends += value[friend[e]]
            ends += degree
            own += degree * value[i]
            square += degree * value[i] * value[i]
            product += friends * value[i]
        sums[chunk] = ends, own, square, product
    return sums


@compiled(parallel=True)
def _ends_and_inside(
    offsets: NDArray[np.int64],
    friend: NDArray[np.int32],
    alive: NDArray[np.bool_],
    part: NDArray[np.int32],
    counted: NDArray[np.bool_],
    ends: NDArray[np.int32],
) -> Any:
    """Fill in everybody's counted ties; return how many of them stay in one part, by chunk."""
    citizens = len(offsets) - 1
    chunks = (citizens + CHUNK - 1) // CHUNK
    inside = np.zeros(chunks, np.int64)
    for chunk in numba.prange(chunks):
        same = 0
        for i in range(chunk * CHUNK, min((chunk + 1) * CHUNK, citizens)):
            degree = 0
            if counted[i]:
                for e in range(offsets[i], offsets[i + 1]):
                    if alive[e] and counted[friend[e]]:
                        degree += 1
                        same += part[friend[e]] == part[i]
            ends[i] = degree
        inside[chunk] = same
    return inside


def _everybody(ties: PossibleTies, counted: NDArray[np.bool_] | None) -> NDArray[np.bool_]:
    return np.ones(ties.citizens, np.bool_) if counted is None else counted


def living_degree(ties: PossibleTies, alive: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Everybody's number of living ties.

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> ties = graph_ties(3, np.array([0, 1]), np.array([1, 2]))
    >>> living_degree(ties, np.array([True, True, False, False])).tolist()
    [1, 1, 0]
    """
    before = np.concatenate([[0], np.cumsum(alive, dtype=np.int64)])
    degree: NDArray[np.int64] = np.diff(before[ties.offsets])
    return degree


def assortativity(
    ties: PossibleTies,
    alive: NDArray[np.bool_],
    value: NDArray[np.float64],
    counted: NDArray[np.bool_] | None = None,
) -> float | None:
    """Pearson correlation of a value over the two ends of the living ties.

    Parameters
    ----------
    ties : PossibleTies
    alive : bool array, E
    value : float64 array, N
    counted : bool array, N, optional
        Only ties between two of these are counted; without, all are.

    Returns
    -------
    float or None
        None where the value does not differ among the ends of ties.

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> ties = graph_ties(4, np.array([0, 2]), np.array([1, 3]))
    >>> assortativity(ties, np.ones(4, bool), np.array([1.0, 1.0, 5.0, 5.0]))
    1.0
    """
    included = _everybody(ties, counted)
    if not included.any():
        return None
    least, most = float(value[included].min()), float(value[included].max())
    if least == most:
        return None
    scaled = np.where(included, (value - (least + most) / 2) / (most - least), 0.0)
    sums = _moments(ties.offsets, ties.friend, np.asarray(alive, np.bool_), scaled, included)
    ends, own, square, product = sums.sum(axis=0)
    if ends == 0:
        return None
    mean = own / ends
    variance = square / ends - mean * mean
    if variance < LEAST_VARIANCE:
        return None
    return float((product / ends - mean * mean) / variance)


def share_inside(
    ties: PossibleTies,
    alive: NDArray[np.bool_],
    part: NDArray[Any],
    counted: NDArray[np.bool_] | None = None,
) -> tuple[float | None, float | None]:
    """Share of the living ties inside the parts, and the modularity of the partition.

    Equation: Q = sum over parts c of L_c/m - (d_c/2m)², with L_c the ties inside part c, d_c the
    degrees of its members and m all ties.

    Parameters
    ----------
    ties : PossibleTies
    alive : bool array, E
    part : integer array, N
        Part of every citizen, 0 or more.
    counted : bool array, N, optional
        Only ties between two of these are counted; without, all are.

    Returns
    -------
    tuple of float or None
        Share inside and modularity; None twice where there are no ties.

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> ties = graph_ties(4, np.array([0, 2]), np.array([1, 3]))
    >>> share_inside(ties, np.ones(4, bool), np.array([0, 0, 1, 1]))
    (1.0, 0.5)
    """
    included = _everybody(ties, counted)
    ends = np.empty(ties.citizens, np.int32)
    inside = _ends_and_inside(
        ties.offsets,
        ties.friend,
        np.asarray(alive, np.bool_),
        np.asarray(part, np.int32),
        included,
        ends,
    )
    total = int(ends.sum(dtype=np.int64))
    if total == 0:
        return None, None
    share = int(inside.sum()) / total
    of_part = np.bincount(part[included], weights=ends[included]) / total
    return share, float(share - (of_part * of_part).sum())
