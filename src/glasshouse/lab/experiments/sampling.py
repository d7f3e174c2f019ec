"""Samples of the unit cube, one column for each sampled factor."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.lab.experiments.design import LATIN_HYPERCUBE, MORRIS, Design

GRID = 4
"""Values a factor takes in a Morris design."""
Unit = NDArray[np.float64]


def problem_of(names: list[str]) -> dict[str, Any]:
    """The factors as SALib knows them: each from 0 to 1.

    Examples
    --------
    >>> problem_of(["a"])
    {'num_vars': 1, 'names': ['a'], 'bounds': [[0.0, 1.0]]}
    """
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def sampled(design: Design, names: list[str]) -> Unit:
    """Points of the unit cube, by row; the same for the same design and number of factors.

    Parameters
    ----------
    design : Design
        Latin hypercube, Morris or Sobol.
    names : list of str
        The sampled factors.

    Returns
    -------
    float64 array, points x factors
        Each from 0 to 1. A Sobol design has samples x (factors + 2) points, those of Morris have
        samples x (factors + 1).

    Examples
    --------
    >>> sampled(Design(kind="sobol", samples=4), ["a", "b"]).shape
    (16, 2)
    """
    problem = problem_of(names)
    points: Unit
    if design.kind == LATIN_HYPERCUBE:
        from SALib.sample import latin

        points = latin.sample(problem, design.samples, seed=design.seed)
    elif design.kind == MORRIS:
        from SALib.sample import morris

        points = morris.sample(problem, design.samples, num_levels=GRID, seed=design.seed)
    else:
        from SALib.sample import sobol

        points = sobol.sample(problem, design.samples, calc_second_order=False, seed=design.seed)
    return np.asarray(points, np.float64)
