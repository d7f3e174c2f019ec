"""Crowds end where their thresholds let them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.lab.verification import thresholds
from glasshouse.lab.verification.graphs import named_graph, ties_of
from glasshouse.lab.verification.thresholds import (
    fixed_point_of_normal,
    joined_of_crowd,
    joined_on_graph,
    jump_of_normal,
)
from glasshouse.scenario.faults import BadInput

lists = st.lists(st.integers(-10, 120), min_size=2, max_size=40)


@given(lists)
def test_a_crowd_ends_at_the_least_fixed_point(values: list[int]) -> None:
    people, numbers = len(values), np.array(values, float)
    ends = joined_of_crowd(numbers)[-1]
    willing = [int((100.0 * count >= numbers * people).sum()) for count in range(people + 1)]
    assert ends == next(count for count in range(people + 1) if willing[count] <= count)


@given(lists, st.integers(0, 39), st.integers(0, 50))
def test_a_higher_threshold_never_makes_more_join(values: list[int], who: int, more: int) -> None:
    before = joined_of_crowd(np.array(values, float))[-1]
    values[who % len(values)] += more
    assert joined_of_crowd(np.array(values, float))[-1] <= before


@given(lists)
def test_more_join_each_round_until_none_does(values: list[int]) -> None:
    joined = joined_of_crowd(np.array(values, float))
    assert joined == sorted(set(joined))


def test_friends_can_hold_a_crowd_back() -> None:
    assert thresholds(thresholds=(0, 50, 50, 50), graph="path", seed=3)["joined"] >= 1
    ring = ties_of(named_graph("ring", 6))
    assert joined_on_graph(np.array([0.0, 50, 50, 50, 50, 50]), ring)[-1] == 6
    assert joined_on_graph(np.array([0.0, 51, 51, 51, 51, 51]), ring)[-1] == 1


def test_thresholds_may_count_people() -> None:
    assert thresholds(thresholds=(0, 1, 2, 3), unit="people")["joined"] == 4
    assert thresholds(thresholds=(0, 2, 2, 3), unit="people")["joined"] == 1
    with pytest.raises(BadInput, match="percent on a graph"):
        thresholds(thresholds=(0, 1), unit="people", graph="ring")


@pytest.mark.parametrize("mean", [15.0, 25.0, 35.0])
def test_the_jump_parts_few_from_most(mean: float) -> None:
    jump = jump_of_normal(mean)
    assert jump is not None
    below, above = (fixed_point_of_normal(mean, jump * times) for times in (0.999, 1.001))
    assert below < mean < above
    for sd, joined in ((jump * 0.999, below), (jump * 1.001, above)):
        found = thresholds(normal_mean=mean, normal_sd=sd, people=200_000)
        assert found["share"] == pytest.approx(joined)
        assert found["whole_people"] / 2_000 == pytest.approx(joined, abs=0.3)


def test_a_hundred_people_jump_where_the_distribution_does() -> None:
    below, above = (thresholds(normal_sd=sd, people=100) for sd in (12.2, 12.3))
    assert below["joined"] < 7
    assert above["joined"] > 99


def test_a_mean_below_nobody_has_no_jump() -> None:
    assert jump_of_normal(-10.0) is None
    assert fixed_point_of_normal(-10.0, 1.0) == pytest.approx(100.0)
