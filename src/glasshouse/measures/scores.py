"""How scores are spread, how they move, and what they say of people's opinions.

All of it is worked out of how many people have which score, in steps above the lowest.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.measures.census import MOVED
from glasshouse.measures.counters import ROWS_ACTS, ROWS_FORGETTING, ROWS_FRIENDS, ROWS_OTHER
from glasshouse.measures.view import Values, View, ratio
from glasshouse.society.record import score_of

QUANTILES = (5, 25, 50, 75, 95)
NOBODY = np.zeros(1, np.int64)


def scores(view: View) -> Values:
    """Scores of those who have one: nobody has where no scheme is in force."""
    in_force, low, unit = view.snapshot.in_force, view.snapshot.terms.low, view.snapshot.terms.unit
    held = view.steps if in_force else NOBODY
    mean, spread = mean_and_sd(held)
    known = view.moves_known and in_force
    values: Values = {
        "score.mean": None if mean is None else score_of(mean, low, unit),
        "score.sd": None if spread is None else unit * spread,
        "score.gini": gini(held),
        "score.mobility": ratio(view.counted(MOVED), view.present) if known else None,
        "score.auc_opinion": (
            auc(view.steps_of_dissenters, view.steps_of_others) if in_force else None
        ),
        "score.from_friends": ratio(
            view.sum(ROWS_FRIENDS), view.sum(ROWS_ACTS, ROWS_FRIENDS, ROWS_FORGETTING, ROWS_OTHER)
        ),
    }
    for percent, step in zip(QUANTILES, quantiles(held, QUANTILES), strict=True):
        values[f"score.quantile.{percent}"] = None if step is None else score_of(step, low, unit)
    return values


@compiled()
def _sums(counts: NDArray[np.int64]) -> tuple[float, float]:
    """How many there are, and the sum of their numbers."""
    everybody = total = 0.0
    for x in range(len(counts)):
        everybody += counts[x]
        total += counts[x] * float(x)
    return everybody, total


@compiled()
def _sum_of_squares(counts: NDArray[np.int64], around: float) -> float:
    """Sum of the squared distances of their numbers from one of them."""
    squares = 0.0
    for x in range(len(counts)):
        squares += counts[x] * (x - around) * (x - around)
    return squares


@compiled()
def _sum_of_ranks(counts: NDArray[np.int64]) -> float:
    """Sum of rank times number, twice over; ranks begin at 1 and equals take them in turn."""
    below = total = 0.0
    for x in range(len(counts)):
        total += counts[x] * (2.0 * below + counts[x] + 1.0) * x
        below += counts[x]
    return total


@compiled()
def _in_order(lower: NDArray[np.int64], higher: NDArray[np.int64]) -> float:
    """Pairs of one of each in which the second has the higher number, ties half."""
    below = pairs = 0.0
    for x in range(len(lower)):
        pairs += higher[x] * (below + 0.5 * lower[x])
        below += lower[x]
    return pairs


def mean_and_sd(counts: NDArray[np.int64]) -> tuple[float | None, float | None]:
    """Mean and standard deviation where ``counts[x]`` people have the number x.

    Examples
    --------
    >>> mean_and_sd(np.array([1, 0, 1]))
    (1.0, 1.0)
    >>> mean_and_sd(np.array([0]))
    (None, None)
    """
    everybody, total = _sums(counts)
    if everybody == 0:
        return None, None
    mean = total / everybody
    return float(mean), math.sqrt(_sum_of_squares(counts, mean) / everybody)


def gini(counts: NDArray[np.int64]) -> float | None:
    """Gini coefficient of the numbers; None where all are 0.

    Equation: G = 2·sum(rank·x) / (n·sum(x)) - (n + 1)/n.

    Examples
    --------
    >>> gini(np.array([3, 0, 0, 0, 0, 0, 0, 0, 1]))
    0.75
    """
    everybody, total = _sums(counts)
    if total == 0:
        return None
    return float(_sum_of_ranks(counts) / (everybody * total) - (everybody + 1.0) / everybody)


def auc(lower: NDArray[np.int64], higher: NDArray[np.int64]) -> float | None:
    """Chance that one of the second has a higher number than one of the first, ties half.

    Examples
    --------
    >>> auc(np.array([0, 1, 1, 0]), np.array([0, 0, 1, 1]))
    0.875
    """
    return ratio(_in_order(lower, higher), float(lower.sum()) * float(higher.sum()))


def quantiles(counts: NDArray[np.int64], percents: Sequence[float]) -> list[float | None]:
    """Quantiles of the numbers, between two of them in proportion; None without people.

    Equation: with the numbers in ascending order, the one at place share·(n - 1).

    Examples
    --------
    >>> quantiles(np.array([1, 1, 0, 2]), [50, 100])
    [2.0, 3.0]
    """
    up_to = np.cumsum(counts)
    last = int(up_to[-1]) - 1
    if last < 0:
        return [None for _ in percents]
    found: list[float | None] = []
    for percent in percents:
        place = percent / 100 * last
        before = math.floor(place)
        lower, upper = np.searchsorted(up_to, [before, min(before + 1, last)], side="right")
        found.append(float(lower + (place - before) * (upper - lower)))
    return found
