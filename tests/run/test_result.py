"""A run as data frames: last values, intervals, differences, notebooks, and reading it back."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import polars as pl
import pytest
from scipy import stats

import glasshouse as gh
from glasshouse.run.result import Comparison, Run, with_intervals
from glasshouse.scenario import BadInput


def values(run: Run, world: str, measure: str) -> list[float]:
    found = run.measures.filter(
        pl.col("world") == world,
        pl.col("measure") == measure,
        pl.col("group") == "all",
        pl.col("day") == pl.col("day").max(),
    )
    return found.sort("seed")["value"].to_list()


def test_intervals_are_students_over_seeds() -> None:
    numbers = [1.0, 2.5, 4.0, 3.0]
    frame = pl.DataFrame({"world": "w", "measure": "ties.mean", "value": numbers})
    row = with_intervals(frame).row(0, named=True)
    error = stats.sem(numbers)
    low, high = stats.t.interval(0.95, 3, loc=sum(numbers) / 4, scale=error)
    assert (row["low"], row["high"]) == pytest.approx((low, high))
    assert row["seeds"] == 4


def test_one_seed_has_a_mean_and_no_interval() -> None:
    frame = pl.DataFrame({"world": "w", "measure": "ties.mean", "value": [3.0, None]})
    row = with_intervals(frame).row(0, named=True)
    assert (row["mean"], row["low"], row["high"], row["seeds"]) == (3.0, None, None, 1)


def test_what_is_undefined_for_every_seed_is_none() -> None:
    frame = pl.DataFrame(
        {"world": "w", "measure": "chilling", "value": [None, None]},
        schema_overrides={"value": pl.Float64},
    )
    row = with_intervals(frame).row(0, named=True)
    assert (row["mean"], row["low"], row["seeds"]) == (None, None, 0)


def test_the_summary_is_the_last_day_over_seeds(small_run: Run) -> None:
    row = small_run.summary().filter(
        pl.col("world") == "press-sesame", pl.col("measure") == "score.mean"
    )
    assert row["mean"][0] == pytest.approx(sum(values(small_run, "press-sesame", "score.mean")) / 2)
    assert row["low"][0] < row["mean"][0] < row["high"][0]
    assert row["unit"][0] == "points"
    groups = [small_run.summary(group)["mean"].drop_nulls().sum() for group in ("all", "minority")]
    assert not math.isclose(*groups)


def test_differences_are_paired_by_seed(small_comparison: Comparison) -> None:
    found = small_comparison.differences("watched").filter(
        pl.col("world") == "press-sesame", pl.col("measure") == "dissent.said"
    )
    here = values(small_comparison, "press-sesame", "dissent.said")
    there = values(small_comparison, "watched", "dissent.said")
    differences = [a - b for a, b in zip(here, there, strict=True)]
    assert found["mean"][0] == pytest.approx(sum(differences) / 2)
    low, _ = stats.t.interval(0.95, 1, loc=found["mean"][0], scale=stats.sem(differences))
    assert found["low"][0] == pytest.approx(low)
    with pytest.raises(BadInput, match="nowhere"):
        small_comparison.differences("nowhere")


def test_a_folder_reads_back_as_the_same_run(small_run: Run, folder: Path) -> None:
    read = Run.load(folder)
    assert read.digest == small_run.digest
    assert read.measures.equals(small_run.measures)
    assert read.citizens.equals(small_run.citizens)
    assert read.districts.equals(small_run.districts)
    assert read.scenario == small_run.scenario
    assert read.scheme("none").is_none()


def test_a_comparison_reads_back_with_its_schemes(tmp_path: Path) -> None:
    out = tmp_path / "both"
    gh.compare(["watched", "fear"], out=out, population=64, days=1, replicates=1,
               timeline={"spin_up": 0}, progress=False)  # fmt: skip
    read = Run.load(out)
    assert isinstance(read, Comparison)
    assert read.worlds == ["none", "watched", "fear"]
    assert read.scheme("fear").sanctions.chance > 0
    assert read.scheme("watched").sanctions.chance == 0


def test_notebook_view_is_a_table_that_cannot_be_written_into(small_run: Run) -> None:
    html = small_run._repr_html_()
    assert html.count("<th ") == html.count("</th>")
    assert "chilling" in html and "press-sesame" in html
    small = Run(
        small_run.scenarios,
        {**small_run.manifest, "id": "<script>"},
        small_run.tables,
    )
    assert "<script>" not in small._repr_html_()


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda folder: shutil.rmtree(folder), "no such folder"),
        (lambda folder: (folder / "manifest.json").unlink(), "without a run"),
        (lambda folder: (folder / "manifest.json").write_text("{"), "damaged manifest"),
        (lambda folder: (folder / "manifest.json").write_text("[1]"), "damaged manifest"),
        (lambda folder: (folder / "manifest.json").write_bytes(b"\xff\xfe"), "damaged manifest"),
        (lambda folder: (folder / "measures.parquet").unlink(), "no such file"),
        (lambda folder: (folder / "measures.parquet").write_bytes(b"PAR1"), "damaged file"),
        (
            lambda folder: shutil.copy(folder / "districts.parquet", folder / "measures.parquet"),
            "other columns",
        ),
        (lambda folder: (folder / "scenario.yaml").unlink(), "no such file"),
        (lambda folder: (folder / "scenario.yaml").write_text("days: x"), "days"),
    ],
)
def test_a_damaged_folder_is_one_clear_message(
    folder: Path, tmp_path: Path, damage: object, message: str
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    damage(copy)  # type: ignore[operator]
    with pytest.raises(BadInput, match=message) as caught:
        Run.load(copy)
    assert "\n" not in str(caught.value)


def test_a_file_is_no_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="a file"):
        Run.load(tmp_path / "file")
