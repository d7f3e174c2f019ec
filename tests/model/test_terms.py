"""A scheme in numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.model.acts import BILL, CARTOON, FACE_TO_FACE, GRUMBLE, MESSAGE, POST
from glasshouse.model.doors import believed_worth
from glasshouse.model.terms import door_steps, expected_points, scheme_terms
from glasshouse.scenario import Scenario, Scheme, default_parameters

NUMBERS = default_parameters()
PRESS = Scenario.load("press-sesame").scheme
TERMS = scheme_terms(PRESS, NUMBERS)


def test_points_and_coverage_stand_where_they_belong() -> None:
    assert TERMS.points[POST].tolist() == [PRESS.points.post.against, 0.0, PRESS.points.post.for_]
    assert TERMS.points[BILL, 0] == PRESS.points.bill.late
    assert TERMS.points[GRUMBLE, 0] == PRESS.points.grumble
    assert TERMS.coverage[FACE_TO_FACE] == 0.0
    assert TERMS.coverage[MESSAGE] == PRESS.coverage.message
    assert TERMS.coverage[CARTOON] == PRESS.coverage.public


def test_worth_of_every_score_is_the_sum_over_doors() -> None:
    for step in (0, 12_345, TERMS.top):
        score = TERMS.low + step * TERMS.unit
        worth = sum(
            believed_worth(score, door.threshold, door.width, door.worth)
            for door in PRESS.doors.values()
            if door.threshold is not None
        )
        assert TERMS.worth[step] == pytest.approx(worth, rel=1e-12)
    assert (np.diff(TERMS.worth) >= 0).all()


def test_doors_open_from_their_threshold_on() -> None:
    for step, door in zip(TERMS.door_step, PRESS.doors.values(), strict=True):
        assert TERMS.low + TERMS.unit * step == pytest.approx(door.threshold)


def test_speaking_against_costs_and_for_pays_the_median_citizen() -> None:
    against, neutral, for_ = (expected_points(PRESS, NUMBERS, 0, tone) for tone in (-1, 0, 1))
    assert against < neutral < 0 < for_
    half = PRESS.model_copy(update={"friends": PRESS.friends.model_copy(update={"share": 0.65})})
    assert expected_points(half, NUMBERS, 0, -1) == pytest.approx(against / 2)


def test_expected_points_by_hand() -> None:
    numbers = NUMBERS._replace(activity_sd=1.5, political_share=0.33)
    # Posts and shares at 0.17 a day and likes at 1 scale with the median activity; messages, of
    # which 0.8 are seen, do not. A fifth of dissent is missed; own acts count for 0.7.
    median = math.exp(-1.125)
    seen = 0.33 * (1.34 * median + 3.0 * 0.8)
    assert expected_points(PRESS, numbers, 0, -1) == pytest.approx(0.7 * seen * 0.8 * -6)
    assert expected_points(PRESS, numbers, 0, 1) == pytest.approx(0.7 * seen * 0.8 * 2)
    wrong = 0.33 * (0.34 * median * 0.05 + (median + 3.0 * 0.8) * 0.005)
    assert expected_points(PRESS, numbers, 0, 0) == pytest.approx(0.7 * wrong * -6)


def test_what_is_observed_is_weighted_by_how_often_it_is_done() -> None:
    speech, shopping, reading = TERMS.observed
    assert speech == pytest.approx((1.34 + 3.0 * 0.8) / 4.34)
    assert shopping == reading == 1.0


@given(
    st.sampled_from([-500.0, 0.0, 350.0]),
    st.sampled_from([100.0, 600.0, 1000.0, 3000.0, 6553.5]),
    st.floats(0, 1),
    st.booleans(),
)
def test_a_door_opens_at_the_first_score_that_reaches_its_threshold(
    low: float, width: float, place: float, on_a_step: bool
) -> None:
    high = low + width
    threshold = min(low + place * width, high)
    scheme = Scheme(name="drawn", range={"low": low, "high": high}, base=low)
    unit = scheme.unit()
    if on_a_step:
        threshold = low + round((threshold - low) / unit) * unit
    threshold = min(round(threshold, 6), high)
    doors = {"gate": {"threshold": threshold}}
    scheme = Scheme(name="drawn", range={"low": low, "high": high}, base=low, doors=doors)
    step = int(door_steps(scheme, None)[0])
    assert low + step * unit >= threshold - 1e-6
    assert step == 0 or low + (step - 1) * unit < threshold - 1e-7


def test_nothing_is_observed_without_a_scheme() -> None:
    terms = scheme_terms(Scenario.load("none").scheme, NUMBERS)
    assert not terms.observed.any()
    assert not terms.lasting_steps.any()
    assert not terms.worth.any()


def test_a_door_by_rank_follows_the_nation() -> None:
    scheme = (
        Scenario.load("press-sesame").replace({"scheme.doors": {"club": {"rank": 0.75}}}).scheme
    )
    histogram = np.zeros(scheme.steps() + 1, np.int64)
    histogram[[100, 200, 300, 400]] = 25
    terms = scheme_terms(scheme, NUMBERS, histogram)
    # Ranks of the four scores: 0.125, 0.375, 0.625, 0.875.
    assert 300 < terms.door_step[0] <= 400
    none = scheme_terms(
        Scenario.load("press-sesame").replace({"scheme.doors": {"club": {"rank": 1}}}).scheme,
        NUMBERS, histogram,
    )  # fmt: skip
    assert none.door_step[0] > 400
