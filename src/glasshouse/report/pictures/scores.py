"""Scores over time: the median citizen, the middle half, and nine in ten."""

from __future__ import annotations

from collections.abc import Sequence

from glasshouse.report.intervals import Interval, over_seeds
from glasshouse.report.material import Material, Point
from glasshouse.report.pictures.figure import Figure, Table, panel, thinned
from glasshouse.report.pictures.lines import Band, Frame, Line, draw_lines
from glasshouse.report.pictures.marks import Chart, Size
from glasshouse.report.theme import HERE
from glasshouse.report.wording import SCORE

QUANTILES = (5, 25, 50, 75, 95)


def scores_figure(material: Material) -> Figure:
    """Draw the scores of the nation over time."""
    lines = {place: _since_introduction(material, place) for place in QUANTILES}
    if not lines[50]:
        return Figure(
            "scores",
            "Scores over time",
            "This scheme gives nobody a score, so there is none to draw.",
        )
    if not material.scores_move:
        first = SCORE.text(material.scheme.first_score())
        told = f"Everybody keeps the {first} points they began with: this scheme moves no score."
        return Figure("scores", "Scores over time", told)
    finding = _finding(material)
    frame = Frame(
        first=0,
        last=material.last_taken("score.quantile.50"),
        unit=SCORE,
        title="Score, in points",
        events=[event for event in material.events if event[0] > 0],
        levels=[(material.scheme.base, f"base {SCORE.text(material.scheme.base)}")],
    )
    bands = [
        Band(_bare(lines[5]), _bare(lines[95]), HERE, 0.16, ("5% below", "5% above")),
        Band(_bare(lines[25]), _bare(lines[75]), HERE, 0.3, ("25% below", "25% above")),
    ]

    def draw(size: Size) -> Chart:
        return draw_lines(frame, [Line("median", _bare(lines[50]), HERE)], size, bands)

    return Figure(
        key="scores",
        title="Scores over time",
        finding=finding,
        panels=[panel("", "Scores over time: " + finding, draw)],
        note=(
            "Line: the score half of the citizens are below. Dark band: the middle half. Light "
            "band: nine in ten. The dotted line is the base that forgetting pulls every score "
            "towards."
        ),
        tables=[_table(material, lines)],
        measures=[f"score.quantile.{quantile}" for quantile in QUANTILES],
    )


def _since_introduction(material: Material, quantile: int) -> list[Point]:
    points = material.over_time(f"score.quantile.{quantile}", material.world)
    later = [point for point in points if point.day >= 0]
    first = material.scheme.first_score()
    start = Point(0, Interval(first, first, first, len(material.seeds)))
    return [start, *later] if later and later[0].day > 0 else later


def _bare(points: Sequence[Point]) -> list[Point]:
    """Leave the limits off where the spread of citizens is what the bands show."""
    return [Point(p.day, Interval(p.value.mean, None, None, p.value.seeds)) for p in points]


def _finding(material: Material) -> str:
    first = material.scheme.first_score()
    median = material.at_end("score.quantile.50")
    moved = over_seeds(
        None if value is None else value - first
        for value in material.last("score.quantile.50", material.world).values()
    )
    low, high = material.at_end("score.quantile.25"), material.at_end("score.quantile.75")
    text = (
        f"Everybody began with {SCORE.text(first)} points. On day "
        f"{material.last_taken('score.quantile.50')} the "
        "citizen in the middle "
        f"has {SCORE.with_limits(median)}, {_direction(moved)}."
    )
    if low.known and high.known:
        text += f" Half of the citizens lie between {SCORE.mean(low)} and {SCORE.mean(high)}."
    return text + material.ending


def _direction(moved: Interval) -> str:
    if moved.mean is None or abs(moved.mean) < 0.5:
        return "no change"
    size = SCORE.text(abs(moved.mean))
    return f"{size} {'more' if moved.mean > 0 else 'fewer'} than at the start"


def _table(material: Material, lines: dict[int, list[Point]]) -> Table:
    by_day = {place: {p.day: p.value for p in lines[place]} for place in QUANTILES}
    nothing = Interval(None, None, None, 0)
    rows = [
        [
            f"{point.day}",
            *(SCORE.cell(by_day[place].get(point.day, nothing)) for place in QUANTILES),
        ]
        for point in thinned(lines[50])
    ]
    head = [
        "Day",
        "5% lie below",
        "25% lie below",
        "50% lie below",
        "75% lie below",
        "95% lie below",
    ]
    return Table(
        "Score below which a share of citizens lies, mean over nations with 95% interval",
        head,
        rows,
    )
