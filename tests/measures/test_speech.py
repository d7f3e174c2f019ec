"""What is said and held, and what falls silent."""

from __future__ import annotations

from typing import Any

import numpy as np
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
from tests.measures.written import counted, written

TIES = np.array([3, 3, 3, 3], np.uint8)


def test_dissent_is_said_per_citizen_and_day(measured: Any) -> None:
    values = measured(written(4), counted({CITIZENS: 120, SAID_AGAINST: 30}))
    assert values["dissent.said"] == 0.25


def test_chilling_is_the_share_that_is_no_longer_said(measured: Any) -> None:
    snapshot = written(4)
    here = counted({CITIZENS: 4, SAID_AGAINST: 3})
    there = counted({CITIZENS: 8, SAID_AGAINST: 24})
    values = measured(snapshot, here, other=OtherLife(there, TIES))
    assert values["chilling"] == 0.75
    same = measured(snapshot, here, other=OtherLife(here, TIES))
    assert same["chilling"] == 0.0


def test_chilling_is_not_defined_where_nothing_was_said_before(measured: Any) -> None:
    snapshot = written(4)
    silent = OtherLife(counted({CITIZENS: 4}), TIES)
    spoken = counted({CITIZENS: 4, SAID_AGAINST: 3})
    assert measured(snapshot, spoken, other=silent)["chilling"] is None


def test_falsification_is_showing_visibly_the_opposite(measured: Any) -> None:
    # what is shown up to 0.1, 12.7 of the 127ths it is kept in, is not seen
    opinion, stance = [-0.5, -0.5, -0.5, 0.5, 0.5, 0.0], [13 / 127, 12 / 127, -0.4, -0.2, 0.3, -0.9]
    values = measured(written(6, opinion=opinion, stance=stance))
    assert values["falsification"] == pytest.approx(2 / 6)
    assert values["falsification.dissenters"] == pytest.approx(1 / 3)
    assert values["dissent.held"] == 0.5


def test_without_dissenters_nobody_can_falsify_dissent(measured: Any) -> None:
    assert measured(written(3))["falsification.dissenters"] is None


def test_speech_face_to_face_is_a_share_of_all_speech(measured: Any) -> None:
    said = {SAID_AGAINST: 4, SAID_NEUTRAL: 2, SAID_FOR: 4, FACE_AGAINST: 3, FACE_FOR: 2}
    assert measured(written(2), counted(said))["speech.face_to_face"] == 0.5
    assert measured(written(2))["speech.face_to_face"] is None
