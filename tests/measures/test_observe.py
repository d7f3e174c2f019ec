"""Every measure is taken, for every group and region, and is empty where it means nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from glasshouse.measures import observe as observing
from glasshouse.measures.counters import CELLS, CITIZENS, COUNTERS, SAID_AGAINST
from glasshouse.measures.dictionary import DOOR, MEASURES, describe
from glasshouse.measures.observe import observe
from glasshouse.measures.snapshot import Flows, OtherLife
from glasshouse.measures.view import GROUPS

RING = [(i, (i + 1) % 6) for i in range(6)]


@pytest.fixture
def nation(make_snapshot: Any) -> Any:
    return make_snapshot(
        6,
        RING,
        state={
            "score": [400, 500, 600, 700, 800, 900],
            "opinion": [-0.5, -0.5, 0.5, 0.5, -0.5, 0.5],
            "minority": [1, 0, 0, 0, 1, 1],
        },
        doors={"loan": [0, 0, 0, 1, 1, 1]},
    )


def full_flows(per_day: float = 2.0) -> Flows:
    return Flows(np.full((1, CELLS, len(COUNTERS)), per_day), 30)


def all_rows(nation: Any, parameters: Any, **changes: Any) -> list[observing.Row]:
    given = {
        "other": OtherLife(full_flows(), nation.degree),
        "past_score": nation.score[::-1].copy(),
        "structure": True,
    } | changes
    return observe(nation, full_flows(), parameters=parameters, seed=1, **given)


def test_every_measure_of_the_dictionary_is_taken_and_no_other(
    nation: Any, parameters: Any
) -> None:
    rows = all_rows(nation, parameters)
    taken = {row.measure.replace("loan", DOOR) for row in rows}
    assert taken == set(MEASURES)


def test_each_measure_is_given_once_for_each_of_its_groups(nation: Any, parameters: Any) -> None:
    rows = all_rows(nation, parameters)
    keys = [(row.measure, row.group, row.region) for row in rows]
    assert len(keys) == len(set(keys))
    for measure in {row.measure for row in rows}:
        groups = {row.group for row in rows if row.measure == measure}
        assert groups == (set(GROUPS) if describe(measure).by_group else {"all"}), measure


def test_measures_that_need_all_ties_together_are_left_out_on_other_days(
    nation: Any, parameters: Any
) -> None:
    taken = {row.measure for row in all_rows(nation, parameters, structure=False)}
    assert not any(describe(name).structural for name in taken)


def test_alone_only_what_needs_the_other_life_is_empty(nation: Any, parameters: Any) -> None:
    paired = {row.measure: row.value for row in all_rows(nation, parameters)}
    alone = {row.measure: row.value for row in all_rows(nation, parameters, other=None)}
    for name in paired:
        if describe(name).paired:
            assert paired[name] is not None and alone[name] is None, name
        else:
            assert alone[name] == paired[name], name


def test_values_are_plain_numbers_and_never_nan(nation: Any, parameters: Any) -> None:
    for row in all_rows(nation, parameters):
        assert row.value is None or (type(row.value) is float and np.isfinite(row.value)), row


def test_a_group_without_people_has_no_means(make_snapshot: Any, measured: Any) -> None:
    values = measured(make_snapshot(4), group="minority")
    for name in ("score.mean", "dissent.held", "ties.mean", "acts.recorded", "absent"):
        assert values[name] is None


def test_counters_are_summed_over_the_cells_of_a_group(nation: Any, parameters: Any) -> None:
    total = np.zeros((2, CELLS, len(COUNTERS)))
    total[:, :, CITIZENS] = 10
    total[0, :, SAID_AGAINST] = [1, 2, 4, 8]
    total[1, :, SAID_AGAINST] = [10, 20, 40, 80]
    rows = observe(
        nation,
        Flows(total, 1),
        other=None,
        past_score=None,
        structure=False,
        parameters=parameters,
        seed=1,
    )
    said = {row.group: row.value for row in rows if row.measure == "dissent.said"}
    assert said == {
        "all": pytest.approx(165 / 80),
        "majority": pytest.approx(55 / 40),
        "minority": pytest.approx(110 / 40),
        "dissenters": pytest.approx(132 / 40),
        "others": pytest.approx(33 / 40),
    }


def test_a_nation_of_one_city_has_no_rows_for_cities(nation: Any, parameters: Any) -> None:
    assert {row.region for row in all_rows(nation, parameters)} == {"nation"}


def test_each_city_is_measured_from_its_own_people_and_counters(
    nation: Any, parameters: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observing, "CITY_SIZE", 4)
    monkeypatch.setattr(observing, "DISTRICT_SIZE", 2)
    total = np.zeros((3, CELLS, len(COUNTERS)))
    total[:, 0, CITIZENS] = 2
    total[:, 0, SAID_AGAINST] = [2, 4, 12]
    flows = Flows(total, 1)
    rows = observe(
        nation,
        flows,
        other=OtherLife(flows, nation.degree),
        past_score=None,
        structure=True,
        parameters=parameters,
        seed=1,
    )
    found = {(row.measure, row.region): row.value for row in rows if row.group == "all"}
    assert found["score.mean", "city 0"] == 550
    assert found["score.mean", "city 1"] == 850
    assert found["dissent.said", "city 0"] == 1.5
    assert found["dissent.said", "city 1"] == 6
    assert found["door.loan.open", "city 0"] == 0.25
    assert found["score.mean", "nation"] == 650
    assert not any(r.region != "nation" and describe(r.measure).structural for r in rows)


def test_a_graph_has_no_cities_and_no_districts(
    make_snapshot: Any, measured: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(observing, "CITY_SIZE", 4)
    snapshot = make_snapshot(6, RING, clustered=False)
    assert [region.name for region in observing.regions(snapshot)] == ["nation"]
    assert measured(snapshot, structure=True)["modularity.district"] is None


def test_where_no_scheme_is_in_force_scores_are_not_measured(
    make_snapshot: Any, measured: Any
) -> None:
    snapshot = make_snapshot(6, RING, in_force=False)
    values = measured(snapshot, structure=True, past_score=np.arange(6.0))
    assert all(value is None for name, value in values.items() if name.startswith("score."))
    assert values["assortativity.score"] is None
    assert values["modularity.score_quintile"] is None
    assert values["dissent.held"] == 0.0


def test_measuring_changes_nothing(nation: Any, parameters: Any) -> None:
    arrays = ("score", "stance", "opinion", "present", "alive", "degree", "worth", "doors_open")
    before = {name: getattr(nation, name).copy() for name in arrays}
    first = all_rows(nation, parameters)
    assert all((getattr(nation, name) == value).all() for name, value in before.items())
    assert all_rows(nation, parameters) == first
