"""Two factors against each other: a field for each pair of levels, coloured by the measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Any

import altair

from glasshouse.report.inquiry import FACTORIAL, Inquiry
from glasshouse.report.intervals import Interval
from glasshouse.report.naming import measure_title, value_unit
from glasshouse.report.pictures.figure import Panel, panel
from glasshouse.report.pictures.marks import Chart, Size, encoded, layered, over, own_colour
from glasshouse.report.pictures.tiles import class_bounds, class_of, step_of
from glasshouse.report.theme import INK, STEP_INK, STEP_PAPER, STEPS
from glasshouse.report.wording import Unit

FIELD = 52
"""Height of a field, in pixels."""
AXIS = 62
ROOM = 62
"""Width that a mean and its interval need, in pixels."""
LETTER = 6.8
MOST_COLUMNS, MOST_ROWS, MOST_GRIDS = 9, 14, 4


@dataclass(frozen=True)
class Grid:
    """A measure at every pair of levels of two factors."""

    across: str
    down: str
    columns: Sequence[str]
    rows: Sequence[str]
    values: Mapping[tuple[str, str], Interval]
    """By column and row."""


def grid_size(grid: Grid, width: int, *, narrow: bool = False) -> Size:
    """Give the size of a picture of a grid."""
    return Size(width, FIELD * len(grid.rows) + AXIS + 18, narrow=narrow)


def draw_grid(grid: Grid, unit: Unit, bounds: Sequence[float], size: Size) -> Chart:
    """Draw a grid; each field says its value and, where there is room, how sure it is."""
    labels = LETTER * max(len(row) for row in grid.rows) + 12
    wide = (size.width - labels) / len(grid.columns)
    rows = [
        _field(place, value, bounds, unit)
        for place, value in grid.values.items()
        if value.mean is not None
    ]
    axis = altair.Axis(
        labelAngle=0, labelColor=INK.light, ticks=False, labelLimit=max(wide - 4, 24)
    )
    across = altair.X(
        "column:N",
        title=grid.across,
        scale=altair.Scale(domain=list(grid.columns), paddingInner=0.03, paddingOuter=0),
        axis=axis,
    )
    down = altair.Y(
        "row:N",
        title=grid.down,
        scale=altair.Scale(domain=list(reversed(grid.rows)), paddingInner=0.04, paddingOuter=0),
        axis=altair.Axis(labelColor=INK.light, labelLimit=160),
    )
    layers: list[Chart] = [encoded(over(rows).mark_rect(), across, down, own_colour())]
    spacious = wide >= ROOM
    ink = altair.Color("ink:N", scale=None)
    mean = over(rows).mark_text(fontSize=13 if wide >= 40 else 10, dy=-7 if spacious else 0)
    layers.append(encoded(mean, across, down, altair.Text("word:N"), ink))
    if spacious:
        spread = over(rows).mark_text(fontSize=10.5, dy=10)
        layers.append(encoded(spread, across, down, altair.Text("spread:N"), ink))
    return layered(layers, size)


def _field(
    place: tuple[str, str], value: Interval, bounds: Sequence[float], unit: Unit
) -> dict[str, object]:
    assert value.mean is not None
    step = step_of(class_of(value.mean, bounds), len(bounds) - 1)
    spread = ""
    if value.low is not None and value.high is not None:
        half = (value.high - value.low) / 2
        spread = f"±{unit.text(half, half or None)}"
    return {
        "column": place[0],
        "row": place[1],
        "word": unit.mean(value),
        "spread": spread,
        "colour": STEPS[step].light,
        "ink": (STEP_INK if step < 4 else STEP_PAPER).light,
    }


def grid_panels(inquiry: Inquiry, measure: str) -> Iterator[Panel]:
    """Heat maps of two factors, one for each level of a third."""
    factors = [each for each in inquiry.factors if len(each.get("levels", ())) > 1]
    if inquiry.kind != FACTORIAL or len(factors) not in (2, 3):
        return
    factors.sort(key=lambda each: len(each["levels"]))
    apart = factors.pop(0) if len(factors) == 3 else None
    across, down = factors[1], factors[0]
    if len(across["levels"]) > MOST_COLUMNS or len(down["levels"]) > MOST_ROWS:
        return
    levels = (apart["levels"] if apart else [""])[:MOST_GRIDS]
    grids = {
        level: _grid(inquiry, measure, across, down, {apart["name"]: level} if apart else {})
        for level in levels
    }
    grids = {level: grid for level, grid in grids.items() if grid.values}
    means = [value.mean for grid in grids.values() for value in grid.values.values()]
    # All grids of a measure in the same colours, so that they can be compared.
    bounds = class_bounds(means)
    for level, grid in grids.items():
        where = f", {inquiry.names[apart['name']]} {level}" if apart else ""
        yield _panel(grid, measure, where, bounds)


def _panel(grid: Grid, measure: str, where: str, bounds: Sequence[float]) -> Panel:
    unit = value_unit(measure)
    title = f"{grid.across.capitalize()} and {grid.down} together{where}"
    told = "; ".join(
        f"{column} and {row}: {unit.with_limits(value)}"
        for (column, row), value in list(grid.values.items())[:6]
    )
    label = f"{measure_title(measure)} by {title}. {told}"
    draw = partial(draw_grid, grid, unit, bounds)
    return panel(title, label, draw, grid_size(grid, 704), grid_size(grid, 320, narrow=True))


def _grid(inquiry: Inquiry, measure: str, across: Any, down: Any, chosen: dict[str, str]) -> Grid:
    found = inquiry.points(measure)
    values: dict[tuple[str, str], Interval] = {}
    for column, row in product(across["levels"], down["levels"]):
        wanted = {across["name"]: column, down["name"]: row, **chosen}
        for settings, interval in found:
            if interval.known and all(settings[name] == said for name, said in wanted.items()):
                values[column, row] = interval
    return Grid(
        inquiry.names[across["name"]], inquiry.names[down["name"]], across["levels"],
        down["levels"], values,
    )  # fmt: skip
