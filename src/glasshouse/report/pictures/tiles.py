"""Tiles of equal population: where each stands, and what colour it has.

Never a real map. Tiles stand in the order of their numbers, city by city; that two tiles touch
means nothing, except that tiles of one block are of one city.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt

import altair

from glasshouse.report.pictures.marks import Chart, Size, encoded, layered, over, own_colour
from glasshouse.report.pictures.scales import nice_step
from glasshouse.report.theme import FRAME, MUTED, STEP_INK, STEP_PAPER, STEPS, SURFACE
from glasshouse.report.wording import Unit

NUMBERED = 36
"""Up to so many tiles carry their value in writing."""
GAP = 1.5
"""Space between the blocks of two cities, in tiles."""
LEGEND = 44
"""Height of the legend, in pixels."""


@dataclass(frozen=True)
class Tile:
    """A place in the picture and its value."""

    column: float
    row: float
    value: float | None


def placed(cities: Sequence[int], values: Sequence[float | None]) -> list[Tile]:
    """Give every tile its place: a block for each city, blocks in rows.

    Examples
    --------
    >>> [(tile.column, tile.row) for tile in placed([0, 0, 0, 1], [1, 2, 3, 4])]
    [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (3.5, 0.0)]
    """
    blocks: dict[int, list[float | None]] = {}
    for city, value in zip(cities, values, strict=True):
        blocks.setdefault(city, []).append(value)
    side = max((ceil(sqrt(len(block))) for block in blocks.values()), default=1)
    across = ceil(sqrt(len(blocks)))
    return [
        Tile(
            (number % across) * (side + GAP) + place % side,
            (number // across) * (side + GAP) + place // side,
            value,
        )
        for number, block in enumerate(blocks.values())
        for place, value in enumerate(block)
    ]


def class_bounds(values: Sequence[float | None], classes: int = len(STEPS)) -> list[float]:
    """Cut the values into classes of equal, round width; give the ends and the cuts.

    Examples
    --------
    >>> class_bounds([512, 530, 561], 6)
    [510.0, 520.0, 530.0, 540.0, 550.0, 560.0, 570.0]
    >>> class_bounds([0.25, 0.25])
    [0.25, 0.25]
    """
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    if high - low < 1e-9:
        return [low, high]
    for wanted in range(classes, 0, -1):
        step = nice_step(high - low, wanted)
        first = floor(low / step)
        count = floor(high / step) - first + 1
        if count <= classes:
            break
    return [float(f"{(first + place) * step:.12g}") for place in range(count + 1)]


def class_of(value: float, bounds: Sequence[float]) -> int:
    """Give the class of a value, from 0.

    Examples
    --------
    >>> class_of(530, [510, 520, 530, 540]), class_of(3, [3, 3])
    (2, 0)
    """
    last = len(bounds) - 2
    return next((place for place in range(last) if value < bounds[place + 1]), last)


def step_of(place: int, classes: int) -> int:
    """Spread few classes over all steps of the palette.

    Examples
    --------
    >>> [step_of(place, 3) for place in range(3)], step_of(0, 1)
    ([0, 3, 6], 3)
    """
    last = len(STEPS) - 1
    return round(place * last / (classes - 1)) if classes > 1 else last // 2


def draw_tiles(tiles: Sequence[Tile], unit: Unit, size: Size) -> Chart:
    """Draw tiles in the colours of their classes, with a legend below."""
    bounds = class_bounds([tile.value for tile in tiles])
    classes = len(bounds) - 1
    across = max(tile.column for tile in tiles) + 1
    down = max(tile.row for tile in tiles) + 1
    edge = min(size.width / across, (size.height - LEGEND) / down, 96.0)
    left = (size.width - edge * across) / 2
    layers: list[Chart] = [_rectangles(tiles, bounds, edge, left)]
    if any(tile.value is None for tile in tiles):
        layers.append(_unknown(tiles, edge, left))
    if len(tiles) <= NUMBERED:
        layers.append(_values(tiles, bounds, unit, edge, left))
    layers += _legend(bounds, classes, unit, size.width, edge * down + 14)
    return layered(layers, Size(size.width, edge * down + LEGEND))


def _place() -> tuple[altair.X, altair.Y, altair.X2, altair.Y2]:
    """Place marks by pixels."""
    return (
        altair.X("left:Q", scale=None, axis=None),
        altair.Y("top:Q", scale=None, axis=None),
        altair.X2("right:Q"),
        altair.Y2("bottom:Q"),
    )


def _corners(tile: Tile, edge: float, left: float) -> dict[str, object]:
    gap = 0.5 if edge > 6 else 0.15
    return {
        "left": round(left + tile.column * edge + gap, 2),
        "right": round(left + (tile.column + 1) * edge - gap, 2),
        "top": round(tile.row * edge + gap, 2),
        "bottom": round((tile.row + 1) * edge - gap, 2),
    }


def _rectangles(tiles: Sequence[Tile], bounds: Sequence[float], edge: float, left: float) -> Chart:
    """Draw the tiles class by class, so that those of one colour follow each other."""
    rows = [(_step(tile.value, bounds), tile) for tile in tiles if tile.value is not None]
    rows.sort(key=lambda item: item[0])
    data = [_corners(tile, edge, left) | {"colour": STEPS[step].light} for step, tile in rows]
    return encoded(over(data).mark_rect(), *_place(), own_colour())


def _step(value: float, bounds: Sequence[float]) -> int:
    return step_of(class_of(value, bounds), len(bounds) - 1)


def _unknown(tiles: Sequence[Tile], edge: float, left: float) -> Chart:
    rows = [_corners(tile, edge, left) for tile in tiles if tile.value is None]
    mark = over(rows).mark_rect(color=SURFACE.light, stroke=FRAME.light, strokeWidth=0.5)
    return encoded(mark, *_place())


def _values(
    tiles: Sequence[Tile], bounds: Sequence[float], unit: Unit, edge: float, left: float
) -> Chart:
    known = [(tile, tile.value) for tile in tiles if tile.value is not None]
    near = (bounds[-1] - bounds[0]) / 10 or None
    rows = [
        {
            "left": left + (tile.column + 0.5) * edge,
            "top": (tile.row + 0.5) * edge,
            "word": unit.text(value, near),
            "colour": (STEP_INK if _step(value, bounds) < 4 else STEP_PAPER).light,
        }
        for tile, value in known
    ]
    text = over(rows).mark_text(fontSize=min(14.0, edge / 3.6), baseline="middle")
    return encoded(text, *_place()[:2], altair.Text("word:N"), own_colour())


def _legend(
    bounds: Sequence[float], classes: int, unit: Unit, width: float, top: float
) -> list[Chart]:
    wide = min(34.0, (width - 40) / classes)
    left = (width - wide * classes) / 2
    boxes = [
        {
            "left": left + place * wide,
            "right": left + (place + 1) * wide,
            "top": top,
            "bottom": top + 10,
            "colour": STEPS[step_of(place, classes)].light,
        }
        for place in range(classes)
    ]
    marks = [(float(place), bound) for place, bound in enumerate(bounds)]
    near = bounds[1] - bounds[0] or None
    words = [
        {"left": left + place * wide, "top": top + 14, "word": unit.text(bound, near)}
        for place, bound in (marks[:: 1 if classes <= 3 else 2] if near else [(0.5, bounds[0])])
    ]
    text = over(words).mark_text(color=MUTED.light, baseline="top", fontSize=11)
    return [
        encoded(over(boxes).mark_rect(), *_place(), own_colour()),
        encoded(text, *_place()[:2], altair.Text("word:N")),
    ]
