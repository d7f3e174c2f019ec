"""The numbers behind a picture, as tables."""

from __future__ import annotations

from collections.abc import Sequence

from glasshouse.report.intervals import Interval
from glasshouse.report.material import Point
from glasshouse.report.pictures.figure import Table, thinned
from glasshouse.report.wording import Unit

UNKNOWN = Interval(None, None, None, 0)
Column = tuple[str, Sequence[Point], Unit]
"""head, points, unit"""


def over_time_table(caption: str, columns: Sequence[Column]) -> Table:
    """Tabulate measures day by day; of many days an even choice is shown."""
    by_day = [({point.day: point.value for point in points}, unit) for _, points, unit in columns]
    days = sorted({day for values, _ in by_day for day in values})
    chosen = thinned(days)
    rows = [
        [f"{day}", *(unit.cell(values.get(day, UNKNOWN)) for values, unit in by_day)]
        for day in chosen
    ]
    some = f"; {len(chosen)} of {len(days)} measured days" if len(chosen) < len(days) else ""
    head = ["Day", *(head for head, _, _ in columns)]
    return Table(f"{caption}, mean over nations with 95% interval{some}", head, rows)
