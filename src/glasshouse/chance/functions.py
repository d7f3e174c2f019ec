"""The exponential and the logistic from ``+ - x /`` alone.

A mathematical library may round differently from machine to machine, and differently again when
a loop over it is vectorised. These do not: the same input gives the same bits everywhere, which
is what lets a digest be compared between machines.
"""

from __future__ import annotations

from glasshouse.chance.rule import rule

LIMIT = 60.0


@rule
def exponential(x: float) -> float:
    """Exponential of x, x held to -60..60; relative error under 2e-13.

    Equation: exp(x) = (exp(x / 256))**256, the inner one by its Taylor series.

    Parameters
    ----------
    x : float
        Any finite number; beyond ±60 the value at ±60 is returned.

    Returns
    -------
    float

    Examples
    --------
    >>> round(exponential(1.0), 12)
    2.718281828459
    """
    y = min(max(x, -LIMIT), LIMIT) * 0.00390625
    z = y * y
    even = 1.0 / 40320.0 + z * (1.0 / 3628800.0)
    even = 1.0 + z * (1.0 / 2.0 + z * (1.0 / 24.0 + z * (1.0 / 720.0 + z * even)))
    odd = 1.0 / 362880.0 + z * (1.0 / 39916800.0)
    odd = 1.0 + z * (1.0 / 6.0 + z * (1.0 / 120.0 + z * (1.0 / 5040.0 + z * odd)))
    p = even + y * odd
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    p = p * p
    return p * p


@rule
def logistic(x: float) -> float:
    """Logistic function 1 / (1 + exp(-x)).

    Examples
    --------
    >>> logistic(0.0)
    0.5
    """
    return 1.0 / (1.0 + exponential(-x))
