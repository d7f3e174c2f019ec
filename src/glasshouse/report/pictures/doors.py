"""Doors over time: how many people the scheme lets through each."""

from __future__ import annotations

from glasshouse.report.intervals import Interval
from glasshouse.report.material import Material, Point
from glasshouse.report.pictures.figure import FULL, SMALL, Figure, panel
from glasshouse.report.pictures.lines import Frame, Line, draw_lines
from glasshouse.report.pictures.marks import Chart, Size
from glasshouse.report.pictures.tables import over_time_table
from glasshouse.report.theme import SERIES, Colour, series_dash
from glasshouse.report.wording import SHARE

ORDER = (2, 3, 4, 5, 6, 7, 0, 1)
"""Doors begin with the hues that no world has, so that a door is not taken for a world."""


def door_colour(place: int) -> Colour:
    """Give the colour of the n-th door."""
    return SERIES[ORDER[place % len(ORDER)]]


def doors_figure(material: Material) -> Figure:
    """Draw the share of citizens for whom each door is open."""
    title = "Doors over time"
    ends = ends_of_doors(material)
    if not ends:
        return Figure(
            "doors", title, "This scheme closes no doors: whatever the score, all is open."
        )
    finding = _finding(material, ends)
    lines = [
        Line(
            f"{door} {SHARE.text(ends[door].mean or 0)}",
            _points(material, door),
            door_colour(n),
            series_dash(n),
        )
        for n, door in enumerate(ends)
    ]
    frame = Frame(
        first=0,
        last=max(line.points[-1].day for line in lines),
        unit=SHARE,
        title="Citizens for whom the door is open",
        floor=0.0,
        ceiling=1.0,
        include=(0.0, 1.0),
        events=[event for event in material.events if event[0] > 0],
    )

    def draw(size: Size) -> Chart:
        return draw_lines(frame, lines, size)

    return Figure(
        key="doors",
        title=title,
        finding=finding,
        panels=[panel("", f"{title}: {finding}", draw, *_sizes(len(lines)))],
        note=(
            "Each line is a door, named at its end with the share for whom it is open on the "
            "last day. Shaded: the 95% interval over nations. Without a scheme every line would "
            "stay at 100%."
        ),
        measures=[f"door.{door}.open" for door in ends],
        tables=[
            over_time_table(
                "Share of citizens for whom a door is open",
                [(door, _points(material, door), SHARE) for door in ends],
            )
        ],
    )


def _sizes(doors: int) -> tuple[Size, Size]:
    """Make room for as many labels as there are doors."""
    least = 15.0 * doors + 84
    return (
        Size(FULL.width, max(FULL.height, least)),
        Size(SMALL.width, max(SMALL.height, least), narrow=True),
    )


def ends_of_doors(material: Material, world: str | None = None) -> dict[str, Interval]:
    """Give the share for whom each door is open at the end, for the doors that were measured."""
    ends = {door: material.at_end(f"door.{door}.open", world) for door in material.doors}
    return {door: end for door, end in ends.items() if end.known}


def _points(material: Material, door: str) -> list[Point]:
    points = material.over_time(f"door.{door}.open", material.world)
    return [point for point in points if point.day >= 0]


def _finding(material: Material, ends: dict[str, Interval]) -> str:
    order = sorted(ends, key=lambda door: ends[door].mean or 0.0)
    least, most = order[0], order[-1]
    text = (
        f"On day {material.last_taken(f'door.{most}.open')} the {most} door is open to "
        f"{SHARE.with_limits(ends[most])} of the citizens"
    )
    if least != most:
        text += f", the {least} door to {SHARE.with_limits(ends[least])}"
    text += ". Without the scheme everybody would pass through every door."
    return text + material.ending
