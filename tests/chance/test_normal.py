"""Normal draws from the table, in Python and compiled."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from glasshouse.chance.normal import BITS, QUANTILES, normal_field, standard_normal
from glasshouse.chance.rule import compiled
from glasshouse.chance.streams import fold


@compiled()
def normals(key, count):  # type: ignore[no-untyped-def]
    draws = np.empty(count)
    for i in range(count):
        draws[i] = standard_normal(fold(key, i))
    return draws


@compiled()
def fields(key, count):  # type: ignore[no-untyped-def]
    places = np.empty((5, count), np.int64)
    for i in range(count):
        k = fold(key, i)
        for field in range(5):
            places[field, i] = normal_field(k, field)
    return places


def test_table_has_mean_zero_variance_one_and_no_skew() -> None:
    assert abs(QUANTILES.mean()) < 1e-9
    assert abs(QUANTILES.std() - 1.0) < 1e-8
    assert abs(stats.kurtosis(QUANTILES)) < 0.02
    assert (np.diff(QUANTILES) > 0).all()
    assert np.abs(QUANTILES + QUANTILES[::-1]).max() < 1e-8


def test_draws_are_normal() -> None:
    draws = normals(np.uint64(fold(1, 1)), 200_000)
    assert stats.kstest(draws, "norm").pvalue > 1e-4


@settings(deadline=None)
@given(st.integers(0, 2**63 - 1))
def test_python_and_compiled_draws_are_equal(key: int) -> None:
    assert normals(np.uint64(key), 3).tolist() == [standard_normal(fold(key, i)) for i in range(3)]


@settings(deadline=None)
@given(st.integers(0, 2**63 - 1))
def test_fields_of_a_key_are_places_in_the_table_in_python_and_compiled(key: int) -> None:
    found = fields(np.uint64(key), 3)
    assert found.tolist() == [[normal_field(fold(key, i), f) for i in range(3)] for f in range(5)]
    assert found.min() >= 0 and found.max() < 2**BITS == len(QUANTILES)


@pytest.mark.parametrize(("one", "other"), [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4)])
def test_fields_of_a_key_are_uniform_and_unrelated(one: int, other: int) -> None:
    found = fields(np.uint64(fold(1, 2)), 100_000) >> (BITS - 4)
    together = np.bincount(found[one] * 16 + found[other], minlength=256)
    assert stats.chisquare(together).pvalue > 1e-5
