"""What is recorded of what people do, how often it is misread, and what it costs them."""

from __future__ import annotations

from glasshouse.measures.counters import (
    BILLS,
    BILLS_LATE,
    LOST,
    LOST_INNOCENT,
    LOST_MISREAD,
    MISREAD,
    RECORDED,
)
from glasshouse.measures.view import Values, View, ratio

SECONDS_OF_HOUR = 3600.0
STAFF_PER = 1000.0


def acts(view: View) -> Values:
    """Acts recorded and misread, losses from innocent acts and errors, the staff it would take."""
    recorded = view.daily(RECORDED)
    hours = view.snapshot.parameters.review_seconds / SECONDS_OF_HOUR
    return {
        "acts.recorded": recorded,
        "acts.misread": ratio(view.sum(MISREAD), view.sum(RECORDED)),
        "loss.innocent": ratio(view.sum(LOST_INNOCENT), view.sum(LOST)),
        "loss.misclassified": ratio(view.sum(LOST_MISREAD), view.sum(LOST)),
        "staff_hours": None if recorded is None else STAFF_PER * recorded * hours,
        "bills.late": ratio(view.sum(BILLS_LATE), view.sum(BILLS)),
    }
