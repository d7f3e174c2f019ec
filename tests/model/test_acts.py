"""How often people act, and who pays late."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.chance.functions import LIMIT
from glasshouse.model.acts import (
    KINDS,
    act_rate,
    chance_of_late_bill,
    neutral_rate,
    political_rate,
)
from glasshouse.scenario import default_parameters
from glasshouse.scenario.defaults import parameter_info

NUMBERS = default_parameters()


def test_only_activity_scaled_kinds_depend_on_activity() -> None:
    moved = [
        kind for kind in range(10) if act_rate(kind, 2.0, NUMBERS) != act_rate(kind, 1.0, NUMBERS)
    ]
    assert moved == [0, 1, 2]
    assert act_rate(2, 1e9, NUMBERS) == NUMBERS.most_acts_per_day


def test_the_poor_pay_late_more_often() -> None:
    assert chance_of_late_bill(-1.0, NUMBERS) > chance_of_late_bill(0.0, NUMBERS)
    assert chance_of_late_bill(0.0, NUMBERS) == pytest.approx(0.0998, abs=1e-3)
    # logit = -2.2 + 1
    assert chance_of_late_bill(-1.0, NUMBERS) == pytest.approx(1 / (1 + math.exp(1.2)))


def test_every_kind_has_its_own_rate() -> None:
    at_one = dict(zip(KINDS, (act_rate(kind, 1.0, NUMBERS) for kind in range(10)), strict=True))
    assert at_one == {
        "post": 0.17, "share": 0.17, "like": 1.0, "message": 3.0, "face_to_face": 3.0,
        "purchase": 0.5, "subscription": 0.03, "bill": 0.03, "grumble": 0.01, "cartoon": 0.03,
    }  # fmt: skip
    assert act_rate(0, 2.0, NUMBERS) == pytest.approx(0.34)


@given(st.integers(0, 9), st.floats(0, 1e6), st.floats(1, 60))
def test_nobody_does_more_than_the_cap(kind: int, activity: float, cap: float) -> None:
    assert act_rate(kind, activity, NUMBERS._replace(most_acts_per_day=cap)) <= cap


def test_no_cap_allows_more_acts_than_can_be_counted_rightly() -> None:
    described = parameter_info()["most_acts_per_day"]
    assert max(*described.range, *described.bounds) <= LIMIT


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_wealth_never_makes_a_bill_later(v: float, w: float) -> None:
    poor, rich = sorted((v, w))
    assert chance_of_late_bill(poor, NUMBERS) >= chance_of_late_bill(rich, NUMBERS)


def test_political_speech_is_a_share_of_all_speech_whatever_its_channel() -> None:
    numbers = NUMBERS._replace(political_share=0.33, most_acts_per_day=60.0)
    assert political_rate(3.0, 4.34, numbers) == pytest.approx(0.33 * 7.34)
    assert political_rate(0.0, 7.34, numbers) == pytest.approx(political_rate(7.34, 0.0, numbers))
    assert political_rate(200.0, 50.0, numbers) == 60.0


@given(st.floats(0, 60), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_neutral_speech_is_misread_or_read_or_not_seen(
    rate: float, coverage: float, wrong: float, political: float
) -> None:
    numbers = NUMBERS._replace(political_share=political)
    misread = neutral_rate(rate, coverage, wrong, numbers)
    read = neutral_rate(rate, coverage, 1.0 - wrong, numbers)
    assert misread >= 0.0 and read >= 0.0
    assert misread + read == pytest.approx(rate * (1.0 - political) * coverage)


def test_neutral_rate_by_hand() -> None:
    numbers = NUMBERS._replace(political_share=0.33)
    assert neutral_rate(3.0, 0.8, 0.05, numbers) == pytest.approx(3.0 * 0.67 * 0.8 * 0.05)
