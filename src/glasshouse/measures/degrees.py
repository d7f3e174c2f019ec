"""Everybody's living ties, kept to compare another life of the same people with."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from glasshouse.chance.threads import share_out
from glasshouse.measures.snapshot import Snapshot
from glasshouse.society.degrees import degrees

# Citizens counted at once by one thread.
SLICE = 262_144


def keep_degrees(snapshot: Snapshot, out: NDArray[Any]) -> None:
    """Write everybody's number of living ties.

    Parameters
    ----------
    snapshot : Snapshot
    out : uint8 or uint16 array, N
        May be an array on disk; of 16 bits where somebody can have more than 255 ties.
    """

    def write(first: int, last: int) -> None:
        out[first:last] = degrees(snapshot.net, first, last)

    share_out(write, 0, snapshot.citizens, SLICE)
