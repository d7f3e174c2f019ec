"""Citizens rebel where grievance outweighs risk, and are arrested."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.lab.verification import civil_violence
from glasshouse.lab.verification.civil_violence import (
    ONE_BY_ONE,
    TOGETHER,
    lived,
    outbursts,
    willing_without_cops,
)
from glasshouse.lab.verification.torus import chance_of_arrest, is_willing, walk
from glasshouse.scenario.faults import BadInput

shares = st.floats(0, 1)


@given(shares, shares, shares, shares)
def test_more_hardship_more_willing_more_risk_less(
    hardship: float, risk: float, chance: float, legitimacy: float
) -> None:
    if is_willing(hardship, risk, chance, legitimacy, 0.1):
        assert is_willing(1.0, risk, chance, legitimacy, 0.1)
        assert is_willing(hardship, 0.0, chance, legitimacy, 0.1)
        assert is_willing(hardship, risk, 0.0, legitimacy, 0.1)
        assert legitimacy < 0.9


@given(st.integers(0, 100), st.integers(1, 100))
def test_arrest_is_feared_more_with_cops_and_less_with_actives(cops: int, actives: int) -> None:
    for floor in (True, False):
        chance = chance_of_arrest(cops, actives, 2.3, floor)
        assert 0.0 <= chance <= 1.0
        assert chance_of_arrest(cops + 1, actives, 2.3, floor) >= chance
        assert chance_of_arrest(cops, actives + 1, 2.3, floor) <= chance
    assert chance_of_arrest(cops, cops + 1, 2.3, True) == 0.0


@settings(max_examples=15, deadline=None)
@given(
    st.integers(5, 20), st.floats(0.1, 0.9), st.floats(0, 0.1), st.integers(0, 4),
    st.sampled_from([TOGETHER, ONE_BY_ONE]), st.booleans(), st.integers(0, 999),
)  # fmt: skip
def test_nobody_is_active_who_would_not_be_without_cops(
    size: int, density: float, cops: float, vision: int, order: str, floor: bool, seed: int
) -> None:
    fixed = {"size": size, "density": density, "vision": vision, "seed": seed, "steps": 20}
    watched = lived(cops=cops, order=order, floor=floor, **fixed)
    places = size * size
    assert np.all((watched >= 0) & (watched <= places))
    assert np.array_equal(watched, lived(cops=cops, order=order, floor=floor, **fixed))
    free = lived(cops=0.0, order=order, floor=floor, **fixed)
    assert np.all(free == free[0])
    if cops == 0.0:
        assert np.array_equal(watched, free)


def test_the_share_willing_is_the_one_that_rises_without_cops() -> None:
    for legitimacy in (0.0, 0.5, 0.82, 0.9, 1.0):
        found = civil_violence(size=100, cops=0.0, legitimacy=legitimacy, steps=1)
        expected = willing_without_cops(legitimacy, 0.1)
        assert found["willing"] == expected
        assert found["active"] / 7_000 == pytest.approx(expected, abs=0.03)


def test_a_circle_on_a_torus_is_seen_from_everywhere_alike() -> None:
    sight = walk(20, 3).places
    assert sight.shape == (400, 29)
    assert all(place in sight[place] for place in range(400))
    assert np.all(np.bincount(sight.ravel()) == 29)
    assert walk(5, 7).places.shape == (25, 25)


def test_bursts_are_counted_when_they_begin() -> None:
    assert outbursts(np.array([0, 60, 70, 10, 51, 50, 52])) == 3


def test_what_cannot_stand_together_is_refused() -> None:
    with pytest.raises(BadInput, match="at most 1 together"):
        civil_violence(density=0.9, cops=0.2)
    with pytest.raises(BadInput, match="vision"):
        civil_violence(size=400, vision=50)
