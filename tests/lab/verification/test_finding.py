"""Verdicts say what they mean."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.lab.verification.finding import exact, inside, near, of_share, shape, statistical

numbers = st.floats(-1e6, 1e6)


@given(numbers, numbers, st.floats(0, 10))
def test_an_exact_target_is_met_within_its_tolerance_only(
    target: float, got: float, tolerance: float
) -> None:
    assert exact("it", target, got, tolerance).passed == (abs(got - target) <= tolerance)


@given(numbers, numbers)
def test_nothing_near_nan_passes(target: float, other: float) -> None:
    assert not exact("it", target, float("nan"), abs(other)).passed
    assert not near("it", target, float("nan"), 1.0).passed
    assert not inside("it", target, target + 1.0, float("nan")).passed


def test_three_standard_errors_are_allowed_and_no_more() -> None:
    values = [0.0, 2.0]  # standard error 1
    assert statistical("mean", 4.0, values).passed
    assert not statistical("mean", 4.001, values).passed
    assert statistical("mean", 4.001, values, rounding=0.01).passed


def test_an_interval_is_widened_by_three_standard_errors() -> None:
    assert inside("share", 0.2, 0.4, 0.43, error=0.01).passed
    assert not inside("share", 0.2, 0.4, 0.44, error=0.01).passed
    assert not inside("share", 0.2, 0.4, 0.41).passed


@given(st.integers(1, 10_000), st.data())
def test_the_error_of_a_share_is_never_zero(runs: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, runs))
    assert 0.0 < of_share(count / runs, runs) <= 0.5 / runs**0.5 + 1e-12


def test_a_row_is_plain_values() -> None:
    found = shape("size", "falls", "3 2 1", True)
    assert json.loads(json.dumps(found.as_dict()))["verdict"] == "pass"
    assert shape("size", "falls", "1 2", False).verdict == "FAIL"


@pytest.mark.parametrize("kind", ["exact", "statistical", "shape"])
def test_every_kind_is_told(kind: str) -> None:
    made = {"exact": exact("a", 1, 1, 0), "statistical": near("a", 1, 1, 1),
            "shape": shape("a", "", "", True)}  # fmt: skip
    assert made[kind].kind == kind
