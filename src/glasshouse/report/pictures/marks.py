"""Layers of marks put together into a chart of a given size."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair

JSON = altair.JsonDataFormat(type="json")

Chart = altair.Chart | altair.LayerChart


@dataclass(frozen=True)
class Size:
    """How large a picture is drawn, in pixels, and whether for a narrow screen."""

    width: float
    height: float
    narrow: bool = False


def over(rows: Sequence[Mapping[str, Any]]) -> altair.Chart:
    """Begin a layer over rows of data, which are written into the chart itself.

    As text, so that Altair does not copy every cell each time a layer is joined to another.
    """
    text = json.dumps([dict(row) for row in rows])
    return altair.Chart(altair.InlineData(values=text, format=JSON))


def encoded(marks: altair.Chart, *channels: Any) -> altair.Chart:
    """Say which field of the data each channel of the marks shows."""
    chart: altair.Chart = marks.encode(*channels)
    return chart


def own_colour() -> altair.Color:
    """Colour each mark as its row of data says."""
    return altair.Color("colour:N", scale=None)


def layered(layers: Sequence[Chart], size: Size) -> altair.LayerChart:
    """Put layers on top of each other, the first at the bottom."""
    return altair.LayerChart(layer=list(layers), width=size.width, height=size.height)
