"""Who presses whom, and what is guessed where no map shows the scores."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.model.pressure import guessed_score, presses, pressure_reach, would_press
from glasshouse.scenario import default_parameters

NUMBERS = default_parameters()
SCORE = st.floats(350, 950)


def test_pressing_needs_a_gap_and_falls_with_distance() -> None:
    assert would_press(40.1, NUMBERS._replace(pressure_gap=40.0))
    assert not would_press(40.0, NUMBERS._replace(pressure_gap=40.0))
    assert not would_press(500.0, NUMBERS._replace(weight_of_pressure=0.0))
    reach = [pressure_reach(layer, NUMBERS) for layer in range(5)]
    assert reach == [0.7, 0.4, 0.2, 0.2, 0.1]
    assert presses(0.69, 0, NUMBERS) and not presses(0.69, 1, NUMBERS)


def test_a_guess_follows_stance() -> None:
    numbers = NUMBERS._replace(guess_by_stance=60.0, guess_noise=60.0)
    assert guessed_score(600.0, 0.5, -0.5, 0.0, numbers) == pytest.approx(540.0)
    assert guessed_score(600.0, 0.5, 0.5, 1.0, numbers) == pytest.approx(660.0)
    noisier = numbers._replace(guess_by_stance=20.0, guess_noise=100.0)
    assert guessed_score(600.0, 0.5, -0.5, 0.3, noisier) == pytest.approx(600.0 - 20.0 + 30.0)


@given(SCORE, SCORE)
def test_two_friends_never_press_each_other(one: float, other: float) -> None:
    assert not (would_press(one - other, NUMBERS) and would_press(other - one, NUMBERS))


@given(st.floats(0, 1, exclude_max=True), st.integers(0, 4))
def test_a_reach_of_nothing_and_of_everybody(u: float, layer: int) -> None:
    names = ("kin", "circle", "district", "city", "nation")
    field = f"pressure_reach_{names[layer]}"
    assert not presses(u, layer, NUMBERS._replace(**{field: 0.0}))
    assert presses(u, layer, NUMBERS._replace(**{field: 1.0}))
