"""What the scheme records, and what it takes it for.

Two kinds of error: an act against or for may be taken for neutral (false negative), a neutral
act for one against (false positive). A grumble or a cartoon that costs points is no error: that
is the scheme's will.
"""

from __future__ import annotations

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


@rule
def taken_for(
    u: float, tone: int, coverage: float, false_negative: float, false_positive: float
) -> int:
    """What one act is taken for: -1, 0, +1, or ``UNRECORDED``.

    Equation: recorded iff u < coverage; of those, u / coverage decides whether it is misread.

    Parameters
    ----------
    u : float
        Uniform in [0, 1).
    tone : int
        True tone of the act.
    coverage : float
        Share of such acts that are recorded.
    false_negative, false_positive : float
        Error rates.

    Returns
    -------
    int

    Examples
    --------
    >>> taken_for(0.9, -1, 0.8, 0.2, 0.05) == UNRECORDED
    True
    >>> taken_for(0.1, -1, 0.8, 0.2, 0.05), taken_for(0.5, -1, 0.8, 0.2, 0.05)
    (0, -1)
    """
    if u >= coverage:
        return UNRECORDED
    if tone == 0:
        if u < coverage * false_positive:
            return -1
        return 0
    if u < coverage * false_negative:
        return 0
    return tone
