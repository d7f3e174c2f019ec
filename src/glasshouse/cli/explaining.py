"""The verb explain: one citizen's day as a ledger."""

from __future__ import annotations

import json as encoder
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from glasshouse.cli.living import Json
from glasshouse.cli.options import whole_number

if TYPE_CHECKING:
    from glasshouse.run.ledger import Explanation

Number = Annotated[str, Parameter(allow_leading_hyphen=True)]


def explain(
    run: Path,
    citizen: Number,
    /,
    *,
    day: Number | None = None,
    world: str | None = None,
    seed: Number | None = None,
    json: Json = False,
) -> None:
    """Explain one citizen's day: a ledger whose rows sum to the change in score.

    Days of the sampled citizens are stored and come at once. For anybody else the nation is lived
    again; how long that takes is said first.

    Parameters
    ----------
    run
        The folder of a run.
    citizen
        The citizen's number.
    day
        Day, counted from the introduction (0); the last day by default.
    world
        One of the run's worlds; by default the scheme that was asked about.
    seed
        One of the run's seeds; by default the first.
    """
    from glasshouse.lab.calls import explain as explain_day
    from glasshouse.run.result import Run

    told = Run.load(run)
    found = explain_day(
        told,
        whole_number(citizen, "citizen"),
        told.manifest["days"] - 1 if day is None else whole_number(day, "--day"),
        world=world,
        seed=None if seed is None else whole_number(seed, "--seed"),
    )
    if json:
        print(encoder.dumps(found.as_dict(), ensure_ascii=False))
    else:
        _print(found)


def _print(found: Explanation) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    console.print(found.title(), highlight=False)
    table = Table(show_footer=True)
    table.add_column("", footer="change")
    table.add_column("")
    table.add_column("times", justify="right")
    table.add_column("points", justify="right", footer=f"{found.change:+.2f}")
    for row in found.rows:
        count = str(row.count) if row.count != 1 else ""
        table.add_row(row.row, row.detail, count, f"{row.amount:+.4f}")
    console.print(table)
