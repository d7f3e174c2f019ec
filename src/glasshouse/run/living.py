"""A run from its plan to its result: seed after seed, and never lost what was kept of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from glasshouse.chance.threads import on_threads, threads
from glasshouse.run.folder import locked
from glasshouse.run.keeper import Interrupted, Keeper
from glasshouse.run.manner import Manner, Memory
from glasshouse.run.own import OwnMeasures
from glasshouse.run.plan import Plan
from glasshouse.run.progress import Watcher
from glasshouse.run.result import Run
from glasshouse.scenario.faults import BadInput, shown

__all__ = ["Functions", "Interrupted", "Manner", "Memory", "keeper_of", "live", "rules_by_name"]

Functions = Mapping[str, Callable[..., Any]] | Iterable[Callable[..., Any]]


def live(
    plan: Plan,
    watcher: Watcher,
    *,
    run_id: str,
    folder: Path | None = None,
    rules: Mapping[str, Callable[..., Any]] | None = None,
    measures: Functions | None = None,
    manner: Manner | None = None,
) -> Run:
    """Live a plan.

    Parameters
    ----------
    plan : Plan
    watcher : Watcher
    run_id : str
    folder : Path, optional
        Where to keep it; without one the result lives in memory only.
    rules : mapping of str to callable, optional
        Own rules by the name of the rule they replace.
    measures : mapping of str to callable, or iterable of callables, optional
        Own measures.
    manner : Manner, optional

    Returns
    -------
    Run

    Raises
    ------
    Interrupted
        On Ctrl-C or SIGTERM; the folder has a checkpoint to go on from.
    CannotWrite
        When the disk is full at a point where the run cannot go on without it.
    """
    with locked(folder) if folder else nullcontext():
        keeper = keeper_of(plan, run_id, folder, rules, measures, manner)
        with on_threads(keeper.manner.threads or threads()):
            keeper.begin()
            return keeper.live(watcher)


def keeper_of(
    plan: Plan,
    run_id: str,
    folder: Path | None,
    rules: Mapping[str, Callable[..., Any]] | None,
    measures: Functions | None,
    manner: Manner | None,
) -> Keeper:
    """Make ready to live a plan."""
    own = OwnMeasures({} if measures is None else measures)
    return Keeper(plan, run_id, folder, rules_by_name(rules), own, manner or Manner())


def rules_by_name(rules: object) -> dict[str, Callable[..., Any]]:
    """Check that own rules are a mapping of names to functions."""
    if rules is None:
        return {}
    if not isinstance(rules, Mapping):
        allowed = "a mapping of names of rules to functions"
        raise BadInput(field="rules", found=shown(rules), allowed=allowed)
    return dict(rules)
