"""How scores are spread, how they move, and what they say of people's opinions.

All of it is worked out of how many people have which score, in steps above the lowest.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.measures.census import MOVED
from glasshouse.measures.counters import ROWS_ACTS, ROWS_FORGETTING, ROWS_FRIENDS, ROWS_OTHER
from glasshouse.measures.view import Values, View, ratio
from glasshouse.society.record import score_of

QUANTILES = (5, 25, 50, 75, 95)


def scores(view: View) -> Values:
    """Scores of those who have one: nobody has where no scheme is in force."""
    held = view.steps() if view.snapshot.in_force else np.zeros(1, np.int64)
    scored, low, unit = int(held.sum()), view.snapshot.terms.low, view.snapshot.terms.unit
    mean = mean_step(held)
    spread = sd(held)
    known = view.moves_known and view.snapshot.in_force
    values: Values = {
        "score.mean": None if mean is None else score_of(mean, low, unit),
        "score.sd": None if spread is None else unit * spread,
        "score.gini": gini(held),
        "score.mobility": ratio(view.counted(MOVED), scored) if known else None,
        "score.auc_opinion": auc(*view.steps_by_camp()) if view.snapshot.in_force else None,
        "score.from_friends": ratio(
            view.sum(ROWS_FRIENDS), view.sum(ROWS_ACTS, ROWS_FRIENDS, ROWS_FORGETTING, ROWS_OTHER)
        ),
    }
    for percent in QUANTILES:
        step = quantile(held, percent / 100)
        values[f"score.quantile.{percent}"] = None if step is None else score_of(step, low, unit)
    return values


@compiled()
def _moments(counts: NDArray[np.int64], around: float) -> tuple[float, float, float]:
    """How many there are, and sums of their numbers and of squared distances from ``around``."""
    everybody = total = squares = 0.0
    for x in range(len(counts)):
        everybody += counts[x]
        total += counts[x] * float(x)
        squares += counts[x] * (x - around) * (x - around)
    return everybody, total, squares


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


def mean_step(counts: NDArray[np.int64]) -> float | None:
    """Mean number where ``counts[x]`` people have the number x; None without people."""
    everybody, total, _ = _moments(counts, 0.0)
    return ratio(total, everybody)


def sd(counts: NDArray[np.int64]) -> float | None:
    """Standard deviation of the numbers.

    Examples
    --------
    >>> sd(np.array([1, 0, 1]))
    1.0
    """
    mean = mean_step(counts)
    if mean is None:
        return None
    everybody, _, squares = _moments(counts, mean)
    return math.sqrt(squares / everybody)


def gini(counts: NDArray[np.int64]) -> float | None:
    """Gini coefficient of the numbers; None where all are 0.

    Equation: G = 2·sum(rank·x) / (n·sum(x)) - (n + 1)/n.

    Examples
    --------
    >>> gini(np.array([3, 0, 0, 0, 0, 0, 0, 0, 1]))
    0.75
    """
    everybody, total, _ = _moments(counts, 0.0)
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


def quantile(counts: NDArray[np.int64], share: float) -> float | None:
    """Quantile of the numbers, between two of them in proportion; None without people.

    Equation: with the numbers in ascending order, the one at place share·(n - 1).

    Examples
    --------
    >>> quantile(np.array([1, 1, 0, 2]), 0.5)
    2.0
    """
    up_to = np.cumsum(counts)
    if up_to[-1] == 0:
        return None
    place = share * (int(up_to[-1]) - 1)
    before = math.floor(place)
    lower, upper = np.searchsorted(up_to, [before, min(before + 1, up_to[-1] - 1)], side="right")
    return float(lower + (place - before) * (upper - lower))
