"""People who belong to something, a bit each, counted by cell."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.chance.threads import share_out
from glasshouse.measures.counters import CELLS
from glasshouse.measures.snapshot import Snapshot
from glasshouse.society.column import Column, number_at, opinions_of
from glasshouse.society.living import people_of_block
from glasshouse.society.minority import Minority, mark_minority, minority_of
from glasshouse.society.record import LANES, circles_of

# Blocks of 32 that a thread counts together.
STRETCH = 8_192


@compiled()
def _count(
    first: int, last: int, citizens: int, members: NDArray[np.uint32], opinions: Column,
    minority: Minority, counts: NDArray[np.int64],
) -> None:  # fmt: skip
    marks = np.zeros(LANES, np.int32)
    for block in range(first, last):
        word = members[block]
        if word == 0:
            continue
        mark_minority(block, minority, marks)
        for lane in range(people_of_block(block, citizens)):
            dissents = number_at(opinions, block * LANES + lane) < 0
            counts[marks[lane] + (2 if dissents else 0)] += (word >> np.uint32(lane)) & 1


def members_by_cell(snapshot: Snapshot, members: NDArray[np.uint32]) -> NDArray[np.int64]:
    """How many of each cell belong.

    Parameters
    ----------
    snapshot : Snapshot
    members : uint32 array
        A word for every 32 citizens, bit l for the l-th of them.

    Returns
    -------
    int64 array, 4
    """
    blocks = circles_of(snapshot.citizens)
    minority = minority_of(snapshot.seed, snapshot.parameters, snapshot.shares)
    opinions = opinions_of(snapshot.records)
    counts = np.zeros((-(-blocks // STRETCH), CELLS), np.int64)

    def count(first: int, last: int) -> None:
        mine = counts[first // STRETCH]
        _count(first, last, snapshot.citizens, members, opinions, minority, mine)

    share_out(count, 0, blocks, STRETCH)
    total: NDArray[np.int64] = counts.sum(axis=0)
    return total
