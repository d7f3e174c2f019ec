"""Scenarios: loading, changing, writing out, and the line of what is wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.scenario import (
    BadInput,
    Circles,
    Graph,
    Scenario,
    Scheme,
    default_parameters,
    presets,
)


def load(folder: Path, text: str) -> Scenario:
    path = folder / "my.yaml"
    path.write_text(text)
    return Scenario.load(path)


def said(folder: Path, text: str) -> str:
    with pytest.raises(BadInput) as caught:
        load(folder, text)
    return str(caught.value).replace(f"{folder}/", "")


@pytest.mark.parametrize("name", presets())
def test_a_preset_is_a_scenario_and_survives_being_written_out(name: str, tmp_path: Path) -> None:
    scenario = Scenario.load(name)
    assert scenario.scheme.name == name
    assert load(tmp_path, scenario.to_yaml()) == scenario


def test_the_defaults_are_those_of_a_first_look() -> None:
    scenario = Scenario.load("press-sesame")
    assert (scenario.population, scenario.days, scenario.seed, scenario.replicates) == (
        1_000_000,
        365,
        1,
        1,
    )
    assert not scenario.alone
    assert scenario.timeline.spin_up == 180
    assert scenario.behaviour == default_parameters()


def test_small_nations_are_lived_five_times_over_unless_asked_otherwise(tmp_path: Path) -> None:
    large = Scenario.load("fear")
    assert large.replace(population=100_000).replicates == 5
    assert large.replace(population=100_001).replicates == 1
    assert large.replace(population=64).replace(days=3).replicates == 5
    assert large.replace(population=64).replace(population=1e6).replicates == 1
    assert large.replace(replicates=2).replace(population=64).replicates == 2
    assert load(tmp_path, "scheme: none\npopulation: 64").replicates == 5
    assert load(tmp_path, large.to_yaml()).replace(population=64).replicates == 1
    ring = [(i, (i + 1) % 100) for i in range(100)]
    assert large.replace(society={"kind": "graph", "edges": ring}).replicates == 5


@pytest.mark.parametrize("slots", [32, 64, 128, 64.0])
def test_circles_may_have_more_slots(slots: float, tmp_path: Path) -> None:
    scenario = Scenario.load("none").replace({"society.slots": slots})
    assert isinstance(scenario.society, Circles)
    assert scenario.society.slots == slots
    assert load(tmp_path, scenario.to_yaml()) == scenario


@pytest.mark.parametrize("slots", [0, 33, 256, 32.5, "many", True])
def test_other_numbers_of_slots_are_refused(slots: object) -> None:
    with pytest.raises(BadInput, match="society.slots: found .*; allowed: 32, 64, 128"):
        Scenario.load("none").replace({"society.slots": slots})


def test_a_scenario_file_may_name_a_preset_or_a_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("name: own\npoints: {cartoon: -1}\n")
    assert load(tmp_path, "scheme: fear\ndays: 3").scheme.name == "fear"
    assert load(tmp_path, "scheme: own.yaml\npopulation: 1e5").population == 100_000
    assert load(tmp_path, "scheme: own.yaml").scheme.points.cartoon == -1
    assert load(tmp_path, "scheme: {name: inline}").scheme.name == "inline"


def test_a_scheme_file_is_a_scenario_with_everything_else_by_default(tmp_path: Path) -> None:
    scenario = load(tmp_path, "name: own\ntitle: Own\npoints: {cartoon: -1}\n")
    assert scenario == Scenario(scheme=Scheme(name="own", title="Own", points={"cartoon": -1}))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "scheme: none\npopulaton: 10\ndays: -1\nseed: x",
            "my.yaml, line 2: populaton: found an unknown name; allowed: scheme, population, days, "
            "seed, replicates, alone, society, timeline, measured, parameters. "
            "Did you mean population? 2 more faults: days (found -1); seed (found x).",
        ),
        (
            "days: 3\nscheme: fera",
            "my.yaml, line 2: scheme: found fera; allowed: a preset (none, watched, credit-only, "
            "own-acts-only, press-sesame, fear) or a YAML file. Did you mean fear?",
        ),
        (
            "scheme: gone.yaml",
            "my.yaml, line 1: scheme: found gone.yaml: no such file; allowed: a file that exists.",
        ),
        (
            "scheme: none\npopulation: 3.5",
            "my.yaml, line 2: population: found 3.5; allowed: a whole number from 64 to "
            "8000000000.",
        ),
        (
            "scheme: none\nparameters:\n  weight_of_fear: 1\n  weight_of_feer: 1",
            "my.yaml, line 4: parameters.weight_of_feer: found an unknown name; allowed: a name "
            "of defaults.yaml. Did you mean weight_of_fear?",
        ),
        (
            "scheme: none\nparameters: {loss_aversion: -1}",
            "my.yaml, line 2: parameters.loss_aversion: found -1; allowed: a number from 0 to 20 "
            "(ratio).",
        ),
        (
            "scheme: none\nparameters:\n  opinion_circle_correlation: 1",
            "my.yaml, line 3: parameters.opinion_circle_correlation: found 1.05 together with "
            "opinion_city_correlation; allowed: at most 1 together.",
        ),
        (
            "scheme: none\nsociety: {kind: grahp}",
            "my.yaml, line 2: society.kind: found grahp; allowed: circles, graph. "
            "Did you mean graph?",
        ),
        (
            "scheme: none\nsociety:\n  kind: graph",
            "my.yaml, line 2: society.edges: found nothing; allowed: a file of integer pairs "
            "(in Python also a graph).",
        ),
        (
            "scheme: none\ntimeline:\n  reforms:\n  - day: 9\n    scheme: {base: 5000}",
            "my.yaml, line 5: timeline.reforms.0.scheme.base: found 5000; allowed: a score from "
            "0 to 1000.",
        ),
        (
            "scheme: none\ntimeline:\n  reforms:\n  - day: 9\n    scheme: {range: {low: 1}}",
            "my.yaml, line 5: timeline.reforms.0.scheme.range: found a new range; allowed: a "
            "reform that keeps the range.",
        ),
        (
            "scheme: none\ntimeline:\n  reforms:\n"
            "  - {day: 9, scheme: {}}\n  - {day: 9, scheme: {}}",
            "my.yaml, line 5: timeline.reforms.1.day: found 9; allowed: a day after 9.",
        ),
        (
            "scheme: none\ntimeline:\n  abolition: 9\n  reforms:\n  - {day: 9, scheme: {}}",
            "my.yaml, line 5: timeline.reforms.0.day: found 9; allowed: a day before the "
            "abolition (9).",
        ),
        (
            "population: 100",
            "my.yaml, line 1: scheme: found nothing; allowed: the name of a preset, a YAML file, "
            "or the scheme written out.",
        ),
        (
            "- press-sesame",
            "my.yaml, line 1: found a list; allowed: a mapping with scheme, population, days, "
            "seed, replicates, alone, society, timeline, measured, parameters.",
        ),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_line(
    text: str, message: str, tmp_path: Path
) -> None:
    assert said(tmp_path, text) == message


def test_a_fault_in_a_scheme_file_names_that_file(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("name: own\nbsae: 3\n")
    assert said(tmp_path, "scheme: own.yaml").startswith("own.yaml, line 2: bsae: found an unknown")


@pytest.mark.parametrize("word", ["pres-sesame", "press_sesame", "Press-Sesame"])
def test_a_misspelt_preset_is_not_taken_for_a_missing_file(word: str) -> None:
    with pytest.raises(BadInput, match="Did you mean press-sesame?"):
        Scenario.load(word)


def test_replace_reaches_every_depth_and_leaves_the_original() -> None:
    scenario = Scenario.load("press-sesame")
    changed = scenario.replace(
        {
            "scheme.friends.share": 0.1,
            "scheme.points.post.for": 5,
            "scheme.doors.loan.threshold": 700,
            "scheme.appeals.delay": 10,
            "timeline.spin_up": 0,
            "parameters.weight_of_fear": np.float64(0.5),
        },
        days=np.int64(30),
    )
    assert changed.scheme.friends.share == 0.1
    assert changed.scheme.friends.map
    assert changed.scheme.points.post.for_ == 5
    assert changed.scheme.points.post.against == scenario.scheme.points.post.against
    assert changed.scheme.doors["loan"].threshold == 700
    assert changed.scheme.doors["house"] == scenario.scheme.doors["house"]
    assert changed.scheme.appeals is not None
    assert changed.behaviour.weight_of_fear == 0.5
    assert (changed.days, scenario.days) == (30, 365)
    assert scenario == Scenario.load("press-sesame")


def test_replace_puts_another_scheme_in_place_and_changes_that() -> None:
    scenario = Scenario.load("none").replace({"scheme.base": 400}, scheme="fear")
    assert (scenario.scheme.name, scenario.scheme.base) == ("fear", 400)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"scheme.freinds.share": 1}, "scheme.freinds: found an unknown name"),
        ({"scheme.friends.share.x": 1}, "scheme.friends.share.x: found a part of share"),
        ({"dyas": 1}, "dyas: found an unknown name"),
        ({"days": "a year"}, "days: found a year; allowed: a whole number"),
        ({"society.kind": "city"}, "society.kind: found city"),
        ({"society": {"kind": "graph", "edges": 3}}, "society.edges: found 3; allowed: a file"),
        ({"scheme": None}, "scheme: found nothing; allowed: the name of a preset"),
        ({"": 1}, "found an unknown name"),
    ],
)
def test_a_wrong_change_is_refused_like_a_wrong_file(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(BadInput) as caught:
        Scenario.load("press-sesame").replace(changes)
    assert message in str(caught.value)


def test_enactments_follow_the_timeline_each_reform_upon_the_one_before() -> None:
    reforms = [
        {"day": 10, "scheme": {"friends": {"share": 0.1}, "doors": {"loan": None}}},
        {"day": 20, "scheme": {"friends": {"map": False}}},
    ]
    scenario = Scenario.load("press-sesame").replace(
        {"timeline.reforms": reforms, "timeline.abolition": 30}
    )
    steps = scenario.enactments()
    assert [step.day for step in steps] == [0, 10, 20, 30]
    assert [step.scheme.friends.share for step in steps] == [0.3, 0.1, 0.1, 0]
    assert [step.scheme.friends.map for step in steps] == [True, True, False, False]
    assert "loan" not in steps[2].scheme.doors
    assert steps[3].scheme.is_none()
    assert len({(step.scheme.range.low, step.scheme.range.high) for step in steps}) == 1


def test_a_graph_in_memory_is_checked_and_named_by_the_file_of_the_run(tmp_path: Path) -> None:
    scenario = Scenario.load("none").replace(society={"kind": "graph", "edges": [(4, 9), (9, 7)]})
    assert isinstance(scenario.society, Graph)
    edges = scenario.society.edge_list()
    assert edges.citizens == 3
    edges.frame().write_parquet(tmp_path / "edges.parquet")
    again = load(tmp_path, scenario.to_yaml())
    assert isinstance(again.society, Graph)
    assert again.society.edge_list() == edges
    assert "population" not in scenario.to_yaml()


FINITE = st.floats(0, 1, allow_subnormal=False)
CHANGES: dict[str, st.SearchStrategy[object]] = {
    "scheme": st.sampled_from(presets()),
    "scheme.friends.share": FINITE,
    "scheme.friends.aggregate": st.sampled_from(["mean", "weighted", "lowest", "lowest_k"]),
    "scheme.friends.map": st.booleans(),
    "scheme.title": st.text(max_size=100) | st.sampled_from(["\x85", "null", "3", "a: \u2028b"]),
    "scheme.points.post.for": st.floats(-100, 100),
    "scheme.doors.gate": st.fixed_dictionaries({"rank": FINITE}, optional={"width": st.just(3)}),
    "scheme.appeals": st.none() | st.just({"delay": 4, "success": 1}),
    "population": st.integers(64, 8_000_000_000),
    "seed": st.integers(0, 2**63 - 1),
    "timeline.abolition": st.none() | st.integers(1, 1000),
    "parameters": st.dictionaries(st.sampled_from(["weight_of_fear", "loss_aversion"]), FINITE),
}


@settings(max_examples=60, deadline=None)
@given(st.fixed_dictionaries({}, optional=CHANGES))
def test_any_scenario_written_out_loads_as_the_same(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[str, object]
) -> None:
    scenario = Scenario.load("press-sesame").replace(changes)
    assert load(tmp_path_factory.mktemp("yaml"), scenario.to_yaml()) == scenario
