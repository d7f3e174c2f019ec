"""Small nations written down by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from glasshouse.measures.counters import CELLS, CITIZENS, COUNTERS
from glasshouse.measures.observe import observe
from glasshouse.measures.snapshot import Flows, OtherLife, Snapshot
from glasshouse.scenario.defaults import default_parameters
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.graph import graph_ties
from glasshouse.society.mixing import living_degree
from glasshouse.society.people import People

Pairs = list[tuple[int, int]]
MakeSnapshot = Callable[..., Snapshot]
MakeFlows = Callable[..., Flows]
Measured = Callable[..., dict[str, float | None]]


def _people(citizens: int, **traits: Any) -> People:
    names = ("expressiveness", "fear", "log_wealth", "ambition", "activity", "capacity")
    numbers = {name: np.ones(citizens) for name in (*names, "hardship", "risk_aversion")}
    numbers |= {name: np.asarray(value, np.float64) for name, value in traits.items()}
    return People(
        **numbers, minority=np.zeros(citizens, np.uint8), opinion=np.zeros(citizens, np.int8)
    )


def _snapshot(citizens: int, ties: Pairs = (), **given: Any) -> Snapshot:  # type: ignore[assignment]
    """A nation of so many citizens, all alike but for what is given."""
    pairs = np.array(ties, np.int64).reshape(-1, 2)
    possible = graph_ties(citizens, pairs[:, 0], pairs[:, 1])
    alive = np.asarray(given.pop("alive", np.ones(len(possible.friend))), np.bool_)
    doors = given.pop("doors", {})
    is_open = np.array(list(doors.values()), np.bool_).T.reshape(citizens, len(doors))
    values: dict[str, Any] = {
        "day": 30,
        "score": np.full(citizens, 600.0),
        "low": 350.0,
        "high": 950.0,
        "stance": np.zeros(citizens),
        "opinion": np.zeros(citizens),
        "minority": np.zeros(citizens),
        "present": np.ones(citizens, np.bool_),
        "worth": np.zeros(citizens),
    }
    kinds = {"minority": np.uint8, "present": np.bool_}
    for name, value in given.pop("state", {}).items():
        values[name] = np.asarray(value, kinds.get(name, np.float64))
    return Snapshot(
        **values,
        **{name: given.pop(name) for name in ("in_force", "clustered") if name in given},
        people=_people(citizens, **given),
        ties=possible,
        alive=alive,
        degree=living_degree(possible, alive).astype(np.int32),
        doors=tuple(doors),
        doors_open=is_open,
    )


def _flows(counted: Mapping[int, float], cell: int = 0, districts: int = 1) -> Flows:
    """Sums of one day, all of them in one cell of the first district."""
    total = np.zeros((districts, CELLS, len(COUNTERS)))
    for counter, value in counted.items():
        total[0, cell, counter] = value
    return Flows(total, 1)


@pytest.fixture(scope="session")
def parameters() -> Parameters:
    return default_parameters()


@pytest.fixture(scope="session")
def make_snapshot() -> MakeSnapshot:
    return _snapshot


@pytest.fixture(scope="session")
def make_flows() -> MakeFlows:
    return _flows


@pytest.fixture(scope="session")
def measured(parameters: Parameters) -> Measured:
    """What is measured of one group, by name."""

    def measure(
        snapshot: Snapshot,
        flows: Flows | None = None,
        *,
        group: str = "all",
        other: OtherLife | None = None,
        past_score: NDArray[np.float64] | None = None,
        structure: bool = False,
        parameters: Parameters = parameters,
    ) -> dict[str, float | None]:
        rows = observe(
            snapshot,
            flows or _flows({CITIZENS: snapshot.citizens}),
            other=other,
            past_score=past_score,
            structure=structure,
            parameters=parameters,
            seed=1,
        )
        return {r.measure: r.value for r in rows if r.group == group and r.region == "nation"}

    return measure
