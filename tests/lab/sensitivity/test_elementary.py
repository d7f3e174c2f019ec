"""Elementary effects come out as they are known for functions that were written down."""

from __future__ import annotations

import numpy as np
import polars
import pytest
from SALib.analyze import morris

from glasshouse.lab.experiments.points import Point
from glasshouse.lab.experiments.sampling import problem_of
from glasshouse.lab.sensitivity import elementary_effects
from tests.lab.sensitivity.written import NAMES, asked, unit, written

WORLDS = {"arms": {"none": {"scheme": "none"}, "press": {"scheme": "press-sesame"}}}


def of(frame: polars.DataFrame, factor: str) -> dict[str, float]:
    return frame.filter(factor=factor).row(0, named=True)


def test_a_linear_function_has_its_slopes_and_no_spread() -> None:
    slopes = np.array([3.0, -1.0, 0.0])
    found = elementary_effects(
        written(asked(3, "morris", samples=6), lambda point, _: float(slopes @ unit(point))),
        "chilling",
    )
    assert found["factor"].to_list() == NAMES[:3]
    np.testing.assert_allclose(found["mu_star"], np.abs(slopes), atol=1e-9)
    np.testing.assert_allclose(found["mu"], slopes, atol=1e-9)
    np.testing.assert_allclose(found["sigma"], 0, atol=1e-9)
    np.testing.assert_allclose(found["mu_low"], slopes, atol=1e-9)
    assert found["trajectories"].to_list() == [6] * 3


def test_effects_and_their_limits_agree_with_salib() -> None:
    experiment = asked(4, "morris", samples=20)
    findings = written(
        experiment, lambda p, _: float(np.sin(5 * p.unit[0]) * p.unit[1] + p.unit[2] ** 2)
    )
    rows = np.array([point.unit for point in findings.points])
    outcomes = findings.table["value"].to_numpy()
    known = morris.analyze(problem_of(NAMES[:4]), rows, outcomes, num_levels=4, seed=1)
    found = elementary_effects(findings, "chilling")
    for place, name in enumerate(NAMES[:4]):
        row = of(found, name)
        for each in ("mu", "mu_star", "sigma"):
            assert row[each] == pytest.approx(known[each][place])
            assert row[f"{each}_low"] <= row[each] * (1 + 1e-9) + 0.05
        half = (row["mu_star_high"] - row["mu_star_low"]) / 2
        assert half == pytest.approx(known["mu_star_conf"][place], rel=0.35, abs=1e-9)


def test_the_effect_of_a_level_is_the_whole_change_from_one_to_another() -> None:
    factors = {NAMES[0]: "range", "scheme.friends.aggregate": ["mean", "lowest"]}
    findings = written(
        asked(factors, "morris", samples=8),
        lambda point, _: 10.0 * (point.settings["scheme.friends.aggregate"] == "lowest"),
    )
    found = elementary_effects(findings, "chilling")
    assert of(found, "scheme.friends.aggregate")["mu"] == pytest.approx(10)
    assert of(found, NAMES[0])["mu_star"] == pytest.approx(0)


def test_each_arm_is_analysed_and_arms_are_taken_from_each_other_seed_by_seed() -> None:
    experiment = asked(
        {NAMES[0]: "range", "world": WORLDS, NAMES[1]: "range"}, "morris", samples=5, seeds=2
    )

    def outcome(point: Point, seed: int) -> float | None:
        fear, doors = point.unit
        if seed == 2 and point.number % 2:
            return None
        return 100 * seed + (4 * fear if point.settings["world"] == "press" else doors)

    findings = written(experiment, outcome)
    found = elementary_effects(findings, "chilling", arm={"world": "press"})
    assert found["arm"].to_list() == ["press", "press"]
    whole = written(experiment, lambda point, seed: outcome(point, 1))
    apart = elementary_effects(whole, "chilling", arm={"world": "press"}, minus={"world": "none"})
    assert of(apart, NAMES[0])["mu"] == pytest.approx(4)
    assert of(apart, NAMES[1])["mu"] == pytest.approx(-1)


def test_trajectories_that_were_not_lived_whole_are_left_out() -> None:
    experiment = asked(2, "morris", samples=5)
    findings = written(
        experiment, lambda point, _: None if point.number in (0, 14) else point.unit[0]
    )
    found = elementary_effects(findings, "chilling")
    assert found["trajectories"].to_list() == [3, 3]
    assert of(found, NAMES[0])["mu"] == pytest.approx(1)
    alone = written(experiment, lambda point, _: point.unit[0] if point.number < 3 else None)
    assert elementary_effects(alone, "chilling")["mu"].null_count() == 2
