"""Who would join a revolt."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glasshouse.model.revolt import joins
from glasshouse.scenario import default_parameters

NUMBERS = default_parameters()._replace(
    legitimacy=0.8, coercion=2.0, arrest_exponent=2.3, stake_in_doors=0.3, revolt_threshold=0.1
)
FEELING = st.floats(-1, 1)


@given(
    st.floats(0, 1), FEELING, st.floats(0, 1), st.integers(0, 20), st.floats(0, 3), st.floats(0, 1)
)
def test_company_and_having_nothing_to_lose_bring_people_out(
    hardship: float, x: float, risk: float, active: int, ambition: float, worth: float
) -> None:
    if joins(hardship, x, risk, active, ambition, worth, NUMBERS):
        assert joins(hardship, x, risk, active + 1, ambition, worth, NUMBERS)
        assert joins(hardship, x, risk, active, ambition, 0.0, NUMBERS)
    assert not joins(hardship, 1.0, 1.0, 0, ambition, worth, NUMBERS)


def test_joining_by_hand() -> None:
    # Grievance 0.9·(1 - 0.8·0.5) = 0.54; risk 0.5·(1 - exp(-4.6 / (1 + friends))) is 0.495 alone,
    # 0.450 with one friend, 0.392 with two.
    assert [joins(0.9, 0.0, 0.5, friends, 1.0, 0.0, NUMBERS) for friends in range(4)] == [
        False, False, True, True,
    ]  # fmt: skip
    # Half of all doors to lose: 0.3·1·0.5 = 0.15 more against it.
    assert not joins(0.9, 0.0, 0.5, 2, 1.0, 0.5, NUMBERS)


@given(st.floats(0, 1), FEELING, FEELING, st.floats(0, 1), st.integers(0, 20))
def test_who_thinks_worse_of_the_state_joins_sooner(
    hardship: float, x: float, y: float, risk: float, active: int
) -> None:
    worse, better = sorted((x, y))
    if joins(hardship, better, risk, active, 1.0, 0.2, NUMBERS):
        assert joins(hardship, worse, risk, active, 1.0, 0.2, NUMBERS)


def test_legitimacy_holds_back_the_loyal_and_not_the_dissenting() -> None:
    # Without risk, 0.4·(1 - 0.8·(1+x)/2) is 0.4 at x = -1, 0.08 at x = 1.
    assert joins(0.4, -1.0, 0.0, 0, 1.0, 0.0, NUMBERS)
    assert not joins(0.4, 1.0, 0.0, 0, 1.0, 0.0, NUMBERS)


def test_only_the_ambitious_have_doors_to_lose() -> None:
    # 0.54 - 0.392 - 0.1 leaves 0.048: a stake of 0.3·ambition·0.5 exceeds it from 0.32 on.
    assert joins(0.9, 0.0, 0.5, 2, 0.2, 0.5, NUMBERS)
    assert not joins(0.9, 0.0, 0.5, 2, 0.5, 0.5, NUMBERS)


def test_who_suffers_nothing_stays_at_home() -> None:
    assert not joins(0.0, -1.0, 0.0, 20, 0.0, 0.0, NUMBERS)
