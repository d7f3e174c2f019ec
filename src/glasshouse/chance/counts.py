"""Counts by inverse CDF: monotone in the rate for one and the same uniform number.

Because a count is a monotone function of its uniform, a small change of a rate changes few
counts: two worlds lived with the same draws differ only where their rates make them differ.

A sum of rounded terms can stop short of the largest uniforms. Where, past the mean, another term
no longer adds to it, the count is reached: else such a draw would count on to its limit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.functions import exponential
from glasshouse.chance.rule import rule


@rule
def poisson_count(u: float, rate: float) -> int:
    """Poisson count by inverse CDF.

    Equation: the least k with P(K <= k) > u, K Poisson with mean ``rate``.

    Parameters
    ----------
    u : float
        Uniform in [0, 1).
    rate : float
        Mean, 0 to 60.

    Returns
    -------
    int

    Examples
    --------
    >>> poisson_count(0.5, 0.1), poisson_count(0.99, 3.0)
    (0, 8)
    """
    term = exponential(-rate)
    reached = term
    count = 0
    while reached <= u:
        count += 1
        term = term * rate / count
        if count > rate and reached + term == reached:
            return count
        reached += term
    return count


@rule
def fill_limits(rate: float, limits: NDArray[np.uint32], first: int, places: int) -> None:
    """Write what a draw of 32 bits must exceed to count 1, 2, ... of a Poisson variable.

    ``limits[first + k]`` is the largest draw that counts k or less, so a count below ``places`` is
    the number of limits that the draw exceeds: the count of :func:`poisson_count`, to the letter,
    for ``u`` the draw times 2**-32.

    Parameters
    ----------
    rate : float
        Mean, 0 to 60.
    limits : uint32 array
    first, places : int
        Where to write, and how many.
    """
    term = exponential(-rate)
    reached = term
    over = False
    for k in range(places):
        scaled = reached * 4294967296.0
        most = int(scaled)
        if most < scaled:
            most += 1
        # Past the end of the sum, every draw counts at most this.
        limits[first + k] = 4294967295 if over else min(max(most - 1, 0), 4294967295)
        term = term * rate / (k + 1)
        over = over or (k + 1 > rate and reached + term == reached)
        reached += term


@rule
def counted(draw: int, limits: NDArray[np.uint32], first: int, places: int) -> int:
    """How many limits a draw exceeds; ``places`` means that many or more."""
    count = 0
    for k in range(places):
        if draw > limits[first + k]:
            count += 1
    return count


@rule
def binomial_count(u: float, trials: int, chance: float) -> int:
    """Binomial count by inverse CDF.

    Equation: the least k with P(K <= k) > u, K binomial(``trials``, ``chance``).

    Parameters
    ----------
    u : float
        Uniform in [0, 1).
    trials : int
        How many could happen.
    chance : float
        Chance of each, 0 to 1.

    Returns
    -------
    int
        0 to ``trials``.

    Examples
    --------
    >>> binomial_count(0.2, 3, 0.05), binomial_count(0.999, 3, 1.0), binomial_count(0.9, 2, 0.5)
    (0, 3, 2)
    """
    if chance >= 1.0:
        return trials
    term = 1.0
    for _ in range(trials):
        term = term * (1.0 - chance)
    odds = chance / (1.0 - chance)
    reached = term
    count = 0
    while reached <= u and count < trials:
        term = term * odds * (trials - count) / (count + 1)
        count += 1
        if count > trials * chance and reached + term == reached:
            return count
        reached += term
    return count


@rule
def rounded(value: float, u: float) -> int:
    """Round at random so that the mean is kept: floor(value + u).

    Examples
    --------
    >>> rounded(2.25, 0.5), rounded(2.25, 0.8), rounded(-0.5, 0.2)
    (2, 3, -1)
    """
    shifted = value + u
    whole = int(shifted)
    if whole > shifted:
        return whole - 1
    return whole
