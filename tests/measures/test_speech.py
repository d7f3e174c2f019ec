"""What is said and held, and what falls silent."""

from __future__ import annotations

from typing import Any

import pytest

from glasshouse.measures.counters import (
    CITIZENS,
    FACE_AGAINST,
    FACE_FOR,
    SAID_AGAINST,
    SAID_FOR,
    SAID_NEUTRAL,
)
from glasshouse.measures.snapshot import OtherLife


def test_dissent_is_said_per_citizen_and_day(
    make_snapshot: Any, make_flows: Any, measured: Any
) -> None:
    values = measured(make_snapshot(4), make_flows({CITIZENS: 120, SAID_AGAINST: 30}))
    assert values["dissent.said"] == 0.25


def test_chilling_is_the_share_that_is_no_longer_said(
    make_snapshot: Any, make_flows: Any, measured: Any
) -> None:
    snapshot = make_snapshot(4)
    here = make_flows({CITIZENS: 4, SAID_AGAINST: 3})
    there = make_flows({CITIZENS: 8, SAID_AGAINST: 24})
    values = measured(snapshot, here, other=OtherLife(there, snapshot.degree))
    assert values["chilling"] == 0.75
    same = measured(snapshot, here, other=OtherLife(here, snapshot.degree))
    assert same["chilling"] == 0.0


def test_chilling_is_not_defined_where_nothing_was_said_before(
    make_snapshot: Any, make_flows: Any, measured: Any
) -> None:
    snapshot = make_snapshot(4)
    silent = OtherLife(make_flows({CITIZENS: 4}), snapshot.degree)
    spoken = make_flows({CITIZENS: 4, SAID_AGAINST: 3})
    assert measured(snapshot, spoken, other=silent)["chilling"] is None


def test_falsification_is_showing_visibly_the_opposite(make_snapshot: Any, measured: Any) -> None:
    state = {
        "opinion": [-0.5, -0.5, -0.5, 0.5, 0.5, 0.0],
        "stance": [0.2, 0.1, -0.4, -0.2, 0.3, -0.9],
    }
    values = measured(make_snapshot(6, state=state))
    assert values["falsification"] == pytest.approx(2 / 6)
    assert values["falsification.dissenters"] == pytest.approx(1 / 3)
    assert values["dissent.held"] == 0.5


def test_without_dissenters_nobody_can_falsify_dissent(make_snapshot: Any, measured: Any) -> None:
    assert measured(make_snapshot(3))["falsification.dissenters"] is None


def test_speech_face_to_face_is_a_share_of_all_speech(
    make_snapshot: Any, make_flows: Any, measured: Any
) -> None:
    said = {SAID_AGAINST: 4, SAID_NEUTRAL: 2, SAID_FOR: 4, FACE_AGAINST: 3, FACE_FOR: 2}
    assert measured(make_snapshot(2), make_flows(said))["speech.face_to_face"] == 0.5
    assert measured(make_snapshot(2))["speech.face_to_face"] is None
