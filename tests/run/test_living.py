"""Seed after seed: what is kept when a run ends early, and what the manifest says."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from glasshouse.run.living import Interrupted, live
from glasshouse.run.plan import Plan, plan_of_run
from glasshouse.run.progress import Quiet
from glasshouse.run.result import Run
from glasshouse.scenario import Scenario, default_parameters


class StopsAfter(Quiet):
    """Breaks off after some days, the way Ctrl-C or a fault would."""

    def __init__(self, days: int, fault: type[BaseException]) -> None:
        self.days, self.fault = days, fault

    def day(self) -> None:
        self.days -= 1
        if self.days < 0:
            raise self.fault("stopped")


def plan() -> Plan:
    timeline = {"spin_up": 1}
    return plan_of_run(
        Scenario.load("fear").replace(population=64, days=2, replicates=3, timeline=timeline)
    )


def test_an_interrupted_run_keeps_finished_seeds_and_says_so(tmp_path: Path) -> None:
    asked = plan()
    watcher = StopsAfter(asked.days_lived * 2 + 1, KeyboardInterrupt)
    with pytest.raises(Interrupted) as caught:
        live(asked, watcher, run_id="x", folder=tmp_path)
    assert caught.value.run.seeds == [1, 2]
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["state"] == "interrupted"
    assert manifest["seeds"] == [1, 2]
    assert manifest["seeds_asked"] == [1, 2, 3]
    assert set(pl.read_parquet(tmp_path / "measures.parquet")["seed"]) == {1, 2}
    assert Run.load(tmp_path).last_values()["dissent.held"] is not None


def test_a_run_interrupted_at_once_still_leaves_a_readable_folder(tmp_path: Path) -> None:
    with pytest.raises(Interrupted):
        live(plan(), StopsAfter(0, KeyboardInterrupt), run_id="x", folder=tmp_path)
    run = Run.load(tmp_path)
    assert run.seeds == []
    assert run.digest is None
    assert run.summary().is_empty()
    assert "0 seeds" in repr(run)


def test_a_failed_run_is_marked_as_failed(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError):
        live(plan(), StopsAfter(6, RuntimeError), run_id="x", folder=tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["state"] == "failed"
    assert manifest["seeds"] == [1]


def test_a_killed_run_leaves_the_seeds_it_had_finished(tmp_path: Path) -> None:
    seen: list[dict[str, object]] = []

    class Looks(Quiet):
        def begins(self, what: str) -> None:
            if what.startswith("seed 2, making"):
                seen.append(json.loads((tmp_path / "manifest.json").read_text()))
                seen.append({"rows": pl.read_parquet(tmp_path / "measures.parquet").height})

    live(plan(), Looks(), run_id="x", folder=tmp_path)
    assert seen[0]["state"] == "running"
    assert seen[0]["seeds"] == [1]
    assert seen[1]["rows"]


def test_the_manifest_lets_a_reader_believe_and_repeat(small_run: Run) -> None:
    manifest = small_run.manifest
    assert manifest["state"] == "finished"
    assert manifest["population"] == 256
    assert manifest["citizen_days"] == 256 * (4 + 8 + 8) * 2
    assert manifest["citizen_days_per_second"] > 0
    assert manifest["bytes_per_citizen"] > 8
    grades = manifest["evidence"]["by_parameter"]
    assert set(grades) == set(default_parameters()._fields)
    assert sum(manifest["evidence"]["count"].values()) == len(grades)
    assert set(manifest["digests"]) == {"none", "press-sesame"}
    assert manifest["machine"]["packages"]["numba"]
    assert Scenario.load(small_run.folder / "scenario.yaml") == small_run.scenario  # type: ignore[operator]
