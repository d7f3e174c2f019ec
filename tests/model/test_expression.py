"""Tones follow what people think, hear, fear and stand to gain."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.model.expression import (
    Tones,
    chances_of_tones,
    loss_on_record,
    pull_of_friends,
    share_said_face_to_face,
    tone_of,
    utility_off_record,
    utility_on_record,
)
from glasshouse.scenario import default_parameters

NUMBERS = default_parameters()._replace(
    weight_of_expression=1.0, weight_of_friends=1.0, weight_of_pressure=0.3, weight_of_habit=1.0,
    weight_of_doors=0.6, weight_of_fear=0.35, weight_of_sanctions=1.0, face_to_face_shift=1.0,
)  # fmt: skip
UTILITY = st.floats(-20, 20)
COUNT = st.integers(0, 16)


def test_utility_off_record_is_its_equation() -> None:
    # 1·1.2·(-0.5) + 1·0.8 + 0.3·0.25 + 1·(-0.1), times the tone
    expected = -0.6 + 0.8 + 0.075 - 0.1
    for tone in (-1.0, 0.0, 1.0):
        got = utility_off_record(tone, 1.2, -0.5, -0.1, 0.8, 0.25, NUMBERS)
        assert got == pytest.approx(tone * expected)


def test_utility_on_record_is_its_equation() -> None:
    against = utility_on_record(-1.0, 0.2, 1.5, -2.0, 0.9, 0.8, 0.5, NUMBERS)
    assert against == pytest.approx(0.2 + 0.6 * 1.5 * -2.0 - (0.35 + 0.5) * 0.9 * 0.8)
    for_ = utility_on_record(1.0, 0.2, 1.5, 0.3, 0.9, 0.8, 0.5, NUMBERS)
    assert for_ == pytest.approx(0.2 + 0.6 * 1.5 * 0.3)


@given(COUNT, COUNT, COUNT, COUNT)
def test_pull_of_friends_is_odd_and_bounded(a: int, b: int, c: int, d: int) -> None:
    pull = pull_of_friends(a, b, c, d, NUMBERS)
    assert pull == pytest.approx(-pull_of_friends(b, a, d, c, NUMBERS))
    assert abs(pull) <= 1.31 + 1e-12


def test_pull_of_friends_by_hand() -> None:
    assert pull_of_friends(3, 1, 0, 4, NUMBERS) == pytest.approx((1.31 * 2 - 0.36 * 4) / 8)


@given(UTILITY, UTILITY, UTILITY)
def test_chances_sum_to_one_and_follow_utility(a: float, n: float, f: float) -> None:
    chances = chances_of_tones(Tones(a, n, f))
    assert sum(chances) == pytest.approx(1.0)
    assert (chances.against >= chances.for_) == (a >= f) or chances.against == pytest.approx(
        chances.for_
    )
    assert chances.against / chances.neutral == pytest.approx(math.exp(a - n), rel=1e-9)


@given(st.floats(0, 1, exclude_max=True), UTILITY, UTILITY, st.floats(0, 5))
def test_less_utility_of_dissent_never_adds_dissent(u: float, a: float, f: float, d: float) -> None:
    before = tone_of(u, chances_of_tones(Tones(a, 0.0, f)))
    after = tone_of(u, chances_of_tones(Tones(a - d, 0.0, f)))
    assert after >= before or math.isclose(d, 0.0, abs_tol=1e-12)


def test_being_recorded_moves_speech_face_to_face() -> None:
    off = Tones(0.5, 0.0, -0.5)
    free = chances_of_tones(off)
    threatened = Tones(0.1, 0.0, -0.5)
    loss = loss_on_record(free, off, threatened)
    assert loss == pytest.approx(free.against * 0.4)
    at_ease = share_said_face_to_face(3.0, 4.34, 0.0, NUMBERS)
    assert at_ease == pytest.approx(3.0 / 7.34)
    assert share_said_face_to_face(3.0, 4.34, loss, NUMBERS) > at_ease
    logit = math.log(at_ease / (1 - at_ease)) + loss
    expected = 1 / (1 + math.exp(-logit))
    assert share_said_face_to_face(3.0, 4.34, loss, NUMBERS) == pytest.approx(expected)


def test_who_never_speaks_has_no_share_face_to_face() -> None:
    assert share_said_face_to_face(0.0, 0.0, 1.0, NUMBERS) == 0.0
