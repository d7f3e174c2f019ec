"""How acts and friends become a score."""

from __future__ import annotations

from glasshouse.chance.rule import rule

MEAN, WEIGHTED, LOWEST, LOWEST_K = 0, 1, 2, 3
AGGREGATES = ("mean", "weighted", "lowest", "lowest_k")


@rule
def own_points(points: float, share: float) -> float:
    """What one's own acts add to the score.

    Equation: (1 - w)·points, w the friends' share.
    """
    return (1.0 - share) * points


@rule
def forgetting_pull(score: float, base: float, share: float, forgetting: float) -> float:
    """How forgetting pulls the score towards the base.

    Equation: f·(1 - w)·(base - s).
    """
    return forgetting * (1.0 - share) * (base - score)


@rule
def friends_pull(score: float, aggregate: float, share: float, forgetting: float) -> float:
    """How friends pull the score towards their own.

    Equation: f·w·(A - s), A the aggregate of friends' published scores.
    """
    return forgetting * share * (aggregate - score)


@rule
def next_score(score: float, points: float, forgetting_row: float, friends_row: float) -> float:
    """The score of tomorrow before rounding and before it is held in its range.

    Equation: s' = s + (1-w)·points + f·((1-w)·base + w·A - s), whose fixed point is
    s = (1-w)·(base + points/f) + w·A (Friedkin and Johnsen).

    Parameters
    ----------
    score : float
        Running score s.
    points : float
        From :func:`own_points`.
    forgetting_row : float
        From :func:`forgetting_pull`.
    friends_row : float
        From :func:`friends_pull`.

    Returns
    -------
    float

    Examples
    --------
    >>> next_score(600.0, -6.0, 0.5, -1.5)
    593.0
    """
    return score + points + forgetting_row + friends_row


@rule
def waiting_correction(waiting: float, wrong: float, forgetting: float) -> float:
    """Points waiting to be given back on appeal.

    Equation: y' = (1 - f)·(y + wrong points of today).
    """
    return (1.0 - forgetting) * (waiting + wrong)
