"""A scheme in numbers."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.model.acts import BILL, CARTOON, FACE_TO_FACE, GRUMBLE, MESSAGE, POST
from glasshouse.model.doors import believed_worth
from glasshouse.model.terms import expected_points, scheme_terms
from glasshouse.scenario import Scenario, default_parameters

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
