"""Dots with their intervals, one row for each group: what differs, which way, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair

from glasshouse.report.intervals import Interval
from glasshouse.report.pictures.marks import Chart, Size, encoded, layered, over, own_colour
from glasshouse.report.pictures.scales import axis_words, round_ends
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
    shape: str = "circle"


def dots_size(rows: int, width: int = 330) -> Size:
    """Give the size of a picture with so many rows."""
    return Size(width, ROW * rows + 46)


def draw_dots(
    dots: Sequence[Dot],
    unit: Unit,
    size: Size,
    *,
    zero: bool = True,
    stems: bool = False,
    words: bool = True,
) -> Chart:
    """Draw dots with their intervals, a line at zero and, unless many share a row, their values."""
    known = [
        replace(dot, value=unit.shown(dot.value)) for dot in dots if dot.value.mean is not None
    ]
    low, high, marks = _across(known, zero=zero)
    left = max(len(dot.label) for dot in dots) * 6.6 + 8
    room = max((len(unit.mean(dot.value)) for dot in known), default=0) * 6.8 + 12 if words else 6
    end = high + (high - low) * room / max(size.width - left - room, 60)
    labels = list(dict.fromkeys(dot.label for dot in dots))
    across = altair.X(
        "value:Q",
        title=None,
        scale=altair.Scale(domain=[low, end], nice=False, zero=False),
        axis=altair.Axis(values=marks, labelExpr=axis_words(marks, unit)),
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
    layers += _marks(
        [_row(dot, unit, high) for dot in known], across, row, stems=stems, words=words
    )
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


def _rules(marks: Sequence[float], across: altair.X, colour: str) -> Chart:
    rows = [{"value": mark} for mark in marks]
    rule = over(rows).mark_rule(color=colour, strokeWidth=1)
    return encoded(rule, across)


def _row(dot: Dot, unit: Unit, last: float) -> dict[str, Any]:
    value = dot.value
    return {
        "label": dot.label,
        "value": value.mean,
        "low": value.low,
        "high": value.high,
        "zero": 0,
        "last": last,
        "word": unit.mean(value),
        "colour": dot.colour.light,
        "hollow": dot.hollow,
        "shape": dot.shape,
    }


def _marks(
    rows: Sequence[dict[str, Any]], across: altair.X, row: altair.Y, *, stems: bool, words: bool
) -> list[Chart]:
    """Draw stems, intervals, dots and values, from the bottom up."""
    filled = [each for each in rows if not each["hollow"]]
    hollow = [each for each in rows if each["hollow"]]
    certain = [each for each in rows if each["low"] is not None]
    colour = own_colour()
    layers: list[Chart] = []
    if stems:
        stem = over(filled).mark_rule(strokeWidth=2)
        layers.append(encoded(stem, altair.X("zero:Q"), row, altair.X2("value:Q"), colour))
    if certain:
        line = over(certain).mark_rule(strokeWidth=5, opacity=0.35, strokeCap="round")
        layers.append(encoded(line, altair.X("low:Q"), row, altair.X2("high:Q"), colour))
    if hollow:
        layers.append(encoded(over(hollow).mark_point(size=64, strokeWidth=2), across, row, colour))
    dots = over(filled).mark_point(filled=True, size=76, opacity=1)
    shape = altair.Shape("shape:N", scale=None)
    layers.append(encoded(dots, across, row, colour, shape))
    if words:
        word = over(filled).mark_text(align="left", baseline="middle", dx=8, color=INK.light)
        layers.append(encoded(word, altair.X("last:Q"), row, altair.Text("word:N")))
    return layers
