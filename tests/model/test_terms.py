"""A scheme in numbers."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.model.acts import BILL, CARTOON, FACE_TO_FACE, GRUMBLE, MESSAGE, POST, SHARE
from glasshouse.model.doors import believed_worth
from glasshouse.model.scoring import own_points
from glasshouse.model.terms import (
    BASE,
    OWN,
    SchemeTerms,
    door_steps,
    exact,
    expected_points,
    own_table,
    points_table,
    scheme_terms,
)
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


def test_what_an_act_adds_to_the_doers_score_is_a_multiple_of_a_small_unit() -> None:
    points, own = points_table(PRESS), own_table(PRESS)
    assert (TERMS.own == own).all() and (TERMS.points == points).all()
    assert np.array_equal(np.rint(own * 2**20), own * 2**20)
    for place in np.ndindex(points.shape):
        assert own[place] == pytest.approx(own_points(points[place], TERMS.share), abs=2**-21)


@given(st.lists(st.floats(-1000, 1000), min_size=2, max_size=40), st.randoms())
def test_exact_points_add_up_to_the_same_in_any_order(points: list[float], draws: Random) -> None:
    exactly = [exact(each) for each in points]
    assert all(abs(e - p) <= 2**-21 for e, p in zip(exactly, points, strict=True))
    shuffled = draws.sample(exactly, len(exactly))
    total = again = 0.0
    for one, other in zip(exactly, shuffled, strict=True):
        total, again = total + one, again + other
    assert total == again


def test_worth_of_every_score_is_the_sum_over_doors() -> None:
    for step in (0, 12_345, TERMS.top):
        score = TERMS.low + step * TERMS.unit
        worth = sum(
            believed_worth(score, door.threshold, door.width, door.worth)
            for door in PRESS.doors.values()
            if door.threshold is not None
        )
        # Kept in four bytes, worked out in eight.
        assert TERMS.worth[step] == pytest.approx(worth, rel=1e-7)
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


def terms_of(changes: dict[str, object]) -> SchemeTerms:
    return scheme_terms(Scenario.load("press-sesame").replace(changes).scheme, NUMBERS)


@pytest.mark.parametrize(
    ("place", "name"), [*enumerate(["mean", "weighted", "lowest", "lowest_k"])]
)
def test_every_aggregate_has_its_number(place: int, name: str) -> None:
    terms = terms_of({"scheme.friends.aggregate": name, "scheme.friends.lowest_k": 5})
    assert (terms.aggregate, terms.lowest_k) == (place, 5)


def test_what_counts_for_the_friendless() -> None:
    assert terms_of({"scheme.friends.friendless": "own"}).friendless == OWN
    assert terms_of({"scheme.friends.friendless": "base"}).friendless == BASE


def test_everybody_starts_at_the_base_unless_told() -> None:
    for start, score in ((None, PRESS.base), (700.0, 700.0)):
        terms = terms_of({"scheme.start": start})
        assert terms.low + terms.start * terms.unit == pytest.approx(score)


def test_sanctions_and_appeals_in_numbers() -> None:
    assert (TERMS.sanction, TERMS.appeal_rate, TERMS.appeal_success) == (0.0, 0.0, 0.0)
    terms = terms_of({
        "scheme.sanctions": {"chance": 0.25, "worth": 2.0},
        "scheme.appeals": {"delay": 10.0, "success": 0.7},
    })  # fmt: skip
    assert (terms.sanction_chance, terms.sanction) == (0.25, 0.5)
    assert (terms.appeal_rate, terms.appeal_success) == (0.1, 0.7)


def test_only_doors_open_to_the_absent_are_worth_something_to_them() -> None:
    terms = terms_of({
        "scheme.doors": {
            "loan": {"threshold": 600.0, "worth": 2.0},
            "travel": {"threshold": 600.0, "worth": 3.0, "absent": "open"},
        }
    })  # fmt: skip
    assert (terms.worth_absent, terms.worth_total) == (3.0, 5.0)
    assert terms.door_absent.tolist() == [False, True]


def test_lasting_steps_are_those_of_the_horizon_in_units_of_the_score() -> None:
    for days in (30.0, 90.0):
        terms = scheme_terms(PRESS, NUMBERS._replace(horizon_days=days))
        daily = expected_points(PRESS, NUMBERS, 0, -1)
        points = daily * sum((1 - PRESS.forgetting) ** day for day in range(int(days)))
        assert terms.lasting_steps[0, 0] * terms.unit == pytest.approx(points, abs=terms.unit)


def test_what_is_published_as_text_is_misread_like_a_post() -> None:
    posts = [kind for kind in range(10) if TERMS.false_positive[kind] == 0.05]
    assert posts == [POST, SHARE]


def test_a_door_by_rank_is_believed_to_open_where_it_does() -> None:
    scheme = (
        Scenario.load("press-sesame").replace({"scheme.doors": {"club": {"rank": 0.75}}}).scheme
    )
    histogram = np.zeros(scheme.steps() + 1, np.int64)
    histogram[[100, 200, 300, 400]] = 25
    terms = scheme_terms(scheme, NUMBERS, histogram)
    assert terms.worth[terms.door_step[0]] == pytest.approx(terms.worth_total / 2)
