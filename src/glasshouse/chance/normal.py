"""Normal draws from a table of 4,096 quantiles: no logarithm, the same bits everywhere."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtri

from glasshouse.chance.rule import rule
from glasshouse.chance.streams import bits_at, high_bits

BITS = 12


def _quantiles() -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    count = 1 << BITS
    raw = ndtri((np.arange(count) + 0.5) / count)
    raw = raw / np.sqrt(np.mean(raw**2))
    # Rounded to 30 bits after the point, so that the last bits of a library never matter.
    table: np.ndarray[tuple[int], np.dtype[np.float64]] = np.round(raw * 2**30) / 2**30
    return table


QUANTILES = _quantiles()


@rule
def standard_normal(key: int) -> float:
    """Standard normal draw: mean 0, variance 1, at most 3.67 either way.

    Parameters
    ----------
    key : int
        A 64-bit key.

    Returns
    -------
    float

    Examples
    --------
    >>> abs(standard_normal(12345)) < 3.7
    True
    """
    return float(QUANTILES[high_bits(key, BITS)])


@rule
def normal_field(key: int, field: int) -> int:
    """Place in the table of quantiles from one of five independent fields of a key, 0 to 4."""
    return bits_at(key, BITS * field, BITS)
