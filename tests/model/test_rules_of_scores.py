"""Recording, scoring and doors, each by its equation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.model.acts import act_rate, chance_of_late_bill
from glasshouse.model.doors import (
    believed_worth,
    door_is_open,
    felt_gain,
    lasting_points,
    rank_of,
)
from glasshouse.model.recording import UNRECORDED, chance_of_false_positive, taken_for
from glasshouse.model.scoring import (
    forgetting_pull,
    friends_pull,
    next_score,
    own_points,
    waiting_correction,
)
from glasshouse.scenario import default_parameters

NUMBERS = default_parameters()
SHARE = st.floats(0, 1)
UNIFORM = st.floats(0, 1, exclude_max=True)


def step(score: float, points: float, share: float, base: float, friends: float, f: float) -> float:
    return next_score(
        score, own_points(points, share), forgetting_pull(score, base, share, f),
        friends_pull(score, friends, share, f),
    )  # fmt: skip


@given(st.floats(350, 950), st.floats(-10, 10), SHARE, st.floats(350, 950), st.floats(0.01, 1))
def test_scores_settle_at_the_fixed_point(
    s: float, points: float, w: float, a: float, f: float
) -> None:
    for _ in range(int(40 / f)):
        s = step(s, points, w, 600.0, a, f)
    assert s == pytest.approx((1 - w) * (600.0 + points / f) + w * a, abs=1e-6)


def test_the_score_equation_by_hand() -> None:
    # 600 + 0.7·(-6) + 0.02·(0.7·620 + 0.3·500 - 600)
    assert step(600.0, -6.0, 0.3, 620.0, 500.0, 0.02) == pytest.approx(
        600.0 - 4.2 + 0.02 * (434.0 + 150.0 - 600.0)
    )


def test_waiting_points_are_forgotten_like_others() -> None:
    assert waiting_correction(10.0, 5.0, 0.1) == pytest.approx(13.5)


@given(UNIFORM, st.sampled_from([-1, 0, 1]), SHARE, SHARE, SHARE)
def test_nothing_is_taken_for_what_it_cannot_be(
    u: float, tone: int, coverage: float, fn: float, fp: float
) -> None:
    taken = taken_for(u, tone, coverage, fn, fp)
    assert (taken == UNRECORDED) == (u >= coverage)
    if taken not in (UNRECORDED, tone):
        assert (tone, taken) in {(-1, 0), (1, 0), (0, -1)}


def test_shares_of_errors_are_those_listed() -> None:
    draws = [(k + 0.5) / 1000 for k in range(1000)]
    dissent = [taken_for(u, -1, 0.8, 0.2, 0.05) for u in draws]
    neutral = [taken_for(u, 0, 0.8, 0.2, 0.05) for u in draws]
    assert dissent.count(UNRECORDED) == neutral.count(UNRECORDED) == 200
    assert dissent.count(0) == 160
    assert neutral.count(-1) == 40


def test_the_minority_is_misread_more_often_and_never_more_than_always() -> None:
    numbers = NUMBERS._replace(minority_false_positive_ratio=1.5)
    assert chance_of_false_positive(0.05, 1, numbers) == pytest.approx(0.075)
    assert chance_of_false_positive(0.05, 0, numbers) == 0.05
    assert chance_of_false_positive(0.9, 1, numbers) == 1.0


def test_only_activity_scaled_kinds_depend_on_activity() -> None:
    moved = [
        kind for kind in range(10) if act_rate(kind, 2.0, NUMBERS) != act_rate(kind, 1.0, NUMBERS)
    ]
    assert moved == [0, 1, 2]
    assert act_rate(2, 1e9, NUMBERS) == NUMBERS.most_acts_per_day


def test_the_poor_pay_late_more_often() -> None:
    assert chance_of_late_bill(-1.0, NUMBERS) > chance_of_late_bill(0.0, NUMBERS)
    assert chance_of_late_bill(0.0, NUMBERS) == pytest.approx(0.0998, abs=1e-3)


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_worth_rises_with_the_score_and_is_half_at_the_threshold(
    s: float, threshold: float
) -> None:
    assert believed_worth(threshold, threshold, 20.0, 3.0) == pytest.approx(1.5)
    assert believed_worth(s + 1, threshold, 20.0, 3.0) >= believed_worth(s, threshold, 20.0, 3.0)
    assert door_is_open(s, threshold) == (s >= threshold)


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
