"""One citizen's year: her score, the doors it opened and shut, and what it was made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import altair
import polars

from glasshouse.report.intervals import Interval
from glasshouse.report.material import Material, Point
from glasshouse.report.pictures.doors import door_colour
from glasshouse.report.pictures.dots import Dot, dots_size, draw_dots
from glasshouse.report.pictures.figure import Figure, Panel, Table, panel, thinned
from glasshouse.report.pictures.lines import Frame, Line, draw_lines
from glasshouse.report.pictures.marks import Chart, Size, encoded, layered, over, own_colour
from glasshouse.report.pictures.scales import day_marks
from glasshouse.report.theme import GRID, HERE, INK
from glasshouse.report.wording import FINE_CHANGE, SCORE, SCORE_CHANGE, count_of, listed, number

TITLE = "One citizen's year"
RULE = (
    "the sampled dissenter of the first nation whose score on the last day is the middle one of "
    "all "
    "sampled dissenters' (the lower of two middles; without a dissenter in the sample, of "
    "everybody)"
)
BIGGEST = 8
ALONE = ("forgetting", "rounding", "clip", "appeal")
"""Rows whose name says enough."""
FRIEND = "friend"
"""Row of a ledger that a friend's score makes."""


@dataclass(frozen=True)
class Entry:
    """All rows of one kind of a citizen's ledgers, added up."""

    name: str
    count: int
    amount: float


def citizen_figure(material: Material) -> Figure:
    """Draw a year in the life of one citizen."""
    diary = material.citizens.filter(polars.col("world") == material.world).sort("day")
    diary = diary.filter(polars.col("score").is_not_null(), polars.col("day") >= 0)
    if diary.is_empty():
        why = "Without a score there is no ledger to show." if material.scheme.is_none() else ""
        return Figure("citizen", TITLE, why or "This run kept no citizen's days.")
    if not material.scores_move:
        return Figure(
            "citizen", TITLE, "This scheme moves no score, so there is no ledger to show."
        )
    days = diary.filter(polars.col("citizen") == chosen(diary))
    entries = added_up(days)
    panels = [_score_panel(material, days)]
    if material.doors:
        panels.append(_doors_panel(material, days))
    if any(abs(entry.amount) >= 0.5 for entry in entries):
        panels.append(_entries_panel(entries))
    return Figure(
        key="citizen",
        title=TITLE,
        finding=_finding(material, days, entries),
        panels=panels,
        note=f"Chosen by rule: {RULE}. A synthetic person: a number, without name or face.",
        tables=[_entries_table(entries), _days_table(days)],
    )


