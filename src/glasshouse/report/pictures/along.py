"""A measure along a factor: a line through its values, each with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair

from glasshouse.report.intervals import Interval
from glasshouse.report.pictures.marks import Chart, Size, encoded, layered, over
from glasshouse.report.pictures.scales import axis_words, round_ends
from glasshouse.report.theme import GRID, Colour
from glasshouse.report.wording import Unit

MOST_MARKS = 6
THOUSANDS = 10_000
DECADES = 50
"""Ratio of the ends from which on the axis goes by factors."""


@dataclass(frozen=True)
class Curve:
    """A measure along a factor, in one arm."""

    label: str
    points: Sequence[tuple[float, Interval]]
    colour: Colour
    dash: Sequence[int] = (1, 0)


def draw_curves(
    curves: Sequence[Curve], unit: Unit, size: Size, title: str, *, log: bool = False
) -> Chart:
    """Draw curves over the values of a factor."""
    places = sorted({place for curve in curves for place, _ in curve.points})
    log = places[0] > 0 and (log or places[-1] / places[0] >= DECADES)
    across = altair.X(
        "at:Q", title=title, scale=_scale(places, log=log), axis=_axis(places, log=log)
    )
    low, high, ticks = _vertical(curves, unit)
    up = altair.Y(
        "value:Q",
        title=None,
        scale=altair.Scale(domain=[low, high], nice=False, zero=False),
        axis=altair.Axis(values=ticks, labelExpr=axis_words(ticks, unit), labelOverlap=False),
    )
    rule = over([{"value": tick} for tick in ticks]).mark_rule(color=GRID.light, strokeWidth=1)
    layers: list[Chart] = [encoded(rule, up)]
    for curve in curves:
        layers += _curve(curve, unit, across, up)
    return layered(layers, size)


def _scale(places: Sequence[float], *, log: bool) -> altair.Scale:
    first, last = places[0], places[-1]
    if log:
        edge = (last / first) ** 0.05 if last > first else 1.1
        return altair.Scale(type="log", domain=[first / edge, last * edge], nice=False)
    edge = (last - first) * 0.05 or 0.5
    return altair.Scale(domain=[first - edge, last + edge], nice=False, zero=False)


def _axis(places: Sequence[float], *, log: bool) -> altair.Axis:
    marks = list(places)
    if len(marks) > MOST_MARKS:
        if log:
            step = -(-len(marks) // MOST_MARKS)
            marks = marks[::step]
        else:
            _, _, marks = round_ends(places[0], places[-1], 4)
            marks = [mark for mark in marks if places[0] <= mark <= places[-1]]
    form = "~s" if places[-1] >= THOUSANDS else "~g"
    # As an expression: the axis itself would round to the digits of evenly spaced marks.
    words = f"format(datum.value, '{form}')"
    return altair.Axis(values=marks, labelExpr=words, labelOverlap=True)


def _vertical(curves: Sequence[Curve], unit: Unit) -> tuple[float, float, list[float]]:
    shown = [unit.shown(value) for curve in curves for _, value in curve.points]
    ends = [end for value in shown for end in (value.low, value.mean, value.high)]
    known = [end for end in ends if end is not None]
    return round_ends(min(known, default=0.0), max(known, default=1.0))


def _curve(curve: Curve, unit: Unit, across: altair.X, up: altair.Y) -> list[Chart]:
    rows: list[dict[str, Any]] = []
    for place, value in curve.points:
        if value.known:
            shown = unit.shown(value)
            rows.append({"at": place, "value": shown.mean, "low": shown.low, "high": shown.high})
    layers: list[Chart] = []
    certain = [{**row, "value": row["low"]} for row in rows if row["low"] is not None]
    if certain:
        bar = over(certain).mark_rule(color=curve.colour.light, strokeWidth=4, opacity=0.35)
        layers.append(encoded(bar, across, up, altair.Y2("high:Q")))
    if len(rows) > 1:
        line = over(rows).mark_line(
            color=curve.colour.light, strokeWidth=2, strokeDash=list(curve.dash)
        )
        layers.append(encoded(line, across, up))
    if rows:
        dots = over(rows).mark_point(filled=True, size=46, opacity=1, color=curve.colour.light)
        layers.append(encoded(dots, across, up))
    return layers
