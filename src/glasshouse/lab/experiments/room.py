"""What an experiment needs of this machine, and how many workers it has room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from glasshouse.chance.threads import cores
from glasshouse.lab.experiments.cells import Cell
from glasshouse.run.needs import check_disk, memory_needs, sizes_of
from glasshouse.run.plan import plan_of_run
from glasshouse.run.room import SPARED, free_memory, sized
from glasshouse.scenario.faults import BadInput, shown
from glasshouse.scenario.scenario import Graph, Scenario

BYTES_OF_CELL = 12_000
"""Of a finished cell and its rows in the table."""
TRIED, TRIED_DAYS = 20_000, 20


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
    citizen_days : int
        To be lived.
    """

    workers: int
    threads: int
    memory: int
    disk: int
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
        return Needs(min(asked, 1), cores(), 0, 0, 0)
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
    if workers is not None and workers > fitting:
        raise BadInput(
            field="workers",
            found=f"{workers}, which need about {sized(each * workers)} of memory",
            allowed=f"at most {fitting} here: {sized(free or 0)} are free",
        )
    at_once = max(1, min(asked, fitting, len(cells)))
    shared = len(pasts) < len(cells)
    disk = BYTES_OF_CELL * len(cells) + (kept * min(at_once + 1, len(pasts)) if shared else 0)
    days = sum(cell.scenario.days * cell.scenario.population for cell in cells)
    days += sum(past.days * past.scenario.population for past in pasts.values())
    return Needs(at_once, max(1, cores() // at_once), each * at_once, disk, days)


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


def check_room(needs: Needs, folder: Path) -> None:
    """Refuse an experiment that the disk has no room for.

    Raises
    ------
    BadInput
    """
    check_disk(folder, {"cells": needs.disk})


def seconds_for(needs: Needs, scenario: Scenario) -> float:
    """About how long it will take, from a few days of a small nation lived now."""
    from glasshouse.engine.nation import Nation

    few = scenario
    if not isinstance(scenario.society, Graph):
        few = scenario.replace(population=min(scenario.population, TRIED))
    nation = Nation.make(few, 1)
    if not few.scheme.is_none():
        nation.enact(few.scheme)
    nation.live_day()
    start = perf_counter()
    for _ in range(TRIED_DAYS):
        nation.live_day()
    speed = nation.citizens * TRIED_DAYS / (perf_counter() - start)
    # One worker with all threads lives as fast as that; several share the processors alike.
    return needs.citizen_days / speed


def _most(cells: Sequence[Cell]) -> int:
    return max(cell.scenario.population for cell in cells)


def _largest(cells: Sequence[Cell]) -> tuple[int, int]:
    """Bytes of memory of the largest cell, and of its past on disk."""
    by_size: dict[tuple[int, str, int], Cell] = {}
    for cell in cells:
        society = cell.scenario.society
        size = (cell.scenario.population, society.kind, getattr(society, "slots", 0))
        by_size.setdefault(size, cell)
    memory = disk = 0
    for cell in by_size.values():
        plan = plan_of_run(cell.scenario)
        sizes = sizes_of(plan)
        others = plan.population * len(cell.at)
        memory = max(memory, memory_needs(plan, sizes).total(branch=True) + others)
        disk = max(disk, sizes.spin_up + others)
    return memory, disk
