"""A plan lived, or gone on with: with a bar, a folder and a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from glasshouse.run.folder import CannotWrite, empty_folder
from glasshouse.scenario.faults import BadInput, shown

if TYPE_CHECKING:
    from glasshouse.run.living import Manner
    from glasshouse.run.plan import Plan
    from glasshouse.run.progress import Bar
    from glasshouse.run.result import Run

REPORT = "report.html"
Rules = Mapping[str, Callable[..., Any]]
Measures = Mapping[str, Callable[..., Any]] | Iterable[Callable[..., Any]]


def lived(
    plan: Plan,
    out: str | Path | None,
    rules: Rules | None = None,
    measures: Measures | None = None,
    progress: bool | None = None,
    manner: Manner | None = None,
) -> Run:
    """Live a plan, and write the report when it is kept in a folder.

    Raises
    ------
    BadInput
        When it does not fit into this machine, among other reasons.
    """
    from glasshouse.run.living import live
    from glasshouse.run.needs import check_room

    folder = None if out is None else Path(written(out, "out", "a folder"))
    check_room(plan, folder)
    if folder is not None:
        empty_folder(folder)
    run_id = folder.resolve().name if folder else run_name(plan)

    def living() -> Run:
        with bar(plan.days_lived * len(plan.seeds), progress) as watcher:
            return live(
                plan,
                watcher,
                run_id=run_id,
                folder=folder,
                rules=rules,
                measures=measures,
                manner=manner,
            )

    return _reported(living)


def resumed(
    folder: Path,
    rules: Rules | None = None,
    measures: Measures | None = None,
    progress: bool | None = None,
    manner: Manner | None = None,
) -> Run:
    """Go on with a run, and write its report."""
    from glasshouse.run.resuming import is_finished, resume

    def living() -> Run:
        return resume(
            folder,
            lambda days: bar(days, progress),
            rules=rules,
            measures=measures,
            manner=manner,
        )

    whole = is_finished(folder) and (folder / REPORT).exists()
    return living() if whole else _reported(living)


def run_name(plan: Plan) -> str:
    """Name a run after its scheme, its people and its seed."""
    scenario = plan.scenario
    what = scenario.scheme.name if plan.kind == "run" else "comparison"
    return f"{what}-{plan.population}-seed{scenario.seed}"


def written(given: object, field: str, allowed: str) -> str | Path:
    """Refuse what is neither a name nor a path."""
    if isinstance(given, str | Path):
        return given
    raise BadInput(field=field, found=shown(given), allowed=allowed)


def _reported(live: Callable[[], Run]) -> Run:
    """Live, and write the report of what there is of it, interrupted or not."""
    from glasshouse.run.living import Interrupted

    try:
        result = live()
    except Interrupted as stopped:
        if stopped.run.seeds:
            _report(stopped.run)
        raise
    _report(result)
    return result


def _report(result: Run) -> None:
    if result.folder is None or not result.seeds:
        return
    if result.manifest["kind"] == "comparison":
        from glasshouse.report.comparison import write_comparison as write
    else:
        from glasshouse.report.page import write_report as write
    try:
        write(result.folder)
    except CannotWrite as fault:
        fault.run = result.folder
        raise


def bar(days: int, shown: bool | None) -> AbstractContextManager[Bar]:
    """A bar on stderr over so many days."""
    from glasshouse.run.progress import Bar

    return Bar(days, shown=shown)
