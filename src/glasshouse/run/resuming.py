"""A run that was stopped, at whatever moment, taken up again where it was last kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from glasshouse.chance.threads import on_threads, threads
from glasshouse.run.asked import plan_again, same_functions
from glasshouse.run.folder import locked
from glasshouse.run.living import Functions, Manner, keeper_of, rules_by_name
from glasshouse.run.manifest import FINISHED
from glasshouse.run.own import OwnMeasures
from glasshouse.run.plan import Plan
from glasshouse.run.progress import Watcher
from glasshouse.run.reading import read_manifest
from glasshouse.run.result import Run
from glasshouse.run.tidying import is_tidy, tidy

Rules = Mapping[str, Callable[..., Any]]


def is_finished(folder: Path) -> bool:
    """Whether there is nothing left to do in the folder of a run.

    Raises
    ------
    BadInput
        When the folder holds no run.
    """
    return bool(read_manifest(folder)["state"] == FINISHED)


def resume(
    folder: Path,
    watching: Callable[[int], AbstractContextManager[Watcher]],
    *,
    rules: Rules | None = None,
    measures: Functions | None = None,
    manner: Manner | None = None,
) -> Run:
    """Go on with a run.

    Parameters
    ----------
    folder : Path
        Folder of a run.
    watching : callable
        Makes a watcher for so many days.
    rules, measures
        The own rules and measures that the run began with.
    manner : Manner, optional

    Returns
    -------
    Run
        As if it had never been stopped; a finished one as it is.

    Raises
    ------
    BadInput
        When the folder holds no run; when it was begun with other own functions, by another
        version or with another scenario; when another process writes to it.
    Interrupted, CannotWrite
        As for :func:`glasshouse.run.living.live`.
    """
    if is_finished(folder):
        if not is_tidy(folder):
            with locked(folder, new=False):
                tidy(folder)
        return Run.load(folder)
    with locked(folder, new=False):
        told = read_manifest(folder)
        if told["state"] == FINISHED:
            return Run.load(folder)
        plan = plan_again(folder, told)
        own = OwnMeasures({} if measures is None else measures)
        same_functions("rules", rules_by_name(rules), told["own_rules"])
        same_functions("measures", own.functions, told["own_measures"])
        keeper = keeper_of(plan, told["id"], folder, rules, own.functions, manner)
        with on_threads(keeper.manner.threads or threads()), watching(_days(plan)) as watcher:
            keeper.take_up(watcher)
            return keeper.live(watcher)


def _days(plan: Plan) -> int:
    return plan.days_lived * len(plan.seeds)
