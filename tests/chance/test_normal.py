"""Normal draws from the table, in Python and compiled."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from glasshouse.chance.normal import QUANTILES, standard_normal
from glasshouse.chance.rule import compiled
from glasshouse.chance.streams import fold


@compiled()
def normals(key, count):  # type: ignore[no-untyped-def]
    draws = np.empty(count)
    for i in range(count):
        draws[i] = standard_normal(fold(key, i))
    return draws


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
