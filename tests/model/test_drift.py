"""Stance follows speech, opinion follows stance, friends and reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.model.drift import next_opinion, next_stance
from glasshouse.scenario import default_parameters

NUMBERS = default_parameters()._replace(
    stance_drift=0.05, opinion_to_stance=0.01, opinion_to_friends=0.005, opinion_to_reading=0.005
)
FEELING = st.floats(-1, 1)


@given(FEELING, FEELING, FEELING, FEELING)
def test_drift_never_leaves_the_range_of_feelings(x: float, a: float, n: float, r: float) -> None:
    assert -1.0 <= next_stance(a, n, NUMBERS) <= 1.0
    assert -1.0 <= next_opinion(x, a, n, r, NUMBERS) <= 1.0
    assert next_opinion(x, x, x, x, NUMBERS) == pytest.approx(x)


def test_drift_by_hand() -> None:
    assert next_stance(0.2, -1.0, NUMBERS) == pytest.approx(0.2 - 0.05 * 1.2)
    moved = next_opinion(-0.5, 0.5, 0.3, 0.1, NUMBERS)
    assert moved == pytest.approx(-0.5 + 0.01 + 0.005 * 0.8 + 0.005 * 0.6)


@given(FEELING, FEELING, FEELING, FEELING)
def test_an_opinion_moves_among_what_pulls_it(x: float, a: float, n: float, r: float) -> None:
    moved = next_opinion(x, a, n, r, NUMBERS)
    assert min(x, a, n, r) - 1e-12 <= moved <= max(x, a, n, r) + 1e-12


@given(FEELING, FEELING, FEELING, FEELING)
def test_the_limits_of_drift(x: float, a: float, n: float, r: float) -> None:
    still = NUMBERS._replace(
        stance_drift=0.0, opinion_to_stance=0.0, opinion_to_friends=0.0, opinion_to_reading=0.0
    )
    assert next_stance(a, n, still) == a
    assert next_opinion(x, a, n, r, still) == x
    assert next_stance(a, n, still._replace(stance_drift=1.0)) == pytest.approx(n)
    for name, pull in (("stance", a), ("friends", n), ("reading", r)):
        numbers = still._replace(**{f"opinion_to_{name}": 1.0})
        assert next_opinion(x, a, n, r, numbers) == pytest.approx(pull)
