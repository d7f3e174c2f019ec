"""The districts of the nation on a measuring day: a row each, for maps."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.measures.counters import CITY_SIZE, DISTRICT_SIZE
from glasshouse.measures.snapshot import Snapshot

OUTCAST_BELOW = 0.2
DistrictRow = tuple[str, int, int, int, int, float, float, float, float, float | None, float | None]
"""world, day, district, city, citizens, means of score, stance, opinion, ties; doors, outcasts"""


def district_rows(
    world: str, day: int, snapshot: Snapshot, other_degree: NDArray[np.int32] | None
) -> list[DistrictRow]:
    """Means over the citizens of every district.

    Parameters
    ----------
    world : str
    day : int
    snapshot : Snapshot
    other_degree : int32 array, optional
        Living ties of the same citizens in the life under no scheme; without it nobody can be
        told to be an outcast.

    Returns
    -------
    list of DistrictRow
    """
    district = np.arange(len(snapshot.score)) // DISTRICT_SIZE
    count = np.bincount(district)
    means = [
        np.bincount(district, column) / count
        for column in (snapshot.score, snapshot.stance, snapshot.opinion, snapshot.degree)
    ]
    doors = [None] * len(count)
    if snapshot.doors:
        doors = list(np.bincount(district, snapshot.doors_open.mean(axis=1)) / count)
    outcasts: list[Any] = [None] * len(count)
    if other_degree is not None:
        tied = other_degree > 0
        cast = tied & (snapshot.degree < OUTCAST_BELOW * other_degree)
        alone, all_tied = (np.bincount(district, each, len(count)) for each in (cast, tied))
        outcasts = [
            out / known if known else None for out, known in zip(alone, all_tied, strict=True)
        ]
    return [
        (
            *(world, day, number, number * DISTRICT_SIZE // CITY_SIZE, int(count[number])),
            *(float(mean[number]) for mean in means),
            _plain(doors[number]),
            _plain(outcasts[number]),
        )  # type: ignore[misc]
        for number in range(len(count))
    ]


def _plain(value: Any) -> float | None:
    return None if value is None else float(value)
