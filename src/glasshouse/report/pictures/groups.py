"""Who wins and who loses: each group under the scheme against the same people without it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from glasshouse.report.intervals import Interval, over_seeds, paired
from glasshouse.report.material import Material
from glasshouse.report.pictures.dots import Dot, dots_size, draw_dots
from glasshouse.report.pictures.figure import Figure, Panel, Table, panel
from glasshouse.report.pictures.marks import Chart, Size
from glasshouse.report.pictures.pairs import sentences
from glasshouse.report.wording import (
    RELATIVE_CHANGE,
    SCORE_CHANGE,
    SHARE,
    SHARE_CHANGE,
    Unit,
)

GROUPS = {
    "all": "everybody",
    "majority": "majority",
    "minority": "minority",
    "dissenters": "dissenters",
    "others": "not dissenters",
}


@dataclass(frozen=True)
class Stake:
    """Something a group can win or lose."""

    title: str
    unit: Unit
    change: Callable[[Material, str], Interval]
    measure: str

    def measures(self, material: Material) -> list[str]:
        """Name the measures it is worked out of."""
        return [self.measure] if self.measure else [f"door.{door}.open" for door in material.doors]


def doors_open(material: Material, world: str, group: str) -> dict[int, float | None]:
    """Give the mean share of open doors of a group at the end, for each seed."""
    by_door = [material.last(f"door.{door}.open", world, group) for door in material.doors]
    known = [values for values in by_door if values]
    shares: dict[int, float | None] = {}
    for seed in known[0] if known else {}:
        values = [value for door in known if (value := door.get(seed)) is not None]
        shares[seed] = sum(values) / len(values) if values else None
    return shares


def doors_change(material: Material, group: str) -> Interval:
    """Give the change in the share of open doors; without a scheme all are open."""
    here = doors_open(material, material.world, group)
    return over_seeds(None if value is None else value - 1 for value in here.values())


def score_change(material: Material, group: str) -> Interval:
    """Give the change in the mean score since everybody began with the same."""
    if not material.scores_move:
        return over_seeds([])
    first = material.scheme.first_score()
    here = material.last("score.mean", material.world, group)
    return over_seeds(None if value is None else value - first for value in here.values())


STAKES = (
    Stake("Score: points won or lost since the start", SCORE_CHANGE, score_change, "score.mean"),
    Stake("Doors open, change in percentage points", SHARE_CHANGE, doors_change, ""),
    Stake(
        "Living ties, change in %",
        RELATIVE_CHANGE,
        lambda material, group: material.change("ties.mean", group, ratio=True),
        "ties.mean",
    ),
    Stake(
        "Outcasts (without the scheme: none)",
        SHARE,
        lambda material, group: material.at_end("outcasts", group=group),
        "outcasts",
    ),
    Stake(
        "Dissent said, change in %",
        RELATIVE_CHANGE,
        lambda material, group: material.change("dissent.said", group, ratio=True),
        "dissent.said",
    ),
    Stake(
        "Showing the opposite of one's opinion, change in points",
        SHARE_CHANGE,
        lambda material, group: material.change("falsification", group),
        "falsification",
    ),
)


def groups_figure(material: Material) -> Figure:
    """Draw what each group wins or loses."""
    changes = {stake.title: _changes(material, stake) for stake in STAKES}
    stakes = [stake for stake in STAKES if changes[stake.title]]
    title = "Who wins and who loses"
    if not stakes:
        return Figure(
            "groups", title, "Without a scheme or another life to compare with, nobody does."
        )
    alone = (
        ""
        if material.other
        else " The life without the scheme was not lived, so only these are known."
    )
    return Figure(
        key="groups",
        title=title,
        finding=sentences(_most(changes), _minority(material)) + alone,
        panels=[_panel(stake, changes[stake.title]) for stake in stakes],
        note=(
            "Dots: under the scheme minus the same nation's life without it, on the last day "
            "with a "
            "value; bars: 95% intervals over nations. Everybody begins with the same score and "
            "with "
            "all doors open. Dissenters are those who dissent in private on that day, in each life "
            "its own."
        ),
        tables=[_table(stakes, changes)],
        measures=[name for stake in stakes for name in stake.measures(material)],
    )


def _changes(material: Material, stake: Stake) -> dict[str, Interval]:
    changes = {group: stake.change(material, group) for group in GROUPS}
    return {group: change for group, change in changes.items() if change.known}


def _panel(stake: Stake, changes: Mapping[str, Interval]) -> Panel:
    dots = [Dot(GROUPS[group], change) for group, change in changes.items()]
    said = "; ".join(f"{dot.label} {stake.unit.with_limits(dot.value)}" for dot in dots)

    def draw(size: Size) -> Chart:
        return draw_dots(dots, stake.unit, size)

    return panel(stake.title, f"{stake.title}: {said}.", draw, dots_size(len(dots)), None)


def _most(changes: Mapping[str, Mapping[str, Interval]]) -> str | None:
    """Say which group loses most doors and which least; without doors, points."""
    for stake, what in ((STAKES[1], "doors"), (STAKES[0], "points")):
        losses = {group: c for group, c in changes[stake.title].items() if group != "all"}
        if len(losses) < 2:
            continue
        order = sorted(losses, key=lambda group: losses[group].mean or 0.0)
        worst, best = order[0], order[-1]
        return (
            f"Of all groups, the {GROUPS[worst]} fare worst in {what} "
            f"({stake.unit.inside(losses[worst])}), "
            f"the {GROUPS[best]} best ({stake.unit.inside(losses[best])})."
        ).replace("the not dissenters", "those who do not dissent")
    return None


def _minority(material: Material) -> str | None:
    """Say how far the minority falls behind the majority."""
    minority = doors_open(material, material.world, "minority")
    gap = paired(minority, doors_open(material, material.world, "majority"))
    if gap.mean is None:
        return None
    if not gap.excludes(0.0) and gap.certain:
        return (
            "Between minority and majority no difference in open doors is certain "
            f"({SHARE_CHANGE.inside(gap)})."
        )
    word = "fewer" if gap.mean < 0 else "more"
    return (
        f"The minority, which differs only in wealth and in how often it is misread, has {word} "
        "doors open than the majority "
        f"({SHARE_CHANGE.inside(gap)})."
    )


def _table(stakes: list[Stake], changes: Mapping[str, Mapping[str, Interval]]) -> Table:
    nothing = Interval(None, None, None, 0)
    rows = [
        [label, *(stake.unit.cell(changes[stake.title].get(group, nothing)) for stake in stakes)]
        for group, label in GROUPS.items()
    ]
    head = ["Group", *(stake.title for stake in stakes)]
    return Table("What each group wins or loses by the scheme, mean with 95% interval", head, rows)
