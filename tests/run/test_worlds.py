"""Worlds from one past: what they share, and what the comparison of them comes to."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import glasshouse as gh
from glasshouse.run.result import Comparison, Run
from glasshouse.run.sample import chosen_citizens
from glasshouse.scenario import Scenario, preset

HERE = {"population": 128, "days": 4, "replicates": 1, "timeline": {"spin_up": 3}}


def rows(run: Run, world: str, measure: str | None = None) -> pl.DataFrame:
    found = run.measures.filter(pl.col("world") == world).drop("world")
    return found if measure is None else found.filter(pl.col("measure") == measure)


def test_every_world_has_the_same_past(small_comparison: Comparison) -> None:
    past = small_comparison.measures.filter(pl.col("day") < 0)
    worlds = past.partition_by("world", as_dict=True, include_key=False)
    assert len(worlds) == 3
    first, *others = worlds.values()
    assert all(first.equals(other) for other in others)


def test_a_world_does_not_depend_on_which_others_are_lived(
    small_run: Run, small_comparison: Comparison
) -> None:
    alone = gh.run(small_run.scenario.replace(alone=True), progress=False)
    here = small_run.manifest["digests"]["press-sesame"]
    assert alone.manifest["digests"]["press-sesame"] == here
    assert small_comparison.manifest["digests"]["press-sesame"] == here


def test_the_same_scenario_gives_the_same_digest_and_tables(small_run: Run) -> None:
    again = gh.run(small_run.scenario, progress=False)
    assert again.digest == small_run.digest
    assert again.measures.equals(small_run.measures)
    assert again.citizens.equals(small_run.citizens)
    other = gh.run(small_run.scenario.replace(seed=5), progress=False)
    assert other.digest != small_run.digest


def test_a_scheme_like_none_gives_the_measures_of_none() -> None:
    scheme = preset("none").model_copy(update={"name": "as-good-as-none"})
    run = gh.run(scheme, progress=False, **HERE)
    assert run.worlds == ["none", "as-good-as-none"]
    assert rows(run, "none").equals(rows(run, "as-good-as-none"))
    said = rows(run, "as-good-as-none", "dissent.said").filter(pl.col("day") == 3)
    assert said["value"].min() > 0
    for measure in ("chilling", "outcasts"):
        assert set(rows(run, "as-good-as-none", measure)["value"].drop_nulls()) == {0.0}


def test_alone_leaves_null_what_is_compared(small_run: Run) -> None:
    alone = gh.run("fear", alone=True, progress=False, **HERE)
    assert alone.worlds == ["fear"]
    for measure in ("chilling", "outcasts"):
        assert rows(alone, "fear", measure)["value"].null_count() > 0
        assert rows(alone, "fear", measure)["value"].drop_nulls().is_empty()
    assert alone.districts["outcasts"].null_count() == alone.districts.height


def test_reform_and_abolition_take_hold_on_their_day() -> None:
    timeline = {
        "spin_up": 2,
        "reforms": [{"day": 2, "scheme": {"coverage": {"public": 0, "message": 0}}}],
        "abolition": 4,
    }
    measured = {"every": 1, "structure_every": 100, "citizens": 4}
    run = gh.run("press-sesame", progress=False, **{**HERE, "days": 6, "timeline": timeline,
                                                    "measured": measured})  # fmt: skip
    diary = run.citizens.filter(pl.col("world") == "press-sesame")
    scored = diary.group_by("day").agg(pl.col("score").is_not_null().all()).sort("day")
    assert scored["score"].to_list() == [True] * 4 + [False] * 2
    ledgers = diary.explode("ledger").unnest("ledger")
    acts = ledgers.filter(pl.col("row").is_in(["post", "share", "like", "message"]))
    recorded = acts.filter(~pl.col("detail").str.contains("unrecorded"))
    assert set(recorded["day"]) == {0, 1}
    assert ledgers.filter(pl.col("day") >= 4)["row"].drop_nulls().is_empty()


def test_measuring_days_are_as_asked(small_run: Run) -> None:
    days = small_run.measures.filter(pl.col("measure") == "ties.mean")["day"].unique().sort()
    assert days.to_list() == [-3, 0, 3, 6, 7]
    structure = small_run.measures.filter(pl.col("measure") == "revolt.tips")["day"].unique()
    assert structure.sort().to_list() == [0, 6, 7]


def test_mobility_needs_a_score_of_thirty_days_before() -> None:
    run = gh.run(
        "press-sesame", progress=False, population=128, days=41, replicates=1, alone=True,
        timeline={"spin_up": 0}, measured={"every": 7, "structure_every": 1000, "citizens": 0},
    )  # fmt: skip
    found = rows(run, "press-sesame", "score.mobility").filter(pl.col("group") == "all")
    known = found.filter(pl.col("value").is_not_null())["day"].to_list()
    assert known == [35, 40]


def test_a_nation_without_a_spin_up_lives() -> None:
    run = gh.run("fear", progress=False, **{**HERE, "timeline": {"spin_up": 0}, "days": 1})
    assert run.measures["day"].unique().to_list() == [0]


def test_the_sample_spreads_over_kinds_of_people(small_run: Run) -> None:
    kinds = small_run.citizens.select("citizen", "group", "camp").unique()
    assert kinds["citizen"].n_unique() == 8
    assert kinds.group_by("group", "camp").len().height == 4
    assert set(small_run.citizens["seed"]) == {1}
    assert small_run.citizens.filter(pl.col("world") == "press-sesame").height == 8 * 8


def test_a_larger_sample_than_there_are_people_takes_everybody() -> None:
    from glasshouse.engine.nation import Nation

    nation = Nation.make(Scenario.load("none").replace(population=64), 1)
    everybody = [each.citizen for each in chosen_citizens(nation, 500)]
    assert everybody == list(range(64))
    assert chosen_citizens(nation, 0) == []


def test_districts_cover_everybody() -> None:
    run = gh.run("watched", progress=False, population=5000, days=1, replicates=1,
                 alone=True, timeline={"spin_up": 0})  # fmt: skip
    assert run.districts["citizens"].to_list() == [4096, 904]
    whole = (run.districts["ties_mean"] * run.districts["citizens"]).sum() / 5000
    assert whole == pytest.approx(run.last_values()["ties.mean"])


def test_a_graph_is_lived_and_kept(tmp_path: Path) -> None:
    ring = [(i, (i + 1) % 100) for i in range(100)]
    asked = Scenario.load("fear").replace(
        society={"kind": "graph", "edges": ring}, days=2, replicates=1, timeline={"spin_up": 1}
    )
    run = gh.run(asked, out=tmp_path / "ring", progress=False)
    assert run.manifest["population"] == 100
    again = gh.run(tmp_path / "ring" / "scenario.yaml", progress=False)
    assert again.digest == run.digest
