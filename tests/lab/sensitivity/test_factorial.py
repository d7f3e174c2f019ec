"""Main effects, interactions and curves, on paired draws."""

from __future__ import annotations

import numpy as np
import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.lab.experiments.points import Point
from glasshouse.lab.sensitivity import changes, curves, main_effects
from glasshouse.scenario.faults import BadInput
from tests.lab.sensitivity.written import NAMES, asked, written

FEAR, DOORS = NAMES[:2]
WORLDS = {"arms": {"none": {"scheme": "none"}, "press": {"scheme": "press-sesame"}}}
GRID = {FEAR: [0.1, 0.5], DOORS: [0.2, 0.4, 0.6]}


def noise(seed: int) -> float:
    """What all points of one seed have in common."""
    return float(np.random.default_rng(seed).normal(0, 100))


@settings(max_examples=10, deadline=None)
@given(
    fear=st.floats(-5, 5), doors=st.floats(-5, 5), both=st.floats(-5, 5), seeds=st.integers(2, 4)
)
def test_effects_are_found_whatever_all_points_of_a_seed_have_in_common(
    fear: float, doors: float, both: float, seeds: int
) -> None:
    def outcome(point: Point, seed: int) -> float:
        x, y = point.settings[FEAR] == 0.5, [0.2, 0.4, 0.6].index(float(point.settings[DOORS]))
        return noise(seed) + fear * x + doors * y + both * x * y

    found = main_effects(written(asked(GRID, "factorial", seeds=seeds), outcome), "chilling")
    known = {
        (row["factor"], row["to"], row["other_to"]): row for row in found.iter_rows(named=True)
    }
    assert known[FEAR, "0.5", None]["effect"] == pytest.approx(fear + both, abs=1e-9)
    assert known[DOORS, "0.4", None]["effect"] == pytest.approx(doors + both / 2, abs=1e-9)
    assert known[DOORS, "0.6", None]["effect"] == pytest.approx(2 * doors + both, abs=1e-9)
    assert known[FEAR, "0.5", "0.6"]["effect"] == pytest.approx(2 * both, abs=1e-9)
    for row in known.values():
        assert row["low"] == pytest.approx(row["effect"], abs=1e-6)
        assert row["seeds"] == seeds
    sizes = [abs(effect) for effect in found["effect"]]
    assert sizes == sorted(sizes, reverse=True)


def test_settings_of_which_one_side_was_not_lived_are_left_out_on_both() -> None:
    def outcome(point: Point, seed: int) -> float | None:
        if point.settings == {FEAR: 0.5, DOORS: 0.6}:
            return None
        return 3.0 * (point.settings[FEAR] == 0.5) + 50 * float(point.settings[DOORS])

    found = main_effects(written(asked(GRID, "factorial"), outcome), "chilling")
    row = found.filter(pl_main(FEAR)).row(0, named=True)
    assert row["effect"] == pytest.approx(3)
    assert row["low"] is None and row["seeds"] == 1


def pl_main(factor: str) -> polars.Expr:
    return (polars.col("factor") == factor) & polars.col("other").is_null()


def test_arms_are_levels_of_a_factorial_design_or_taken_from_each_other() -> None:
    experiment = asked({"world": WORLDS, FEAR: [0.1, 0.5]}, "factorial", seeds=2)

    def outcome(point: Point, seed: int) -> float:
        press = point.settings["world"] == "press"
        return noise(seed) + press * (2 + 7 * (point.settings[FEAR] == 0.5))

    findings = written(experiment, outcome)
    whole = main_effects(findings, "chilling", interactions=False)
    assert whole.filter(factor="world")["effect"].to_list() == [pytest.approx(5.5)]
    apart = main_effects(findings, "chilling", arm={"world": "press"}, minus={"world": "none"})
    assert apart["factor"].to_list() == [FEAR]
    assert apart["effect"].to_list() == [pytest.approx(7)]


def test_the_interval_of_a_quantile_over_seeds_holds_what_it_is_of() -> None:
    experiment = asked({FEAR: [0.1, 0.5]}, "factorial", seeds=12)
    findings = written(
        experiment, lambda point, seed: (1 + (point.settings[FEAR] == 0.5)) * float(seed)
    )
    row = main_effects(findings, "chilling", quantile=0.9).row(0, named=True)
    assert row["effect"] == pytest.approx(np.quantile(np.arange(1, 13), 0.9))
    assert row["low"] <= row["effect"] <= row["high"]
    assert row["statistic"] == "90% quantile"


def test_curves_leave_the_other_factors_as_they_are() -> None:
    factors = {FEAR: {"low": 0, "high": 1}, "scheme.friends.aggregate": ["mean", "lowest"]}
    experiment = asked(factors, "one_at_a_time", steps=5, seeds=3)

    def outcome(point: Point, seed: int) -> float:
        bend = (float(point.settings[FEAR]) - 0.5) ** 2 if point.varied == FEAR else 0
        return noise(seed) + bend + 9 * (point.settings["scheme.friends.aggregate"] == "lowest")

    findings = written(experiment, outcome)
    found = curves(findings, "chilling").filter(factor=FEAR)
    assert found["at"].to_list() == [0, 0.25, 0.5, 0.75, 1]
    middle = found["mean"][2]
    np.testing.assert_allclose(found["mean"] - middle, [0.25, 0.0625, 0, 0.0625, 0.25])
    widest = changes(findings, "chilling")
    assert widest["factor"].to_list() == ["scheme.friends.aggregate", FEAR]
    assert widest["effect"].to_list() == [pytest.approx(9), pytest.approx(-0.25)] or widest[
        "effect"
    ].to_list() == [pytest.approx(9), pytest.approx(0.25)]
    assert widest["high"][0] - widest["low"][0] == pytest.approx(0, abs=1e-6)


def test_a_word_that_is_wrong_is_answered_with_the_nearest() -> None:
    experiment = asked({"world": WORLDS, FEAR: [0.1, 0.5]}, "factorial")
    findings = written(experiment, lambda *_: 1.0)
    with pytest.raises(BadInput, match="Did you mean world"):
        main_effects(findings, "chilling", arm={"wrld": "press"})
    with pytest.raises(BadInput, match="Did you mean press"):
        main_effects(findings, "chilling", arm={"world": "pres"})
    with pytest.raises(BadInput, match="Did you mean chilling"):
        main_effects(findings, "chiling")
    with pytest.raises(BadInput, match="the same factors as arm"):
        main_effects(findings, "chilling", minus={"world": "none"})
    with pytest.raises(BadInput, match="from 0 to 1"):
        main_effects(findings, "chilling", quantile=10)
