"""Lines over days, with bands, labels at their ends, and the days on which the rules changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import altair

from glasshouse.report.material import Point
from glasshouse.report.pictures.marks import Chart, Size, encoded, layered, over, own_colour
from glasshouse.report.pictures.scales import apart, axis_words, day_marks, round_ends
from glasshouse.report.theme import GRID, MUTED, Colour
from glasshouse.report.wording import Unit

LETTER = 6.5
"""Width of a letter of a label, in pixels, on average."""


@dataclass(frozen=True)
class Line:
    """A measure over days; the interval over seeds is drawn around it as a band."""

    label: str
    points: Sequence[Point]
    colour: Colour
    dash: Sequence[int] = (1, 0)
    width: float = 2.25


@dataclass(frozen=True)
class Band:
    """Everything between a lower and an upper line, each with a word, such as the middle half."""

    low: Sequence[Point]
    high: Sequence[Point]
    colour: Colour
    opacity: float
    words: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class End:
    """A word at the right end of a line."""

    word: str
    value: float
    colour: Colour
    bold: bool = False


@dataclass(frozen=True)
class Frame:
    """What surrounds the lines.

    Attributes
    ----------
    first, last
        The days shown.
    unit
        How values are written.
    title
        What the vertical axis says.
    floor, ceiling
        Where the measure ends; the axis does not go beyond.
    include
        Values that the axis must reach.
    events
        Days on which the rules changed, each with a word.
    levels
        Horizontal lines that matter, such as thresholds, each with a word.
    """

    first: int
    last: int
    unit: Unit
    title: str
    floor: float | None = None
    ceiling: float | None = None
    include: Sequence[float] = ()
    events: Sequence[tuple[int, str]] = ()
    levels: Sequence[tuple[float, str]] = ()


def draw_lines(
    frame: Frame,
    lines: Sequence[Line],
    size: Size,
    bands: Sequence[Band] = (),
    *,
    shaded: bool = True,
) -> Chart:
    """Draw lines over days, each with its interval shaded unless told otherwise."""
    lines = [replace(line, points=_possible(line.points, frame.unit)) for line in lines]
    events = [event for event in frame.events if frame.first <= event[0] <= frame.last]
    frame = replace(frame, events=events)
    low, high, marks = _vertical(frame, lines, bands)
    room = LETTER * max((len(end.word) for end in _ends(frame, lines, bands)), default=0) + 10
    across = max(frame.last - frame.first, 1)
    end = frame.last + across * room / max(size.width - room - 46, 60)
    day = altair.X(
        "day:Q",
        title="Days since the introduction" if frame.first < 0 or frame.events else "Day",
        scale=altair.Scale(domain=[frame.first, end], nice=False, zero=False),
        axis=altair.Axis(values=day_marks(frame.first, frame.last, 4 if size.narrow else 7)),
    )
    height = altair.Y(
        "value:Q",
        title=frame.title,
        scale=altair.Scale(domain=[low, high], nice=False, zero=False),
        axis=altair.Axis(values=marks, labelExpr=axis_words(marks, frame.unit), labelOverlap=False),
    )
    layers = [_rulers(frame, marks, day, height)]
    layers += [_band(band, day, height) for band in bands]
    layers += [_event_lines(frame, day, height, low, high)] if frame.events else []
    layers += [_level_lines(frame, day, height)] if frame.levels else []
    layers += [_uncertainty(line, day, height) for line in lines if shaded and _spread(line)]
    layers += [_line(line, day, height) for line in lines if line.points]
    layers += [_event_words(frame, day, height, high)] if frame.events else []
    gap = 15 * (high - low) / max(size.height - 66, 60)
    layers += _labels(frame.last, _ends(frame, lines, bands), day, height, gap, (low, high))
    return layered(layers, size)


def _ends(frame: Frame, lines: Sequence[Line], bands: Sequence[Band]) -> list[End]:
    """What stands at the right end of the picture, and where it belongs."""
    ends = [
        End(line.label, _last(line.points), line.colour, bold=True) for line in lines if line.points
    ]
    ends += [End(word, level, MUTED) for level, word in frame.levels]
    for band in bands:
        for points, word in zip((band.low, band.high), band.words, strict=True):
            ends += [End(word, _last(points), MUTED)] if points else []
    return [end for end in ends if end.word]


def _last(points: Sequence[Point]) -> float:
    return points[-1].value.mean or 0.0


def _vertical(
    frame: Frame, lines: Sequence[Line], bands: Sequence[Band]
) -> tuple[float, float, list[float]]:
    series = [line.points for line in lines] + [
        ends for band in bands for ends in (band.low, band.high)
    ]
    values = [point.value.mean for points in series for point in points]
    for line in lines:
        values += [end for point in line.points for end in (point.value.low, point.value.high)]
    known = [value for value in values if value is not None]
    known += [*frame.include, *(level for level, _ in frame.levels)]
    lowest, highest = min(known, default=0.0), max(known, default=1.0)
    if frame.floor is not None:
        lowest = max(lowest, frame.floor)
    if frame.ceiling is not None:
        highest = min(highest, frame.ceiling)
    return round_ends(lowest, highest)


def _rows(points: Sequence[Point]) -> list[dict[str, Any]]:
    return [
        {"day": p.day, "value": p.value.mean, "low": p.value.low, "high": p.value.high}
        for p in points
        if p.value.known
    ]


def _possible(points: Sequence[Point], unit: Unit) -> list[Point]:
    """Cut intervals off where the measure ends."""
    return [Point(point.day, unit.shown(point.value)) for point in points]


def _spread(line: Line) -> bool:
    return any(point.value.certain for point in line.points)


def _line(line: Line, day: altair.X, height: altair.Y) -> Chart:
    base = over(_rows(line.points))
    if len(line.points) == 1:
        return encoded(base.mark_point(filled=True, size=60, color=line.colour.light), day, height)
    marks = base.mark_line(
        color=line.colour.light,
        strokeWidth=line.width,
        strokeDash=list(line.dash),
        strokeJoin="round",
    )
    return encoded(marks, day, height)


def _uncertainty(line: Line, day: altair.X, height: altair.Y) -> Chart:
    rows = [row | {"value": row["low"]} for row in _rows(line.points) if row["low"] is not None]
    area = over(rows).mark_area(color=line.colour.light, opacity=0.18, clip=True)
    return encoded(area, day, height, altair.Y2("high:Q"))


def _band(band: Band, day: altair.X, height: altair.Y) -> Chart:
    high = {point.day: point.value.mean for point in band.high}
    rows = [
        {"day": point.day, "value": point.value.mean, "high": high[point.day]}
        for point in band.low
        if point.value.known and high.get(point.day) is not None
    ]
    area = over(rows).mark_area(color=band.colour.light, opacity=band.opacity)
    return encoded(area, day, height, altair.Y2("high:Q"))


def _event_lines(frame: Frame, day: altair.X, height: altair.Y, low: float, high: float) -> Chart:
    rows = [{"day": when, "value": low, "high": high} for when, _ in frame.events]
    rule = over(rows).mark_rule(color=MUTED.light, strokeDash=[3, 3], strokeWidth=1)
    return encoded(rule, day, height, altair.Y2("high:Q"))


def _event_words(frame: Frame, day: altair.X, height: altair.Y, high: float) -> Chart:
    """Write each event beside its line, in two rows by turns so that near ones do not collide."""
    late = frame.last - (frame.last - frame.first) / 4
    rows = [
        {
            "day": when,
            "value": high,
            "word": f"{word}\n" if place % 2 == 0 else f"\n{word}",
            "late": when > late,
        }
        for place, (when, word) in enumerate(sorted(frame.events))
    ]
    layers: list[Chart] = []
    for is_late in (False, True):
        there = [row for row in rows if row["late"] is is_late]
        text = over(there).mark_text(
            align="right" if is_late else "left",
            baseline="top",
            dx=-4 if is_late else 4,
            dy=2,
            lineBreak="\n",
            color=MUTED.light,
            fontStyle="italic",
        )
        if there:
            layers.append(encoded(text, day, height, altair.Text("word:N")))
    return altair.LayerChart(layer=layers)


def _level_lines(frame: Frame, day: altair.X, height: altair.Y) -> Chart:
    rows = [{"day": frame.first, "end": frame.last, "value": level} for level, _ in frame.levels]
    rule = over(rows).mark_rule(color=MUTED.light, strokeDash=[2, 3], strokeWidth=1)
    return encoded(rule, day, height, altair.X2("end:Q"))


def _rulers(frame: Frame, marks: Sequence[float], day: altair.X, height: altair.Y) -> Chart:
    """Draw the horizontal lines of the axis, under the data only and not under the labels."""
    rows = [{"day": frame.first, "end": frame.last, "value": mark} for mark in marks]
    rule = over(rows).mark_rule(color=GRID.light, strokeWidth=1)
    return encoded(rule, day, height, altair.X2("end:Q"))


def _labels(
    last: int,
    ends: Sequence[End],
    day: altair.X,
    height: altair.Y,
    gap: float,
    limits: tuple[float, float],
) -> list[Chart]:
    places = apart([end.value for end in ends], gap, *limits)
    layers: list[Chart] = []
    for bold in (False, True):
        rows = [
            {"day": last, "value": place, "word": end.word, "colour": end.colour.light}
            for end, place in zip(ends, places, strict=True)
            if end.bold is bold
        ]
        if rows:
            marks = over(rows).mark_text(
                align="left", baseline="middle", dx=6, fontWeight="bold" if bold else "normal"
            )
            layers.append(encoded(marks, day, height, altair.Text("word:N"), own_colour()))
    return layers
