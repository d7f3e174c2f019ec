"""The districts of the nation on a measuring day: a row each, for maps."""

from __future__ import annotations

from glasshouse.measures.counters import CITY_SIZE, DISTRICT_SIZE
from glasshouse.measures.districts import (
    DEGREE,
    DOORS_OPEN,
    OPINION,
    OUTCASTS,
    PEOPLE,
    STANCE,
    STEPS,
    TIED_THERE,
    count_districts,
)
from glasshouse.measures.snapshot import ByCitizen, Snapshot
from glasshouse.society.record import STEPS_OF_FEELING, score_of

DistrictRow = tuple[str, int, int, int, int, float, float, float, float, float | None, float | None]
"""world, day, district, city, citizens, means of score, stance, opinion, ties; doors, outcasts"""


def district_rows(
    world: str, day: int, snapshot: Snapshot, other_degree: ByCitizen | None
) -> list[DistrictRow]:
    """Means over the citizens of every district.

    Parameters
    ----------
    world : str
    day : int
    snapshot : Snapshot
    other_degree : uint8 or uint16 by citizen, optional
        Living ties of the same citizens in the life under no scheme; without it nobody can be
        told to be an outcast.

    Returns
    -------
    list of DistrictRow
    """
    doors, terms = len(snapshot.doors), snapshot.terms
    rows: list[DistrictRow] = []
    for number, counts in enumerate(count_districts(snapshot, other_degree).tolist()):
        people, tied = counts[PEOPLE], counts[TIED_THERE]
        rows.append(
            (
                *(world, day, number, number * DISTRICT_SIZE // CITY_SIZE, people),
                score_of(counts[STEPS] / people, terms.low, terms.unit),
                counts[STANCE] / people / STEPS_OF_FEELING,
                counts[OPINION] / people / STEPS_OF_FEELING,
                counts[DEGREE] / people,
                counts[DOORS_OPEN] / people / doors if doors else None,
                counts[OUTCASTS] / tied if tied else None,
            )
        )
    return rows
