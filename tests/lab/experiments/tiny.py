"""A tiny experiment, and a place that lives it in this very process, in whatever order."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import polars

from glasshouse.lab.experiments.cells import Cell, Past
from glasshouse.lab.experiments.conduct import Conduct
from glasshouse.lab.experiments.design import Experiment
from glasshouse.lab.experiments.folder import Folder
from glasshouse.lab.experiments.lives import KeptPast, live_cell, live_past
from glasshouse.lab.experiments.points import points_of
from glasshouse.lab.experiments.tasks import Done
from glasshouse.lab.experiments.telling import Told
from glasshouse.scenario import Scenario

DAYS, SPIN_UP = 33, 2
BRIEF = {"population": 96, "days": DAYS, "timeline": {"spin_up": SPIN_UP}}
OF_TIME = ("seconds", "past_seconds")


def experiment(**changes: Any) -> Experiment:
    """Two points and two seeds: four cells from two pasts."""
    asked = {
        "name": "tiny",
        "question": "Do friends' scores silence people?",
        "scenario": Scenario.load("press-sesame").replace(**BRIEF),
        "factors": {"scheme.friends.share": [0, 0.3]},
        "seeds": 2,
        "at": [0, 31],
    }
    return Experiment(**{**asked, **changes})


def came_to(table: polars.DataFrame) -> polars.DataFrame:
    """A table without what depends on the clock."""
    return table.drop(OF_TIME)


class Inside:
    """A place in this process: tasks wait, and are done in an order that chance gives.

    Parameters
    ----------
    workers : int
    seed : int
        Of the order.
    stopped_after : int, optional
        Tasks after which somebody presses Ctrl-C.
    failing : set of int
        Seeds of cells that cannot be lived.
    """

    def __init__(
        self,
        workers: int = 1,
        seed: int = 0,
        stopped_after: int | None = None,
        failing: frozenset[int] = frozenset(),
    ) -> None:
        self.workers = workers
        self.chance = random.Random(seed)
        self.left = stopped_after
        self.failing = failing
        self.waiting: list[tuple[Past | Cell, bool]] = []
        self.kept: dict[str, KeptPast] = {}
        self.pasts: list[str] = []
        self.cells: list[str] = []
        self.most_kept = 0

    def begin_past(self, past: Past) -> None:
        assert len(self.waiting) < self.workers
        self.waiting.append((past, True))

    def begin_cell(self, cell: Cell, *, from_kept: bool) -> None:
        assert len(self.waiting) < self.workers
        self.waiting.append((cell, from_kept))

    def done(self) -> list[Done]:
        if self.left == 0:
            raise KeyboardInterrupt
        self.left = None if self.left is None else self.left - 1
        task, from_kept = self.waiting.pop(self.chance.randrange(len(self.waiting)))
        if isinstance(task, Past):
            self.pasts.append(task.name)
            self.kept[task.name] = live_past(task)
            self.most_kept = max(self.most_kept, len(self.kept))
            return [Done(task, None, "")]
        if task.seed in self.failing:
            return [Done(task, None, "ValueError: something odd")]
        self.cells.append(task.name)
        if not from_kept:
            self.pasts.append(task.past.name)
        kept = self.kept[task.past.name] if from_kept else live_past(task.past)
        return [Done(task, live_cell(task, kept), "")]

    def drop(self, past: Past) -> None:
        del self.kept[past.name]

    def close(self) -> None:
        self.waiting.clear()


def conducted(asked: Experiment, folder: Path, place: Inside) -> tuple[Conduct, polars.DataFrame]:
    """Conduct an experiment at a place, as far as it goes."""
    points = points_of(asked)
    kept = Folder(folder)
    with kept.held(asked), Told(shown=False) as told:
        conduct = Conduct(asked, points, kept, told)
        try:
            conduct.on(place)
        except KeyboardInterrupt:
            place.close()
        table = kept.write_results(points, conduct.cells(), list(asked.factors))
    return conduct, table
