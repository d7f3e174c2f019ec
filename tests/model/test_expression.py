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


WEIGHTS = st.sampled_from(["expression", "friends", "pressure", "habit"])
WEIGHT = st.floats(0, 5)


@given(WEIGHTS, WEIGHT)
def test_every_weight_scales_its_own_term_alone(name: str, weight: float) -> None:
    terms = {"expression": 1.2 * -0.5, "friends": 0.8, "pressure": 0.25, "habit": -0.1}
    none = NUMBERS._replace(**{f"weight_of_{other}": 0.0 for other in terms})
    numbers = none._replace(**{f"weight_of_{name}": weight})
    got = utility_off_record(-1.0, 1.2, -0.5, -0.1, 0.8, 0.25, numbers)
    assert got == pytest.approx(-weight * terms[name])


@given(WEIGHT, WEIGHT, WEIGHT)
def test_the_weights_of_the_record(doors: float, fear: float, sanctions: float) -> None:
    numbers = NUMBERS._replace(
        weight_of_doors=doors, weight_of_fear=fear, weight_of_sanctions=sanctions
    )
    got = utility_on_record(-1.0, 0.2, 1.5, -2.0, 0.9, 0.8, 0.5, numbers)
    assert got == pytest.approx(0.2 - 3.0 * doors - 0.72 * (fear + 0.5 * sanctions))


@given(st.floats(0, 3), st.floats(-2, 2))
def test_how_far_speech_shifts_face_to_face(shift: float, loss: float) -> None:
    numbers = NUMBERS._replace(face_to_face_shift=shift)
    share = share_said_face_to_face(3.0, 4.34, loss, numbers)
    logit = math.log(3.0 / 4.34) + shift * loss
    assert share == pytest.approx(1 / (1 + math.exp(-logit)))


def test_utility_on_record_is_its_equation() -> None:
    against = utility_on_record(-1.0, 0.2, 1.5, -2.0, 0.9, 0.8, 0.5, NUMBERS)
    assert against == pytest.approx(0.2 + 0.6 * 1.5 * -2.0 - (0.35 + 0.5) * 0.9 * 0.8)
    for_ = utility_on_record(1.0, 0.2, 1.5, 0.3, 0.9, 0.8, 0.5, NUMBERS)
    assert for_ == pytest.approx(0.2 + 0.6 * 1.5 * 0.3)
    neutral = utility_on_record(0.0, 0.2, 1.5, 0.3, 0.9, 0.8, 0.5, NUMBERS)
    assert neutral == pytest.approx(for_)


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


@given(UTILITY, UTILITY, st.floats(0, 5))
def test_less_utility_of_dissent_never_adds_dissent(a: float, f: float, d: float) -> None:
    before = chances_of_tones(Tones(a, 0.0, f))
    after = chances_of_tones(Tones(a - d, 0.0, f))
    assert after.against <= before.against
    assert after.against + after.neutral <= before.against + before.neutral + 1e-15


def test_what_the_record_takes_counts_every_tone_by_its_chance() -> None:
    free = Tones(0.2, 0.5, 0.3)
    loss = loss_on_record(free, Tones(0.4, 0.1, -0.2), Tones(-0.6, 0.0, 0.3))
    assert loss == pytest.approx(0.2 * 1.0 + 0.5 * 0.1 - 0.3 * 0.5)


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
