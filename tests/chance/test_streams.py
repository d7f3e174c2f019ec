"""Draws depend on their names alone, and look like chance."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from glasshouse.chance.rule import compiled
from glasshouse.chance.streams import (
    DAYS,
    REVIEW,
    below,
    first_uniform,
    fold,
    second_uniform,
    uniform,
)

KEYS = st.integers(0, 2**64 - 1)
NUMBERS = st.integers(0, 2**63 - 1)


@compiled()
def compiled_draws(key, value):  # type: ignore[no-untyped-def]
    k = fold(key, value)
    return k, uniform(k), first_uniform(k), second_uniform(k), below(k, 30)


@compiled()
def many(key, count):  # type: ignore[no-untyped-def]
    draws = np.empty(count)
    for i in range(count):
        draws[i] = uniform(fold(fold(key, i), REVIEW))
    return draws


@given(KEYS, NUMBERS)
def test_python_and_compiled_draws_are_equal(key: int, value: int) -> None:
    k = fold(key, value)
    expected = (k, uniform(k), first_uniform(k), second_uniform(k), below(k, 30))
    assert compiled_draws(np.uint64(key), value) == expected


@given(KEYS, NUMBERS, st.integers(1, 2**31))
def test_draws_lie_in_their_range(key: int, value: int, limit: int) -> None:
    k = fold(key, value)
    for u in (uniform(k), first_uniform(k), second_uniform(k)):
        assert 0.0 <= u < 1.0
    assert 0 <= below(k, limit) < limit


def test_draws_are_uniform_and_those_of_two_days_are_unrelated() -> None:
    monday, tuesday = (many(np.uint64(fold(fold(7, DAYS), day)), 200_000) for day in (100, 101))
    assert stats.kstest(monday, "uniform").pvalue > 1e-4
    assert abs(np.corrcoef(monday, tuesday)[0, 1]) < 0.01
    assert len(np.intersect1d(monday, tuesday)) == 0


def test_no_two_days_of_a_year_share_their_draws() -> None:
    sums = {many(np.uint64(fold(fold(1, DAYS), day)), 1000).sum() for day in range(365)}
    assert len(sums) == 365
