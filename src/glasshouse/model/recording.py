"""What the scheme records, and what it takes it for.

Two kinds of error: an act against or for may be taken for neutral (false negative), a neutral
act for one against (false positive). A grumble or a cartoon that costs points is no error: that
is the scheme's will.
"""

from __future__ import annotations

from typing import NamedTuple

from glasshouse.chance.rule import rule
from glasshouse.scenario.parameters import Parameters

UNRECORDED = 2


@rule
def chance_of_false_positive(listed: float, minority: int, parameters: Parameters) -> float:
    """Chance that a neutral act of this citizen is taken for one against.

    Equation: fp, times ``minority_false_positive_ratio`` for the minority; at most 1.

    Parameters
    ----------
    listed : float
        The scheme's false positive rate for this kind of act.
    minority : int
        1 for a member of the minority.
    parameters : Parameters

    Returns
    -------
    float
    """
    if minority == 1:
        return min(listed * parameters.minority_false_positive_ratio, 1.0)
    return listed


class Readings(NamedTuple):
    """Chances of what an act is taken for; what is left to 1 is the chance that nothing is."""

    against: float
    neutral: float
    for_: float


@rule
def chances_of_readings(
    tone: int, coverage: float, false_negative: float, false_positive: float
) -> Readings:
    """Chances that an act of a tone is recorded and taken for against, neutral and for.

    Equation: recorded with the chance ``coverage``; of those a tone is taken for neutral with
    ``false_negative``, else for what it is; a neutral act for against with ``false_positive``.

    Parameters
    ----------
    tone : int
        True tone of the act.
    coverage : float
        Share of such acts that are recorded.
    false_negative, false_positive : float
        Error rates.

    Returns
    -------
    Readings

    Examples
    --------
    >>> chances_of_readings(-1, 1.0, 0.25, 0.0)
    Readings(against=0.75, neutral=0.25, for_=0.0)
    """
    if tone == 0:
        return Readings(coverage * false_positive, coverage * (1.0 - false_positive), 0.0)
    missed = coverage * false_negative
    if tone < 0:
        return Readings(coverage * (1.0 - false_negative), missed, 0.0)
    return Readings(0.0, missed, coverage * (1.0 - false_negative))
