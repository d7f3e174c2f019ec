"""An experiment's file: read, written, and whatever is wrong with it said in one message."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import glasshouse as gh
from glasshouse.lab.experiments.asked import asked_of
from glasshouse.lab.experiments.design import Experiment
from glasshouse.lab.experiments.points import points_of
from glasshouse.scenario import presets

TOP = "question: Why?\nscenario: press-sesame\n"
MINIMAL = TOP + "factors: {days: [10, 20]}\n"
number = st.floats(0, 1).map(lambda value: round(value, 6))
levels = st.lists(number, min_size=1, max_size=4, unique=True)
ranges = st.tuples(number, number).filter(lambda both: both[0] < both[1])
factor = st.one_of(
    levels, ranges.map(lambda both: {"low": both[0], "high": both[1], "log": both[0] > 0})
)
arms = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=5),
    st.fixed_dictionaries({"scheme.friends.map": st.booleans()}),
    min_size=1, max_size=3,
)  # fmt: skip


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


@settings(max_examples=40, deadline=None)
@given(
    factors=st.fixed_dictionaries(
        {"scheme.friends.share": factor, "parameters.weight_of_fear": factor},
        optional={"kept": arms.map(lambda each: {"arms": each})},
    ),
    kind=st.sampled_from(["factorial", "one_at_a_time", "latin_hypercube", "morris", "sobol"]),
    seeds=st.integers(1, 9),
)
def test_what_is_written_down_reads_as_the_same(
    tmp_path_factory: pytest.TempPathFactory, factors: dict[str, Any], kind: str, seeds: int
) -> None:
    asked = {"name": "x", "question": "Why?", "scenario": "fear", "factors": factors}
    ranged = any("low" in each for each in factors.values() if isinstance(each, dict))
    if kind == "factorial" and ranged:
        kind = "one_at_a_time"
    experiment = Experiment(**asked, design={"kind": kind, "samples": 4}, seeds=seeds)
    path = written(tmp_path_factory.getbasetemp() / "experiment.yaml", experiment.to_yaml())
    again = Experiment.load(path)
    assert again == experiment
    assert points_of(again) == points_of(experiment)
    numbers = [point.number for point in points_of(again)]
    assert numbers == list(range(len(numbers)))


def test_a_file_is_named_after_itself(tmp_path: Path) -> None:
    assert Experiment.load(written(tmp_path / "Fear & Doors.yaml", MINIMAL)).name == "fear---doors"
    assert Experiment.load(written(tmp_path / "2nd.yaml", MINIMAL)).name == "experiment-2nd"


def test_schemes_of_files_are_read_where_the_experiment_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path / "mine.yaml", "name: mine\nbase: 555\nstart: 555\n")
    path = written(tmp_path / "which.yaml", TOP + "factors: {scheme: [fear, mine.yaml]}\n")
    monkeypatch.chdir(tmp_path.parent)
    experiment, points = asked_of(path)
    assert [point.settings["scheme"] for point in points] == ["fear", "mine"]
    assert points[1].scenario.scheme.base == 555
    (tmp_path / "mine.yaml").unlink()
    again = Experiment.load(written(tmp_path / "again.yaml", experiment.to_yaml()))
    assert points_of(again)[1].scenario == points[1].scenario
    assert points_of(again)[1].settings == points[1].settings


def test_schemes_and_numbers_of_python_are_levels_too() -> None:
    import numpy as np

    scheme = gh.Scenario.load("fear").scheme
    asked = {"name": "x", "question": "Why?", "scenario": "fear"}
    experiment = Experiment(
        **asked,
        factors={"scheme": [scheme, "watched"], "parameters.weight_of_fear": np.linspace(0, 1, 3)},
    )
    assert [point.settings["scheme"] for point in points_of(experiment)][::3] == ["fear", "watched"]
    assert len(points_of(experiment)) == 6


BAD = {
    "factors: {scheme.freinds.share: [0]}": "Did you mean friends?",
    "factors: {scheme.friends.share: [0, 2]}": "line 3: factors.scheme.friends.share: found 2",
    "factors: {scheme.friends.share: [0, some]}": "found some",
    "factors: {scheme.friends.share: {low: 0, high: 1.5}}\ndesign: morris": "found 1.5",
    "factors: {scheme.friends.share: {low: 0.5, high: 0.1}}": "a number above low",
    "factors: {scheme.friends.share: {low: 0, high: 1, log: true}}": "a number above 0",
    "factors: {scheme.friends.share: {low: 0}}": "low and high",
    "factors: {scheme.friends.share: []}": "no level at all",
    "factors: {scheme.friends.share: {}}": "no level at all",
    "factors: {scheme.friends.share: {arms: {}}}": "no level at all",
    "factors: {scheme.friends.share: [0, 0.0]}": "0 twice",
    "factors: {scheme.friends.share: 0.3}": "factors.scheme.friends.share",
    "factors: {}": "factors: found",
    "seeds: 2": "factors: found nothing",
    "factors: {parameters.weight_of_feer: range}": "Did you mean parameters.weight_of_fear?",
    "factors: {scheme: [fear, wached]}": "Did you mean watched?",
    "factors: {scheme: [nowhere.yaml]}": "no such file",
    "factors: {seed: [1, 2]}": "seeds, a field of the experiment itself",
    "factors: {measured.every: [1, 2]}": "at, a field of the experiment itself",
    "factors: {value: {arms: {a: {days: 3}}}}": "no column of the table",
    "factors: {society: [{kind: graph, edges: x.csv}]}": "a graph",
    "factors: {days: [10, 20]}\nseeds: 0": "seeds: found 0",
    "factors: {days: [10, 20]}\nat: [365]": "at.0: found 365; allowed: a day from 0 to 364",
    "factors: {days: [10, 20]}\nat: [-1]": "at.0: found -1",
    "factors: {days: [10, 20]}\nmeasures: [chiling]": "Did you mean chilling?",
    "factors: {days: [10, 20]}\ndesign: factoral": "Did you mean factorial?",
    "factors: {days: [10, 20]}\ndesign: {kind: sobol, samples: 10}": "a power of 2",
    "factors: {days: {low: 10, high: 20}}": "levels for a factorial design",
    "factors: {days: {low: 10, high: 20.5}}\ndesign: morris": "days",
    "factors: {days: [10, 20]}\nstop: {measure: chilling, half_width: 0}": "half_width",
    "factors: {days: [10, 20]}\nstop: {measure: chiling, half_width: 1}": "Did you mean chilling?",
    "factors: {days: [10, 20]}\nstop: {measure: chilling, half_width: 1, most: 3}": "stop.most",
    "factors: {days: [10, 20]}\nfactor: 3": "Did you mean factors?",
}


@pytest.mark.parametrize("text", BAD)
def test_bad_input_is_one_message_with_its_place(tmp_path: Path, text: str) -> None:
    path = written(tmp_path / "bad.yaml", TOP + text + "\n")
    with pytest.raises(gh.BadInput) as caught:
        asked_of(path)
    said = str(caught.value)
    assert BAD[text] in said
    assert str(path) in said
    assert "\n" not in said


@pytest.mark.parametrize("text", ["scheme: fear\ndays: 30\n", "name: mine\nbase: 500\n"])
def test_a_scenario_or_a_scheme_is_no_experiment(tmp_path: Path, text: str) -> None:
    with pytest.raises(gh.BadInput, match="found a s[a-z]+; allowed: an experiment"):
        asked_of(written(tmp_path / "my.yaml", text))


@pytest.mark.parametrize(
    "asked", [3, {"question": "Why?"}, {"name": "x", "question": "?", "scenario": 3, "factors": {}}]
)
def test_what_is_no_experiment_at_all_is_said(asked: Any) -> None:
    with pytest.raises(gh.BadInput):
        gh.experiment(asked)


def test_every_preset_may_be_varied() -> None:
    asked = {"name": "x", "question": "?", "scenario": "none"}
    points = points_of(Experiment(**asked, factors={"scheme": list(presets())}))
    assert [point.scenario.scheme.name for point in points] == list(presets())


def test_the_whole_is_changed_before_its_parts_whatever_the_order() -> None:
    asked = {"name": "x", "question": "?", "scenario": "none"}
    names = ["scheme.friends.share", "scheme"]
    levels = {"scheme.friends.share": [0.1], "scheme": ["press-sesame", "fear"]}
    for order in (names, names[::-1]):
        points = points_of(Experiment(**asked, factors={name: levels[name] for name in order}))
        shares = [
            (each.scenario.scheme.name, each.scenario.scheme.friends.share) for each in points
        ]
        assert shares == [("press-sesame", 0.1), ("fear", 0.1)]


def test_one_at_a_time_leaves_the_others_as_they_are() -> None:
    asked = {"name": "x", "question": "?", "scenario": "press-sesame", "design": "one_at_a_time"}
    experiment = Experiment(**asked, factors={"scheme.friends.share": [0, 0.5], "days": [10]})
    points = points_of(experiment)
    assert [(point.varied, *point.settings.values()) for point in points] == [
        ("scheme.friends.share", 0.0, 365.0),
        ("scheme.friends.share", 0.5, 365.0),
        ("days", 0.3, 10.0),
    ]


@pytest.mark.parametrize("workers", [0, -1, 2.5, True, 5000, "two"])
def test_workers_are_a_number_of_some(workers: Any) -> None:
    asked = {"name": "x", "question": "?", "scenario": "fear", "factors": {"days": [1]}}
    with pytest.raises(gh.BadInput, match="workers: found"):
        gh.experiment(asked, workers=workers)


@pytest.mark.parametrize("on", ["lokal", "ray:auto", "local=3", ""])
def test_a_place_that_is_none_is_said(on: str) -> None:
    asked = {"name": "x", "question": "?", "scenario": "fear", "factors": {"days": [1]}}
    with pytest.raises(gh.BadInput, match="on: found"):
        gh.experiment(asked, on=on)
