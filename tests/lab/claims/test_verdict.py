from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from glasshouse.lab.claims.claim import chosen
from glasshouse.lab.claims.effects import Effect, Values
from glasshouse.lab.claims.verdict import half_widths, verdict_on

(SILENCE,) = chosen(["silence"])
DRAWS = 20
UNIT = np.column_stack([(np.arange(DRAWS) + 0.5) / DRAWS, np.random.default_rng(1).random(DRAWS)])


def effect(values: Values) -> Effect:
    draws = len(values)
    seeds = tuple(range(1, values.shape[1] + 1))
    return Effect(SILENCE, ("steep", "flat"), UNIT[:draws], seeds, values, {"half": values / 2})


def around(means: Values, spread: float = 0.001) -> Values:
    return np.asarray(means)[:, None] + spread * np.array([-1.0, 0.0, 1.0])


@pytest.mark.parametrize(
    ("mean", "said"),
    [(0.3, "holds"), (0.02, "fails"), (-0.02, "fails"), (-0.3, "fails: the reverse holds")],
)
def test_null_and_reversed_effects_are_told_like_others(mean: float, said: str) -> None:
    assert verdict_on(effect(around(np.full(DRAWS, mean)))).said == said


def test_what_is_decided_by_an_assumption_depends_on_it() -> None:
    verdict = verdict_on(effect(around(0.5 * UNIT[:, 0])))
    assert verdict.said == "depends on steep"
    assert verdict.explains is not None and verdict.explains > 0.8
    assert 0.1 < verdict.beyond < 0.9


def test_nations_that_differ_too_much_leave_it_undecided() -> None:
    verdict = verdict_on(effect(around(np.full(DRAWS, 0.12), spread=0.2)))
    assert verdict.word == "depends" and verdict.beyond == verdict.short == 0.0


def test_nine_draws_of_ten_decide() -> None:
    means = np.full(DRAWS, 0.3)
    means[:2] = 0.0
    assert verdict_on(effect(around(means))).word == "holds"
    means[2] = 0.0
    assert verdict_on(effect(around(means))).word == "depends"


def test_without_an_effect_nothing_is_told() -> None:
    values = around(np.full(DRAWS, 0.3))
    values[:15] = np.nan
    verdict = verdict_on(effect(values))
    assert (verdict.said, verdict.undefined, verdict.draws) == ("cannot be told", 15, 5)


def test_one_nation_tells_nothing_about_others() -> None:
    verdict = verdict_on(effect(np.full((DRAWS, 1), 0.5)))
    assert (verdict.low, verdict.high, verdict.beyond, verdict.word) == (None, None, 0.0, "depends")


def test_the_interval_of_a_single_draw_is_students() -> None:
    values = np.array([[0.1, 0.4, 0.2, 0.9]])
    low, high = stats.t.interval(0.95, 3, values.mean(), stats.sem(values[0]))
    assert half_widths(values)[0] == pytest.approx((high - low) / 2)


def test_intervals_cover_what_they_should() -> None:
    draw = np.random.default_rng(7)
    covered = []
    for _ in range(400):
        values = 1.0 + draw.normal(size=(12, 3))
        covered += (np.abs(values.mean(axis=1) - 1.0) <= half_widths(values)).tolist()
    assert 0.93 < np.mean(covered) < 0.97


@given(st.lists(st.floats(-1, 1), min_size=DRAWS, max_size=DRAWS), st.floats(0, 1))
def test_a_larger_effect_never_speaks_less_for_the_claim(means: list[float], more: float) -> None:
    before = verdict_on(effect(around(np.array(means))))
    after = verdict_on(effect(around(np.array(means) + more)))
    assert after.beyond >= before.beyond and after.short <= before.short
