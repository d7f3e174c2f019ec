"""Shares of the variance come out as they are known for functions that were written down."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.lab.experiments.points import Point
from glasshouse.lab.experiments.sampling import sampled
from glasshouse.lab.sensitivity import largest_factor, rank_correlations, variance_shares
from glasshouse.scenario.faults import BadInput
from tests.lab.sensitivity.written import (
    FIRST_OF_ISHIGAMI,
    NAMES,
    TOTAL_OF_ISHIGAMI,
    asked,
    ishigami,
    unit,
    written,
)

WORLDS = {"arms": {"none": {"scheme": "none"}, "press": {"scheme": "press-sesame"}}}


def by_factor(frame: object, column: str, names: list[str]) -> list[float]:
    values = dict(frame.select("factor", column).iter_rows())  # type: ignore[attr-defined]
    return [values[name] for name in names]


def many_points(factors: int, kind: str, samples: int) -> tuple[object, tuple[Point, ...]]:
    """A large design without the scenario of every point, which would take long to check."""
    experiment = asked(factors, kind, samples=samples)
    rows = sampled(experiment.design, NAMES[:factors])
    settings = [dict(zip(NAMES, row, strict=False)) for row in rows.tolist()]
    points = [
        Point(number, each, {}, tuple(row))
        for number, (each, row) in enumerate(zip(settings, rows.tolist(), strict=True))
    ]
    return experiment, tuple(points)


def test_sobol_indices_of_ishigami_are_those_known() -> None:
    experiment, points = many_points(3, "sobol", 1024)
    found = variance_shares(written(experiment, ishigami, points=points), "chilling")  # type: ignore[arg-type]
    names = NAMES[:3]
    np.testing.assert_allclose(by_factor(found, "first", names), FIRST_OF_ISHIGAMI, atol=0.04)
    np.testing.assert_allclose(by_factor(found, "total", names), TOTAL_OF_ISHIGAMI, atol=0.04)
    assert found["factor"][0] == NAMES[0]
    assert found["draws"].to_list() == [1024] * 3
    for low, high, name in found.select("total_low", "total_high", "factor").iter_rows():
        assert low - 0.02 <= TOTAL_OF_ISHIGAMI[names.index(name)] <= high + 0.02


def test_sobol_indices_of_the_g_function_are_those_known() -> None:
    weights = np.array([0.0, 1.0, 4.5, 9.0])
    parts = 1 / (3 * (1 + weights) ** 2)
    variance = np.prod(1 + parts) - 1
    totals = [
        part * np.prod(1 + np.delete(parts, place)) / variance for place, part in enumerate(parts)
    ]
    experiment, points = many_points(4, "sobol", 1024)
    found = variance_shares(
        written(
            experiment,  # type: ignore[arg-type]
            lambda point, _: float(
                np.prod((np.abs(4 * unit(point) - 2) + weights) / (1 + weights))
            ),
            points=points,
        ),
        "chilling",
    )
    np.testing.assert_allclose(by_factor(found, "first", NAMES[:4]), parts / variance, atol=0.05)
    np.testing.assert_allclose(by_factor(found, "total", NAMES[:4]), totals, atol=0.05)


def test_a_latin_hypercube_gives_the_first_order_of_ishigami() -> None:
    experiment, points = many_points(3, "latin_hypercube", 1000)
    found = variance_shares(written(experiment, ishigami, points=points), "chilling")  # type: ignore[arg-type]
    np.testing.assert_allclose(by_factor(found, "first", NAMES[:3]), FIRST_OF_ISHIGAMI, atol=0.06)
    assert found["total"].null_count() == 3
    assert found["factor"][0] == NAMES[1]


def test_each_arm_and_their_contrast_are_analysed_in_the_order_of_the_sample() -> None:
    factors = {"world": WORLDS, NAMES[0]: "range", "scheme.friends.share": [0.0, 0.3]}
    experiment = asked(factors, "sobol", samples=64)

    def outcome(point: Point, seed: int) -> float:
        fear, share = point.unit
        return 5 * fear + (share if point.settings["world"] == "press" else -100.0) + 0.5 * seed

    findings = written(experiment, outcome)
    found = variance_shares(findings, "chilling")
    assert found["arm"].unique(maintain_order=True).to_list() == ["none", "press"]
    assert found["draws"].to_list() == [64] * 4
    none = dict(found.filter(arm="none").select("factor", "total").iter_rows())
    assert none[NAMES[0]] == pytest.approx(1, abs=0.08)
    assert none["scheme.friends.share"] == pytest.approx(0, abs=1e-9)
    apart = variance_shares(findings, "chilling", arm={"world": "press"}, minus={"world": "none"})
    assert apart["arm"].unique().to_list() == ["press − none"]
    assert apart["factor"][0] == "scheme.friends.share"
    assert apart["total"][0] == pytest.approx(1, abs=0.08)


def test_blocks_that_were_not_lived_whole_are_left_out() -> None:
    experiment = asked(2, "sobol", samples=32)
    broken = {1, 40}
    findings = written(
        experiment, lambda point, _: None if point.number in broken else 3 * point.unit[0]
    )
    found = variance_shares(findings, "chilling")
    assert found["draws"].to_list() == [30, 30]
    assert found["factor"][0] == NAMES[0]


def test_what_never_varies_has_no_shares() -> None:
    for kind in ("sobol", "latin_hypercube"):
        found = variance_shares(written(asked(2, kind, samples=16), lambda *_: 1.0), "chilling")
        assert found["first"].null_count() == 2


def test_a_quantile_over_seeds_is_analysed_like_the_mean() -> None:
    experiment = asked(2, "latin_hypercube", samples=60, seeds=5)
    findings = written(
        experiment, lambda point, seed: point.unit[0] + (seed == 5) * 9 * point.unit[1]
    )
    assert variance_shares(findings, "chilling", quantile=0.0)["factor"][0] == NAMES[0]
    assert variance_shares(findings, "chilling", quantile=1.0)["factor"][0] == NAMES[1]
    assert variance_shares(findings, "chilling", quantile=0.9)["statistic"][0] == "90% quantile"


def test_another_design_is_refused_with_what_would_do() -> None:
    findings = written(asked({NAMES[0]: [0.1, 0.2]}, "factorial"), lambda *_: 1.0)
    with pytest.raises(BadInput, match="factorial; allowed: sobol or latin_hypercube"):
        variance_shares(findings, "chilling")


def test_rank_correlations_say_which_way() -> None:
    words = {"scheme.friends.aggregate": ["mean", "weighted", "lowest"]}
    experiment = asked(
        {**dict.fromkeys(NAMES[:3], "range"), **words}, "latin_hypercube", samples=80
    )
    findings = written(
        experiment, lambda point, _: float(np.exp(3 * point.unit[0]) - 2 * point.unit[1])
    )
    found = rank_correlations(findings, "chilling")
    partial = dict(found.select("factor", "partial").iter_rows())
    assert partial[NAMES[0]] > 0.9
    assert partial[NAMES[1]] < -0.4
    assert abs(partial[NAMES[2]]) < 0.3
    assert partial["scheme.friends.aggregate"] is None
    for low, mean, high in (
        found.drop_nulls()
        .select("standardised_low", "standardised", "standardised_high")
        .iter_rows()
    ):
        assert low <= mean <= high
    assert (
        rank_correlations(written(experiment, lambda *_: 1.0), "chilling")["partial"].null_count()
        == 4
    )


def test_the_largest_factor_is_named_from_few_draws() -> None:
    names = ["a", "b", "c", "d"]
    right = 0
    for seed in range(20):
        rows = np.random.default_rng(seed).random((12, 4))
        noise = np.random.default_rng(100 + seed).normal(0, 0.1, 12)
        found = largest_factor((rows[:, 2] > 0.4) + noise, rows, names)
        assert found is not None and 0 <= found.share <= 1 and found.draws == 12
        right += found.factor == "c"
    assert right >= 18


def test_draws_without_an_outcome_are_left_out_of_the_largest_factor() -> None:
    rows = np.random.default_rng(1).random((30, 2))
    outcomes: list[float | None] = [float(each) for each in rows[:, 1]]
    outcomes[3] = outcomes[7] = None
    found = largest_factor(outcomes, rows, ["a", "b"])
    assert found is not None and found.factor == "b" and found.draws == 28
    assert largest_factor(outcomes[:9], rows[:9], ["a", "b"]) is None
    with pytest.raises(BadInput, match="30 draws of 1 factors"):
        largest_factor(outcomes, rows, ["a"])
