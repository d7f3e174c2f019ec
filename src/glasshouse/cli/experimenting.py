"""The verb that lives a whole design: experiment."""

from __future__ import annotations

import json as plain_json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from glasshouse.cli.living import DryRun, Json, cell_of
from glasshouse.cli.options import Word, whole_number

if TYPE_CHECKING:
    from glasshouse.lab.experiments.findings import Findings
    from glasshouse.lab.experiments.foretelling import Forecast

EXPERIMENTS = Path("experiments")
MOST_SHOWN, MOST_NAMED, WIDE = 40, 5, 160
Out = Annotated[
    Path | None,
    Parameter(help="Folder to keep it in, or to go on with; experiments/<name> by default."),
]


class Unlived(Exception):
    """Some cells of an experiment could not be lived; the others are kept."""


def experiment(
    file: Path,
    /,
    *,
    out: Out = None,
    on: str = "local",
    workers: Word = None,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Live every point and seed of a design, each past once for all that share it.

    Writes a folder with results.parquet and report.html. Started again, it goes on with what is
    not finished.

    Parameters
    ----------
    file
        An experiment, as YAML: question, scenario, factors, seeds (see schema experiment).
    on
        local; ray for a Ray cluster of this machine; ray=ADDRESS for one that runs.
    workers
        Cells lived at once; as many as there are processors, and memory for, by default.
    """
    from glasshouse.lab.experiments import call
    from glasshouse.lab.experiments.design import Experiment

    call.place_of(on)
    at_once = None if workers is None else whole_number(workers, "--workers")
    folder = out or EXPERIMENTS / Experiment.load(file).name
    if dry_run:
        from glasshouse.lab.experiments.foretelling import foretell

        forecast = foretell(file, folder, at_once)
        print(plain_json.dumps(forecast.as_dict()) if json else forecast_told(forecast))
        return
    found = call.experiment(file, out=folder, on=on, workers=at_once)
    report = None if found.faults else _reported(found)
    if json:
        print(plain_json.dumps(told(found), ensure_ascii=False, allow_nan=False))
    else:
        tell(found, report)
    if found.faults:
        raise Unlived(_unlived(found))


def tell(found: Findings, report: Path | None) -> None:
    """Print what an experiment came to: a few lines and a table of the measures asked for."""
    from rich.console import Console
    from rich.table import Table

    measures = found.experiment.measures
    factors = [name for name in found.factors if len(_settings(found, name)) > 1]
    values = {(row["point"], row["measure"]): row for row in found.summary().to_dicts()}
    seen = sys.stdout.isatty()
    console = Console(soft_wrap=not seen, width=None if seen else WIDE)
    table = Table(
        title="last day, mean over seeds ± half of its 95% interval", title_justify="left"
    )
    for name in factors:
        table.add_column(name, overflow="fold")
    for name in measures:
        table.add_column(name, justify="right", overflow="fold")
    for point in found.points[:MOST_SHOWN]:
        settings = [_short(point.settings[name]) for name in factors]
        table.add_row(*settings, *(cell_of(values.get((point.number, each))) for each in measures))
    console.print(table)
    if len(found.points) > MOST_SHOWN:
        console.print(f"and {len(found.points) - MOST_SHOWN:,} further points", highlight=False)
    before = f", {found.before:,} of them finished before" if found.before else ""
    console.print(
        f"{len(found.points):,} points, {found.cells:,} cells{before}: {found.folder}",
        highlight=False,
    )
    if report is not None:
        console.print(f"Report: {report}", highlight=False)


def told(found: Findings) -> dict[str, Any]:
    """What ``--json`` prints of an experiment."""
    return {
        "experiment": str(found.folder),
        "name": found.experiment.name,
        "points": len(found.points),
        "cells": found.cells,
        "finished_before": found.before,
        "not_lived": found.faults,
        "summary": found.summary().to_dicts(),
    }


def forecast_told(forecast: Forecast) -> str:
    """The same for people to read."""
    from glasshouse.run.room import sized

    needs, said = forecast.needs, forecast.seconds
    time = f"{said:,.0f} s" if said < 120 else f"{said / 60:,.0f} min"
    rows = [
        ("points", f"{forecast.points:,}"),
        ("cells", f"{forecast.cells:,}"),
        ("  finished", f"{forecast.finished:,}"),
        ("pasts to live", f"{forecast.pasts:,}"),
        ("workers", f"{needs.workers:,}"),
        ("  threads each", f"{needs.threads:,}"),
        ("memory", sized(needs.memory)),
        ("  free now", sized(forecast.free_memory)),
        ("disk", sized(needs.disk)),
        ("  free now", sized(forecast.free_disk)),
        ("time", time if said < 7200 else f"{said / 3600:,.1f} h"),
    ]
    return "\n".join(f"{name:<15}  {value:>12}" for name, value in rows)


def _reported(found: Findings) -> Path | None:
    """Write the page of an experiment."""
    try:
        from glasshouse.lab.sensitivity.writing import report
    except ImportError:
        return None
    return report(found)


def _unlived(found: Findings) -> str:
    which = [f"{place} ({fault})" for place, fault in list(found.faults.items())[:MOST_NAMED]]
    more = len(found.faults) - len(which)
    named = "; ".join([*which, *([f"and {more} more"] if more else [])])
    return (
        f"{len(found.faults)} cells could not be lived: {named}; "
        "the others are kept, and the same command tries these again"
    )


def _settings(found: Findings, factor: str) -> set[float | str]:
    return {point.settings[factor] for point in found.points}


def _short(setting: float | str) -> str:
    return setting if isinstance(setting, str) else f"{setting:.4g}"
