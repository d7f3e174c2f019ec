"""The one palette, in light and in dark, and how charts are dressed in it.

Charts are drawn once, in the light colours. In the finished picture every colour is replaced by a
reference to the page's own variable of that role, so that one picture serves light, dark and print.
Hues are told apart by people with any common kind of colour blindness, and no hue is ever the only
thing that tells two marks apart: lines carry labels and dashes, tiles carry a table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import altair
import vl_convert

VEGA_LITE = "6.4"
FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, sans-serif"


@dataclass(frozen=True)
class Colour:
    """One role of the palette with its colour by day and by night."""

    role: str
    light: str
    dark: str

    def __str__(self) -> str:
        """Give the light colour, as charts are written with it."""
        return self.light


PAPER = Colour("paper", "#fbfaf6", "#14181d")
SURFACE = Colour("surface", "#ffffff", "#1b2127")
INK = Colour("ink", "#1c242d", "#e9ebee")
MUTED = Colour("muted", "#58626e", "#a3adb8")
GRID = Colour("grid", "#e2ded5", "#333b44")
FRAME = Colour("frame", "#8b919a", "#717b86")

SERIES = (
    Colour("series-1", "#1b6a9c", "#62b4e6"),
    Colour("series-2", "#b8480f", "#f39a63"),
    Colour("series-3", "#0f7a5c", "#45c79f"),
    Colour("series-4", "#84479a", "#cf9be2"),
    Colour("series-5", "#8a6800", "#dcb942"),
    Colour("series-6", "#a8325f", "#f08cb0"),
    Colour("series-7", "#4a50b0", "#a3a9f7"),
    Colour("series-8", "#4c5661", "#b7c0ca"),
)
DASHES: tuple[list[int], ...] = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])

THERE = SERIES[0]
"""The other life, without the scheme."""
HERE = SERIES[1]
"""Life under the scheme."""

STEPS = tuple(
    Colour(f"step-{place}", light, light)
    for place, light in enumerate(
        ("#fdf6c5", "#c9e6b5", "#84ccbb", "#46b1c4", "#2288bd", "#2559a4", "#14297c"), start=1
    )
)
"""From little to much, the same by day and by night."""
STEP_INK = Colour("step-ink", "#11161c", "#11161c")
STEP_PAPER = Colour("step-paper", "#fefefe", "#fefefe")

PALETTE = (PAPER, SURFACE, INK, MUTED, GRID, FRAME, *SERIES, *STEPS, STEP_INK, STEP_PAPER)
_ROLE_OF = {colour.light: colour.role for colour in PALETTE}


def series_colour(place: int) -> Colour:
    """Give the colour of the n-th line; after eight the hues return with another dash."""
    return SERIES[place % len(SERIES)]


def world_colour(place: int) -> Colour:
    """Give the colour of the n-th scheme of a comparison; the life without one has its own."""
    return SERIES[1 + place % (len(SERIES) - 1)]


def series_dash(place: int) -> list[int]:
    """Give the dash of the n-th line.

    Examples
    --------
    >>> series_dash(0), series_dash(9)
    ([1, 0], [6, 3])
    """
    return DASHES[(place // len(SERIES)) % len(DASHES)]


def variables(*, dark: bool) -> str:
    """Write the palette as CSS custom properties."""
    return "".join(
        f"--{colour.role}:{colour.dark if dark else colour.light};" for colour in PALETTE
    )


def _configuration() -> dict[str, Any]:
    axis = {
        "domain": False,
        "labelColor": MUTED.light,
        "labelFontSize": 12,
        "labelPadding": 6,
        "tickColor": GRID.light,
        "tickSize": 5,
        "titleColor": MUTED.light,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titlePadding": 8,
    }
    return {
        "aria": False,
        "autosize": {"type": "fit", "contains": "padding"},
        "axis": axis,
        "axisX": {"grid": False, "labelFlush": False, "titleAnchor": "start", "titleAlign": "left"},
        "axisY": {
            "grid": False,
            "ticks": False,
            "titleAlign": "left",
            "titleAnchor": "start",
            "titleAngle": 0,
            "titleX": 0,
            "titleY": -10,
            "titleBaseline": "bottom",
        },
        "background": "transparent",
        "font": FONT,
        "padding": {"left": 2, "top": 6, "right": 4, "bottom": 2},
        "text": {"color": INK.light, "fontSize": 12, "font": FONT},
        "view": {"stroke": None},
    }


def picture(chart: altair.Chart | altair.LayerChart | altair.VConcatChart) -> str:
    """Draw a chart as inline SVG in the page's own colours.

    Raises
    ------
    ValueError
        If the chart uses a colour that is not of the palette.
    """
    specification = chart.to_dict(validate=False)
    specification.pop("$schema", None)
    specification["config"] = _configuration()
    drawn: str = vl_convert.vegalite_to_svg(
        specification, vl_version=VEGA_LITE, allowed_base_urls=[]
    )
    return _coloured(_inline(drawn))


def _inline(drawn: str) -> str:
    """Take off what only a file of its own needs: name spaces, class names, fixed size."""
    drawn = re.sub(r' xmlns(:\w+)?="[^"]*"', "", drawn)
    drawn = re.sub(r' (version|class|role|aria-[a-z]+|pointer-events)="[^"]*"', "", drawn)
    drawn = re.sub(r'<path d="(M0,0h0v0h0Z)?"[^>]*/>', "", drawn)
    drawn = re.sub(r"\d+\.\d{3,}", lambda found: f"{float(found[0]):.2f}", drawn)
    return _joined(drawn.replace('stroke-miterlimit="10" ', "").strip())


def _joined(drawn: str) -> str:
    """Make one path of neighbours that differ only in where they are, such as tiles of a map."""

    def one(found: re.Match[str]) -> str:
        outlines = re.findall(r'd="([^"]*)"', found[0])
        return f'<path d="{"".join(outlines)}" fill="{found["fill"]}"/>'

    alike = r'<path d="[^"]*" fill="(?P<fill>[^"]*)"/>(?:<path d="[^"]*" fill="(?P=fill)"/>)+'
    return re.sub(alike, one, drawn)


def _coloured(drawn: str) -> str:
    def variable(found: re.Match[str]) -> str:
        attribute, value = found.groups()
        role = _ROLE_OF.get(value.lower())
        if role is None:
            raise ValueError(f"the colour {value} of a chart is not of the palette")
        return f'{attribute}="var(--{role})"'

    return re.sub(r'\b(fill|stroke)="(?!none|transparent|var)([^"]+)"', variable, drawn)
