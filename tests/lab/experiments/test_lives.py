"""A cell is the life that a run lives, and is measured as a run measures it."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars
import pytest

import glasshouse as gh
from glasshouse.engine.nation import Nation
from glasshouse.lab.experiments.cells import Cell
from glasshouse.lab.experiments.lives import live_cell, live_past
from glasshouse.lab.experiments.pasts import read_past, write_past
from glasshouse.lab.experiments.points import Point
from glasshouse.lab.experiments.probes import PROBES
from glasshouse.scenario import Scenario
from glasshouse.scenario.scenario import Graph
from tests.lab.experiments.tiny import BRIEF, DAYS, SPIN_UP

AT = (0, 31)
SEED = 3
RING = np.array([(each, (each + step) % 100) for each in range(100) for step in (1, 2, 5)])
CHANGES: dict[str, dict[str, Any]] = {
    "as it is": {},
    "alone": {"alone": True},
    "nothing": {"scheme": "none"},
    "a reform and the end": {
        "timeline": {
            "spin_up": SPIN_UP,
            "reforms": [{"day": 5, "scheme": {"friends": {"share": 0.1}}}],
            "abolition": 20,
        }
    },
    "scores once a week": {"scheme.period": 7},
    "a graph": {"society": Graph(edges=RING)},
    "other numbers": {"parameters.weight_of_fear": 0.6},
}


def scenario_with(changes: dict[str, Any]) -> Scenario:
    return Scenario.load("press-sesame").replace({**BRIEF, **changes})


@pytest.mark.parametrize("changes", CHANGES.values(), ids=list(CHANGES))
def test_a_cell_is_measured_as_a_run_is_on_the_same_day(changes: dict[str, Any]) -> None:
    scenario = scenario_with(changes)
    cell = Cell.of(Point(0, {}, {}, base=scenario), SEED, AT)
    assert cell.at == (0, 31, DAYS - 1)
    lived = live_cell(cell, live_past(cell.past))
    run = gh.run(
        scenario, seed=SEED, replicates=1, progress=False,
        measured={"every": 31, "structure_every": 31, "citizens": 0},
    )  # fmt: skip
    for column, world in ((3, run.worlds[-1]), (4, run.worlds[0])):
        measured = run.measures.filter(
            polars.col("world") == world, polars.col("region") == "nation", polars.col("day") >= 0
        )
        expected = {
            (row["day"], row["measure"], row["group"]): row["value"]
            for row in measured.iter_rows(named=True)
        }
        same = {row[:3]: row[column] for row in lived.rows if row[1] not in PROBES}
        if scenario.alone and column == 4:
            assert set(same.values()) == {None}
        else:
            assert same == {place: expected.get(place) for place in same}
            assert column == 4 or set(same) == set(expected)


def test_a_cell_ends_with_the_nation_that_is_lived_by_hand() -> None:
    scenario = scenario_with({})
    cell = Cell.of(Point(0, {}, {}, base=scenario), SEED, ())
    nation = Nation.make(scenario, SEED)
    for _ in range(SPIN_UP):
        nation.live_day()
    nation.enact(scenario.scheme)
    for _ in range(DAYS):
        nation.live_day()
    assert live_cell(cell, live_past(cell.past)).digest == nation.digest()


def test_a_past_is_the_same_from_disk(tmp_path: Any) -> None:
    cell = Cell.of(Point(0, {}, {}, base=scenario_with({})), SEED, AT)
    kept = live_past(cell.past)
    write_past(tmp_path / "past", kept)
    again = read_past(tmp_path / "past")
    first, second = live_cell(cell, kept), live_cell(cell, again)
    assert (first.rows, first.digest) == (second.rows, second.digest)
    assert first.past_seconds == second.past_seconds == kept.seconds


def test_many_cells_may_be_lived_from_one_past() -> None:
    cells = [
        Cell.of(Point(0, {}, {"scheme.friends.share": share}, base=scenario_with({})), SEED, ())
        for share in (0.0, 0.3, 0.0)
    ]
    assert len({cell.past.name for cell in cells}) == 1
    kept = live_past(cells[0].past)
    lived = [live_cell(cell, kept) for cell in cells]
    assert lived[0].rows == lived[2].rows
    assert lived[0].digest != lived[1].digest
