"""Several schemes side by side: one measure, a line or a dot for each world."""

from __future__ import annotations

from collections.abc import Sequence

from glasshouse.report.intervals import over_seeds
from glasshouse.report.material import Material, Point
from glasshouse.report.pictures.dots import Dot, dots_size, draw_dots
from glasshouse.report.pictures.figure import HALF, Figure, Panel, Sign, Table, panel
from glasshouse.report.pictures.groups import GROUPS, STAKES, Stake
from glasshouse.report.pictures.lines import Frame, Line, draw_lines
from glasshouse.report.pictures.marks import Chart, Size
from glasshouse.report.pictures.pairs import Pair, sentences
from glasshouse.report.pictures.reading import PERSON, READ
from glasshouse.report.pictures.speech import FACE_TO_FACE, FALSIFIED, HELD, SAID
from glasshouse.report.pictures.tables import Column, over_time_table
from glasshouse.report.pictures.ties import ALIKE, CUTS, OUTCASTS, TIES
from glasshouse.report.theme import THERE, Colour, series_dash, world_colour
from glasshouse.report.wording import SHARE
from glasshouse.run.plan import NO_SCHEME

SHAPES = (
    ("circle", "M6 1a5 5 0 1 1 0 10a5 5 0 1 1 0-10"),
    ("square", "M1.5 1.5h9v9h-9z"),
    ("triangle-up", "M6 1l5.5 10h-11z"),
    ("diamond", "M6 0l4.5 6l-4.5 6l-4.5-6z"),
    ("cross", "M4 1h4v3h3v4h-3v3h-4v-3h-3v-4h3z"),
    ("triangle-down", "M6 11l5.5-10h-11z"),
)
"""Shape of a mark in Vega's words, and its outline."""
SHADED = 4
"""With more worlds than this, bands would hide each other and are left to the tables."""


def colour_of(material: Material, world: str) -> Colour:
    """Give the colour of a world, the same in every picture."""
    schemes = [each for each in material.worlds if each != NO_SCHEME]
    return THERE if world == NO_SCHEME else world_colour(schemes.index(world))


def shape_of(material: Material, world: str) -> tuple[str, str]:
    """Give the shape of a world's marks, and its outline for a legend."""
    schemes = [each for each in material.worlds if each != NO_SCHEME]
    return SHAPES[schemes.index(world) % len(SHAPES)]


def speech_of_worlds(material: Material) -> Figure:
    """Draw what is said, held and hidden in every world."""
    pairs = (SAID, HELD, FALSIFIED, FACE_TO_FACE)
    chilled = {
        world: value
        for world in material.worlds
        if world != NO_SCHEME and (value := material.at_end("chilling", world)).known
    }
    finding = ""
    if chilled:
        most = max(chilled, key=lambda world: chilled[world].mean or 0.0)
        least = min(chilled, key=lambda world: chilled[world].mean or 0.0)
        finding = f"Most dissent goes unsaid under {most}: {SHARE.with_limits(chilled[most])}"
        if most != least:
            finding += f"; least under {least}: {SHARE.with_limits(chilled[least])}"
        finding += "."
    return _figure(material, "speech", "Said against held", finding, pairs)


def ties_of_worlds(material: Material) -> Figure:
    """Draw ties, outcasts and cuts in every world."""
    outcasts = {
        world: value
        for world in material.worlds
        if world != NO_SCHEME and (value := material.at_end("outcasts", world)).known
    }
    finding = ""
    if outcasts:
        most = max(outcasts, key=lambda world: outcasts[world].mean or 0.0)
        finding = f"Most people are outcast under {most}: {SHARE.with_limits(outcasts[most])}."
    return _figure(material, "ties", "Ties and outcasts", finding, (TIES, OUTCASTS, CUTS, ALIKE))


def reading_of_worlds(material: Material) -> Figure:
    """Draw reading in every world."""
    return _figure(material, "reading", "Reading", "", (PERSON, READ))


def doors_of_worlds(material: Material) -> Figure:
    """Draw the mean share of open doors in every world that has any."""
    lines = [
        line for line in map(lambda world: _doors_line(material, world), material.worlds) if line
    ]
    title = "Doors over time"
    if not lines:
        return Figure("doors", title, "None of these schemes closes a door.")
    frame = Frame(
        first=0,
        last=material.last_day,
        unit=SHARE,
        title="Doors open, mean over citizens and doors",
        floor=0.0,
        ceiling=1.0,
        include=(0.0, 1.0),
    )
    order = sorted(lines, key=lambda line: line.points[-1].value.mean or 0.0)
    finding = (
        f"Of the schemes that have doors, {order[0].label} leaves the smallest part of them open: "
        f"{SHARE.with_limits(order[0].points[-1].value)}."
    )

    def draw(size: Size) -> Chart:
        return draw_lines(frame, lines, size)

    return Figure(
        key="doors",
        title=title,
        finding=finding,
        panels=[panel("", f"{title}: {finding}", draw)],
        note=(
            "Schemes differ in their doors and how many they have; each line is the mean over "
            "its own. Schemes without a line have no doors: everything is open."
        ),
        tables=[
            over_time_table(
                "Mean share of open doors", [(line.label, line.points, SHARE) for line in lines]
            )
        ],
    )


