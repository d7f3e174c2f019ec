"""Effects by size: a row for each, its name above a dot with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair

from glasshouse.report.intervals import Interval
from glasshouse.report.pictures.marks import Chart, Size, encoded, layered, over, own_colour
from glasshouse.report.pictures.scales import axis_words, round_ends
from glasshouse.report.theme import GRID, HERE, INK, MUTED, PAPER, Colour
from glasshouse.report.wording import Unit

NAME, MARK, AXIS = 22, 20, 58
"""Heights in pixels: of a name, of each mark under it, of the axis."""
LETTER = 6.7


@dataclass(frozen=True)
class Mark:
    """A dot with its interval; hollow where it cannot be told from nothing."""

    value: Interval
    colour: Colour = HERE
    shape: str = "circle"
    hollow: bool = False


@dataclass(frozen=True)
class Effect:
    """A row of the picture: its name, and one mark or several under it."""

    name: str
    marks: Sequence[Mark]


def effects_size(effects: Sequence[Effect], width: int = 330) -> Size:
    """Give the size of a picture of so many effects."""
    marks = max((len(each.marks) for each in effects), default=1)
    return Size(width, (NAME + MARK * marks) * len(effects) + AXIS)


def draw_effects(
    effects: Sequence[Effect], unit: Unit, size: Size, *, title: str = "", zero: bool = True
) -> Chart:
    """Draw effects with their intervals; values stand at the right."""
    marks = max((len(each.marks) for each in effects), default=1)
    rows = list(_rows(effects, unit, marks))
    low, high, ticks = _across(rows, zero=zero)
    room = max((len(row["word"]) for row in rows), default=0) * LETTER + 12
    end = high + (high - low) * room / max(size.width - room - 12, 60)
    across = altair.X(
        "value:Q",
        title=title or None,
        scale=altair.Scale(domain=[low, end], nice=False, zero=False),
        axis=altair.Axis(values=ticks, labelExpr=axis_words(ticks, unit)),
    )
    down = altair.Y(
        "row:Q",
        title=None,
        axis=None,
        scale=altair.Scale(domain=[0, len(effects)], reverse=True, nice=False, zero=False),
    )
    layers: list[Chart] = [_rules([tick for tick in ticks if tick or not zero], across, GRID)]
    layers += [_rules([0.0], across, MUTED)] if zero else []
    layers += _marks(rows, across, down)
    layers += _words(effects, rows, across, down, high, size)
    return layered(layers, size)


def _rows(effects: Sequence[Effect], unit: Unit, marks: int) -> list[dict[str, Any]]:
    whole = NAME + MARK * marks
    rows = []
    for number, effect in enumerate(effects):
        for place, mark in enumerate(effect.marks):
            if mark.value.mean is None:
                continue
            shown = unit.shown(mark.value)
            rows.append(
                {
                    "row": number + (NAME + MARK * (place + 0.5)) / whole,
                    "value": shown.mean, "low": shown.low, "high": shown.high,
                    "word": unit.mean(shown), "colour": mark.colour.light,
                    "shape": mark.shape, "hollow": mark.hollow,
                }
            )  # fmt: skip
    return rows


def _across(rows: Sequence[dict[str, Any]], *, zero: bool) -> tuple[float, float, list[float]]:
    ends = [row[name] for row in rows for name in ("low", "value", "high")]
    known = [end for end in ends if end is not None] + ([0.0] if zero else [])
    return round_ends(min(known, default=0.0), max(known, default=1.0), 3)


def _rules(places: Sequence[float], across: altair.X, colour: Colour) -> Chart:
    rule = over([{"value": place} for place in places]).mark_rule(color=colour.light, strokeWidth=1)
    return encoded(rule, across)


def _marks(rows: Sequence[dict[str, Any]], across: altair.X, down: altair.Y) -> list[Chart]:
    layers: list[Chart] = []
    colour, shape = own_colour(), altair.Shape("shape:N", scale=None)
    certain = [row for row in rows if row["low"] is not None]
    if certain:
        line = over([{**row, "value": row["low"]} for row in certain]).mark_rule(
            strokeWidth=5, opacity=0.35, strokeCap="round"
        )
        layers.append(encoded(line, across, down, altair.X2("high:Q"), colour))
    for hollow in (True, False):
        there = [row for row in rows if row["hollow"] is hollow]
        if there:
            point = over(there).mark_point(filled=not hollow, size=76, opacity=1, strokeWidth=2)
            layers.append(encoded(point, across, down, colour, shape))
    return layers


def _words(
    effects: Sequence[Effect], rows: Sequence[dict[str, Any]], across: altair.X, down: altair.Y,
    last: float, size: Size,
) -> list[Chart]:  # fmt: skip
    names = [{"row": number, "word": each.name} for number, each in enumerate(effects)]
    values = [{**row, "last": last} for row in rows]
    beside = over(values).mark_text(align="left", baseline="middle", dx=8, color=INK.light)
    word = altair.Text("word:N")
    start = altair.XValue(0)  # type: ignore[no-untyped-call]
    written: list[Chart] = []
    # First broader and in the colour of the paper, so that no line of the axis crosses a letter.
    for outline in (4, 0):
        above = over(names).mark_text(
            align="left", baseline="top", dy=3, color=INK.light, fontSize=12.5,
            limit=size.width - 4, stroke=PAPER.light, strokeWidth=outline,
        )  # fmt: skip
        written.append(encoded(above, start, down, word))
    return [*written, encoded(beside, altair.X("last:Q"), down, word)]


def told_apart(value: Interval, colour: Colour = HERE) -> Mark:
    """A mark that is hollow and grey where its interval reaches across nothing."""
    mark = Mark(value, colour)
    if value.certain and not value.excludes(0.0):
        return replace(mark, colour=MUTED, hollow=True)
    return mark
