"""The verbs run and compare."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from glasshouse.run.result import Run

Command = Callable[..., Any]
TINY = ["--population", "64", "--days", "2", "--replicates", "1", "--set", "timeline.spin_up=1"]
ASKED_FOR = (
    *("score.mean", "score.sd", "door.loan.open", "dissent.said", "dissent.held", "chilling"),
    *("falsification", "ties.mean", "ties.cut", "ties.cut.kin", "outcasts"),
    *("assortativity.score", "assortativity.opinion", "reading.hill1", "score.gini"),
    *("score.from_friends", "loss.innocent", "loss.misclassified", "acts.recorded"),
    *("staff_hours", "revolt.active", "revolt.tips"),
)


def test_json_is_one_object_and_nothing_else(glasshouse: Command, tmp_path: Path) -> None:
    ended = glasshouse("run", "press-sesame", *TINY, "--out", "here", "--json")
    assert ended.code == 0
    said = ended.json
    assert list(said) == [
        *("run", "population", "days", "seed", "digest"),
        *("citizen_days_per_second", "bytes_per_citizen", "measures"),
    ]
    assert (said["population"], said["days"], said["seed"]) == (64, 2, 1)
    assert said["citizen_days_per_second"] > 0 and said["bytes_per_citizen"] > 0
    assert set(ASKED_FOR) <= set(said["measures"])
    assert all(value is None or isinstance(value, float) for value in said["measures"].values())
    assert Run.load(tmp_path / said["run"]).digest == said["digest"]


def test_alone_leaves_what_is_compared_null(glasshouse: Command) -> None:
    measures = glasshouse("run", "fear", *TINY, "--alone", "--json").json["measures"]
    assert measures["chilling"] is None
    assert measures["outcasts"] is None
    assert measures["dissent.said"] is not None


def test_a_run_names_its_own_folder(glasshouse: Command, tmp_path: Path) -> None:
    for number in (1, 2):
        ended = glasshouse("run", "fear", *TINY)
        assert ended.code == 0
        folder = tmp_path / "runs" / f"fear-64-seed1-{number}"
        assert str(folder.relative_to(tmp_path) / "report.html") in ended.out
        assert json.loads((folder / "manifest.json").read_text())["id"] == folder.name
        assert (folder / "report.html").read_text().startswith("<!")


def test_progress_is_quiet_where_nobody_looks(glasshouse: Command) -> None:
    assert glasshouse("run", "none", *TINY).err == ""


@pytest.mark.parametrize("many", ["1e2", "100", "1_00"])
def test_large_numbers_may_be_written_as_people_write_them(glasshouse: Command, many: str) -> None:
    said = glasshouse("run", "none", *TINY[2:], "--population", many, "--json").json
    assert said["population"] == 100


def test_options_reach_the_scenario(glasshouse: Command, tmp_path: Path) -> None:
    words = ["--seed", "9", "--every", "1", "--set", "scheme.base=700", "--set",
             "parameters.weight_of_fear=0.9"]  # fmt: skip
    assert glasshouse("run", "press-sesame", *TINY, *words, "--out", "here", "--json").code == 0
    run = Run.load(tmp_path / "here")
    assert run.seeds == [9]
    assert run.scenario.scheme.base == 700
    assert run.scenario.behaviour.weight_of_fear == 0.9
    assert set(run.measures["day"]) == {-1, 0, 1}


def test_comparing_lives_every_scheme_beside_none(glasshouse: Command, tmp_path: Path) -> None:
    ended = glasshouse("compare", "watched", "fear", *TINY, "--out", "both", "--json")
    assert ended.code == 0
    said = ended.json
    assert list(said["worlds"]) == ["none", "watched", "fear"]
    assert said["measures"] == said["worlds"]["fear"]
    assert said["worlds"]["none"]["chilling"] == 0
    assert set(pl.read_parquet(tmp_path / "both" / "measures.parquet")["world"]) == {
        *("none", "watched", "fear")
    }


def test_a_comparison_prints_a_column_for_each_world(glasshouse: Command) -> None:
    ended = glasshouse("compare", "watched", "none", *TINY)
    assert ended.code == 0
    assert "watched" in ended.out and "chilling" in ended.out
    assert "comparison-64-seed1-1" in ended.out


def test_results_are_never_written_over(glasshouse: Command) -> None:
    assert glasshouse("run", "none", *TINY, "--out", "here").code == 0
    ended = glasshouse("run", "none", *TINY, "--out", "here", "--json")
    assert ended.code == 2
    assert "an earlier run" in ended.err
    assert ended.out == ""


def test_its_own_scenario_file_gives_the_same_run(glasshouse: Command) -> None:
    first = glasshouse("run", "press-sesame", *TINY, "--out", "first", "--json").json
    second = glasshouse("run", "first/scenario.yaml", "--out", "second", "--json").json
    assert second["digest"] == first["digest"]
    assert second["measures"] == first["measures"]
