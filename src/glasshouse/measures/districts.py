"""What is counted of every district, for maps."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.chance.threads import share_out
from glasshouse.measures.census import OUTCAST_PART
from glasshouse.measures.snapshot import ByCitizen, Snapshot
from glasshouse.measures.standing import is_present
from glasshouse.society.column import Column, number_at, opinions_of, stances_of
from glasshouse.society.degrees import write_degrees
from glasshouse.society.living import Scratch, look_at, people_of_block, scratch_for
from glasshouse.society.net import Net
from glasshouse.society.people import CITY_SIZE, DISTRICT_SIZE
from glasshouse.society.record import LANES

# What is counted: scores in steps, feelings in 127ths, doors that somebody finds open.
COUNTED = 8
PEOPLE, STEPS, STANCE, OPINION, DEGREE, DOORS_OPEN, TIED_THERE, OUTCASTS = range(COUNTED)


def doors_by_step(snapshot: Snapshot) -> NDArray[np.int64]:
    """How many doors are open with each score; behind these, how many are to those who left.

    Parameters
    ----------
    snapshot : Snapshot

    Returns
    -------
    int64 array, top + 2
    """
    terms, doors = snapshot.terms, len(snapshot.doors)
    if not snapshot.in_force:
        return np.full(terms.top + 2, doors, np.int64)
    steps = np.arange(terms.top + 1)
    by_step = np.searchsorted(np.sort(terms.door_step[:doors]), steps, side="right")
    return np.append(by_step, terms.door_absent[:doors].sum()).astype(np.int64)


@compiled()
def _count(
    first: int, last: int, net: Net, columns: tuple[Column, Column, Column],
    absent: NDArray[np.uint8], doors: NDArray[np.int64], there: NDArray[Any], scratch: Scratch,
    counts: NDArray[np.int64],
) -> None:  # fmt: skip
    """Count blocks of 32 from a district's first on; ``counts`` and ``there`` begin there."""
    degree = np.zeros(LANES, np.int32)
    for block in range(first, last):
        look_at(net, block, scratch)
        write_degrees(net, block, scratch, degree, 0)
        mine = counts[(block - first) * LANES // DISTRICT_SIZE]
        for lane in range(people_of_block(block, net.citizens)):
            i, here = block * LANES + lane, np.int64(degree[lane])
            step = number_at(columns[0], i)
            mine[PEOPLE] += 1
            mine[STEPS] += step
            mine[STANCE] += number_at(columns[1], i)
            mine[OPINION] += number_at(columns[2], i)
            mine[DEGREE] += here
            mine[DOORS_OPEN] += doors[step if is_present(absent, i) else len(doors) - 1]
            if len(there) > 0:
                known = np.int64(there[i - first * LANES])
                mine[TIED_THERE] += 1 if known > 0 else 0
                mine[OUTCASTS] += 1 if OUTCAST_PART * here < known else 0


def count_districts(snapshot: Snapshot, there: ByCitizen | None) -> NDArray[np.int64]:
    """Count every district.

    Parameters
    ----------
    snapshot : Snapshot
    there : uint8 or uint16 by citizen, optional
        Living ties in the other life.

    Returns
    -------
    int64 array, districts x COUNTED
    """
    counts = np.zeros((-(-snapshot.citizens // DISTRICT_SIZE), COUNTED), np.int64)
    columns = snapshot.steps, stances_of(snapshot.records), opinions_of(snapshot.records)
    doors = doors_by_step(snapshot)

    def count(first: int, last: int) -> None:
        known = np.zeros(0, np.uint8) if there is None else np.array(there[first:last])
        _count(
            *(first // LANES, -(-last // LANES), snapshot.net, columns, snapshot.absent),
            *(doors, known, scratch_for(snapshot.net), counts[first // DISTRICT_SIZE :]),
        )

    share_out(count, 0, snapshot.citizens, CITY_SIZE // 4)
    return counts
