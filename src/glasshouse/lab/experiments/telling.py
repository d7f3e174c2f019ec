"""How far an experiment is, on stderr: a bar with the time left, where somebody looks at it."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from glasshouse.lab.experiments.cells import Cell, Past


class Told:
    """A bar over the days of all cells and pasts that are left.

    Parameters
    ----------
    shown : bool, optional
        Whether to draw it; by default only where stderr is a terminal.
    """

    def __init__(self, *, shown: bool | None = None) -> None:
        visible = sys.stderr.isatty() if shown is None else shown
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not visible,
            transient=True,
        )
        self._task = self._progress.add_task("cells", total=0)
        self._days = self._lived = 0
        self.cells = self.over = self._before = 0

    def before(self, cells: int) -> None:
        """Hear how many cells were finished before."""
        self._before = cells
        self._show()

    def asked(self, cell: Cell, *, first: bool) -> None:
        """Hear of a cell that is to be lived, the first of its past or another."""
        self.cells += 1
        self._days += _days(cell) + (_days(cell.past) if first else 0)
        self._show()

    def past(self, past: Past) -> None:
        """Hear of a past that is over."""
        self._lived += _days(past)
        self._show()

    def cell(self, cell: Cell) -> None:
        """Hear of a cell that is over."""
        self.over += 1
        self._lived += _days(cell)
        self._show()

    def fault(self, cell: Cell, fault: str) -> None:
        """Hear of a cell that could not be lived."""
        words = f"glasshouse: point {cell.point}, seed {cell.seed}: {fault}"
        self._progress.console.print(words, highlight=False, soft_wrap=True)

    def _show(self) -> None:
        before = f" ({self._before:,} finished before)" if self._before else ""
        said = f"{self.over:,} of {self.cells:,} cells{before}"
        days = min(self._lived, self._days)
        self._progress.update(self._task, total=self._days, completed=days, description=said)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._progress.stop()


def _days(part: Cell | Past) -> int:
    """Citizen-days, which is what takes the time."""
    days = part.days if isinstance(part, Past) else part.scenario.days
    return days * part.scenario.population
