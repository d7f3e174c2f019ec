"""Whom people drop and let in: gains by their definition, chances by their equations."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.model.friendship import (
    chance_of_accepting,
    chance_of_cutting,
    gain_from_cutting_lowest,
    gain_from_cutting_lowest_k,
    gain_from_cutting_mean,
    gain_from_cutting_only_friend,
    gain_from_cutting_weighted,
    may_reopen,
)
from glasshouse.scenario import default_parameters

NUMBERS = default_parameters()
SCORES = st.lists(st.floats(350, 950), min_size=2, max_size=12)
POSITIVE = st.floats(0.1, 5)


@given(SCORES, st.floats(0.01, 1))
def test_gain_is_how_far_the_mean_rises(scores: list[float], share: float) -> None:
    mean = sum(scores) / len(scores)
    for n, score in enumerate(scores):
        rest = scores[:n] + scores[n + 1 :]
        rise = share * (sum(rest) / len(rest) - mean)
        assert gain_from_cutting_mean(share, mean, score, len(scores)) == pytest.approx(
            max(rise, 0.0), abs=1e-6
        )


@given(st.lists(st.tuples(st.floats(350, 950), st.floats(0.3, 8)), min_size=2, max_size=8))
def test_gain_is_how_far_the_weighted_mean_rises(friends: list[tuple[float, float]]) -> None:
    strengths = sum(w for _, w in friends)
    mean = sum(s * w for s, w in friends) / strengths
    for n, (score, strength) in enumerate(friends):
        rest = friends[:n] + friends[n + 1 :]
        rise = 0.3 * (sum(s * w for s, w in rest) / sum(w for _, w in rest) - mean)
        got = gain_from_cutting_weighted(0.3, mean, score, strength, strengths)
        assert got == pytest.approx(max(rise, 0.0), abs=1e-6)


@given(SCORES, st.integers(1, 8))
def test_gain_is_how_far_the_lowest_rise(scores: list[float], k: int) -> None:
    ascending = sorted(scores)
    rise = 0.3 * (ascending[1] - ascending[0])
    assert gain_from_cutting_lowest(0.3, ascending[0], ascending[1]) == pytest.approx(rise)
    if len(ascending) > k:
        before = sum(ascending[:k]) / k
        after = sum(ascending[1 : k + 1]) / k
        got = gain_from_cutting_lowest_k(0.3, ascending[k], ascending[0], k)
        assert got == pytest.approx(0.3 * (after - before), abs=1e-9)


def test_dropping_the_only_friend() -> None:
    assert gain_from_cutting_only_friend(0.3, 600.0, 500.0) == pytest.approx(30.0)
    assert gain_from_cutting_only_friend(0.3, 600.0, 700.0) == 0.0


def test_chance_of_cutting_is_its_equation() -> None:
    numbers = NUMBERS._replace(
        cut_intercept=-10.0, cut_for_doors=60.0, cut_strength=0.2, cut_kin=0.5, cut_disagreement=0.6
    )
    logit = -10.0 + 60.0 * 1.2 * 0.1 - 0.2 * math.log(8.0) - 0.5 + 0.6 * 0.4
    chance = chance_of_cutting(1.2, 2.1, 2.0, math.log(8.0), 1, 0.4, numbers)
    assert chance == pytest.approx(1 / (1 + math.exp(-logit)))


@given(st.floats(0.1, 5), st.floats(0.1, 5), st.floats(0, 0.2))
def test_the_ambitious_cut_sooner(less: float, more: float, gain: float) -> None:
    low, high = sorted((less, more))
    chances = [chance_of_cutting(a, 1 + gain, 1.0, 0.0, 0, 0.0, NUMBERS) for a in (low, high)]
    assert chances[0] <= chances[1]


def test_a_tie_may_be_opened_in_one_month_of_the_year() -> None:
    for turn in range(12):
        assert sum(may_reopen(month, turn) for month in range(24)) == 2


def test_likeness_and_status_help_to_be_let_in() -> None:
    numbers = NUMBERS._replace(acceptance_intercept=1.0, acceptance_disagreement=2.0)
    assert chance_of_accepting(0.5, 300.0, 0.0, numbers) == pytest.approx(0.5)
    assert chance_of_accepting(0.5, 100.0, 1.0, numbers) == pytest.approx(1 / (1 + math.exp(-1)))
    assert chance_of_accepting(0.5, -100.0, 1.0, numbers) < 0.5


@given(POSITIVE, POSITIVE, st.floats(0, 2))
def test_where_doors_weigh_nothing_nobody_is_cut_for_the_score(
    ambition: float, worth: float, gap: float
) -> None:
    numbers = NUMBERS._replace(cut_for_doors=0.0)
    chance = chance_of_cutting(ambition, worth, 1.0, 0.0, 0, gap, numbers)
    assert chance == chance_of_cutting(1.0, 1.0, 1.0, 0.0, 0, gap, numbers)


@given(st.floats(0, 2), st.floats(0, 2), st.floats(0.3, 8), st.floats(0.3, 8))
def test_the_like_minded_and_the_near_are_kept(a: float, b: float, v: float, w: float) -> None:
    numbers = NUMBERS._replace(cut_strength=0.2, cut_disagreement=0.6)

    def chance(gap: float, strength: float) -> float:
        return chance_of_cutting(1.0, 1.0, 1.0, math.log(strength), 0, gap, numbers)

    assert chance(min(a, b), 1.0) <= chance(max(a, b), 1.0)
    assert chance(0.5, max(v, w)) <= chance(0.5, min(v, w))


@given(st.floats(0, 2), st.floats(-600, 600))
def test_without_status_a_score_lets_nobody_in(gap: float, ahead: float) -> None:
    chance = chance_of_accepting(gap, ahead, 0.0, NUMBERS)
    assert chance == chance_of_accepting(gap, 0.0, 0.0, NUMBERS)
    with_status = chance_of_accepting(gap, ahead, 1.0, NUMBERS)
    assert (with_status >= chance) == (ahead >= 0) or with_status == pytest.approx(chance)
