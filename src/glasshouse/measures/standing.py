"""Where everybody stands among the published scores: the quintiles, from one pass over them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.threads import share_out, threads
from glasshouse.measures.snapshot import ByCitizen, Snapshot
from glasshouse.society.column import Column, number_at
from glasshouse.society.processor import Number
from glasshouse.society.record import LANES

QUINTILES = 5
# Citizens counted at once by one thread.
SLICE = 1_048_576


@rule
def is_present(absent: NDArray[np.uint8], i: int) -> bool:
    """Whether a citizen has not left the scheme."""
    return len(absent) == 0 or absent[i] == 0


@rule
def fifth_of(step: Number, second: Number, third: Number, fourth: Number, fifth: Number) -> Any:
    """Quintile of a score, 0 to 4, from the least steps of all but the lowest."""
    above = np.int32(0)
    above += np.int32(1) if step >= second else np.int32(0)
    above += np.int32(1) if step >= third else np.int32(0)
    above += np.int32(1) if step >= fourth else np.int32(0)
    above += np.int32(1) if step >= fifth else np.int32(0)
    return above


@compiled()
def _count_steps(
    first: int, last: int, steps: Column, absent: NDArray[np.uint8], counts: NDArray[np.int64]
) -> None:
    for begin in range(first, last, LANES):
        at = begin // LANES * steps.stride + steps.start
        for lane in range(min(LANES, last - begin)):
            if is_present(absent, begin + lane):
                counts[steps.numbers[at + lane]] += 1


def count_steps(snapshot: Snapshot) -> NDArray[np.int64]:
    """How many of those present have which published score."""
    citizens, rows = snapshot.citizens, snapshot.terms.top + 1
    at_once = max(1, min(threads(), -(-citizens // SLICE)))
    counts = np.zeros((at_once, rows), np.int64)

    def count(place: int, _: int) -> None:
        for first in range(place * SLICE, citizens, at_once * SLICE):
            last = min(first + SLICE, citizens)
            _count_steps(first, last, snapshot.steps, snapshot.absent, counts[place])

    share_out(count, 0, at_once, 1)
    total: NDArray[np.int64] = counts.sum(axis=0)
    return total


def fifths_of(counts: NDArray[np.int64]) -> NDArray[np.int32]:
    """Least steps of the quintiles but the lowest; equal scores stand together.

    Equation: quintile = floor(5·rank), rank = share below + half of the equals.

    Parameters
    ----------
    counts : int64 array
        How many have each step.

    Returns
    -------
    int32 array, 4
        One above the highest step where nobody stands so high.

    Examples
    --------
    >>> fifths_of(np.array([0, 1, 1, 1, 0, 2])).tolist()
    [2, 3, 5, 5]
    """
    everybody = int(counts.sum())
    below = np.cumsum(counts) - counts
    quintile = (2 * below + counts) * QUINTILES // max(2 * everybody, 1)
    held = np.flatnonzero(counts)
    first = np.searchsorted(quintile[held], np.arange(1, QUINTILES))
    least: NDArray[np.int32] = np.append(held, len(counts))[first].astype(np.int32)
    return least


@compiled()
def _write_fifths(
    first: int, last: int, steps: Column, absent: NDArray[np.uint8], fifths: NDArray[np.int32],
    out: NDArray[np.uint8],
) -> None:  # fmt: skip
    least, third, fourth, fifth = fifths[0], fifths[1], fifths[2], fifths[3]
    for i in range(first, last):
        stands = fifth_of(number_at(steps, i), least, third, fourth, fifth)
        out[i - first] = stands if is_present(absent, i) else 0


def keep_quintiles(snapshot: Snapshot, out: NDArray[np.uint8]) -> None:
    """Write everybody's quintile of the published scores, 0 to 4; 0 for those who have left.

    Parameters
    ----------
    snapshot : Snapshot
    out : uint8 array, N
        May be an array on disk.
    """
    fifths = fifths_of(count_steps(snapshot))

    def write(first: int, last: int) -> None:
        part = np.empty(last - first, np.uint8)
        _write_fifths(first, last, snapshot.steps, snapshot.absent, fifths, part)
        out[first:last] = part

    share_out(write, 0, snapshot.citizens, SLICE)


def stood_apart(past: ByCitizen, snapshot: Snapshot) -> bool:
    """Whether those who are present did not all stand in one quintile before."""
    least, most = QUINTILES, -1
    for first in range(0, snapshot.citizens, SLICE):
        last = min(first + SLICE, snapshot.citizens)
        stood = np.asarray(past[first:last])
        if len(snapshot.absent):
            stood = stood[snapshot.absent[first:last] == 0]
        if len(stood):
            least, most = min(least, int(stood.min())), max(most, int(stood.max()))
        if least < most:
            return True
    return False
