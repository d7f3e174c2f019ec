"""What a score opens, and what people believe it is worth.

A door is open or shut by its rule; the logistic is what people believe about it.
"""

from __future__ import annotations

from glasshouse.chance.functions import logistic
from glasshouse.chance.rule import rule
from glasshouse.scenario.parameters import Parameters


@rule
def believed_worth(score: float, threshold: float, width: float, worth: float) -> float:
    """What one door is worth to somebody with this score, as people believe.

    Equation: v_d·logistic((s - threshold_d) / width_d); V(s) is the sum over doors.

    Parameters
    ----------
    score, threshold, width : float
        Points.
    worth : float
        v_d, what the door is worth when open.

    Returns
    -------
    float
    """
    return worth * logistic((score - threshold) / width)


@rule
def lasting_points(points_a_day: float, forgetting: float, kept: float, horizon: float) -> float:
    """Points that acting like this every day would add up to over the horizon.

    Equation: D·(1 - (1-f)^H) / f, and D·H where nothing is forgotten.

    Parameters
    ----------
    points_a_day : float
        D(t), what the median citizen's score would gain a day in this tone.
    forgetting : float
        f, share forgotten a day.
    kept : float
        (1-f)^H, the share of a point that is left after the horizon.
    horizon : float
        H, days.

    Returns
    -------
    float
    """
    if forgetting <= 0.0:
        return points_a_day * horizon
    return points_a_day * (1.0 - kept) / forgetting


@rule
def felt_gain(worth_then: float, worth_now: float, parameters: Parameters) -> float:
    """Gain in worth as it is felt: losses count twice.

    Equation: G = V(then) - V(now), times ``loss_aversion`` where negative.

    Examples
    --------
    >>> from glasshouse.scenario.defaults import default_parameters
    >>> felt_gain(1.0, 2.0, default_parameters())
    -2.0
    """
    gain = worth_then - worth_now
    if gain < 0.0:
        return parameters.loss_aversion * gain
    return gain


@rule
def door_is_open(score: float, threshold: float) -> bool:
    """Whether a door opens.

    Equation: P >= threshold.
    """
    return score >= threshold


@rule
def rank_of(share_below: float, share_equal: float) -> float:
    """Rank of a score in the nation, 0 to 1.

    Equation: share below + half of the share of equals.
    """
    return share_below + 0.5 * share_equal
