"""Who would join a revolt: asked on a copy, nothing in the nation changes."""

from __future__ import annotations

from glasshouse.chance.functions import exponential
from glasshouse.chance.rule import rule
from glasshouse.scenario.parameters import Parameters


@rule
def joins(
    hardship: float,
    opinion: float,
    risk_aversion: float,
    active_friends: int,
    ambition: float,
    worth_share: float,
    parameters: Parameters,
) -> bool:
    """Whether a citizen joins, given how many friends have (after Epstein 2002).

    Equation: hardship·(1 - L·(1+x)/2) - risk·(1 - exp(-2.3·c/(1 + active friends)))
    - bV·ambition·V(P)/sum(v) > 0.1.

    Parameters
    ----------
    hardship, opinion, risk_aversion, ambition : float
        The citizen's traits and private opinion.
    active_friends : int
        Living friends who have joined.
    worth_share : float
        V(P) / sum of v: the share of what the scheme can give that one has to lose.
    parameters : Parameters

    Returns
    -------
    bool
    """
    grievance = hardship * (1.0 - parameters.legitimacy * (1.0 + opinion) * 0.5)
    exponent = parameters.arrest_exponent * parameters.coercion / (1.0 + active_friends)
    risk = risk_aversion * (1.0 - exponential(-exponent))
    stake = parameters.stake_in_doors * ambition * worth_share
    return grievance - risk - stake > parameters.revolt_threshold