def _doors_line(material: Material, world: str) -> Line | None:
    if world not in material.scenarios:
        return None
    by_day: dict[int, dict[int, list[float]]] = {}
    for door in material.scenarios[world].scheme.doors:
        for seed, day, value in (
            material.rows(f"door.{door}.open", world).select("seed", "day", "value").iter_rows()
        ):
            if day >= 0:
                by_day.setdefault(day, {}).setdefault(seed, []).append(value)
    points = [
        Point(day, over_seeds(sum(values) / len(values) for values in seeds.values()))
        for day, seeds in sorted(by_day.items())
    ]
    return Line(world, points, colour_of(material, world)) if points else None


def _figure(
    material: Material, key: str, title: str, finding: str, pairs: Sequence[Pair]
) -> Figure:
    drawn = [each for pair in pairs if (each := _panel(material, pair)) is not None]
    columns: list[Column] = [
        (f"{pair.title}, {line.label}", line.points, pair.unit)
        for pair in pairs
        for line in _lines(material, pair)
    ]
    return Figure(
        key=key,
        title=title,
        finding=finding or "The same people and the same chance events in every world.",
        panels=drawn,
        note="Each line is a world. Shaded: the 95% interval over nations."
        if len(material.worlds) <= SHADED
        else "Each line is a world; the intervals stand in the table.",
        tables=[over_time_table(title, columns)] if columns else (),
        measures=[pair.measure for pair in pairs],
    )


def _lines(material: Material, pair: Pair) -> list[Line]:
    lines = []
    for place, world in enumerate(material.worlds):
        if world == NO_SCHEME and not pair.both:
            continue
        points = material.over_time(pair.measure, world)
        dash = (5, 3) if world == NO_SCHEME else series_dash(place)
        lines.append(Line(world, points, colour_of(material, world), dash))
    return [line for line in lines if line.points]


def _panel(material: Material, pair: Pair) -> Panel | None:
    lines = _lines(material, pair)
    if not lines:
        return None
    shaded = len(material.worlds) <= SHADED
    frame = Frame(
        first=min(line.points[0].day for line in lines),
        last=material.last_day,
        unit=pair.unit,
        title="",
        floor=pair.floor,
        ceiling=pair.ceiling,
        include=pair.include,
        events=[(0, "introduced")] if material.first_day < 0 else [],
    )
    said = "; ".join(
        f"{line.label} {pair.unit.with_limits(line.points[-1].value)}" for line in lines
    )

    def draw(size: Size) -> Chart:
        return draw_lines(frame, lines, size, shaded=shaded)

    return panel(pair.title, f"{pair.title}, on the last day: {said}.", draw, HALF, None)


def stakes_of_worlds(material: Material) -> Figure:
    """Draw what each group wins or loses under every scheme."""
    schemes = [world for world in material.worlds if world != NO_SCHEME]
    lived = {world: material.beside_none(world) for world in schemes}
    panels, tables, measures = [], [], []
    for stake in STAKES:
        dots = _stake_dots(material, lived, stake)
        if dots:
            panels.append(_stake_panel(stake, dots, schemes))
            tables.append(_stake_table(stake, lived))
            measures += stake.measures(material.beside_none(schemes[-1]))
    return Figure(
        key="groups",
        title="Who wins and who loses",
        finding=sentences(*(_worst_off(world, each) for world, each in lived.items())),
        panels=panels,
        note=(
            "Each mark is a scheme: its world minus the life "
            "without a scheme, on the last day, with its 95% interval over nations. Everybody "
            "begins with the same score and all doors open; dissenters are those who dissent in "
            "private on that day, in each life its own."
        ),
        tables=tables,
        legend=[
            Sign(world, colour_of(material, world), shape_of(material, world)[1])
            for world in schemes
        ],
        measures=list(dict.fromkeys(measures)),
    )


def _stake_dots(material: Material, lived: dict[str, Material], stake: Stake) -> list[Dot]:
    return [
        Dot(label, change, colour_of(material, world), shape=shape_of(material, world)[0])
        for group, label in GROUPS.items()
        for world, each in lived.items()
        if (change := stake.change(each, group)).known
    ]


def _stake_panel(stake: Stake, dots: Sequence[Dot], schemes: Sequence[str]) -> Panel:
    everybody = [stake.unit.mean(dot.value) for dot in dots if dot.label == GROUPS["all"]]
    label = (
        f"{stake.title}. For everybody, in the order {', '.join(schemes)}: {'; '.join(everybody)}."
    )

    def draw(size: Size) -> Chart:
        return draw_dots(dots, stake.unit, size, words=False)

    return panel(stake.title, label, draw, dots_size(len({dot.label for dot in dots})), None)


def _stake_table(stake: Stake, lived: dict[str, Material]) -> Table:
    rows = [
        [label, *(stake.unit.cell(stake.change(each, group)) for each in lived.values())]
        for group, label in GROUPS.items()
    ]
    return Table(stake.title, ["Group", *lived], rows)


def _worst_off(world: str, material: Material) -> str | None:
    """Say who loses most doors under a scheme."""
    stake = STAKES[1]
    losses = {group: stake.change(material, group) for group in GROUPS if group != "all"}
    known = {group: loss for group, loss in losses.items() if loss.mean is not None}
    if not known:
        return None
    worst = min(known, key=lambda group: known[group].mean or 0.0)
    return f"Under {world} the {GROUPS[worst]} lose most doors ({stake.unit.inside(known[worst])})."
