"""What a score opens, and what people believe it is worth."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.model.doors import (
    believed_worth,
    door_is_open,
    felt_gain,
    lasting_points,
    rank_of,
)
from glasshouse.scenario import default_parameters

NUMBERS = default_parameters()
WORTH = st.floats(0, 10)


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_worth_rises_with_the_score_and_is_half_at_the_threshold(
    s: float, threshold: float
) -> None:
    assert believed_worth(threshold, threshold, 20.0, 3.0) == pytest.approx(1.5)
    assert believed_worth(s + 1, threshold, 20.0, 3.0) >= believed_worth(s, threshold, 20.0, 3.0)
    assert door_is_open(s, threshold) == (s >= threshold)


def test_one_width_above_its_threshold_a_door_is_believed_open_by_the_logistic_of_one() -> None:
    assert believed_worth(640.0, 620.0, 20.0, 3.0) == pytest.approx(3.0 / (1 + math.exp(-1)))


def test_losses_count_twice() -> None:
    numbers = NUMBERS._replace(loss_aversion=2.0)
    assert felt_gain(1.5, 1.0, numbers) == 0.5
    assert felt_gain(1.0, 1.5, numbers) == -1.0


@given(st.floats(-5, 5), st.floats(0.001, 0.5), st.integers(1, 60))
def test_lasting_points_are_the_sum_of_what_is_left(points: float, f: float, days: int) -> None:
    total = sum(points * (1 - f) ** day for day in range(days))
    assert lasting_points(points, f, (1 - f) ** days, days) == pytest.approx(total, abs=1e-9)
    assert lasting_points(points, 0.0, 1.0, days) == pytest.approx(points * days)


def test_rank_counts_half_of_equals() -> None:
    assert rank_of(0.2, 0.1) == pytest.approx(0.25)


@given(st.floats(0, 1000), st.floats(0.1, 15), WORTH)
def test_far_from_its_threshold_a_door_is_believed_open_or_shut(
    threshold: float, width: float, worth: float
) -> None:
    assert believed_worth(threshold + 1000, threshold, width, worth) == pytest.approx(worth)
    assert believed_worth(threshold - 1000, threshold, width, worth) == pytest.approx(0.0, abs=1e-9)


@given(WORTH, WORTH, st.floats(1, 20))
def test_a_loss_is_felt_at_least_as_much_as_the_gain(v: float, w: float, aversion: float) -> None:
    numbers = NUMBERS._replace(loss_aversion=aversion)
    low, high = sorted((v, w))
    assert -felt_gain(low, high, numbers) >= felt_gain(high, low, numbers)
    even = NUMBERS._replace(loss_aversion=1.0)
    assert felt_gain(v, w, even) == -felt_gain(w, v, even)
