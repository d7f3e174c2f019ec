"""A run from its plan to its result: seed after seed, and never lost what was kept of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glasshouse.chance.threads import cores, on_threads, threads
from glasshouse.run.folder import locked
from glasshouse.run.keeper import Interrupted, Keeper, Memory
from glasshouse.run.own import OwnMeasures
from glasshouse.run.plan import Plan
from glasshouse.run.progress import Watcher
from glasshouse.run.result import Run
from glasshouse.scenario.faults import BadInput, shown

__all__ = ["Functions", "Interrupted", "Manner", "keeper_of", "live", "rules_by_name"]

Functions = Mapping[str, Callable[..., Any]] | Iterable[Callable[..., Any]]


@dataclass(frozen=True)
class Manner:
    """How a run is lived: nothing in it changes what the run comes to.

    Attributes
    ----------
    threads : int or None
        Threads that loops run on; None for what is set, all processors at the start.
    checkpoint_every : float or None
        Seconds between checkpoints, 0 for one every day; None for seldom enough to cost little.
    profile : bool
        Whether to count the time of each stage of the day.
    memory : Memory
        How much may be held in memory besides the nation that is lived.

    Raises
    ------
    BadInput
    """

    threads: int | None = None
    checkpoint_every: float | None = None
    profile: bool = False
    memory: Memory = Memory()

    def __post_init__(self) -> None:
        most, asked = cores(), self.threads
        if asked is not None and (not _is_whole(asked) or not 1 <= asked <= most):
            allowed = f"a whole number from 1 to {most}, the processors there are"
            raise BadInput(field="threads", found=shown(asked), allowed=allowed)
        every = self.checkpoint_every
        if every is not None and (not _is_number(every) or not every >= 0):
            allowed = "seconds, 0 for a checkpoint every day"
            raise BadInput(field="checkpoint_every", found=shown(every), allowed=allowed)


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
        with on_threads(keeper.threads):
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
    manner = manner or Manner()
    own = OwnMeasures({} if measures is None else measures)
    return Keeper(
        plan,
        run_id,
        folder,
        rules_by_name(rules),
        own,
        threads=manner.threads or threads(),
        checkpoint_every=manner.checkpoint_every,
        profile=manner.profile,
        memory=manner.memory,
    )


def rules_by_name(rules: object) -> dict[str, Callable[..., Any]]:
    """Check that own rules are a mapping of names to functions."""
    if rules is None:
        return {}
    if not isinstance(rules, Mapping):
        allowed = "a mapping of names of rules to functions"
        raise BadInput(field="rules", found=shown(rules), allowed=allowed)
    return dict(rules)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
