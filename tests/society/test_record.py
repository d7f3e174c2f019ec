"""What is remembered fits its bytes and comes back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glasshouse.society.record import feeling_of, nearest_feeling, nearest_step, score_of


@given(st.integers(-127, 127))
def test_a_stored_feeling_comes_back(stored: int) -> None:
    assert nearest_feeling(feeling_of(stored)) == stored


@given(st.floats(-5, 5))
def test_feelings_are_held_and_keep_their_sign(value: float) -> None:
    stored = nearest_feeling(value)
    assert -127 <= stored <= 127
    assert stored * value >= 0
    assert nearest_feeling(-value) == -stored


@given(st.integers(0, 60_000))
def test_a_stored_score_comes_back(step: int) -> None:
    assert nearest_step(score_of(step, 350.0, 0.01), 350.0, 0.01, 60_000) == step


@given(st.floats(-1e6, 1e6))
def test_scores_are_held_in_their_range(score: float) -> None:
    assert 0 <= nearest_step(score, 350.0, 0.01, 60_000) <= 60_000
