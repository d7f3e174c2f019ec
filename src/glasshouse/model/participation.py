"""Opting out of a scheme, and coming back."""

from __future__ import annotations

from glasshouse.chance.functions import logistic
from glasshouse.chance.rule import rule
from glasshouse.scenario.parameters import Parameters

WEEK = 7


@rule
def chance_of_leaving(
    ambition: float, worth_present: float, worth_absent: float, parameters: Parameters
) -> float:
    """Chance that somebody who reconsiders is absent from then on.

    Equation: logit = -leaving_reluctance - ambition·(V(P) - V_absent).

    Parameters
    ----------
    ambition : float
        The citizen's ambition.
    worth_present : float
        V(P), what the doors are worth at one's score.
    worth_absent : float
        What the doors are worth that stay open to the absent.
    parameters : Parameters

    Returns
    -------
    float
    """
    return logistic(-parameters.leaving_reluctance - ambition * (worth_present - worth_absent))
