"""Draws depend on their names alone, and look like chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from glasshouse.chance.rule import compiled
from glasshouse.chance.streams import (
    COUNTS,
    CUTTING,
    DAYS,
    DRAWS,
    ERRANDS,
    REVIEWING,
    SPOKEN,
    below,
    below_second,
    bits_at,
    first_draw,
    first_uniform,
    fold,
    high_bits,
    low_bits,
    mixed,
    second_draw,
    second_uniform,
    stepped,
    threshold,
    uniform,
)

KEYS = st.integers(0, 2**64 - 1)
NUMBERS = st.integers(0, 2**63 - 1)


@compiled()
def compiled_draws(key, value):  # type: ignore[no-untyped-def]
    k = fold(key, value)
    return (
        k, uniform(k), first_uniform(k), second_uniform(k), below(k, 30), below_second(k, 30),
        first_draw(k), second_draw(k), high_bits(k, 12), low_bits(k, 12),
    )  # fmt: skip


@compiled()
def compiled_halves_of_fold(key, value):  # type: ignore[no-untyped-def]
    return mixed(stepped(key, value)), fold(key, value)


@compiled()
def compiled_bits(key, place, bits):  # type: ignore[no-untyped-def]
    return bits_at(key, place, bits)


@compiled()
def many_of(key, count, process):  # type: ignore[no-untyped-def]
    draws = np.empty(count)
    for i in range(count):
        draws[i] = uniform(fold(fold(key, i), process))
    return draws


@compiled()
def many(key, count):  # type: ignore[no-untyped-def]
    return many_of(key, count, REVIEWING)


@compiled()
def halves(key, count):  # type: ignore[no-untyped-def]
    draws = np.empty((2, count))
    for i in range(count):
        k = fold(key, i)
        draws[0, i] = first_uniform(k)
        draws[1, i] = second_uniform(k)
    return draws


@compiled()
def draws_of(key, count):  # type: ignore[no-untyped-def]
    draws = np.empty((2, count))
    for i in range(count):
        k = fold(key, i)
        draws[0, i] = first_draw(k) / DRAWS
        draws[1, i] = second_draw(k) / DRAWS
    return draws


@compiled()
def compiled_threshold(chance):  # type: ignore[no-untyped-def]
    return threshold(chance)


def are_unrelated(x: np.ndarray, y: np.ndarray) -> bool:
    """Whether pairs of uniform numbers fill the unit square evenly."""
    found, _, _ = np.histogram2d(x, y, bins=16, range=[[0, 1], [0, 1]])
    return bool(stats.chisquare(found.ravel()).pvalue > 1e-5)


@settings(deadline=None)
@given(KEYS, NUMBERS)
def test_python_and_compiled_draws_are_equal(key: int, value: int) -> None:
    k = fold(key, value)
    expected = (
        k, uniform(k), first_uniform(k), second_uniform(k), below(k, 30), below_second(k, 30),
        first_draw(k), second_draw(k), high_bits(k, 12), low_bits(k, 12),
    )  # fmt: skip
    assert compiled_draws(np.uint64(key), value) == expected


@settings(deadline=None)
@given(KEYS, NUMBERS)
def test_a_draw_is_its_counter_mixed_in_python_and_compiled(key: int, value: int) -> None:
    assert mixed(stepped(key, value)) == fold(key, value)
    assert compiled_halves_of_fold(np.uint64(key), value) == (fold(key, value),) * 2


@given(KEYS, st.integers(0, 2**20), st.integers(0, 255))
def test_counters_of_acts_one_after_the_other_are_one_step_apart(
    key: int, first: int, place: int
) -> None:
    counter = (stepped(key, first) + place * (stepped(0, 1) - stepped(0, 0))) % 2**64
    assert mixed(counter) == fold(key, first + place)


@settings(deadline=None)
@given(KEYS, st.integers(0, 63), st.data())
def test_bits_are_those_that_stand_there(key: int, place: int, data: st.DataObject) -> None:
    bits = data.draw(st.integers(1, min(64 - place, 62)))
    written = format(key, "064b")[::-1][place : place + bits][::-1]
    assert bits_at(key, place, bits) == int(written, 2)
    assert compiled_bits(np.uint64(key), place, bits) == int(written, 2)


@given(KEYS, NUMBERS, st.integers(1, 2**31))
def test_draws_lie_in_their_range(key: int, value: int, limit: int) -> None:
    k = fold(key, value)
    for u in (uniform(k), first_uniform(k), second_uniform(k)):
        assert 0.0 <= u < 1.0
    assert 0 <= first_draw(k) < DRAWS
    assert 0 <= second_draw(k) < DRAWS
    assert 0 <= below(k, limit) < limit
    assert 0 <= below_second(k, limit) < limit


def test_draws_are_uniform_and_those_of_two_days_are_unrelated() -> None:
    monday, tuesday = (many(np.uint64(fold(fold(7, DAYS), day)), 200_000) for day in (100, 101))
    assert stats.kstest(monday, "uniform").pvalue > 1e-4
    assert abs(np.corrcoef(monday, tuesday)[0, 1]) < 0.01
    assert len(np.intersect1d(monday, tuesday)) == 0


def test_no_two_days_of_a_year_share_their_draws() -> None:
    sums = {many(np.uint64(fold(fold(1, DAYS), day)), 1000).sum() for day in range(365)}
    assert len(sums) == 365


@pytest.mark.parametrize("other", [CUTTING, COUNTS, SPOKEN, SPOKEN + 1, ERRANDS])
def test_draws_of_two_processes_are_unrelated(other: int) -> None:
    today = np.uint64(fold(fold(3, DAYS), 40))
    assert are_unrelated(many_of(today, 100_000, REVIEWING), many_of(today, 100_000, other))


def test_draws_of_neighbours_and_of_neighbouring_seeds_are_unrelated() -> None:
    draws = many(np.uint64(fold(fold(3, DAYS), 40)), 100_001)
    assert are_unrelated(draws[:-1], draws[1:])
    assert are_unrelated(draws, many(np.uint64(fold(fold(4, DAYS), 40)), 100_001))


def test_both_halves_of_a_draw_are_uniform_and_unrelated() -> None:
    first, second = halves(np.uint64(5), 100_000)
    assert stats.kstest(first, "uniform").pvalue > 1e-4
    assert stats.kstest(second, "uniform").pvalue > 1e-4
    assert are_unrelated(first, second)


def test_both_whole_draws_of_a_key_are_uniform_and_unrelated() -> None:
    first, second = draws_of(np.uint64(6), 100_000)
    assert stats.kstest(first, "uniform").pvalue > 1e-4
    assert stats.kstest(second, "uniform").pvalue > 1e-4
    assert are_unrelated(first, second)


CHANCES = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 2.0**-31, 1 - 2.0**-53, 1.0, 1.5, -0.1]))


@settings(deadline=None)
@given(CHANCES, CHANCES)
def test_a_draw_is_below_a_threshold_with_its_chance(one: float, other: float) -> None:
    least = threshold(one)
    assert 0 <= least <= DRAWS
    # The draws below it are those that, as a uniform number, are below the chance.
    held = min(max(one, 0.0), 1.0)
    assert least == 0 or (least - 1) / DRAWS < held
    assert least == DRAWS or least / DRAWS >= held
    assert compiled_threshold(one) == least
    if one <= other:
        assert least <= threshold(other)


def test_every_choice_is_as_likely_as_the_next() -> None:
    for choose in (below, below_second):
        counts = np.bincount([choose(fold(11, k), 30) for k in range(30_000)], minlength=30)
        assert stats.chisquare(counts).pvalue > 1e-4


@given(KEYS, st.lists(NUMBERS, min_size=2, max_size=2, unique=True))
def test_one_key_never_gives_two_numbers_the_same_draw(key: int, values: list[int]) -> None:
    assert fold(key, values[0]) != fold(key, values[1])
