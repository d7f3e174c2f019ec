"""What friends' signals say, and ties that answer to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.lab.verification import wei
from glasshouse.lab.verification.wei import (
    Chances,
    chance_of_high,
    shape_of,
    society,
    strategic_chances,
)

errors = st.floats(0.01, 0.49)
odds_ = st.floats(0.05, 1)
counts = st.integers(0, 12)
signals = st.sampled_from([-1, 1])


@given(signals, counts, counts, errors, odds_)
def test_both_types_together_are_certain(
    own: int, high: int, low: int, error: float, odds: float
) -> None:
    high_type = chance_of_high(own, high, low, error, odds)
    low_type = chance_of_high(-own, low, high, error, odds)
    assert high_type + low_type == pytest.approx(1.0)


@given(counts, counts, errors, odds_)
def test_a_good_signal_of_ones_own_or_of_a_friend_never_harms(
    high: int, low: int, error: float, odds: float
) -> None:
    chance = chance_of_high(-1, high, low, error, odds)
    assert chance_of_high(1, high, low, error, odds) >= chance
    assert chance_of_high(-1, high + 1, low, error, odds) >= chance


@given(signals, counts, counts, errors)
def test_friends_say_nothing_where_ties_ignore_types(
    own: int, high: int, low: int, error: float
) -> None:
    alone = chance_of_high(own, 0, 0, error, 1.0)
    assert chance_of_high(own, high, low, error, 1.0) == pytest.approx(alone)


@given(errors, st.floats(0.05, 0.95), st.floats(0, 2))
def test_care_for_scores_never_ties_more(error: float, odds: float, weight: float) -> None:
    found = strategic_chances(error, odds, weight)
    assert found.high == pytest.approx(1.0)
    assert found.low <= 1.0 + 1e-9
    before, after = Chances(1.0, odds, 1.0), found
    assert ties(after) <= ties(before) + 1e-9


def ties(chances: Chances) -> float:
    return (chances.high + chances.low) / 4 + chances.mixed / 2


def test_who_does_not_care_changes_nothing() -> None:
    assert strategic_chances(0.2, 0.3, 0.0) == pytest.approx((1.0, 0.3, 1.0))


def test_shares_of_types_are_those_of_the_formula() -> None:
    found = society(150_000, 6.0, 0.1, Chances(1.0, 0.2, 1.0), seed=3)
    high, low = found.heard()
    for own, h, n in ((1, 3, 1), (-1, 2, 1), (-1, 1, 1), (1, 0, 2)):
        chosen = (found.signal == own) & (high == h) & (low == n)
        count, share = chosen.sum(), (found.kind[chosen] > 0).mean()
        expected = chance_of_high(own, h, n, 0.1, 0.2)
        assert abs(share - expected) < 4.0 * (expected * (1 - expected) / count) ** 0.5


@pytest.mark.parametrize("seed", [1, 2])
def test_care_makes_ties_fewer_more_similar_and_society_fragmented(seed: int) -> None:
    found = wei(weight=1.0, people=3_000, seed=seed)
    assert found["ties"][1] < found["ties"][0]
    assert found["similar"][1] > found["similar"][0]
    assert found["fragmentation"][1] > found["fragmentation"][0]


def test_extreme_inputs_give_numbers() -> None:
    found = wei(high=10_000, low=0, degree=0.0, people=2)
    assert found["chance"] == pytest.approx(1.0)
    assert wei(high=0, low=10_000, people=2)["chance"] == pytest.approx(0.0)
    assert found["similar"] == [None, None]
    assert shape_of(society(50, 0.0, 0.2, Chances(1, 1, 1), 1)).fragmentation == 1.0
