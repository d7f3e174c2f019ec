"""First-order indices from draws as they are, and the factor on which outcomes depend most.

Random balance designs with the Fourier amplitude sensitivity test (Tarantola, Gatelli & Mara 2006;
Plischke 2010), as SALib works it out, with the correction of Tissot & Prieur (2012). The number of
harmonics follows the number of draws: ten, as is usual, need a hundred draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from glasshouse.lab.experiments.sampling import problem_of
from glasshouse.scenario.faults import BadInput

FEWEST_DRAWS = 10
MOST_HARMONICS = 10
Numbers = NDArray[np.float64]


class FirstOrder(NamedTuple):
    """First-order index of each factor and half of its 95% interval."""

    share: Numbers
    half_width: Numbers


class Largest(NamedTuple):
    """The factor on which outcomes depend most.

    Attributes
    ----------
    factor : str
    share : float
        Its first-order index, from 0 to 1.
    draws : int
        Draws that had an outcome.
    """

    factor: str
    share: float
    draws: int


def largest_factor(
    outcomes: Sequence[float | None] | ArrayLike, rows: ArrayLike, names: Sequence[str]
) -> Largest | None:
    """Name the factor with the largest first-order index.

    Parameters
    ----------
    outcomes : sequence of float or None, one for each draw
        What each draw came to, such as an effect, or whether a claim held (0 or 1). Draws without
        an outcome are left out.
    rows : array, draws x factors
        Where each draw lies in the unit cube.
    names : sequence of str
        Of the factors, in the order of the columns.

    Returns
    -------
    Largest or None
        None where fewer than ten draws have an outcome, or all have the same.

    Raises
    ------
    BadInput
        When there are not as many rows as outcomes, or columns as names.

    Notes
    -----
    Fewer than 20 draws show only what rises or falls with a factor, not what is high in the middle
    of it. A share from so few draws tells the order of factors, not more.

    Examples
    --------
    >>> rows = np.random.default_rng(1).random((12, 3))
    >>> largest_factor(3 * rows[:, 1] + rows[:, 0], rows, ["a", "b", "c"]).factor
    'b'
    >>> largest_factor([1.0] * 12, rows, ["a", "b", "c"]) is None
    True
    """
    results = np.array([np.nan if each is None else each for each in outcomes], np.float64)  # type: ignore[union-attr]
    places = np.asarray(rows, np.float64)
    if places.shape != (results.size, len(names)):
        allowed = f"{results.size} draws of {len(names)} factors"
        raise BadInput(field="rows", found=f"a table of {places.shape}", allowed=allowed)
    known = ~np.isnan(results)
    found = first_order(places[known], results[known], list(names))
    if found is None:
        return None
    largest = int(np.argmax(found.share))
    share = float(np.clip(found.share[largest], 0, 1))
    return Largest(names[largest], share, int(known.sum()))


def first_order(rows: Numbers, outcomes: Numbers, names: list[str]) -> FirstOrder | None:
    """First-order index of each factor; None for too few draws, or outcomes that are all alike.

    Parameters
    ----------
    rows : float64 array, draws x factors
        In the unit cube.
    outcomes : float64 array, one for each draw
    names : list of str
    """
    draws = outcomes.size
    if draws < FEWEST_DRAWS or np.ptp(outcomes) <= 1e-12 * max(np.abs(outcomes).max(), 1e-300):
        return None
    from SALib.analyze import rbd_fast

    found = rbd_fast.analyze(
        problem_of(names), rows, outcomes, M=harmonics(draws), num_resamples=100, seed=1
    )
    return FirstOrder(np.array(found["S1"], float), np.array(found["S1_conf"], float))


def harmonics(draws: int) -> int:
    """Harmonics that so many draws can tell apart from chance.

    Examples
    --------
    >>> harmonics(10), harmonics(25), harmonics(1000)
    (1, 2, 10)
    """
    return max(1, min(MOST_HARMONICS, draws // 10))
