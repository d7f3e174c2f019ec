"""How scores are spread, how they move, and what they say of people's opinions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.measures.counters import ROWS_ACTS, ROWS_FORGETTING, ROWS_FRIENDS, ROWS_OTHER
from glasshouse.measures.view import Values, View, mean, ratio

QUANTILES = (5, 25, 50, 75, 95)
QUINTILES = 5


def scores(view: View) -> Values:
    """Scores of those who have one: nobody has where no scheme is in force."""
    scored = view.of(view.snapshot.present) & view.snapshot.in_force
    score = np.sort(view.of(view.snapshot.score)[scored])
    opinion = view.of(view.snapshot.opinion)[scored]
    moved = None if view.moved is None else view.of(view.moved)[scored]
    values: Values = {
        "score.mean": mean(score),
        "score.sd": float(score.std()) if len(score) else None,
        "score.gini": gini(score - view.snapshot.low),
        "score.mobility": None if moved is None else mean(moved),
        "score.auc_opinion": auc(view.of(view.snapshot.score)[scored], opinion >= 0),
        "score.from_friends": ratio(
            view.sum(ROWS_FRIENDS), view.sum(ROWS_ACTS, ROWS_FRIENDS, ROWS_FORGETTING, ROWS_OTHER)
        ),
    }
    for percent in QUANTILES:
        found = float(np.quantile(score, percent / 100)) if len(score) else None
        values[f"score.quantile.{percent}"] = found
    return values


def gini(ascending: NDArray[np.float64]) -> float | None:
    """Gini coefficient of numbers of 0 or more, sorted; None where all are 0.

    Equation: G = 2·sum(rank·x) / (n·sum(x)) - (n + 1)/n.

    Examples
    --------
    >>> gini(np.array([0.0, 0.0, 0.0, 8.0]))
    0.75
    """
    count = len(ascending)
    total = float(ascending.sum())
    if total == 0:
        return None
    ranks = np.arange(1, count + 1)
    return float(2 * (ranks * ascending).sum() / (count * total) - (count + 1) / count)


def auc(score: NDArray[np.float64], positive: NDArray[np.bool_]) -> float | None:
    """Chance that one of the positive has a higher score than one of the rest, ties half.

    Examples
    --------
    >>> auc(np.array([1.0, 2.0, 2.0, 3.0]), np.array([False, False, True, True]))
    0.875
    """
    rest = np.sort(score[~positive])
    higher = np.sort(score[positive])
    below = np.searchsorted(rest, higher, side="left").sum()
    not_above = np.searchsorted(rest, higher, side="right").sum()
    return ratio((below + not_above) / 2, len(rest) * len(higher))


def quintiles(score: NDArray[np.float64], present: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Quintile of everybody's score among those present, 0 to 4; equal scores stand together.

    Equation: floor(5·rank), rank = share below + half of the equals. Those who have left are put
    into quintile 0.

    Examples
    --------
    >>> quintiles(np.array([3.0, 1.0, 2.0, 5.0, 5.0]), np.ones(5, bool)).tolist()
    [2, 0, 1, 4, 4]
    """
    ascending = np.sort(score[present])
    below = np.searchsorted(ascending, ascending, side="left")
    not_above = np.searchsorted(ascending, ascending, side="right")
    quintile = (below + not_above) * QUINTILES // max(2 * len(ascending), 1)
    first = np.searchsorted(quintile, np.arange(1, QUINTILES))
    least_score = np.append(ascending, np.inf)[first]
    standing = np.searchsorted(least_score, score, side="right")
    return np.where(present, standing, 0).astype(np.uint8)


def moved(
    score: NDArray[np.float64], past: NDArray[np.float64], present: NDArray[np.bool_]
) -> NDArray[np.bool_] | None:
    """Who stands in another score quintile than before; None if all scores were equal then."""
    if not present.any() or past[present].min() == past[present].max():
        return None
    changed: NDArray[np.bool_] = quintiles(score, present) != quintiles(past, present)
    return changed
