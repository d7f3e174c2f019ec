"""Verbs that live a nation: run and compare."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from glasshouse.cli.options import Changes, Way
from glasshouse.scenario.faults import BadInput
from glasshouse.scenario.scenario import Scenario

if TYPE_CHECKING:
    from glasshouse.run.plan import Plan
    from glasshouse.run.result import Run

RUNS = Path("runs")
UNCHANGED = Changes()
USUAL = Way()
SHOWN = (
    *("dissent.said", "dissent.held", "chilling", "falsification", "ties.mean", "outcasts"),
    *("score.mean", "score.sd", "acts.recorded"),
)

Out = Annotated[
    Path | None, Parameter(help="New or empty folder to keep it in; runs/<id> by default.")
]
DryRun = Annotated[
    bool,
    Parameter(negative=(), help="Say what memory, disk and time it would take, and live nothing."),
]
Json = Annotated[
    bool, Parameter(negative=(), help="Print one JSON object on stdout, and nothing else there.")
]


def run(
    scenario: str,
    /,
    *,
    changes: Changes = UNCHANGED,
    way: Way = USUAL,
    out: Out = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Live a scenario, and beside it the same people's life under no scheme.

    Writes a folder with the tables and report.html.

    Parameters
    ----------
    scenario
        A preset (see schemes) or a YAML file.
    """
    from glasshouse.run.plan import plan_of_run

    plan = plan_of_run(changes.applied_to(Scenario.load(scenario)))
    _live(plan, way, out, dry_run=dry_run, as_json=json)


def compare(
    *schemes: str,
    changes: Changes = UNCHANGED,
    way: Way = USUAL,
    out: Out = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Live several schemes with the same people and the same draws, side by side.

    Parameters
    ----------
    schemes
        Presets or YAML files; the life under no scheme is added.
    """
    from glasshouse.run.plan import plan_of_comparison

    if not schemes:
        raise BadInput(field="schemes", found="none at all", allowed="presets or YAML files")
    plan = plan_of_comparison([changes.applied_to(Scenario.load(each)) for each in schemes])
    _live(plan, way, out, dry_run=dry_run, as_json=json)


def _live(plan: Plan, way: Way, out: Path | None, *, dry_run: bool, as_json: bool) -> None:
    if dry_run:
        say_needs(plan, way, out, as_json=as_json)
    else:
        tell(live_kept(plan, way, out), way, as_json=as_json)


def live_kept(plan: Plan, way: Way, out: Path | None) -> Run:
    """Live a plan and keep it in a folder; one of our own making goes where the input was bad."""
    from glasshouse.lab.lives import lived, run_name
    from glasshouse.run.folder import run_folder
    from glasshouse.run.needs import check_room

    manner = way.manner()
    if out is not None:
        return lived(plan, out, manner=manner)
    check_room(plan, RUNS)
    folder = run_folder(RUNS, run_name(plan))
    try:
        return lived(plan, folder, manner=manner)
    except BadInput:
        if not (folder / "checkpoints").exists() and not (folder / "report.html").exists():
            shutil.rmtree(folder)
        raise


def say_needs(plan: Plan, way: Way, out: Path | None, *, as_json: bool) -> None:
    """Say what a run would take, and live nothing but a short trial."""
    from glasshouse.run.estimate import estimate

    found = estimate(plan, out or RUNS, way.manner())
    print(json.dumps(found.as_dict()) if as_json else found.table(), end="\n" if as_json else "")


def tell(result: Run, way: Way, *, as_json: bool) -> None:
    """Print what a run came to: one JSON object, or a few lines and a table."""
    if way.profile:
        from glasshouse.run.profile import profile_table

        print(profile_table(result.manifest), end="", file=sys.stderr)
    if as_json:
        print(json.dumps(told(result), ensure_ascii=False, allow_nan=False))
        return
    from rich.console import Console
    from rich.table import Table

    manifest = result.manifest
    rows = {(row["world"], row["measure"]): row for row in result.summary().iter_rows(named=True)}
    over = f"mean over {len(result.seeds)} seeds" if len(result.seeds) > 1 else "one seed"
    table = Table(title=f"day {manifest['days'] - 1}, {over}", title_justify="left")
    table.add_column("measure")
    for world in result.worlds:
        table.add_column(world, justify="right")
    for measure in SHOWN:
        table.add_row(measure, *(cell_of(rows.get((world, measure))) for world in result.worlds))
    console = Console(soft_wrap=not sys.stdout.isatty())
    console.print(table)
    console.print(
        f"{manifest['citizen_days_per_second']:,.0f} citizen-days a second", highlight=False
    )
    console.print(f"Report: {os.path.join(str(result.folder), 'report.html')}", highlight=False)


def told(result: Run) -> dict[str, Any]:
    """What ``--json`` prints of a run or a comparison.

    ``measures`` are those of the world that was asked about; a comparison has ``worlds`` beside,
    with the measures of each.
    """
    manifest = result.manifest
    said: dict[str, Any] = {
        "run": str(result.folder) if result.folder else result.id,
        **{name: manifest[name] for name in ("population", "days", "seed", "digest")},
        "citizen_days_per_second": manifest["citizen_days_per_second"],
        "bytes_per_citizen": manifest["bytes_per_citizen"],
        "measures": result.last_values(),
    }
    if manifest["kind"] == "comparison":
        said["worlds"] = {world: result.last_values(world) for world in result.worlds}
    return said


def cell_of(row: dict[str, Any] | None) -> str:
    """A mean with half of its interval, as a cell of a table; a dash where it is not defined."""
    if row is None or row["mean"] is None:
        return "-"
    if row["low"] is None:
        return f"{row['mean']:.3g}"
    return f"{row['mean']:.3g} ± {(row['high'] - row['low']) / 2:.2g}"
