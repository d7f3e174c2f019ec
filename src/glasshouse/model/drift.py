"""How public stance and private opinion move."""

from __future__ import annotations

from glasshouse.chance.rule import rule
from glasshouse.scenario.parameters import Parameters

MONTH = 30


@rule
def next_stance(stance: float, mean_tone: float, parameters: Parameters) -> float:
    """Public stance after a day with political speech that friends could hear.

    Equation: a' = a + 0.05·(mean tone of today's speech - a).

    Examples
    --------
    >>> from glasshouse.scenario.defaults import default_parameters
    >>> next_stance(0.0, 1.0, default_parameters())
    0.05
    """
    return stance + parameters.stance_drift * (mean_tone - stance)


@rule
def next_opinion(
    opinion: float, stance: float, friends_stance: float, reading: float, parameters: Parameters
) -> float:
    """Private opinion after a month, on the citizen's own day of the month.

    Equation: x' = x + 0.01·(a - x) + 0.005·(friends' a - x) + 0.005·(reading - x).

    Parameters
    ----------
    opinion, stance : float
        The citizen's own x and a.
    friends_stance : float
        Mean stance of living friends; the citizen's own x where there are none.
    reading : float
        Expected tone of the citizen's own reading, -1 to 1.
    parameters : Parameters

    Returns
    -------
    float
    """
    return (
        opinion
        + parameters.opinion_to_stance * (stance - opinion)
        + parameters.opinion_to_friends * (friends_stance - opinion)
        + parameters.opinion_to_reading * (reading - opinion)
    )
