"""How far a run is, on stderr: a bar where somebody looks at a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Watcher(Protocol):
    """What a run tells about its progress."""

    def begins(self, what: str) -> None:
        """Say what is lived now."""

    def day(self) -> None:
        """Say that another day was lived."""

    def lived(self, days: int) -> None:
        """Say that so many days were lived before, by a run that is taken up again."""

    def warn(self, message: str) -> None:
        """Say that something is amiss that does not stop the run."""


class Quiet:
    """Says nothing."""

    def begins(self, what: str) -> None:
        """Say nothing."""

    def day(self) -> None:
        """Say nothing."""

    def lived(self, days: int) -> None:
        """Say nothing."""

    def warn(self, message: str) -> None:
        """Say nothing."""


class Bar:
    """A bar on stderr.

    Parameters
    ----------
    days : int
        Days to be lived, over all seeds and worlds.
    shown : bool, optional
        Whether to draw it; by default only where stderr is a terminal.

    Examples
    --------
    >>> with Bar(2, shown=False) as bar:
    ...     bar.begins("seed 1, none")
    ...     bar.day()
    """

    def __init__(self, days: int, *, shown: bool | None = None) -> None:
        visible = sys.stderr.isatty() if shown is None else shown
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("days"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not visible,
            transient=True,
        )
        self._task = self._progress.add_task("starting", total=days)

    def begins(self, what: str) -> None:
        """Say what is lived now."""
        self._progress.update(self._task, description=what)

    def day(self) -> None:
        """Say that another day was lived."""
        self._progress.advance(self._task)

    def lived(self, days: int) -> None:
        """Say that so many days were lived before, by a run that is taken up again."""
        self._progress.advance(self._task, days)

    def warn(self, message: str) -> None:
        """Say that something is amiss that does not stop the run."""
        self._progress.console.print(f"glasshouse: {message}", highlight=False, soft_wrap=True)

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
