"""Leaving a scheme, and what holds people in it."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.model.participation import chance_of_leaving
from glasshouse.scenario import default_parameters

NUMBERS = default_parameters()


def test_who_has_more_to_lose_stays_in_the_scheme() -> None:
    chances = [chance_of_leaving(1.0, worth, 1.0, NUMBERS) for worth in (0.0, 1.0, 3.0)]
    assert chances == sorted(chances, reverse=True)
    at_par = 1 / (1 + math.exp(NUMBERS.leaving_reluctance))
    assert chances[1] == pytest.approx(at_par)


def test_chance_of_leaving_by_hand() -> None:
    numbers = NUMBERS._replace(leaving_reluctance=2.0)
    # logit = -2 - 1.5·(3.0 - 1.0)
    assert chance_of_leaving(1.5, 3.0, 1.0, numbers) == pytest.approx(1 / (1 + math.exp(5.0)))


@given(st.floats(0, 5), st.floats(0, 5))
def test_who_wants_nothing_from_doors_leaves_whatever_they_are_worth(v: float, w: float) -> None:
    assert chance_of_leaving(0.0, v, w, NUMBERS) == chance_of_leaving(0.0, 1.0, 1.0, NUMBERS)
