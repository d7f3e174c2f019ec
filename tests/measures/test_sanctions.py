"""Sanctions by friends against sanctions by the scheme."""

from __future__ import annotations

from typing import Any

import pytest

from glasshouse.measures.counters import (
    CITIZENS,
    CUTS_FOR_SCORE,
    PENALTIES,
    PRESSED,
    SANCTIONS,
)
from tests.measures.written import counted, written


def test_a_month_of_pressing_counts_as_one_sanction(measured: Any) -> None:
    # one of two citizens is pressed by one friend on each of 30 days, the other is cut off once
    seen = {CITIZENS: 60, PRESSED: 30, CUTS_FOR_SCORE: 1, PENALTIES: 5, SANCTIONS: 1}
    values = measured(written(2), counted(seen))
    assert values["pressed"] == 0.5
    assert values["sanctions.peers"] == pytest.approx(1.0)
    assert values["sanctions.scheme"] == pytest.approx(3.0)
    assert values["sanctions.peer_share"] == pytest.approx(0.25)


def test_without_sanctions_nobody_has_a_share_of_them(measured: Any) -> None:
    values = measured(written(2))
    assert values["sanctions.peers"] == values["sanctions.scheme"] == 0.0
    assert values["sanctions.peer_share"] is None


def test_the_absent_are_those_who_left(measured: Any) -> None:
    assert measured(written(4, present=[1, 1, 1, 0]))["absent"] == 0.25
