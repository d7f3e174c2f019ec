"""The optimum found by search is the one of the closed form, and moves as it should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.lab.verification import dissent
from glasshouse.lab.verification.dissent import (
    PROPORTIONAL,
    PUNISHMENTS,
    best_act,
    cost_of,
    defiance_in_closed_form,
    most_in_closed_form,
    threshold_of_defiance,
)

shares = st.floats(0, 1)
surveillances = st.floats(0, 0.95)
numbers = (st.floats(0.1, 5), surveillances, st.floats(0, 0.9), st.floats(0.1, 5))


@given(shares, *numbers, st.sampled_from(PUNISHMENTS), shares)
def test_no_other_act_costs_less(
    desired: float, boldness: float, surveillance: float, tolerance: float, severity: float,
    punishment: str, part: float,
) -> None:  # fmt: skip
    fixed = (boldness, surveillance, tolerance, severity)
    act = best_act(desired, *fixed, punishment)
    assert 0.0 <= act <= desired
    proportional = punishment == PROPORTIONAL
    least = cost_of(act, desired, *fixed, proportional)
    assert least <= cost_of(part * desired, desired, *fixed, proportional) + 1e-9


@given(*numbers)
def test_search_agrees_with_the_closed_forms(
    boldness: float, surveillance: float, tolerance: float, severity: float
) -> None:
    fixed = (boldness, surveillance, tolerance, severity)
    expected = min(most_in_closed_form(*fixed), 1.0)
    assert best_act(1.0, *fixed, PROPORTIONAL) == pytest.approx(expected, abs=1e-5)
    closed, found = defiance_in_closed_form(*fixed), threshold_of_defiance(*fixed)
    if closed < 1.0 - 1e-9:
        assert found == pytest.approx(closed, abs=1e-8)
    elif closed > 1.0 + 1e-9:
        assert found is None


def test_the_response_is_told_in_words() -> None:
    assert dissent(desired=0.2)["response"] == "compliance"
    assert dissent(desired=0.7)["response"] == "full self-censorship"
    assert dissent(desired=0.72)["response"] == "defiance"
    shy = dissent(desired=0.9, severity=1.0, punishment="proportional")
    assert shy["response"] == "partial self-censorship"
    assert shy["act"] == pytest.approx(0.625)
