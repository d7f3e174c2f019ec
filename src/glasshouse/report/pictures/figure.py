"""A figure: pictures in two sizes, what they show in words, and the numbers in a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeVar

from glasshouse.report.pictures.marks import Chart, Size
from glasshouse.report.theme import Colour, picture

Row = TypeVar("Row")


FULL = Size(704, 330)
HALF = Size(330, 246)
SMALL = Size(320, 262, narrow=True)


@dataclass(frozen=True)
class Panel:
    """One picture of a figure.

    Attributes
    ----------
    title
        What stands above it; empty where the figure has only one.
    label
        What it shows, for those who cannot see it.
    wide, narrow
        The picture as SVG, for wide and for narrow screens; the same where one serves both.
    """

    title: str
    label: str
    wide: str
    narrow: str

    @property
    def pictures(self) -> list[tuple[str, str]]:
        """The pictures as they stand in the page, each with the name of its size."""
        if self.wide == self.narrow:
            return [("any", labelled(self.wide, self.label))]
        wide, narrow = labelled(self.wide, self.label), labelled(self.narrow, self.label)
        return [("wide", wide), ("narrow", narrow)]


@dataclass(frozen=True)
class Table:
    """Numbers behind a figure; the first column names the row."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Sign:
    """A mark of a picture and what it stands for."""

    word: str
    colour: Colour
    path: str
    """Outline of the mark, in a box from (0, 0) to (12, 12)."""


@dataclass(frozen=True)
class Figure:
    """What one section of the report shows.

    Attributes
    ----------
    key
        Its anchor in the page.
    title
        A few words.
    finding
        Sentences with what it shows, computed from the data.
    panels
        Its pictures; empty where the run has nothing to draw, and the finding says why.
    note
        How to read it.
    tables
        The same in numbers.
    measures
        Names of the measures it shows, as in the dictionary.
    legend
        What its marks stand for, where they carry no label.
    compact
        Whether three of its panels stand side by side.
    """

    key: str
    title: str
    finding: str
    panels: Sequence[Panel] = ()
    note: str = ""
    tables: Sequence[Table] = ()
    measures: Sequence[str] = ()
    legend: Sequence[Sign] = ()
    compact: bool = False


def panel(
    title: str,
    label: str,
    draw: Callable[[Size], Chart],
    wide: Size = FULL,
    narrow: Size | None = SMALL,
) -> Panel:
    """Draw a panel for wide and for narrow screens, or once for both."""
    large = picture(draw(wide))
    return Panel(title, label, large, large if narrow is None else picture(draw(narrow)))


def labelled(drawn: str, label: str) -> str:
    """Give a picture its role and its label.

    Examples
    --------
    >>> labelled('<svg width="9"></svg>', 'Falls to "3"')
    '<svg role="img" aria-label="Falls to &quot;3&quot;" width="9"></svg>'
    """
    return drawn.replace("<svg", f'<svg role="img" aria-label="{escape(label)}"', 1)


def thinned(rows: Sequence[Row], most: int = 14) -> list[Row]:
    """Keep at most so many rows, evenly, the first and the last among them.

    Examples
    --------
    >>> thinned(list(range(10)), 4)
    [0, 3, 6, 9]
    """
    if len(rows) <= most:
        return list(rows)
    step = (len(rows) - 1) / (most - 1)
    return [rows[round(place * step)] for place in range(most)]