def chosen(diary: polars.DataFrame) -> int:
    """Choose whose year is shown; see the rule above."""
    last = diary.filter(polars.col("day") == polars.col("day").max())
    dissenters = last.filter(polars.col("camp") == "dissenters")
    pool = (dissenters if len(dissenters) else last).sort("score", "citizen")
    return int(pool["citizen"][(len(pool) - 1) // 2])


def added_up(days: polars.DataFrame) -> list[Entry]:
    """Add the rows of all ledgers up by what they are for, the largest first."""
    rows = ledger_rows(days)
    if rows.is_empty():
        return []
    of_friend = polars.col("row") == FRIEND
    detail = polars.when(of_friend).then(polars.lit("")).otherwise(polars.col("detail"))
    sums = (
        rows.with_columns(detail=detail)
        .group_by("row", "detail", maintain_order=True)
        .agg(polars.col("count").sum(), polars.col("amount").sum())
    )
    entries = [
        Entry(_entry_name(row, detail), int(count or 0), float(amount))
        for row, detail, count, amount in sums.iter_rows()
    ]
    return sorted(entries, key=lambda entry: -abs(entry.amount))


def ledger_rows(days: polars.DataFrame) -> polars.DataFrame:
    """Give the rows of all ledgers, one below the other."""
    return days.select(polars.col("ledger").explode()).drop_nulls().unnest("ledger")


def _entry_name(row: str, detail: str | None) -> str:
    if row == FRIEND:
        return "friends' scores"
    if row in ALONE or not detail:
        return row
    return f"{row}, {detail}"


def greatest_drag(days: polars.DataFrame) -> tuple[str, float] | None:
    """Give the friend who cost the most points, if any cost one."""
    friends = ledger_rows(days).filter(polars.col("row") == FRIEND)
    sums = friends.group_by("detail").agg(polars.col("amount").sum()).sort("amount", "detail")
    if sums.is_empty() or sums["amount"][0] > -0.5:
        return None
    return str(sums["detail"][0]), float(sums["amount"][0])


def _finding(material: Material, days: polars.DataFrame, entries: Sequence[Entry]) -> str:
    first, last = days.row(0, named=True), days.row(-1, named=True)
    start = first["score"] - first["change"]
    who = "dissents in private" if last["camp"] == "dissenters" else "does not dissent"
    text = (
        f"Citizen {last['citizen']}, of the {last['group']}, {who}. "
        f"The score goes from {SCORE.text(start)} to {SCORE.text(last['score'])} points"
    )
    if entries:
        largest = [f"{entry.name} ({SCORE_CHANGE.text(entry.amount)})" for entry in entries[:3]]
        text += f"; the largest causes are {listed(largest)}"
    drag = greatest_drag(days)
    if drag is not None:
        text += f". The friend who cost most is {drag[0]}: {SCORE_CHANGE.text(drag[1])}"
    text += f". Ties: {first['ties']} on the first day, {last['ties']} on the last"
    other = _other_life(material, int(last["citizen"]))
    text += f" ({other} in the life without the scheme)." if other is not None else "."
    if material.doors:
        shut = [door for door in material.doors if door not in (last["doors"] or [])]
        text += f" Shut at the end: {listed(shut)}." if shut else " Every door is open at the end."
    return text


def _other_life(material: Material, citizen: int) -> int | None:
    if material.other is None:
        return None
    column = polars.col
    there = material.citizens.filter(
        column("world") == material.other, column("citizen") == citizen
    ).sort("day")
    return int(there["ties"][-1]) if len(there) else None


def _score_panel(material: Material, days: polars.DataFrame) -> Panel:
    points = [
        Point(int(day), Interval(score, None, None, 1))
        for day, score in days.select("day", "score").iter_rows()
    ]
    levels = [
        (door.threshold, name)
        for name, door in material.scheme.doors.items()
        if door.threshold is not None
    ]
    frame = Frame(
        first=0,
        last=int(days["day"][-1]),
        unit=SCORE,
        title="Score, in points",
        levels=levels,
        events=[event for event in material.events if event[0] > 0],
    )

    def draw(size: Size) -> Chart:
        return draw_lines(frame, [Line("score", points, HERE, width=1.75)], size)

    low, high = SCORE.text(float(days["score"].min())), SCORE.text(float(days["score"].max()))  # type: ignore[arg-type]
    label = (
        f"The citizen's score day by day, between {low} and {high}, with the threshold of "
        "each door."
    )
    return panel("Score, and the thresholds of the doors", label, draw, Size(704, 290))


def open_spells(days: polars.DataFrame, door: str) -> list[tuple[int, int]]:
    """Give the stretches of days on which a door was open, first and last day of each."""
    marked = [
        (int(day), door in (doors or [])) for day, doors in days.select("day", "doors").iter_rows()
    ]
    spells = []
    for is_open, stretch in groupby(marked, key=lambda item: item[1]):
        listed_days = [day for day, _ in stretch]
        if is_open:
            spells.append((listed_days[0], listed_days[-1]))
    return spells


def _doors_panel(material: Material, days: polars.DataFrame) -> Panel:
    total = len(days)
    spells = {door: open_spells(days, door) for door in material.doors}
    lived = {door: sum(end - start + 1 for start, end in spells[door]) for door in material.doors}
    said = ", ".join(
        f"{door} on {lived[door]} of {count_of(total, 'day')}" for door in material.doors
    )
    title = "Doors open to this citizen, day by day"

    def draw(size: Size) -> Chart:
        return _spells_chart(spells, int(days["day"][0]), int(days["day"][-1]), size)

    rows = 26 * len(spells) + 46
    return panel(title, f"{title}: {said}.", draw, Size(704, rows), Size(320, rows, narrow=True))


def _spells_chart(
    spells: dict[str, list[tuple[int, int]]], first: int, last: int, size: Size
) -> Chart:
    across = altair.X(
        "start:Q",
        title="Day",
        scale=altair.Scale(domain=[first, last + 1], nice=False, zero=False),
        axis=altair.Axis(values=day_marks(first, last, 4 if size.narrow else 7)),
    )
    row = altair.Y(
        "door:N",
        title=None,
        sort=list(spells),
        scale=altair.Scale(domain=list(spells), paddingInner=0.45, paddingOuter=0.3),
        axis=altair.Axis(labelColor=INK.light, labelLimit=160, labelPadding=8),
    )
    whole = [{"door": door, "start": first, "end": last + 1} for door in spells]
    ground = over(whole).mark_bar(color=GRID.light, height={"band": 0.18})
    rows = [
        {"door": door, "start": start, "end": end + 1, "colour": door_colour(place).light}
        for place, (door, stretches) in enumerate(spells.items())
        for start, end in stretches
    ]
    layers: list[Chart] = [encoded(ground, across, row, altair.X2("end:Q"))]
    layers.append(encoded(over(rows).mark_bar(), across, row, altair.X2("end:Q"), own_colour()))
    return layered(layers, size)


def _entries_panel(entries: Sequence[Entry]) -> Panel:
    shown = [entry for entry in entries if abs(entry.amount) >= 0.5][:BIGGEST]
    dots = [Dot(e.name, Interval(e.amount, None, None, 1)) for e in shown]
    title = "What moved the score, in points over all days"
    said = "; ".join(f"{e.name} {SCORE_CHANGE.text(e.amount)}" for e in shown)

    def draw(size: Size) -> Chart:
        return draw_dots(dots, SCORE_CHANGE, size, stems=True)

    wide, narrow = dots_size(len(dots), 704), dots_size(len(dots), 320)
    return panel(title, f"{title}: {said}.", draw, wide, narrow)


def _entries_table(entries: Sequence[Entry]) -> Table:
    rows = [[e.name, number(e.count), FINE_CHANGE.text(e.amount)] for e in entries]
    rows.append(["all", "", FINE_CHANGE.text(sum(entry.amount for entry in entries))])
    return Table(
        "The ledger of all days, added up by kind of row", ["Row", "Count", "Points"], rows
    )


def _days_table(days: polars.DataFrame) -> Table:
    rows = [
        [
            f"{row['day']}",
            SCORE.text(row["score"]),
            f"{row['ties']}",
            listed(row["doors"] or ["none"]),
        ]
        for row in thinned(days.select("day", "score", "ties", "doors").to_dicts())
    ]
    return Table("Some of the days", ["Day", "Score", "Ties", "Doors open"], rows)
