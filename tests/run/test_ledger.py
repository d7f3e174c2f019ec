"""Any citizen's any day: the rows sum to the change, stored or lived again."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

import glasshouse as gh
from glasshouse.run.result import Run
from glasshouse.scenario import BadInput


def test_stored_ledgers_sum_to_the_change_exactly(small_run: Run) -> None:
    diary = small_run.citizens.filter(pl.col("world") == "press-sesame")
    for row in diary.iter_rows(named=True):
        whole = [round(each["amount"] * 1e6) for each in row["ledger"]]
        assert sum(whole) == round(row["change"] * 1e6)
        assert row["change"] == sum(whole) / 1e6


def test_scores_move_by_the_change_and_nothing_else(small_run: Run) -> None:
    diary = small_run.citizens.filter(pl.col("world") == "press-sesame").sort("citizen", "day")
    start = small_run.scenario.scheme.first_score()
    for _, days in diary.group_by("citizen", maintain_order=True):
        scores = [start, *days["score"].to_list()]
        for before, after, change in zip(scores, scores[1:], days["change"], strict=False):
            assert math.isclose(before + change, after, abs_tol=1e-9)


def test_a_stored_day_comes_at_once(small_run: Run) -> None:
    citizen = small_run.citizens["citizen"][0]
    said: list[str] = []
    found = gh.explain(small_run, citizen, 5, say=said.append)
    assert said == []
    assert found.before is not None and found.after is not None
    assert found.change == pytest.approx(found.after - found.before)
    assert found.frame["amount"].sum() == pytest.approx(found.change)


def test_anybody_else_is_lived_again_and_told_the_time_first(small_run: Run) -> None:
    sampled = set(small_run.citizens["citizen"])
    citizen = next(each for each in range(256) if each not in sampled)
    said: list[str] = []
    found = gh.explain(small_run, citizen, 7, say=said.append, progress=False)
    assert len(said) == 1 and "12 days" in said[0] and " s" in said[0]
    assert sum(round(row.amount * 1e6) for row in found.rows) == round(found.change * 1e6)


def test_living_again_gives_what_was_stored(small_run: Run) -> None:
    citizen = small_run.citizens["citizen"][3]
    stored = gh.explain(small_run, citizen, 6)
    tables = replace(small_run.tables, citizens=small_run.citizens.clear())
    forgetful = Run(small_run.scenarios, small_run.manifest, tables)
    again = gh.explain(forgetful, citizen, 6, say=lambda _: None, progress=False)
    assert again == stored


def test_with_no_scheme_there_is_no_score(small_run: Run) -> None:
    citizen = small_run.citizens["citizen"][0]
    for who in (citizen, citizen + 1):
        found = gh.explain(small_run, who, 2, world="none", say=lambda _: None, progress=False)
        assert found.after is None and found.rows == [] and found.change == 0
        assert "no score" in found.title()


def test_other_seeds_are_lived_again(small_run: Run) -> None:
    quiet = {"say": lambda _: None, "progress": False}
    first = gh.explain(small_run, 17, 3, seed=1, **quiet)  # type: ignore[arg-type]
    second = gh.explain(small_run, 17, 3, seed=2, **quiet)  # type: ignore[arg-type]
    assert first.rows != second.rows


def test_a_ledger_has_a_notebook_view_and_plain_values(small_run: Run) -> None:
    found = gh.explain(small_run, small_run.citizens["citizen"][0], 5)
    assert "forgetting" in found._repr_html_()
    plain = found.as_dict()
    assert plain["day"] == 5
    assert plain["ledger"][-1]["row"] == "rounding"


def test_living_again_begins_with_the_nearest_moment_that_is_kept(tmp_path: Path) -> None:
    asked = gh.Scenario.load("press-sesame").replace(
        population=128, days=9, replicates=1, timeline={"spin_up": 5}
    )
    run = gh.run(asked, out=tmp_path / "run", checkpoint_every=0, progress=False)
    forgetful = gh.run(asked.replace({"measured.citizens": 0}), progress=False)
    assert run.folder is not None and (run.folder / "checkpoints").exists()
    sampled = set(run.citizens["citizen"])
    citizen = next(each for each in range(128) if each not in sampled)
    # Checkpoints are of the eves of the last two days, and of the eve of the introduction.
    for day, world, days in ((8, None, 1), (6, None, 7), (8, "none", 9)):
        said: list[str] = []
        found = gh.explain(run, citizen, day, world=world, say=said.append, progress=False)
        assert f"living {days} days" in said[0]
        whole = gh.explain(forgetful, citizen, day, world=world, say=lambda _: None, progress=False)
        assert found == whole
    for path in (run.folder / "checkpoints").rglob("records-*"):
        path.write_bytes(b"")
    found = gh.explain(run, citizen, 8, say=lambda _: None, progress=False)
    assert found == gh.explain(forgetful, citizen, 8, say=lambda _: None, progress=False)


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ({"citizen": 256, "day": 0}, "citizen"),
        ({"citizen": -1, "day": 0}, "citizen"),
        ({"citizen": "x", "day": 0}, "citizen"),
        ({"citizen": 1, "day": 8}, "day"),
        ({"citizen": 1, "day": -1}, "day"),
        ({"citizen": 1, "day": 1, "world": "press-sesam"}, "world"),
        ({"citizen": 1, "day": 1, "seed": 9}, "seed"),
    ],
)
def test_who_or_what_is_not_there_is_named(
    small_run: Run, question: dict[str, object], field: str
) -> None:
    with pytest.raises(BadInput) as caught:
        gh.explain(small_run, **question)  # type: ignore[arg-type]
    assert caught.value.field == field
    assert caught.value.nearest == ("press-sesame" if field == "world" else "")
