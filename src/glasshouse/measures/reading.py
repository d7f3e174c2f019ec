"""What people read and buy: how varied it is, and which way it leans."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.measures.counters import (
    PERSONAL_HILL1,
    READ_AGAINST,
    READ_FOR,
    READ_NEUTRAL,
    READ_SUBJECT_0,
    SHOPPED_AGAINST,
    SHOPPED_FOR,
    SHOPPED_NEUTRAL,
    SUBJECTS,
    VARIETY_ASKED,
)
from glasshouse.measures.view import Values, View, ratio


def reading(view: View) -> Values:
    """Variety of the subjects read by all together and by each, and tone of reading and buying."""
    subjects = view.total[READ_SUBJECT_0 : READ_SUBJECT_0 + SUBJECTS]
    return {
        "reading.hill0": hill(subjects, 0),
        "reading.hill1": hill(subjects, 1),
        "reading.hill2": hill(subjects, 2),
        "reading.person.hill1": ratio(view.sum(PERSONAL_HILL1), view.sum(VARIETY_ASKED)),
        "reading.tone": lean(view, READ_AGAINST, READ_NEUTRAL, READ_FOR),
        "shopping.tone": lean(view, SHOPPED_AGAINST, SHOPPED_NEUTRAL, SHOPPED_FOR),
    }


def lean(view: View, against: int, neutral: int, in_favour: int) -> float | None:
    """Mean tone, -1 when all is against and 1 when all is for."""
    return ratio(view.sum(in_favour) - view.sum(against), view.sum(against, neutral, in_favour))


def hill(counts: NDArray[np.float64], order: int) -> float | None:
    """Hill number: how many equally frequent kinds would be as varied; None where nothing is.

    Equation: order 0 the number of kinds met, 1 exp(-sum p·ln p), 2 1/sum p².

    Examples
    --------
    >>> counts = np.array([2.0, 2.0, 0.0])
    >>> [round(hill(counts, order), 12) for order in (0, 1, 2)]
    [2.0, 2.0, 2.0]
    """
    met = counts[counts > 0]
    if len(met) == 0:
        return None
    share = met / met.sum()
    if order == 0:
        return float(len(met))
    if order == 1:
        return float(np.exp(-(share * np.log(share)).sum()))
    return float((share**order).sum() ** (1 / (1 - order)))
