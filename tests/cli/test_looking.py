"""The verbs that look without living: schemes, show, structure, schema, odd, doctor, explain."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from glasshouse.run.result import Run
from glasshouse.scenario import Scenario, presets

Command = Callable[..., Any]


def test_schemes_are_listed_with_their_titles(glasshouse: Command) -> None:
    lines = glasshouse("schemes").out.splitlines()
    assert [line.split()[0] for line in lines] == list(presets())
    assert set(glasshouse("schemes", "--json").json) == set(presets())


def test_what_is_shown_can_be_run(glasshouse: Command, tmp_path: Path) -> None:
    shown = glasshouse("show", "press-sesame", "--days", "30")
    assert shown.code == 0
    (tmp_path / "mine.yaml").write_text(shown.out)
    assert Scenario.load(tmp_path / "mine.yaml") == Scenario.load("press-sesame").replace(days=30)
    assert glasshouse("show", "mine.yaml").out == shown.out
    assert glasshouse("show", "fear", "--json").json["scheme"]["name"] == "fear"


def test_structure_is_a_table_or_json(glasshouse: Command) -> None:
    words = ("structure", "--population", "500")
    assert "clustering" in glasshouse(*words).out
    found = glasshouse(*words, "--json").json
    assert found["living"]["citizens"] == 500


def test_schemas_are_json_schemas(glasshouse: Command) -> None:
    for what in ("scenario", "scheme", "experiment"):
        schema = json.loads(glasshouse("schema", what).out)
        assert schema["type"] == "object"
        assert "properties" in schema


def test_the_odd_document_is_printed(glasshouse: Command) -> None:
    ended = glasshouse("odd")
    assert ended.code == 0
    assert ended.out.startswith("#")


def test_the_doctor_says_what_there_is(glasshouse: Command) -> None:
    found = glasshouse("doctor", "--json").json
    assert {"glasshouse", "python", "numba", "cores", "memory", "compiled loops"} <= set(found)
    assert "citizen-days a second" in glasshouse("doctor").out


def test_explaining_a_sampled_citizen(glasshouse: Command, kept: Path) -> None:
    citizen = str(Run.load(kept).citizens["citizen"][0])
    ended = glasshouse("explain", str(kept), citizen, "--day", "1")
    assert ended.code == 0 and ended.err == ""
    assert "forgetting" in ended.out and "change" in ended.out
    said = glasshouse("explain", str(kept), citizen, "--json").json
    assert said["day"] == 1
    assert sum(round(row["amount"] * 1e6) for row in said["ledger"]) == round(said["change"] * 1e6)


def test_explaining_anybody_else_says_the_time_first(glasshouse: Command, kept: Path) -> None:
    sampled = set(Run.load(kept).citizens["citizen"])
    citizen = next(str(each) for each in range(64) if each not in sampled)
    ended = glasshouse("explain", str(kept), citizen, "--day", "0", "--json")
    assert ended.code == 0
    assert "living 2 days of 64 citizens again" in ended.err
    assert str(ended.json["citizen"]) == citizen


def test_explaining_who_is_not_there(glasshouse: Command, kept: Path) -> None:
    for words, field in (
        (["64"], "citizen"),
        (["-1"], "citizen"),
        (["someone"], "citizen"),
        (["1", "--day", "2"], "day"),
        (["1", "--day", "x"], "--day"),
        (["1", "--world", "pres-sesame"], "world"),
        (["1", "--seed", "4"], "seed"),
    ):
        ended = glasshouse("explain", str(kept), *words)
        assert ended.code == 2 and ended.out == ""
        assert ended.err.startswith(f"glasshouse: {field}: found")
