"""The nation and its cities as stretches of consecutive citizens."""

from __future__ import annotations

from typing import NamedTuple

from glasshouse.society.people import CITY_SIZE

NATION = "nation"


class Region(NamedTuple):
    """A stretch of citizens, and its place among what the days counted by region."""

    name: str
    first: int
    last: int
    place: int


def cities(citizens: int, clustered: bool) -> list[Region]:
    """The cities of a nation; where places mean nothing, all citizens are one city.

    Examples
    --------
    >>> [(city.first, city.last) for city in cities(1_500_000, clustered=True)]
    [(0, 1048576), (1048576, 1500000)]
    >>> len(cities(1_500_000, clustered=False))
    1
    """
    size = CITY_SIZE if clustered else citizens
    return [
        Region(f"city {place}", first, min(first + size, citizens), place)
        for place, first in enumerate(range(0, citizens, size))
    ]
