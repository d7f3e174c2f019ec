"""Layers of marks put together into a chart of a given size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair

Chart = altair.Chart | altair.LayerChart


@dataclass(frozen=True)
class Size:
    """How large a picture is drawn, in pixels, and whether for a narrow screen."""

    width: float
    height: float
    narrow: bool = False


def over(rows: Sequence[Mapping[str, Any]]) -> altair.Chart:
    """Begin a layer over rows of data, which are written into the chart itself."""
    return altair.Chart(altair.InlineData(values=[dict(row) for row in rows]))


def encoded(marks: altair.Chart, *channels: Any) -> altair.Chart:
    """Say which field of the data each channel of the marks shows."""
    chart: altair.Chart = marks.encode(*channels)
    return chart


def layered(layers: Sequence[Chart], size: Size) -> altair.LayerChart:
    """Put layers on top of each other, the first at the bottom."""
    return altair.LayerChart(layer=list(layers), width=size.width, height=size.height)
