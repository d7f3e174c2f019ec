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

    Attributes
    ----------
    faults : dict of str to str
        Why cells could not be lived, by their point and seed.
    before : int
        How many cells were finished at the beginning.
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
        self._values: dict[str, float | None] = {}
        self._groups: dict[str, Waiting] = {}
        self._ready: dict[str, Waiting] = {}
        self._unbegun: deque[Waiting] = deque()
        for point in points:
            self._ask_for(point, seeds_wanted(experiment, []))
            if experiment.stop is not None:
                self._look_for_more(point)
        self.before = self.finished
        told.before(self.before)

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

    @property
    def finished(self) -> int:
        """How many of them are finished."""
        return len(self.cells())

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
        busy, over = 0, list[Done]()
        while True:
            while busy < place.workers and self._begin_one(place):
                busy += 1
            # Kept while workers are at what comes next; which may ask for further cells.
            for done in over:
                self._keep(done)
            if over:
                over = []
                continue
            if not busy:
                break
            over = place.done()
            for done in over:
                busy -= 1
                self._over(done, place)

    def _begin_one(self, place: Place) -> bool:
        """Begin what comes next: a cell whose past is there, else another past."""
        if self._ready:
            group = next(iter(self._ready.values()))
            self._begin_cell(group, place)
            if not group.cells:
                del self._ready[group.past.name]
            return True
        if not self._unbegun:
            return False
        group = self._unbegun.popleft()
        if len(group.cells) == 1:
            self._begin_cell(group, place)
            self.told.past(group.past)
        else:
            group.running += 1
            place.begin_past(group.past)
        return True

    def _begin_cell(self, group: Waiting, place: Place) -> None:
        group.running += 1
        place.begin_cell(group.cells.popleft(), from_kept=group.kept)

    def _over(self, done: Done, place: Place) -> None:
        past = done.task if isinstance(done.task, Past) else done.task.past
        group = self._groups[past.name]
        group.running -= 1
        if isinstance(done.task, Past):
            group.kept = not done.fault
            while done.fault and group.cells:
                self._failed(group.cells.popleft(), done.fault)
        self._look_after(group, place)

    def _keep(self, done: Done) -> None:
        if isinstance(done.task, Past):
            self.told.past(done.task)
            return
        if done.lived is None:
            self._failed(done.task, done.fault)
        else:
            self.folder.keep(done.task, done.lived)
            self._is_finished(done.task)
        self.told.cell(done.task)

    def _look_after(self, group: Waiting, place: Place) -> None:
        """See what is next for the cells of a past, or drop it when there are none."""
        if group.cells:
            if group.kept:
                self._ready[group.past.name] = group
            elif not group.running:
                self._unbegun.append(group)
        elif not group.running:
            if group.kept:
                place.drop(group.past)
            del self._groups[group.past.name]

    def _failed(self, cell: Cell, fault: str) -> None:
        for same in self._by_name[cell.name]:
            self.faults[f"point {same.point}, seed {same.seed}"] = fault
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
        while all(cell.name in self._finished for cell in cells):
            values = [self._value(cell) for cell in cells]
            wanted = seeds_wanted(self.experiment, values, len(cells))
            if wanted <= len(cells):
                return
            self._ask_for(point, wanted)

    def _value(self, cell: Cell) -> float | None:
        assert self.experiment.stop is not None
        if cell.name not in self._values:
            measure = self.experiment.stop.measure
            rows = self.folder.read(cell).filter(day=cell.at[-1], measure=measure, group="all")
            found = rows["value"].to_list()
            self._values[cell.name] = found[0] if found else None
        return self._values[cell.name]

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

    def _take_in(self, cells: Iterable[Cell]) -> None:
        for cell in cells:
            known = self._by_name.setdefault(cell.name, [])
            known.append(cell)
            if cell.name in self._finished or len(known) > 1:
                continue
            if self.folder.finished(cell):
                self._finished.add(cell.name)
                continue
            group = self._groups.get(cell.past.name)
            if group is None:
                group = self._groups[cell.past.name] = Waiting(cell.past)
                self._unbegun.append(group)
            elif group.kept:
                self._ready[cell.past.name] = group
            group.cells.append(cell)
            self.told.asked(cell, first=len(group.cells) == 1)
