"""How friends press friends, and what is guessed where no map shows the scores."""

from __future__ import annotations

from glasshouse.chance.rule import rule
from glasshouse.scenario.parameters import Parameters


@rule
def pressure_reach(layer: int, parameters: Parameters) -> float:
    """Share of possible pressers who do press, by layer of the tie.

    Equation: kin 0.7, circle 0.4, district and city 0.2, nation 0.1.
    """
    if layer == 0:
        return parameters.pressure_reach_kin
    if layer == 1:
        return parameters.pressure_reach_circle
    if layer == 2:
        return parameters.pressure_reach_district
    if layer == 3:
        return parameters.pressure_reach_city
    return parameters.pressure_reach_nation


@rule
def would_press(lead: float, parameters: Parameters) -> bool:
    """Whether a friend's score is low enough to press them about.

    Equation: P_i - P_j > pressure_gap. Nobody presses where pressure weighs nothing.

    Parameters
    ----------
    lead : float
        P_i - P_j, points by which who presses is ahead.
    parameters : Parameters

    Returns
    -------
    bool
    """
    return parameters.weight_of_pressure > 0.0 and lead > parameters.pressure_gap


@rule
def presses(u: float, layer: int, parameters: Parameters) -> bool:
    """Whether somebody who would press this friend does so this month.

    Equation: u(seed, i, j, month) < reach of the tie's layer.
    """
    return u < pressure_reach(layer, parameters)


@rule
def guessed_score(
    own_score: float, own_stance: float, friend_stance: float, normal: float, parameters: Parameters
) -> float:
    """A friend's score as it is guessed where the map is hidden.

    Equation: P_i + 60·(a_j - a_i) + 60·normal(i, j, month).

    The guess is taken at face value. The lowest of many guesses is mostly noise, and there is new
    noise every month: this, and not the hiding, is why more ties are cut without a map than with
    one. With ``guess_noise`` 0 fewer are cut.
    """
    return (
        own_score
        + parameters.guess_by_stance * (friend_stance - own_stance)
        + parameters.guess_noise * normal
    )
