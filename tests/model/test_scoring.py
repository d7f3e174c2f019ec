"""Acts, friends and forgetting become a score."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.model.scoring import (
    forgetting_pull,
    friends_pull,
    next_score,
    own_points,
    waiting_correction,
)

SHARE = st.floats(0, 1)
SCORE = st.floats(350, 950)


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


@given(SCORE, st.floats(-10, 10), SCORE, SCORE, SCORE)
def test_the_limits_of_the_friends_share(
    s: float, points: float, base: float, a: float, other: float
) -> None:
    assert step(s, points, 0.0, base, a, 0.02) == step(s, points, 0.0, base, other, 0.02)
    assert step(s, points, 1.0, base, a, 0.02) == pytest.approx(s + 0.02 * (a - s))


@given(SCORE, SHARE, SCORE, SCORE, SHARE)
def test_without_points_a_score_moves_between_base_and_friends(
    s: float, w: float, base: float, a: float, f: float
) -> None:
    after = step(s, 0.0, w, base, a, f)
    assert min(s, base, a) - 1e-9 <= after <= max(s, base, a) + 1e-9
