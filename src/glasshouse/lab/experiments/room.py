"""What an experiment needs of this machine, and how many workers it has room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glasshouse.chance.threads import cores
from glasshouse.lab.experiments.cells import Cell
from glasshouse.run.needs import check_disk, memory_needs, sizes_of
from glasshouse.run.plan import NO_SCHEME, Plan, people_of, plan_of_run
from glasshouse.run.room import SPARED, free_memory, sized
from glasshouse.scenario.faults import BadInput, shown
from glasshouse.scenario.reading import preset
from glasshouse.scenario.scenario import Scenario

SOME = "some"
BYTES_OF_CELL, BYTES_OF_ITS_DAYS = 8_000, 3_000
"""Of a finished cell and its rows in the table, and more for each day that is measured."""


@dataclass(frozen=True)
class Needs:
    """What an experiment needs.

    Attributes
    ----------
    workers : int
        That work at once.
    threads : int
        Of each.
    memory, disk : int
        Bytes, of all workers together and in the folder.
    pasts : int
        Bytes of the pasts that are kept at once, which are part of what is on disk.
    citizen_days : int
        To be lived.
    """

    workers: int
    threads: int
    memory: int
    disk: int
    pasts: int
    citizen_days: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return dict(vars(self))


def needs_of(cells: Sequence[Cell], workers: int | None) -> Needs:
    """Needs of the cells that are left.

    Parameters
    ----------
    cells : sequence of Cell
    workers : int, optional
        As many as the user wants; as many as there are processors and memory for without.

    Raises
    ------
    BadInput
        When not even one worker has room.
    """
    asked = cores() if workers is None else workers
    if not cells:
        return Needs(1, cores(), 0, 0, 0, 0)
    pasts = {cell.past.name: cell.past for cell in cells}
    each, kept = _largest(cells)
    free = free_memory()
    fitting = asked if free is None else int(free * SPARED / each)
    if fitting < 1:
        raise BadInput(
            field="population",
            found=f"{_most(cells):,}, which needs about {sized(each)} of memory for each worker",
            allowed=f"fewer: {sized(free or 0)} are free",
        )
    wanted = min(asked, len(cells))
    if workers is not None and wanted > fitting:
        raise BadInput(
            field="workers",
            found=f"{wanted}, which need about {sized(each * wanted)} of memory",
            allowed=f"at most {fitting} here: {sized(free or 0)} are free",
        )
    at_once = min(wanted, fitting)
    shared = len(pasts) < len(cells)
    at_once_kept = kept * min(at_once + 1, len(pasts)) if shared else 0
    days = sum(cell.scenario.days * people_of(cell.scenario) for cell in cells)
    days += sum(past.days * people_of(past.scenario) for past in pasts.values())
    return Needs(
        workers=at_once,
        threads=max(1, cores() // at_once),
        memory=each * at_once,
        disk=on_disk(cells) + at_once_kept,
        pasts=at_once_kept,
        citizen_days=days,
    )


def on_disk(cells: Sequence[Cell]) -> int:
    """Bytes that finished cells take, the table of results included."""
    return sum(BYTES_OF_CELL + BYTES_OF_ITS_DAYS * len(cell.at) for cell in cells)


def check_workers(given: object) -> int | None:
    """A number of workers, if it is one.

    Raises
    ------
    BadInput
    """
    if given is None:
        return None
    if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= 1024:
        raise BadInput(field="workers", found=shown(given), allowed="a whole number from 1 to 1024")
    return given


def check_room(needed: int, folder: Path) -> None:
    """Refuse an experiment that needs more bytes than the disk has.

    Raises
    ------
    BadInput
    """
    check_disk(folder, {"cells": needed})


def plan_of(scenario: Scenario) -> Plan:
    """The plan of a run that lives a point; there a scheme needs a name that is not its absence's.

    Examples
    --------
    >>> changed = Scenario.load("fear").replace({"scheme.name": "none"})
    >>> [world.name for world in plan_of(changed).worlds]
    ['none', 'some']
    """
    scheme = scenario.scheme
    if scheme.name == NO_SCHEME and scheme != preset(NO_SCHEME):
        scenario = scenario.model_copy(update={"scheme": scheme.model_copy(update={"name": SOME})})
    return plan_of_run(scenario)


def _most(cells: Sequence[Cell]) -> int:
    return max(people_of(cell.scenario) for cell in cells)


def _largest(cells: Sequence[Cell]) -> tuple[int, int]:
    """Bytes of memory of the largest cell, and of its past on disk."""
    by_size: dict[tuple[int, str, int], Cell] = {}
    for cell in cells:
        society = cell.scenario.society
        size = (people_of(cell.scenario), society.kind, getattr(society, "slots", 0))
        by_size.setdefault(size, cell)
    memory = disk = 0
    for cell in by_size.values():
        plan = plan_of(cell.scenario)
        sizes = sizes_of(plan)
        others = plan.population * len(cell.at)
        memory = max(memory, memory_needs(plan, sizes).total(branch=True) + others)
        disk = max(disk, sizes.spin_up + others)
    return memory, disk
