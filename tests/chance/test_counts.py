"""Counts follow their distributions, and move with their rates as little as can be."""

from __future__ import annotations

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from glasshouse.chance.counts import binomial_count, poisson_count, rounded
from glasshouse.chance.functions import exponential, logistic

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
