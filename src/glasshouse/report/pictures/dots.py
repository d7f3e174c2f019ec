"""Dots with their intervals, one row for each group: what differs, which way, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair

from glasshouse.report.intervals import Interval
from glasshouse.report.pictures.marks import Chart, Size, encoded, layered, over
from glasshouse.report.pictures.scales import round_ends
from glasshouse.report.theme import GRID, HERE, INK, MUTED, Colour
from glasshouse.report.wording import Unit

ROW = 30
"""Height of a row, in pixels."""


@dataclass(frozen=True)
class Dot:
    """A row of the picture."""

    label: str
    value: Interval
    colour: Colour = HERE
    hollow: bool = False


def dots_size(rows: int, width: int = 340) -> Size:
    """Give the size of a picture with so many rows."""
    return Size(width, ROW * rows + 46)


def draw_dots(
    dots: Sequence[Dot], unit: Unit, size: Size, *, zero: bool = True, stems: bool = False
) -> Chart:
    """Draw dots with their intervals, a line at zero and each value beside its dot."""
    known = [dot for dot in dots if dot.value.mean is not None]
    low, high, marks = _across(known, zero=zero)
    left = max(len(dot.label) for dot in dots) * 6.6 + 8
    room = max((len(unit.mean(dot.value)) for dot in known), default=0) * 6.8 + 12
    end = high + (high - low) * room / max(size.width - left - room, 60)
    labels = list(dict.fromkeys(dot.label for dot in dots))
    across = altair.X(
        "value:Q",
        title=None,
        scale=altair.Scale(domain=[low, end], nice=False, zero=False),
        axis=altair.Axis(values=marks, labelExpr=_axis_words(unit), labelFlush=True),
    )
    row = altair.Y(
        "label:N",
        title=None,
        sort=labels,
        scale=altair.Scale(domain=labels),
        axis=altair.Axis(labelColor=INK.light, labelPadding=8, labelLimit=200, labelFontSize=12.5),
    )
    layers = [_rules([mark for mark in marks if mark or not zero], across, GRID.light)]
    layers += [_rules([0.0], across, MUTED.light)] if zero else []
    layers += [_stem(dot, row) for dot in known if stems]
    layers += [layer for dot in known for layer in _dot(dot, unit, across, row, high)]
    return layered(layers, size)


def _across(dots: Sequence[Dot], *, zero: bool) -> tuple[float, float, list[float]]:
    values = [
        end
        for dot in dots
        for end in (dot.value.low, dot.value.mean, dot.value.high)
        if end is not None
    ]
    values += [0.0] if zero else []
    return round_ends(min(values, default=0.0), max(values, default=1.0), 3)


def _axis_words(unit: Unit) -> str:
    """Write axis numbers in the unit, with a real minus and a plus for changes."""
    number = f"format(datum.value * {unit.scale:g}, ',~r')"
    suffix = unit.suffix if unit.suffix == "%" else ""
    plus = "(datum.value > 0 ? '+' : '') + " if unit.change else ""
    return f"{plus}{number} + '{suffix}'"


def _rules(marks: Sequence[float], across: altair.X, colour: str) -> Chart:
    rows = [{"value": mark} for mark in marks]
    rule = over(rows).mark_rule(color=colour, strokeWidth=1)
    return encoded(rule, across)


def _stem(dot: Dot, row: altair.Y) -> Chart:
    """Join a dot to the line at zero."""
    row_of_data = {"label": dot.label, "value": dot.value.mean, "zero": 0}
    line = over([row_of_data]).mark_rule(color=dot.colour.light, strokeWidth=2)
    return encoded(line, altair.X("zero:Q"), row, altair.X2("value:Q"))


def _dot(dot: Dot, unit: Unit, across: altair.X, row: altair.Y, last: float) -> list[Chart]:
    value = dot.value
    base = over(
        [
            {
                "label": dot.label,
                "value": value.mean,
                "low": value.low,
                "high": value.high,
                "last": last,
                "word": unit.mean(value),
            }
        ]
    )
    layers: list[Chart] = []
    if value.certain:
        line = base.mark_rule(
            color=dot.colour.light, strokeWidth=5, opacity=0.35, strokeCap="round"
        )
        layers.append(encoded(line, altair.X("low:Q"), row, altair.X2("high:Q")))
    if dot.hollow:
        point = base.mark_point(size=62, color=dot.colour.light, strokeWidth=2)
    else:
        point = base.mark_point(filled=True, size=76, color=dot.colour.light, opacity=1)
    layers.append(encoded(point, across, row))
    if not dot.hollow:
        word = base.mark_text(align="left", baseline="middle", dx=8, color=INK.light)
        layers.append(encoded(word, altair.X("last:Q"), row, altair.Text("word:N")))
    return layers
