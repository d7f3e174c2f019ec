"""Helping those who helped pays where their image is known often enough."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.lab.verification import image_scoring
from glasshouse.lab.verification.image_scoring import (
    DEFECTS,
    DISCRIMINATES,
    advantage,
    helps,
    play,
    threshold_expected,
    threshold_of_knowing,
)
from glasshouse.lab.verification.loops import chance_of
from glasshouse.scenario.faults import BadInput


@given(st.booleans(), st.booleans())
def test_only_a_known_bad_image_is_refused(bad: bool, known: bool) -> None:
    assert helps(DISCRIMINATES, bad, known) == (not (bad and known))
    assert not helps(DEFECTS, bad, known)


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 1), st.floats(0, 0.9), st.integers(0, 20), st.integers(0, 1000))
def test_every_help_gives_the_benefit_and_takes_the_cost(
    known: float, cost: float, defectors: int, seed: int
) -> None:
    kind = np.full(20, DISCRIMINATES, np.int64)
    kind[:defectors] = DEFECTS
    payoff = np.zeros(20)
    helped = play(kind, known, 1.0, cost, 2_000, 0, payoff, chance_of(seed))
    assert payoff.sum() == pytest.approx(helped * 2_000 * (1.0 - cost))
    if defectors == 0:
        assert helped == 1.0


@given(st.floats(0.05, 0.9), st.integers(1, 5))
def test_the_threshold_tends_to_cost_over_benefit(cost: float, defectors: int) -> None:
    wide = threshold_expected(1.0, cost, defectors, 10**8)
    assert wide == pytest.approx(cost, abs=1e-5)
    assert threshold_expected(1.0, cost, defectors, 50) >= wide


def test_discriminating_pays_above_the_threshold_only() -> None:
    assert advantage(0.8, 1.0, 0.4, 0.01, 100, 200_000, 1) > 0.0
    assert advantage(0.2, 1.0, 0.4, 0.01, 100, 200_000, 1) < 0.0


def test_play_finds_the_threshold() -> None:
    found = threshold_of_knowing(1.0, 0.3, 0.02, 50, 200_000, 1)
    assert found == pytest.approx(threshold_expected(1.0, 0.3, 1, 50), abs=0.03)


def test_help_dies_out_or_stays() -> None:
    brief = {"cost": 0.4, "people": 100, "generations": 100, "runs": 2}
    assert image_scoring(known=0.15, **brief)["helped"] < 0.1
    assert image_scoring(known=0.7, **brief)["helped"] > 0.8


def test_help_that_costs_more_than_it_gives_is_refused() -> None:
    with pytest.raises(BadInput, match="below the benefit"):
        image_scoring(cost=2.0)
