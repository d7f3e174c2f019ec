"""What an experiment will take, said before anything of it is lived."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glasshouse.chance.threads import cores, on_threads
from glasshouse.lab.experiments.asked import Asked, asked_of
from glasshouse.lab.experiments.cells import Cell
from glasshouse.lab.experiments.conduct import Conduct
from glasshouse.lab.experiments.folder import Folder
from glasshouse.lab.experiments.room import (
    Needs,
    check_room,
    check_workers,
    needs_of,
    plan_of,
)
from glasshouse.lab.experiments.telling import Told
from glasshouse.run.estimate import slower_by
from glasshouse.run.own import OwnMeasures
from glasshouse.run.plan import MOBILITY, people_of
from glasshouse.run.ready import get_ready
from glasshouse.run.room import free_disk, free_memory
from glasshouse.run.trial import Trial, try_out

STARTING = 4.0
"""Seconds until a worker is ready."""
HANDLING = 0.03
"""Seconds of a cell or a past for reading, writing and passing it on."""


@dataclass(frozen=True)
class Forecast:
    """What an experiment will take.

    Attributes
    ----------
    points, cells, pasts, finished : int
        Points of the design; cells asked for now; pasts that are still to be lived; cells that are
        finished already.
    needs : Needs
        Of the cells that are left.
    seconds : float
        Compiling on first use left out.
    free_memory, free_disk : int
        Bytes that there are; 0 where the system does not say.
    """

    points: int
    cells: int
    pasts: int
    finished: int
    needs: Needs
    seconds: float
    free_memory: int
    free_disk: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {
            **{name: getattr(self, name) for name in ("points", "cells", "finished", "pasts")},
            "workers": self.needs.workers,
            "threads": self.needs.threads,
            "citizen_days": self.needs.citizen_days,
            "memory_bytes": self.needs.memory,
            "disk_bytes": self.needs.disk,
            "seconds": round(self.seconds, 1),
            "free_memory_bytes": self.free_memory,
            "free_disk_bytes": self.free_disk,
        }


def foretell(asked: Asked, out: Path, workers: int | None = None) -> Forecast:
    """Say what an experiment will take on this machine, from its design and a short trial.

    Parameters
    ----------
    asked : Experiment, mapping, str or Path
    out : Path
        Where it is to be kept; nothing is left there.
    workers : int, optional

    Raises
    ------
    BadInput
        For whatever is wrong with it, and when it cannot fit.
    """
    experiment, points = asked_of(asked)
    check_workers(workers)
    folder = Folder(out)
    folder.check()
    with Told(shown=False) as told:
        conduct = Conduct(experiment, points, folder, told)
    left = conduct.left()
    needs = needs_of(left, workers)
    check_room(needs.disk, out)
    seconds = seconds_for(left, needs) if left else 0.0
    return Forecast(
        len(points), conduct.asked, len(conduct.pasts()), conduct.finished, needs, seconds,
        free_memory() or 0, free_disk(out),
    )  # fmt: skip


def seconds_for(cells: Sequence[Cell], needs: Needs) -> float:
    """About how long some cells will take, from a few days of the largest of them lived now."""
    largest = max(cells, key=lambda cell: cell.scenario.days * people_of(cell.scenario))
    plan = plan_of(largest.scenario)
    with on_threads(needs.threads):
        get_ready(plan, OwnMeasures({}), {})
        trial = try_out(plan)
    groups: dict[str, tuple[float, list[float]]] = {}
    for cell in cells:
        if cell.past.name not in groups:
            groups[cell.past.name] = (_of_past(cell, trial) + HANDLING, [])
        groups[cell.past.name][1].append(_of_cell(cell, trial) + HANDLING)
    # More workers than processors take turns.
    crowded = max(1.0, needs.workers * needs.threads / cores())
    return STARTING + crowded * lasting(list(groups.values()), needs.workers)


def lasting(groups: Sequence[tuple[float, Sequence[float]]], workers: int) -> float:
    """How long groups of tasks last, each a first one and those that wait for it.

    They are begun as an experiment begins them: what waits for something finished comes first.

    Examples
    --------
    >>> lasting([(2.0, [1.0, 1.0])], 2), lasting([(2.0, [1.0, 1.0])] * 2, 2)
    (3.0, 4.0)
    """
    unbegun, ready = deque(groups), deque[float]()
    running: list[tuple[float, int, Sequence[float]]] = []
    now, number = 0.0, 0
    after: Sequence[float]
    while unbegun or ready or running:
        while len(running) < workers and (ready or unbegun):
            if ready:
                task, after = ready.popleft(), ()
            else:
                first, following = unbegun.popleft()
                task, after = first, tuple(following)
            number += 1
            heapq.heappush(running, (now + task, number, after))
        now, _, after = heapq.heappop(running)
        ready.extend(after)
    return now


def _of_past(cell: Cell, trial: Trial) -> float:
    spin_up, first = trial.days[-1], trial.days[0]
    seconds = trial.making + cell.past.scenario.timeline.spin_up * spin_up.living
    if not cell.past.alone:
        measured = first.census + first.net + first.ties
        seconds += (cell.at[-1] + 1) * first.living + len(cell.at) * measured
    return seconds * _larger(cell, trial)


def _of_cell(cell: Cell, trial: Trial) -> float:
    day = trial.days[max(trial.days)]
    moved = sum(each >= MOBILITY for each in cell.at)
    seconds = (cell.at[-1] + 1) * day.living + len(cell.at) * (day.census + day.net)
    return (seconds + moved * day.quintiles) * _larger(cell, trial)


def _larger(cell: Cell, trial: Trial) -> float:
    people = people_of(cell.scenario)
    return people / trial.people * slower_by(people) / slower_by(trial.people)
