"""One whole number of every citizen, wherever it is kept: in the records or in an array."""

from __future__ import annotations

from typing import Any, NamedTuple

from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.society.record import LANES, Records

OPINION_AT = 96
STANCE_AT = 64


class Column(NamedTuple):
    """One number of every citizen.

    Attributes
    ----------
    numbers : integer array
        That of the first citizen of 32 at ``block * stride + start``, those of the others behind.
    stride, start : int
    """

    numbers: NDArray[Any]
    stride: int
    start: int


def by_citizen(numbers: NDArray[Any]) -> Column:
    """An array by citizen.

    Examples
    --------
    >>> import numpy as np
    >>> int(number_at(by_citizen(np.arange(100)), 50))
    50
    """
    return Column(numbers, LANES, 0)


def scores_of(records: Records) -> Column:
    """Running scores, in steps."""
    return Column(records.score, records.size >> 1, 0)


def stances_of(records: Records) -> Column:
    """Public stances, in 127ths."""
    return Column(records.feeling, records.size, STANCE_AT)


def opinions_of(records: Records) -> Column:
    """Private opinions, in 127ths."""
    return Column(records.feeling, records.size, OPINION_AT)


@rule
def number_at(column: Column, i: int) -> Any:
    """Number of one citizen."""
    return column.numbers[(i >> 5) * column.stride + column.start + (i & 31)]


def stretch_of(column: Column, first: int, last: int) -> NDArray[Any]:
    """Numbers of the citizens ``first`` to ``last - 1``; ``first`` begins a block of 32.

    Examples
    --------
    >>> import numpy as np
    >>> from glasshouse.society.record import empty_records
    >>> stretch_of(stances_of(empty_records(100, 32)), 64, 67).tolist()
    [0, 0, 0]
    """
    if column.stride == LANES:
        return column.numbers[first:last]
    blocks = column.numbers.reshape(-1, column.stride)[first // LANES : -(-last // LANES)]
    part: NDArray[Any] = blocks[:, column.start : column.start + LANES].reshape(-1)
    return part[: last - first]
