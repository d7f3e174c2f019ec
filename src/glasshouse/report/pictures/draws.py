"""One effect in every draw of the assumptions: dots in the order of their size, and along a factor.

Each dot has its interval over nations. A line marks the smallest effect that would matter; what
lies beyond it, short of it and across it has marks of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair

from glasshouse.report.pictures.marks import Chart, Size, encoded, layered, over, own_colour
from glasshouse.report.pictures.scales import axis_words, round_ends
from glasshouse.report.theme import GRID, HERE, INK, MUTED, THERE, Colour
from glasshouse.report.wording import PLAIN

BEYOND, SHORT, ACROSS = "beyond", "short", "across"
COLOURS: dict[str, Colour] = {BEYOND: HERE, SHORT: THERE, ACROSS: MUTED}
SHAPES = {BEYOND: "circle", SHORT: "square", ACROSS: "diamond"}
LETTERS = 44


@dataclass(frozen=True)
class Draw:
    """An effect in one draw.

    Attributes
    ----------
    effect : float
    half_width : float or None
        Half of its interval; None where nothing is known of it.
    place : float or str
        Where the draw lies along a factor.
    """

    effect: float
    half_width: float | None
    place: float | str = 0.0

    def side(self, smallest: float) -> str:
        """Which side of the smallest effect that matters its interval lies on."""
        reach = float("inf") if self.half_width is None else self.half_width
        if self.effect - reach > smallest:
            return BEYOND
        return SHORT if self.effect + reach < smallest else ACROSS


def draw_in_order(draws: Sequence[Draw], smallest: float, unit: str, size: Size) -> Chart:
    """Draw every draw's effect, the smallest at the bottom."""
    ordered = sorted(draws, key=lambda each: each.effect)
    rows = [{**_row(each, smallest), "row": place} for place, each in enumerate(ordered)]
    low, high, ticks = _across(rows, smallest)
    effect = altair.X(
        "value:Q",
        title=_short(unit),
        scale=altair.Scale(domain=[low, high], nice=False, zero=False, clamp=True),
        axis=altair.Axis(values=ticks, labelExpr=axis_words(ticks, PLAIN), grid=False),
    )
    row = altair.Y("row:Q", axis=None, scale=altair.Scale(domain=[-1, len(rows)], nice=False))
    layers: list[Chart] = [_line("x", 0.0, GRID), _line("x", smallest, INK, dashed=True)]
    certain = [each for each in rows if each["low"] is not None]
    if certain:
        line = over([{**each, "value": each["low"]} for each in certain]).mark_rule(
            strokeWidth=2, opacity=0.5
        )
        layers.append(encoded(line, effect, row, altair.X2("high:Q"), own_colour()))
    point = over(rows).mark_point(filled=True, size=30, opacity=1)
    layers.append(encoded(point, effect, row, own_colour(), _shape()))
    return layered(layers, size)


def draw_along(draws: Sequence[Draw], smallest: float, factor: str, size: Size) -> Chart:
    """Draw every draw's effect along a factor."""
    rows = [{**_row(each, smallest), "place": each.place} for each in draws]
    low, high, ticks = _across(rows, smallest)
    numbers = all(isinstance(each.place, int | float) for each in draws)
    along = altair.X(
        "place:Q" if numbers else "place:N",
        title=_short(factor),
        scale=altair.Scale(zero=False, nice=True) if numbers else altair.Undefined,
        axis=altair.Axis(grid=False, tickCount=4, labelAngle=0),
    )
    effect = altair.Y(
        "value:Q",
        title=None,
        scale=altair.Scale(domain=[low, high], nice=False, zero=False, clamp=True),
        axis=altair.Axis(values=ticks, labelExpr=axis_words(ticks, PLAIN), grid=False),
    )
    point = over(rows).mark_point(filled=True, size=34, opacity=1)
    marks = encoded(point, along, effect, own_colour(), _shape())
    lines = [_line("y", 0.0, GRID), _line("y", smallest, INK, dashed=True)]
    return layered([*lines, marks], size)


def _row(draw: Draw, smallest: float) -> dict[str, Any]:
    side = draw.side(smallest)
    known = draw.half_width is not None
    return {
        "value": draw.effect,
        "low": draw.effect - draw.half_width if known else None,  # type: ignore[operator]
        "high": draw.effect + draw.half_width if known else None,  # type: ignore[operator]
        "colour": COLOURS[side].light,
        "shape": SHAPES[side],
    }


def _across(rows: Sequence[dict[str, Any]], smallest: float) -> tuple[float, float, list[float]]:
    """Ends of the axis: all effects and the smallest that matters; intervals may be cut off."""
    values = [row["value"] for row in rows]
    ends = [row[end] for row in rows for end in ("low", "high") if row[end] is not None]
    low, high = min([*values, 0.0, smallest]), max([*values, 0.0, smallest])
    room = (high - low) * 0.25
    low, high = max(low - room, min([low, *ends])), min(high + room, max([high, *ends]))
    return round_ends(low, high, 4)


def _line(axis: str, place: float, colour: Colour, *, dashed: bool = False) -> Chart:
    dash = [4, 3] if dashed else [1, 0]
    rule = over([{"value": place}]).mark_rule(color=colour.light, strokeWidth=1.2, strokeDash=dash)
    channel = altair.X("value:Q") if axis == "x" else altair.Y("value:Q")
    return encoded(rule, channel)


def _shape() -> altair.Shape:
    return altair.Shape("shape:N", scale=None)


def _short(words: str) -> str:
    return words if len(words) <= LETTERS else words[: LETTERS - 1] + "…"
