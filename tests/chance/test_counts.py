"""Counts follow their distributions, and move with their rates as little as can be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from glasshouse.chance.counts import (
    binomial_count,
    counted,
    fill_limits,
    poisson_count,
    rounded,
)
from glasshouse.chance.functions import exponential, logistic
from glasshouse.chance.rule import compiled

UNIFORM = st.floats(0, 1, exclude_max=True)
# A distribution summed from rounded terms is a little off; so is, then, where a count begins.
ROUNDING = 1e-12


@given(UNIFORM, st.floats(0, 60))
def test_poisson_count_is_the_inverse_of_its_distribution(u: float, rate: float) -> None:
    count = poisson_count(u, rate)
    slack = 1e-9
    assert stats.poisson.cdf(count, rate) >= u - slack
    assert count == 0 or stats.poisson.cdf(count - 1, rate) <= u + slack


@given(UNIFORM, st.integers(0, 60), st.floats(0, 1))
def test_binomial_count_is_the_inverse_of_its_distribution(u: float, n: int, p: float) -> None:
    count = binomial_count(u, n, p)
    assert 0 <= count <= n
    assert stats.binom.cdf(count, n, p) >= u - 1e-9 or count == n
    assert count == 0 or stats.binom.cdf(count - 1, n, p) <= u + 1e-9


@given(UNIFORM, st.floats(0, 50), st.floats(0, 10))
def test_a_higher_rate_never_gives_fewer(u: float, rate: float, more: float) -> None:
    assert poisson_count(u, rate + more) >= poisson_count(u - ROUNDING, rate)


@given(UNIFORM, st.integers(0, 40), st.integers(0, 20), st.floats(0, 1), st.floats(0, 1))
def test_more_trials_or_a_higher_chance_never_give_fewer(
    u: float, trials: int, more: int, p: float, q: float
) -> None:
    low, high = sorted((p, q))
    fewer = binomial_count(u - ROUNDING, trials, low)
    assert binomial_count(u, trials, high) >= fewer
    assert binomial_count(u, trials + more, low) >= fewer


@given(st.floats(0, 60), UNIFORM, UNIFORM)
def test_a_count_never_falls_as_its_uniform_rises(rate: float, u: float, v: float) -> None:
    low, high = sorted((u, v))
    assert poisson_count(low, rate) <= poisson_count(high, rate)


@given(st.floats(0, 60), st.integers(1, 45))
@example(0.01, 1)
@example(3.0, 64)
def test_the_largest_draws_give_counts_that_can_happen(rate: float, last: int) -> None:
    count = poisson_count(1.0 - last * 2.0**-53, rate)
    assert stats.poisson.sf(count - 2, rate) > 1e-17


@given(st.integers(0, 60), st.floats(0, 0.5), st.integers(1, 45))
@example(60, 0.05, 1)
def test_the_largest_draws_do_not_make_everything_happen(n: int, p: float, last: int) -> None:
    count = binomial_count(1.0 - last * 2.0**-53, n, p)
    assert stats.binom.sf(count - 2, n, p) > 1e-17


@compiled()
def fill(rate, limits, first, places):  # type: ignore[no-untyped-def]
    fill_limits(rate, limits, first, places)


@compiled()
def count_all(draws, limits, rate, first, places, found):  # type: ignore[no-untyped-def]
    for k in range(len(draws)):
        found[0, k] = counted(draws[k], limits, first, places)
        found[1, k] = poisson_count(draws[k] * (1.0 / 4294967296.0), rate)


LARGEST = 2**32 - 1
RATES = st.one_of(
    st.floats(0, 60), st.floats(0, 1e-6), st.sampled_from([0.0, 5e-324, 0.01, 3.0, 60.0])
)


@settings(deadline=None)
@given(RATES, st.integers(1, 16), st.lists(st.integers(0, LARGEST), max_size=10))
def test_limits_say_of_every_draw_what_the_count_says(
    rate: float, places: int, some: list[int]
) -> None:
    limits = np.full(places + 2, 77, np.uint32)
    fill_limits(rate, limits, 1, places)
    assert limits[0] == limits[-1] == 77
    # A count changes at its limits, and there alone: tried on both sides of each.
    beside = {int(limit) + step for limit in limits[1:-1] for step in (-1, 0, 1, 2)}
    draws = sorted(d for d in {0, 1, LARGEST - 1, LARGEST, *some, *beside} if 0 <= d <= LARGEST)
    expected = [poisson_count(draw / 2**32, rate) for draw in draws]
    held = [min(count, places) for count in expected]
    assert [counted(draw, limits, 1, places) for draw in draws] == held
    again = np.full_like(limits, 77)
    fill(rate, again, 1, places)
    assert again.tolist() == limits.tolist()
    found = np.empty((2, len(draws)), np.int64)
    count_all(np.array(draws, np.uint32), limits, rate, 1, places, found)
    assert found.tolist() == [held, expected]


@given(RATES, st.integers(2, 16))
def test_limits_never_fall(rate: float, places: int) -> None:
    limits = np.empty(places, np.uint32)
    fill_limits(rate, limits, 0, places)
    assert (limits[1:] >= limits[:-1]).all()


def test_a_small_change_of_a_rate_changes_few_counts() -> None:
    draws = [(k + 0.5) / 10_000 for k in range(10_000)]
    changed = sum(poisson_count(u, 3.0) != poisson_count(u, 3.06) for u in draws)
    assert changed / len(draws) < 0.07


@given(st.floats(-59, 59))
def test_exponential_is_exact_to_twelve_digits(x: float) -> None:
    assert exponential(x) == pytest.approx(math.exp(x), rel=2e-13)


@given(st.floats(-200, 200), st.floats(0, 5))
def test_exponential_and_logistic_never_fall(x: float, step: float) -> None:
    assert exponential(x + step) >= exponential(x) * (1 - 1e-12)
    assert 0.0 <= logistic(x) <= 1.0
    assert logistic(x) + logistic(-x) == pytest.approx(1.0)


@given(st.floats(-1000, 1000), UNIFORM)
def test_rounding_moves_by_less_than_one(value: float, u: float) -> None:
    assert math.floor(value) <= rounded(value, u) <= math.floor(value) + 1


def test_rounding_keeps_the_mean() -> None:
    draws = [rounded(-2.3, (k + 0.5) / 1000) for k in range(1000)]
    assert sum(draws) / 1000 == pytest.approx(-2.3, abs=1e-3)
