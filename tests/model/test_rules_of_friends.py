"""Friends: gains from cutting by their definition, chances by their equations."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.model.drift import next_opinion, next_stance
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
from glasshouse.model.participation import chance_of_leaving
from glasshouse.model.pressure import guessed_score, presses, pressure_reach, would_press
from glasshouse.model.revolt import joins
from glasshouse.scenario import default_parameters

NUMBERS = default_parameters()
SCORES = st.lists(st.floats(350, 950), min_size=2, max_size=12)
FEELING = st.floats(-1, 1)


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


def test_pressing_needs_a_gap_and_falls_with_distance() -> None:
    assert would_press(700.0, 659.9, NUMBERS._replace(pressure_gap=40.0))
    assert not would_press(700.0, 660.0, NUMBERS._replace(pressure_gap=40.0))
    assert not would_press(900.0, 400.0, NUMBERS._replace(weight_of_pressure=0.0))
    reach = [pressure_reach(layer, NUMBERS) for layer in range(5)]
    assert reach == [0.7, 0.4, 0.2, 0.2, 0.1]
    assert presses(0.69, 0, NUMBERS) and not presses(0.69, 1, NUMBERS)


def test_a_guess_follows_stance() -> None:
    numbers = NUMBERS._replace(guess_by_stance=60.0, guess_noise=60.0)
    assert guessed_score(600.0, 0.5, -0.5, 0.0, numbers) == pytest.approx(540.0)
    assert guessed_score(600.0, 0.5, 0.5, 1.0, numbers) == pytest.approx(660.0)


@given(FEELING, FEELING, FEELING, FEELING)
def test_drift_never_leaves_the_range_of_feelings(x: float, a: float, n: float, r: float) -> None:
    assert -1.0 <= next_stance(a, n, NUMBERS) <= 1.0
    assert -1.0 <= next_opinion(x, a, n, r, NUMBERS) <= 1.0
    assert next_opinion(x, x, x, x, NUMBERS) == pytest.approx(x)


def test_drift_by_hand() -> None:
    assert next_stance(0.2, -1.0, NUMBERS) == pytest.approx(0.2 - 0.05 * 1.2)
    moved = next_opinion(-0.5, 0.5, 0.3, 0.1, NUMBERS)
    assert moved == pytest.approx(-0.5 + 0.01 + 0.005 * 0.8 + 0.005 * 0.6)


def test_who_has_more_to_lose_stays_in_the_scheme() -> None:
    chances = [chance_of_leaving(1.0, worth, 1.0, NUMBERS) for worth in (0.0, 1.0, 3.0)]
    assert chances == sorted(chances, reverse=True)
    at_par = 1 / (1 + math.exp(NUMBERS.leaving_reluctance))
    assert chances[1] == pytest.approx(at_par)


@given(
    st.floats(0, 1), FEELING, st.floats(0, 1), st.integers(0, 20), st.floats(0, 3), st.floats(0, 1)
)
def test_company_and_having_nothing_to_lose_bring_people_out(
    hardship: float, x: float, risk: float, active: int, ambition: float, worth: float
) -> None:
    if joins(hardship, x, risk, active, ambition, worth, NUMBERS):
        assert joins(hardship, x, risk, active + 1, ambition, worth, NUMBERS)
        assert joins(hardship, x, risk, active, ambition, 0.0, NUMBERS)
    assert not joins(hardship, 1.0, 1.0, 0, ambition, worth, NUMBERS)
