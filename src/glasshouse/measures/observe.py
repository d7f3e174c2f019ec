"""All measures of a day, by group and region."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.measures.acts import acts
from glasshouse.measures.doors import doors
from glasshouse.measures.reading import reading
from glasshouse.measures.revolt import Revolt, Rule, revolt
from glasshouse.measures.sanctions import sanctions
from glasshouse.measures.scores import moved, scores
from glasshouse.measures.segregation import segregation, together
from glasshouse.measures.snapshot import Flows, OtherLife, Snapshot
from glasshouse.measures.speech import speech
from glasshouse.measures.ties import ties
from glasshouse.measures.view import GROUPS, Values, View, mean
from glasshouse.model.revolt import joins
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.people import CITY_SIZE, DISTRICT_SIZE

FAMILIES = (speech, doors, scores, ties, reading, acts, sanctions)
NATION = "nation"


class Row(NamedTuple):
    """One number: of a measure, for a group of people in a region; None where not defined."""

    measure: str
    group: str
    region: str
    value: float | None


class Region(NamedTuple):
    """A stretch of consecutive citizens, and their districts."""

    name: str
    citizens: slice
    districts: slice


def observe(
    snapshot: Snapshot,
    flows: Flows,
    *,
    other: OtherLife | None,
    past_score: NDArray[np.float64] | None,
    structure: bool,
    parameters: Parameters,
    seed: int,
    joins: Rule = joins,
) -> list[Row]:
    """Take every measure of a day.

    Parameters
    ----------
    snapshot : Snapshot
        The nation tonight.
    flows : Flows
        What was counted in the days up to tonight.
    other : OtherLife or None
        The same citizens under no scheme; without, what is measured against it is None.
    past_score : float64 array, N, or None
        Published scores 30 days before.
    structure : bool
        Whether to take the measures that look at all ties together.
    parameters : Parameters
    seed : int
        Seed of the nation.
    joins : callable
        Rule of joining a revolt: the model's, or a user's own with the same arguments.

    Returns
    -------
    list of Row
        For the nation and, where it has more than one, for each city.
    """
    shifted = None
    if past_score is not None and snapshot.in_force:
        shifted = moved(snapshot.score, past_score, snapshot.present)
    rows: list[Row] = []
    for region in regions(snapshot):
        for group, cells in GROUPS.items():
            view = View(
                snapshot,
                people_of(snapshot, region.citizens, group),
                _total(flows, region, cells),
                parameters,
                shifted,
                other,
                None if other is None else _total(other.flows, region, cells),
            )
            for family in FAMILIES:
                rows += _rows(family(view), group, region.name)
    if structure:
        rows += _structure(snapshot, revolt(snapshot, parameters, seed, joins))
    return rows


def regions(snapshot: Snapshot) -> list[Region]:
    """The nation, and its cities if it has more than one."""
    citizens = snapshot.citizens
    found = [Region(NATION, slice(0, citizens), slice(None))]
    cities = -(-citizens // CITY_SIZE) if snapshot.clustered else 1
    if cities > 1:
        districts = CITY_SIZE // DISTRICT_SIZE
        for city in range(cities):
            stretch = slice(city * CITY_SIZE, min((city + 1) * CITY_SIZE, citizens))
            of_city = slice(city * districts, (city + 1) * districts)
            found.append(Region(f"city {city}", stretch, of_city))
    return found


def people_of(snapshot: Snapshot, citizens: slice, group: str) -> slice | NDArray[np.int64]:
    """Places of the people of a group within a stretch of citizens."""
    if group == "all":
        return citizens
    minority = snapshot.minority[citizens] != 0
    dissents = snapshot.opinion[citizens] < 0
    belongs = {
        "majority": ~minority,
        "minority": minority,
        "dissenters": dissents,
        "others": ~dissents,
    }
    places: NDArray[np.int64] = np.flatnonzero(belongs[group]) + citizens.start
    return places


def _total(flows: Flows, region: Region, cells: tuple[int, ...]) -> NDArray[np.float64]:
    total: NDArray[np.float64] = flows.total[region.districts][:, list(cells)].sum(axis=(0, 1))
    return total


def _rows(values: Values, group: str, region: str) -> Iterator[Row]:
    for measure, value in values.items():
        yield Row(measure, group, region, value)


def _structure(snapshot: Snapshot, rising: Revolt) -> Iterator[Row]:
    yield from _rows(segregation(snapshot), "all", NATION)
    joined = together(snapshot)
    for group in GROUPS:
        people = people_of(snapshot, slice(0, snapshot.citizens), group)
        yield Row("ties.giant", group, NATION, mean(joined[people]))
        yield Row("revolt.active", group, NATION, mean(rising.active[people]))
    yield Row("revolt.tips", "all", NATION, rising.tips)
