"""What is recorded and misread, and what it costs."""

from __future__ import annotations

from typing import Any

import pytest

from glasshouse.measures.counters import (
    BILLS,
    BILLS_LATE,
    CITIZENS,
    LOST,
    LOST_INNOCENT,
    LOST_MISREAD,
    MISREAD,
    RECORDED,
)
from tests.measures.written import counted, written


def test_acts_and_losses_are_shares_of_their_own_wholes(
    measured: Any,
) -> None:
    read = {RECORDED: 50, MISREAD: 5, LOST: 40, LOST_INNOCENT: 10, LOST_MISREAD: 4}
    bills = {BILLS: 8, BILLS_LATE: 1}
    values = measured(written(2), counted({CITIZENS: 10} | read | bills))
    assert values["acts.recorded"] == 5.0
    assert values["acts.misread"] == 0.1
    assert values["loss.innocent"] == 0.25
    assert values["loss.misclassified"] == 0.1
    assert values["bills.late"] == 0.125


def test_staff_hours_are_for_a_thousand_citizens_and_a_day(measured: Any, parameters: Any) -> None:
    half_a_minute = parameters._replace(review_seconds=30.0)
    flows = counted({CITIZENS: 10, RECORDED: 60})
    values = measured(written(2, parameters=half_a_minute), flows)
    assert values["staff_hours"] == pytest.approx(1000 * 6 * 30 / 3600)


def test_where_nothing_is_recorded_nothing_is_misread_or_lost(
    measured: Any,
) -> None:
    values = measured(written(2))
    assert values["acts.recorded"] == 0.0
    assert values["staff_hours"] == 0.0
    for name in ("acts.misread", "loss.innocent", "loss.misclassified", "bills.late"):
        assert values[name] is None
