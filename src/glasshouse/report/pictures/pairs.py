"""One measure in two lives: under the scheme, and the same people without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from glasshouse.report.intervals import Interval
from glasshouse.report.material import Material
from glasshouse.report.pictures.figure import HALF, Panel, panel
from glasshouse.report.pictures.lines import Frame, Line, draw_lines
from glasshouse.report.pictures.marks import Chart, Size
from glasshouse.report.pictures.tables import Column
from glasshouse.report.theme import HERE, THERE
from glasshouse.report.wording import Unit
from glasshouse.run.plan import NO_SCHEME as NOBODY_WATCHED

SCHEME, NO_SCHEME = "scheme", "no scheme"


@dataclass(frozen=True)
class Pair:
    """A measure to draw in both lives.

    Attributes
    ----------
    title
        What stands above the picture.
    measure
        Its name in the dictionary of measures.
    unit
        How its values are written.
    both
        Whether the other life has a line too.
    """

    title: str
    measure: str
    unit: Unit
    both: bool = True
    floor: float | None = 0.0
    ceiling: float | None = None
    include: Sequence[float] = ()


def lines_of(material: Material, pair: Pair) -> list[Line]:
    """Give the lines of a measure: without the scheme first, so that the scheme's lies on top."""
    lines = []
    if material.other is not None and pair.both:
        points = material.over_time(pair.measure, material.other)
        lines.append(Line(NO_SCHEME, points, THERE, dash=(5, 3)))
    here = material.over_time(pair.measure, material.world)
    watched = material.world != NOBODY_WATCHED
    lines.append(Line(SCHEME, here, HERE) if watched else Line(NO_SCHEME, here, THERE))
    return [line for line in lines if line.points]


def pair_panel(material: Material, pair: Pair) -> Panel | None:
    """Draw a measure in both lives, or nothing where it was never defined."""
    lines = lines_of(material, pair)
    if not lines or not material.at_end(pair.measure).known:
        return None
    frame = Frame(
        first=min(material.first_day, lines[0].points[0].day),
        last=material.last_day,
        unit=pair.unit,
        title="",
        floor=pair.floor,
        ceiling=pair.ceiling,
        include=pair.include,
        events=material.events,
    )

    def draw(size: Size) -> Chart:
        return draw_lines(frame, lines, size)

    return panel(pair.title, f"{pair.title}. {in_words(material, pair)}", draw, HALF, None)


def pair_panels(material: Material, pairs: Sequence[Pair]) -> list[Panel]:
    """Draw all measures that are defined."""
    drawn = [pair_panel(material, pair) for pair in pairs]
    return [each for each in drawn if each is not None]


def in_words(material: Material, pair: Pair) -> str:
    """Say what a measure is at the end, in both lives."""
    here = material.at_end(pair.measure)
    day = material.last_taken(pair.measure)
    text = f"On day {day}: {pair.unit.with_limits(here)} {material.life}"
    there = other_at_end(material, pair.measure)
    if there.known and pair.both:
        text += f", {pair.unit.with_limits(there)} without it"
    return text + "."


def other_at_end(material: Material, measure: str) -> Interval:
    """Give a measure at the end of the other life; unknown where that was not lived."""
    if material.other is None:
        return Interval(None, None, None, 0)
    return material.at_end(measure, material.other)


def pair_columns(material: Material, pairs: Sequence[Pair]) -> list[Column]:
    """Give the columns of a table with the same numbers."""
    columns: list[Column] = []
    for pair in pairs:
        for line in lines_of(material, pair):
            columns.append((f"{pair.title}, {line.label}", line.points, pair.unit))
    return columns


def sentences(*parts: str | None) -> str:
    """Join the sentences there are."""
    return " ".join(part for part in parts if part)


Say = Callable[[Material], str | None]


def measure_names(material: Material, pairs: Sequence[Pair]) -> list[str]:
    """Name the measures that are defined in this run."""
    return [pair.measure for pair in pairs if material.at_end(pair.measure).known]
