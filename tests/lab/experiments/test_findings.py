"""Means, intervals and contrasts, against a plain calculation on a table made by hand."""

from __future__ import annotations

import math
import statistics
from pathlib import Path

import numpy as np
import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t as student

import glasshouse as gh
from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.experiments.points import points_of
from tests.lab.experiments.tiny import experiment

SHARE, MAP = "scheme.friends.share", "scheme.friends.map"
ASKED = experiment(factors={SHARE: [0, 0.3], MAP: [True, False]}, seeds=5, at=[0])
LAST = ASKED.scenario.days - 1
values_of_cells = st.lists(
    st.lists(st.one_of(st.none(), st.floats(-10, 10)), min_size=5, max_size=5),
    min_size=4, max_size=4,
)  # fmt: skip


def by_hand(values: list[list[float | None]]) -> Findings:
    """Findings of 2 x 2 points and 5 seeds with these values on the last day."""
    points = points_of(ASKED)
    rows = [
        {
            "cell": f"{point.number}-{seed}", "point": point.number, "seed": seed + 1,
            **point.settings, "day": day, "measure": measure, "group": group,
            "value": value if (day, measure, group) == (LAST, "chilling", "all") else 99.0,
        }
        for point, of_point in zip(points, values, strict=True)
        for seed, value in enumerate(of_point)
        for day in (0, LAST)
        for measure in ("chilling", "outcasts")
        for group in ("all", "minority")
    ]  # fmt: skip
    return Findings(ASKED, points, polars.DataFrame(rows, infer_schema_length=None), Path())


def assert_interval(mean: float | None, low: float | None, known: list[float]) -> None:
    if not known:
        assert mean is None
        return
    assert mean is not None and math.isclose(mean, statistics.mean(known), abs_tol=1e-9)
    if len(known) > 1:
        reach = student.ppf(0.975, len(known) - 1) * statistics.stdev(known) / len(known) ** 0.5
        assert low is not None and math.isclose(mean - low, reach, rel_tol=1e-6, abs_tol=1e-6)


@settings(max_examples=40, deadline=None)
@given(values_of_cells)
def test_a_summary_is_means_over_seeds(values: list[list[float | None]]) -> None:
    for row in by_hand(values).summary(["chilling"]).to_dicts():
        known = [value for value in values[row["point"]] if value is not None]
        assert row["seeds"] == len(known)
        assert_interval(row["mean"], row["low"], known)


@settings(max_examples=40, deadline=None)
@given(values_of_cells)
def test_a_contrast_is_the_mean_over_seeds_of_differences_of_pairs(
    values: list[list[float | None]],
) -> None:
    found = by_hand(values)
    settings_of = [(point.settings[SHARE], point.settings[MAP]) for point in found.points]
    by_seed = []
    for seed in range(5):
        pairs = [
            [values[settings_of.index((share, word))][seed] for share in (0.3, 0.0)]
            for word in ("true", "false")
        ]
        known = [here - there for here, there in pairs if here is not None and there is not None]
        if known:
            by_seed.append(statistics.mean(known))
    contrast = found.contrast("chilling", {SHARE: 0.3}, {SHARE: 0})
    assert contrast.seeds == len(by_seed)
    assert_interval(contrast.mean, contrast.low, by_seed)


def test_what_all_points_of_a_seed_have_in_common_leaves_a_contrast_alone() -> None:
    noise = np.random.default_rng(1).normal(0, 100, 5)
    values = [[float(each + (0.25 if point > 1 else 0)) for each in noise] for point in range(4)]
    contrast = by_hand(values).contrast("chilling", {SHARE: 0.3}, {SHARE: 0})
    assert contrast.mean == pytest.approx(0.25) and contrast.low == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        ({"scheme.friends.shar": 1}, {"scheme.friends.shar": 0}, f"Did you mean {SHARE}?"),
        ({SHARE: 0.2}, {SHARE: 0}, "those of a point"),
        ({SHARE: 0.3}, {MAP: True}, "on one side only"),
    ],
)
def test_settings_that_no_point_has_are_said(
    here: dict[str, object], there: dict[str, object], said: str
) -> None:
    with pytest.raises(gh.BadInput) as caught:
        by_hand([[0.0] * 5] * 4).contrast("chilling", here, there)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"measure": "chiling"}, "Did you mean chilling?"),
        ({"measure": "chilling", "group": "everybody"}, "group: found everybody"),
        ({"measure": "chilling", "day": 7}, f"day: found 7; allowed: 0, {LAST}"),
    ],
)
def test_what_nobody_measured_is_said(asked: dict[str, object], said: str) -> None:
    with pytest.raises(gh.BadInput) as caught:
        by_hand([[0.0] * 5] * 4).values(**asked)  # type: ignore[arg-type]
    assert said in str(caught.value)


def test_a_folder_without_an_experiment_is_said(tmp_path: Path) -> None:
    with pytest.raises(gh.BadInput, match="no such file"):
        Findings.load(tmp_path)


def test_findings_say_what_they_are(found: gh.Findings) -> None:
    assert repr(found) == "<Findings tiny: 2 points, 4 cells>"
    assert "chilling" in found._repr_html_()
