"""Small nations written down by hand: an explicit graph, and records of so many citizens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.measures.counters import CELLS, COUNTERS
from glasshouse.measures.snapshot import Flows, Snapshot
from glasshouse.model.terms import SchemeTerms, scheme_terms
from glasshouse.scenario.defaults import default_parameters
from glasshouse.scenario.parameters import Parameters
from glasshouse.scenario.reading import preset
from glasshouse.society.graph import graph_ties
from glasshouse.society.minority import minority_among, minority_of
from glasshouse.society.net import GraphNet, graph_net
from glasshouse.society.people import shares_of
from glasshouse.society.record import Records, circles_of, empty_records

Pairs = Sequence[tuple[int, int]]


def graph(citizens: int, pairs: Pairs, alive: Sequence[bool] | None = None) -> GraphNet:
    """A net of some pairs; by half-edge, which live."""
    ends = np.array(pairs, np.int64).reshape(-1, 2)
    ties = graph_ties(citizens, ends[:, 0], ends[:, 1])
    living = np.ones(len(ties.friend)) if alive is None else alive
    return graph_net(ties, np.asarray(living, np.uint8))


@cache
def terms_of_press_sesame() -> SchemeTerms:
    return scheme_terms(preset("press-sesame"), default_parameters())


def write(records: Records, what: str, values: Sequence[int] | NDArray[Any]) -> None:
    """Write one number of everybody into records."""
    rows = records.bytes.reshape(-1, records.size)
    first, last = {"score": (0, 64), "stance": (64, 96), "opinion": (96, 128)}[what]
    kind = np.uint16 if what == "score" else np.int8
    part = np.zeros(circles_of(len(values)) * 32, kind)
    part[: len(values)] = values
    rows[:, first:last] = part.view(np.uint8).reshape(len(rows), -1)


@cache
def seed_with(minority: tuple[int, ...]) -> int:
    """A seed under which these and no others belong to a minority of half of the people."""
    parameters = parameters_with(minority)
    for seed in range(100_000):
        shares = shares_of(seed, len(minority), parameters, clustered=False)
        drawn = minority_among(0, len(minority), minority_of(seed, parameters, shares))
        if drawn.tolist() == list(minority):
            return seed
    raise AssertionError("no seed found")


def parameters_with(minority: tuple[int, ...]) -> Parameters:
    return default_parameters()._replace(minority_share=0.5 if any(minority) else 0.0)


def written(
    citizens: int,
    ties: Pairs = (),
    *,
    alive: Sequence[bool] | None = None,
    score: Sequence[float] | None = None,
    stance: Sequence[float] | None = None,
    opinion: Sequence[float] | None = None,
    minority: Sequence[int] | None = None,
    present: Sequence[int] | None = None,
    doors: Mapping[str, float] | None = None,
    open_to_absent: bool = False,
    in_force: bool = True,
    clustered: bool = True,
    parameters: Parameters | None = None,
    terms: Mapping[str, Any] | None = None,
) -> Snapshot:
    """A nation of so many citizens, all alike but for what is given.

    Scores are in points, 350 to 950; stance and opinion -1 to 1, kept in 127ths; a door is named
    with the score that opens it.
    """
    base = terms_of_press_sesame()
    thresholds = (doors or {}).values()
    base = base._replace(
        door_step=np.array([round((each - base.low) / base.unit) for each in thresholds], np.int64),
        door_absent=np.full(len(thresholds), open_to_absent),
        **(terms or {}),
    )
    records = empty_records(citizens, 0)
    points = np.full(citizens, 600.0) if score is None else np.array(score, np.float64)
    write(records, "score", np.rint((points - base.low) / base.unit).astype(np.uint16))
    write(records, "stance", np.rint(127 * np.array(stance or [0.0] * citizens)).astype(np.int8))
    write(records, "opinion", np.rint(127 * np.array(opinion or [0.0] * citizens)).astype(np.int8))
    members = tuple(minority or [0] * citizens)
    numbers = parameters or parameters_with(members)
    seed = seed_with(members) if any(members) else 1
    absent = [] if present is None else [1 - each for each in present]
    return Snapshot(
        day=30,
        citizens=citizens,
        seed=seed,
        records=records,
        net=graph(citizens, ties, alive),
        published=np.zeros(0, np.uint16),
        absent=np.array(absent, np.uint8),
        terms=base,
        parameters=numbers,
        shares=shares_of(seed, citizens, numbers, clustered=False),
        doors=tuple(doors or {}),
        in_force=in_force,
        clustered=clustered,
        idle=lambda: np.zeros(len(records.bytes), np.uint8),
    )


def counted(amounts: Mapping[int, float], cell: int = 0, regions: int = 1) -> Flows:
    """Sums of one day, all of them in one cell of the first region."""
    total = np.zeros((regions, CELLS, len(COUNTERS)))
    for counter, value in amounts.items():
        total[0, cell, counter] = value
    return Flows(total, 1)
