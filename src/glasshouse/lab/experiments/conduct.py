"""An experiment conducted: which cell next, what is finished, what is left of it after a stop."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from glasshouse.lab.experiments.cells import Cell, Past
from glasshouse.lab.experiments.design import Experiment
from glasshouse.lab.experiments.folder import Folder
from glasshouse.lab.experiments.points import Point
from glasshouse.lab.experiments.stopping import seeds_wanted
from glasshouse.lab.experiments.tasks import Done, Place
from glasshouse.lab.experiments.telling import Told


class Stopped(KeyboardInterrupt):
    """An experiment that was stopped from outside; what is finished is kept.

    Attributes
    ----------
    told : str
        What there is, and how it goes on.
    """

    def __init__(self, told: str) -> None:
        super().__init__(told)
        self.told = told


@dataclass
class Waiting:
    """Cells of one past that are still to be lived."""

    past: Past
    cells: deque[Cell] = field(default_factory=deque)
    running: int = 0
    kept: bool = False


class Conduct:
    """The cells of an experiment, from all that are asked to all that are finished.

    Parameters
    ----------
    experiment : Experiment
    points : sequence of Point
    folder : Folder
    told : Told
        Hears what happens.
    """

    def __init__(
        self, experiment: Experiment, points: Sequence[Point], folder: Folder, told: Told
    ) -> None:
        self.experiment = experiment
        self.points = points
        self.folder = folder
        self.told = told
        self.faults: dict[str, str] = {}
        self._cells: dict[int, list[Cell]] = {point.number: [] for point in points}
        self._by_name: dict[str, list[Cell]] = {}
        self._finished: set[str] = set()
        self._groups: dict[str, Waiting] = {}
        for point in points:
            self._ask_for(point, seeds_wanted(experiment, []))

    def cells(self) -> list[Cell]:
        """Finished cells, by point and seed."""
        return [
            cell for cells in self._cells.values() for cell in cells if cell.name in self._finished
        ]

    @property
    def asked(self) -> int:
        """How many cells are asked for by now."""
        return sum(map(len, self._cells.values()))

    def left(self) -> list[Cell]:
        """Cells that wait to be lived."""
        return [cell for group in self._groups.values() for cell in group.cells]

    def pasts(self) -> list[Past]:
        """Pasts that are still to be lived."""
        return [group.past for group in self._groups.values()]

    def on(self, place: Place) -> None:
        """Live everything that is left.

        Raises
        ------
        CannotWrite
        KeyboardInterrupt
        """
        busy = 0
        while True:
            while busy < place.workers and self._begin_one(place):
                busy += 1
            if not busy:
                break
            for done in place.done():
                busy -= 1
                self._over(done, place)

    def _begin_one(self, place: Place) -> bool:
        """Begin what comes next: a cell whose past is there, else another past."""
        for group in self._groups.values():
            if group.kept and group.cells:
                group.running += 1
                place.begin_cell(group.cells.popleft(), from_kept=True)
                return True
        for group in self._groups.values():
            if group.running or group.kept or not group.cells:
                continue
            group.running = 1
            if len(group.cells) == 1:
                place.begin_cell(group.cells.popleft(), from_kept=False)
            else:
                place.begin_past(group.past)
            return True
        return False

    def _over(self, done: Done, place: Place) -> None:
        if isinstance(done.task, Past):
            group = self._groups[done.task.name]
            group.running -= 1
            group.kept = not done.fault
            if done.fault:
                while group.cells:
                    self._failed(group.cells.popleft(), done.fault)
            self.told.past(done.task)
        else:
            group = self._groups[done.task.past.name]
            group.running -= 1
            if not group.kept:
                self.told.past(group.past)
            if done.lived is None:
                self._failed(done.task, done.fault)
            else:
                self.folder.keep(done.task, done.lived)
                self._is_finished(done.task)
            self.told.cell(done.task)
        if not group.cells and not group.running:
            if group.kept:
                place.drop(group.past)
            del self._groups[group.past.name]

    def _failed(self, cell: Cell, fault: str) -> None:
        self.faults[cell.name] = fault
        self.told.fault(cell, fault)

    def _is_finished(self, cell: Cell) -> None:
        self._finished.add(cell.name)
        if self.experiment.stop is None:
            return
        for same in self._by_name[cell.name]:
            self._look_for_more(self.points[same.point])

    def _look_for_more(self, point: Point) -> None:
        """Ask for further seeds of a point whose interval is still too wide."""
        cells = self._cells[point.number]
        if all(cell.name in self._finished for cell in cells):
            wanted = seeds_wanted(self.experiment, [self._value(cell) for cell in cells])
            self._ask_for(point, wanted)

    def _value(self, cell: Cell) -> float | None:
        assert self.experiment.stop is not None
        frame = self.folder.read(cell)
        found = frame.filter(day=cell.at[-1], measure=self.experiment.stop.measure, group="all")[
            "value"
        ].to_list()
        return found[0] if found else None

    def _ask_for(self, point: Point, seeds: int) -> None:
        """Have a point ask for so many seeds."""
        cells = self._cells[point.number]
        first = self.experiment.scenario.seed
        fresh = [
            Cell.of(point, first + number, self.experiment.at)
            for number in range(len(cells), seeds)
        ]
        cells += fresh
        self._take_in(fresh)
        if fresh and self.experiment.stop is not None:
            self._look_for_more(point)

    def _take_in(self, cells: Iterable[Cell]) -> None:
        for cell in cells:
            known = self._by_name.setdefault(cell.name, [])
            known.append(cell)
            if cell.name in self._finished or len(known) > 1:
                continue
            if self.folder.finished(cell):
                self._finished.add(cell.name)
                continue
            group = self._groups.setdefault(cell.past.name, Waiting(cell.past))
            group.cells.append(cell)
            self.told.asked(cell, first=len(group.cells) == 1)
