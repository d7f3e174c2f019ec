"""From lives to a page: the analysis in the folder, and the examples that ship."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars
import pytest

import glasshouse as gh
from glasshouse.lab.experiments.design import Experiment
from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.experiments.points import points_of
from glasshouse.lab.sensitivity import arm_differences, elementary_effects, report
from glasshouse.scenario.faults import BadInput
from tests.lab.sensitivity.studied import DESIGNS, studied
from tests.lab.sensitivity.written import BRIEF, asked, written

ROOT = Path(__file__).parents[3]


def test_lives_become_a_page_with_arms_and_structural_alternatives(tmp_path: Path) -> None:
    factors: dict[str, Any] = {
        "society": {"arms": {"circles": {}, "at random": {"placebo": "friends_drawn_anew"}}},
        "scheme.friends.aggregate": ["mean", "lowest"],
        "parameters.expression_by_distance": [0, 1],
        "society.slots": [32, 64],
        "scheme.friends.share": {"low": 0, "high": 0.5},
    }
    found = gh.experiment(
        {
            "name": "structure", "question": "What matters?", "scenario": BRIEF, "seeds": 2,
            "factors": factors, "design": {"kind": "morris", "samples": 2},
            "measures": ["dissent.said", "ties.mean"],
        },
        out=tmp_path / "there", workers=1,
    )  # fmt: skip
    assert not found.faults
    effects = elementary_effects(found, "ties.mean", arm={"society": "circles"})
    assert effects["trajectories"].to_list() == [2] * 4
    page = report(tmp_path / "there")
    assert page == tmp_path / "there" / "report.html"
    said = page.read_text(encoding="utf-8")
    for words in ("expression by distance", "friends: aggregate", "at random", "society: slots"):
        assert words in said
    again = report(Findings.load(tmp_path / "there"))
    assert again.read_text(encoding="utf-8") == said


def test_what_lives_in_memory_only_has_no_page() -> None:
    findings = written(asked(2, "morris", samples=2), lambda *_: 1.0)
    with pytest.raises(BadInput, match="memory only"):
        report(findings)


def test_an_experiment_without_a_finished_cell_has_no_page(tmp_path: Path) -> None:
    findings = studied(tmp_path, "one_at_a_time")
    findings.table = findings.table.clear()
    with pytest.raises(BadInput, match="no cell is finished"):
        report(findings)


def test_what_was_never_defined_is_named_and_left_out(tmp_path: Path) -> None:
    more = {"measures": ("chilling", "score.sd")}
    said = report(studied(tmp_path, "one_at_a_time", **more)).read_text(encoding="utf-8")
    assert "Never defined here, and so not shown: score.sd" in said


def test_arms_differ_by_the_mean_over_all_points(tmp_path: Path) -> None:
    experiment = asked(
        {"world": DESIGNS["morris"]["factors"]["world"], "parameters.weight_of_fear": "range"},
        "latin_hypercube", samples=5, seeds=3,
    )  # fmt: skip
    findings = written(
        experiment,
        lambda point, seed: 100.0 * seed + (4 if point.settings["world"] == "press" else 1),
    )
    row = arm_differences(findings, "chilling").row(0, named=True)
    assert (row["factor"], row["from"], row["to"]) == ("world", "none", "press")
    assert row["effect"] == pytest.approx(3) and row["low"] == pytest.approx(3)


@pytest.mark.parametrize("kind", list(DESIGNS))
def test_tables_have_one_shape_whatever_the_design(tmp_path: Path, kind: str) -> None:
    from glasshouse.lab.sensitivity import write_analysis
    from glasshouse.lab.sensitivity.writing import CURVE, EFFECT, INDEX

    folder = write_analysis(studied(tmp_path, kind))
    for name, schema in (("effects", EFFECT), ("curves", CURVE), ("indices", INDEX)):
        assert dict(polars.read_parquet_schema(folder / f"{name}.parquet")) == schema
    summary = polars.read_parquet(folder / "summary.parquet")
    assert set(summary["measure"]) >= {"chilling", "ties.mean"}


@pytest.mark.parametrize(
    ("name", "points"), [("sensitivity.yaml", 440), ("invariance-to-size.yaml", 5)]
)
def test_the_examples_are_experiments(name: str, points: int) -> None:
    experiment = Experiment.load(ROOT / "examples" / name)
    assert len(points_of(experiment)) == points
