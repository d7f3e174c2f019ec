"""Draws depend on their names alone, and look like chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from glasshouse.chance.rule import compiled
from glasshouse.chance.streams import (
    ACTS,
    CUT,
    DAYS,
    REVIEW,
    REVIEW_CHOICE,
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
def many_of(key, count, process):  # type: ignore[no-untyped-def]
    draws = np.empty(count)
    for i in range(count):
        draws[i] = uniform(fold(fold(key, i), process))
    return draws


@compiled()
def many(key, count):  # type: ignore[no-untyped-def]
    return many_of(key, count, REVIEW)


@compiled()
def halves(key, count):  # type: ignore[no-untyped-def]
    draws = np.empty((2, count))
    for i in range(count):
        k = fold(key, i)
        draws[0, i] = first_uniform(k)
        draws[1, i] = second_uniform(k)
    return draws


def are_unrelated(x: np.ndarray, y: np.ndarray) -> bool:
    """Whether pairs of uniform numbers fill the unit square evenly."""
    found, _, _ = np.histogram2d(x, y, bins=16, range=[[0, 1], [0, 1]])
    return bool(stats.chisquare(found.ravel()).pvalue > 1e-5)


@settings(deadline=None)
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


@pytest.mark.parametrize("other", [REVIEW_CHOICE, CUT, ACTS, ACTS + 1])
def test_draws_of_two_processes_are_unrelated(other: int) -> None:
    today = np.uint64(fold(fold(3, DAYS), 40))
    assert are_unrelated(many_of(today, 100_000, REVIEW), many_of(today, 100_000, other))


def test_draws_of_neighbours_and_of_neighbouring_seeds_are_unrelated() -> None:
    draws = many(np.uint64(fold(fold(3, DAYS), 40)), 100_001)
    assert are_unrelated(draws[:-1], draws[1:])
    assert are_unrelated(draws, many(np.uint64(fold(fold(4, DAYS), 40)), 100_001))


def test_both_halves_of_a_draw_are_uniform_and_unrelated() -> None:
    first, second = halves(np.uint64(5), 100_000)
    assert stats.kstest(first, "uniform").pvalue > 1e-4
    assert stats.kstest(second, "uniform").pvalue > 1e-4
    assert are_unrelated(first, second)


def test_every_choice_is_as_likely_as_the_next() -> None:
    counts = np.bincount([below(fold(11, k), 30) for k in range(30_000)], minlength=30)
    assert stats.chisquare(counts).pvalue > 1e-4


@given(KEYS, st.lists(NUMBERS, min_size=2, max_size=2, unique=True))
def test_one_key_never_gives_two_numbers_the_same_draw(key: int, values: list[int]) -> None:
    assert fold(key, values[0]) != fold(key, values[1])
