"""All measures of a day, by group and region."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.measures.acts import acts
from glasshouse.measures.census import Census, add, take_census
from glasshouse.measures.doors import doors
from glasshouse.measures.reading import reading
from glasshouse.measures.regions import NATION, cities
from glasshouse.measures.revolt import Rule, revolt
from glasshouse.measures.sanctions import sanctions
from glasshouse.measures.scores import scores
from glasshouse.measures.segregation import segregation, together
from glasshouse.measures.snapshot import ByCitizen, Flows, OtherLife, Snapshot
from glasshouse.measures.speech import speech
from glasshouse.measures.standing import QUINTILES, count_steps, fifths_of, stood_apart
from glasshouse.measures.ties import ties
from glasshouse.measures.view import GROUPS, Values, View, ratio
from glasshouse.model.revolt import joins

# No score is as high: everybody stands in the lowest quintile.
NO_FIFTHS = np.full(QUINTILES - 1, np.iinfo(np.int32).max, np.int32)
FAMILIES = (speech, doors, scores, ties, reading, acts, sanctions)


class Row(NamedTuple):
    """One number: of a measure, for a group of people in a region; None where not defined."""

    measure: str
    group: str
    region: str
    value: float | None


def observe(
    snapshot: Snapshot,
    flows: Flows,
    *,
    other: OtherLife | None,
    past: ByCitizen | None,
    structure: bool,
    joins: Rule = joins,
    costs: dict[str, float] | None = None,
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
    past : uint8 by citizen, or None
        Quintile in which everybody stood 30 days before.
    structure : bool
        Whether to take the measures that look at all ties together.
    joins : callable
        Rule of joining a revolt: the model's, or a user's own with the same arguments.
    costs : dict of str to float, optional
        Seconds taken by ``census``, ``mixing``, ``components`` and ``revolt`` are added to it.

    Returns
    -------
    list of Row
        For the nation and, where it has more than one, for each city.
    """
    costs = {} if costs is None else costs
    with _timed(costs, "census"):
        known = past is not None and snapshot.in_force and stood_apart(past, snapshot)
        ranked = known or (structure and snapshot.in_force)
        fifths = fifths_of(count_steps(snapshot)) if ranked else NO_FIFTHS
        rows, nation = _by_region(snapshot, flows, other, past if known else None, fifths)
    if structure:
        people = nation.counts[:, 0]
        with _timed(costs, "mixing"):
            rows += _rows(segregation(snapshot, fifths), "all", NATION)
        with _timed(costs, "components"):
            rows += _by_group("ties.giant", together(snapshot), people)
        with _timed(costs, "revolt"):
            rising = revolt(snapshot, joins)
            rows += _by_group("revolt.active", rising.active, people)
            rows.append(Row("revolt.tips", "all", NATION, rising.tips))
    return rows


def _by_region(
    snapshot: Snapshot, flows: Flows, other: OtherLife | None, past: ByCitizen | None,
    fifths: NDArray[np.int32],
) -> tuple[list[Row], Census]:  # fmt: skip
    """Rows of the nation and its cities, and the census of the nation."""
    nation: Census | None = None
    rows: list[Row] = []
    there = None if other is None else other.degree
    several = len(cities(snapshot.citizens, snapshot.clustered)) > 1
    for city, census in take_census(snapshot, fifths, there, past):
        nation = census if nation is None else add(nation, census)
        if several:
            place = slice(city.place, city.place + 1)
            rows += _of_region(snapshot, census, city.name, place, flows, other, past is not None)
    assert nation is not None
    whole = _of_region(snapshot, nation, NATION, slice(None), flows, other, past is not None)
    return [*whole, *rows], nation


def _of_region(
    snapshot: Snapshot, census: Census, region: str, places: slice, flows: Flows,
    other: OtherLife | None, moves_known: bool,
) -> Iterator[Row]:  # fmt: skip
    for group, cells in GROUPS.items():
        total = _total(flows, places, cells)
        there = None if other is None else _total(other.flows, places, cells)
        view = View(snapshot, cells, census, total, moves_known, there)
        for family in FAMILIES:
            yield from _rows(family(view), group, region)


def _total(flows: Flows, places: slice, cells: tuple[int, ...]) -> NDArray[np.float64]:
    total: NDArray[np.float64] = flows.total[places][:, list(cells)].sum(axis=(0, 1))
    return total


def _by_group(measure: str, members: NDArray[np.int64], people: NDArray[np.int64]) -> Iterator[Row]:
    """Share of each group who are members, from counts by cell."""
    for group, cells in GROUPS.items():
        share = ratio(int(members[list(cells)].sum()), int(people[list(cells)].sum()))
        yield Row(measure, group, NATION, share)


def _rows(values: Values, group: str, region: str) -> Iterator[Row]:
    for measure, value in values.items():
        yield Row(measure, group, region, value)


@contextmanager
def _timed(costs: dict[str, float], part: str) -> Iterator[None]:
    start = perf_counter()
    yield
    costs[part] = costs.get(part, 0.0) + perf_counter() - start
