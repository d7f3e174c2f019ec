"""Every measure is taken, for every group and region, and is empty where it means nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from glasshouse.chance.threads import on_threads
from glasshouse.measures import census, regions
from glasshouse.measures.counters import CELLS, CITIZENS, COUNTERS, SAID_AGAINST
from glasshouse.measures.dictionary import DOOR, MEASURES, describe
from glasshouse.measures.observe import Row, observe
from glasshouse.measures.snapshot import Flows, OtherLife
from glasshouse.measures.view import GROUPS
from tests.measures.drawn import (
    Plainly,
    drawn_circles,
    nations,
    same_ties_as_graph,
    with_some_away,
)
from tests.measures.written import written

RING = [(i, (i + 1) % 6) for i in range(6)]
TIES = np.full(6, 2, np.uint8)


@pytest.fixture
def nation() -> Any:
    return written(
        6,
        RING,
        score=[400, 500, 600, 700, 800, 900],
        opinion=[-0.5, -0.5, 0.5, 0.5, -0.5, 0.5],
        minority=[1, 0, 0, 0, 1, 1],
        doors={"loan": 650.0},
    )


def full_flows(per_day: float = 2.0, regions: int = 1) -> Flows:
    return Flows(np.full((regions, CELLS, len(COUNTERS)), per_day), 30)


def all_rows(nation: Any, **changes: Any) -> list[Row]:
    given = {
        "other": OtherLife(full_flows(), TIES),
        "past": np.array([4, 3, 2, 2, 1, 0], np.uint8),
        "structure": True,
    } | changes
    return observe(nation, full_flows(), **given)


def test_every_measure_of_the_dictionary_is_taken_and_no_other(nation: Any) -> None:
    taken = {row.measure.replace("loan", DOOR) for row in all_rows(nation)}
    assert taken == set(MEASURES)


def test_each_measure_is_given_once_for_each_of_its_groups(nation: Any) -> None:
    rows = all_rows(nation)
    keys = [(row.measure, row.group, row.region) for row in rows]
    assert len(keys) == len(set(keys))
    for measure in {row.measure for row in rows}:
        groups = {row.group for row in rows if row.measure == measure}
        assert groups == (set(GROUPS) if describe(measure).by_group else {"all"}), measure


def test_measures_that_need_all_ties_together_are_left_out_on_other_days(nation: Any) -> None:
    taken = {row.measure for row in all_rows(nation, structure=False)}
    assert not any(describe(name).structural for name in taken)


def test_alone_only_what_needs_the_other_life_is_empty(nation: Any) -> None:
    paired = {row.measure: row.value for row in all_rows(nation)}
    alone = {row.measure: row.value for row in all_rows(nation, other=None)}
    for name in paired:
        if describe(name).paired:
            assert paired[name] is not None and alone[name] is None, name
        else:
            assert alone[name] == paired[name], name


def test_values_are_plain_numbers_and_never_nan(nation: Any) -> None:
    for row in all_rows(nation):
        assert row.value is None or (type(row.value) is float and np.isfinite(row.value)), row


def test_a_group_without_people_has_no_means(measured: Any) -> None:
    values = measured(written(4), group="minority")
    for name in ("score.mean", "dissent.held", "ties.mean", "acts.recorded", "absent"):
        assert values[name] is None


def test_counters_are_summed_over_the_cells_of_a_group(nation: Any) -> None:
    total = np.zeros((2, CELLS, len(COUNTERS)))
    total[:, :, CITIZENS] = 10
    total[0, :, SAID_AGAINST] = [1, 2, 4, 8]
    total[1, :, SAID_AGAINST] = [10, 20, 40, 80]
    rows = observe(nation, Flows(total, 1), other=None, past=None, structure=False)
    said = {row.group: row.value for row in rows if row.measure == "dissent.said"}
    assert said == {
        "all": pytest.approx(165 / 80),
        "majority": pytest.approx(55 / 40),
        "minority": pytest.approx(110 / 40),
        "dissenters": pytest.approx(132 / 40),
        "others": pytest.approx(33 / 40),
    }


def test_a_nation_of_one_city_has_no_rows_for_cities(nation: Any) -> None:
    assert {row.region for row in all_rows(nation)} == {"nation"}


def of_cities(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    monkeypatch.setattr(regions, "CITY_SIZE", size)
    monkeypatch.setattr(census, "SLICE", size)


def test_each_city_is_measured_from_its_own_people_and_counters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    of_cities(monkeypatch, 32)
    score = [550.0] * 32 + [850.0] * 16
    snapshot = written(48, score=score, doors={"loan": 700.0})
    total = np.zeros((2, CELLS, len(COUNTERS)))
    total[:, 0, CITIZENS] = 2
    total[:, 0, SAID_AGAINST] = [3, 12]
    flows = Flows(total, 1)
    rows = observe(snapshot, flows, other=None, past=None, structure=True)
    found = {(row.measure, row.region): row.value for row in rows if row.group == "all"}
    assert found["score.mean", "city 0"] == 550
    assert found["score.mean", "city 1"] == 850
    assert found["dissent.said", "city 0"] == 1.5
    assert found["dissent.said", "city 1"] == 6
    assert found["door.loan.open", "city 0"] == 0.0
    assert found["door.loan.open", "nation"] == pytest.approx(1 / 3)
    assert found["score.mean", "nation"] == 650
    assert not any(r.region != "nation" and describe(r.measure).structural for r in rows)


def test_a_graph_has_no_cities_and_no_districts(
    measured: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_cities(monkeypatch, 32)
    snapshot = written(48, RING, clustered=False)
    rows = observe(snapshot, full_flows(), other=None, past=None, structure=True)
    assert {row.region for row in rows} == {"nation"}
    assert {row.value for row in rows if row.measure == "modularity.district"} == {None}


def test_where_no_scheme_is_in_force_scores_are_not_measured(measured: Any) -> None:
    snapshot = written(6, RING, in_force=False)
    values = measured(snapshot, structure=True, past=np.arange(6, dtype=np.uint8) % 5)
    assert all(value is None for name, value in values.items() if name.startswith("score."))
    assert values["assortativity.score"] is None
    assert values["modularity.score_quintile"] is None
    assert values["dissent.held"] == 0.0


def test_measuring_changes_nothing(nation: Any) -> None:
    parts = (nation.records.bytes, nation.net.alive, nation.published, nation.absent)
    before = [part.copy() for part in parts]
    first = all_rows(nation)
    assert all((part == then).all() for part, then in zip(parts, before, strict=True))
    assert all_rows(nation) == first


@pytest.mark.parametrize("slots", [32, 64, 128])
def test_circles_are_measured_as_a_graph_of_the_same_ties_is(slots: int) -> None:
    circles = with_some_away(drawn_circles(slots, 1_300, slots), slots)
    other = OtherLife(full_flows(), np.full(1_300, 15, np.uint8))
    past = (np.arange(1_300) % 5).astype(np.uint8)
    found = [
        observe(each, full_flows(), other=other, past=past, structure=True)
        for each in (circles, same_ties_as_graph(circles))
    ]
    assert found[0] == found[1]


def test_the_number_of_threads_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    of_cities(monkeypatch, 512)
    snapshot = drawn_circles(8, 9_000)
    other = OtherLife(full_flows(regions=18), np.full(9_000, 15, np.uint8))
    found = []
    for threads in (1, 2, 5):
        with on_threads(threads):
            flows = full_flows(regions=18)
            found.append(observe(snapshot, flows, other=other, past=None, structure=True))
    assert found[0] == found[1] == found[2]


@settings(max_examples=30, deadline=None)
@given(nations())
def test_what_is_measured_of_people_is_what_a_plain_look_gives(snapshot: Any) -> None:
    plain = Plainly(snapshot)
    there = (np.arange(snapshot.citizens) % 31).astype(np.uint8)
    other = OtherLife(full_flows(), there)
    rows = observe(snapshot, full_flows(), other=other, past=None, structure=False)
    found = {(row.measure, row.group): row.value for row in rows}
    dissents, low = plain.opinion < 0, snapshot.terms.low
    groups = {
        "all": dissents == dissents,
        "majority": ~plain.minority,
        "minority": plain.minority,
        "dissenters": dissents,
        "others": ~dissents,
    }
    points = low + snapshot.terms.unit * plain.step
    for group, chosen in groups.items():
        scores = points[chosen & plain.present]
        known = plain.degree[chosen & (there > 0)] / there[chosen & (there > 0)]
        for name, values in (
            ("dissent.held", dissents[chosen]),
            ("stance.mean", plain.stance[chosen] / 127),
            ("ties.mean", plain.degree[chosen]),
            ("absent", ~plain.present[chosen]),
            ("outcasts", known < 0.2),
            ("score.mean", scores),
        ):
            expected = pytest.approx(values.mean()) if len(values) else None
            assert found[name, group] == expected, (name, group)
        if len(scores):
            assert found["score.sd", group] == pytest.approx(scores.std(), abs=1e-6)
            assert found["score.quantile.25", group] == pytest.approx(np.quantile(scores, 0.25))


def test_what_each_part_costs_is_told(nation: Any) -> None:
    costs = {"census": 100.0}
    all_rows(nation, costs=costs)
    assert set(costs) == {"census", "mixing", "components", "revolt"}
    assert costs["census"] > 100 and all(seconds > 0 for seconds in costs.values())


def test_idle_memory_that_is_too_small_is_not_used(nation: Any) -> None:
    without = replace(nation, idle=lambda: np.zeros(0, np.uint8))
    assert all_rows(without) == all_rows(nation)
