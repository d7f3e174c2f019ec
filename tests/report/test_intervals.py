"""Intervals over seeds are Student's, as SciPy has them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from glasshouse.report.intervals import over_seeds, paired

VALUES = st.lists(st.floats(-100, 100), min_size=2, max_size=8)


@given(VALUES)
def test_the_interval_of_a_mean(values: list[float]) -> None:
    got = over_seeds(values)
    mean, error = float(sum(values)) / len(values), stats.sem(values)
    half = stats.t.ppf(0.975, len(values) - 1) * error
    assert got.mean == pytest.approx(mean, abs=1e-9)
    assert got.low == pytest.approx(mean - half, abs=1e-6)
    assert got.high == pytest.approx(mean + half, abs=1e-6)


def test_one_seed_has_a_mean_and_no_interval() -> None:
    got = over_seeds([3.0])
    assert (got.mean, got.low, got.high) == (3.0, None, None)


def test_no_value_is_no_number() -> None:
    assert not over_seeds([]).known
    assert over_seeds([None, None]).mean is None


def test_paired_differences_are_taken_seed_by_seed() -> None:
    here, there = {1: 2.0, 2: 3.0, 3: 4.0}, {1: 1.0, 2: 2.0, 3: 3.0}
    change = paired(here, there)
    assert change.mean == pytest.approx(1.0)
    assert change.low == pytest.approx(1.0)
