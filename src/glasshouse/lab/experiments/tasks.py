"""What a worker does, wherever it runs: a past, or a cell from a past."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import NamedTuple, Protocol

from glasshouse.lab.experiments.cells import Cell, Past
from glasshouse.lab.experiments.lives import KeptPast, Lived, live_cell, live_past
from glasshouse.lab.experiments.pasts import read_past, write_past
from glasshouse.run.pieces import Damaged

TRIES = 3
"""Workers that may be lost over one task before it is given up."""


class Done(NamedTuple):
    """A task that is over.

    Attributes
    ----------
    task : Past or Cell
    lived : Lived or None
        Of a cell that was lived.
    fault : str
        Why it was not; empty where it was.
    """

    task: Past | Cell
    lived: Lived | None
    fault: str


class Place(Protocol):
    """Where tasks are done: so many at once, each by a worker that may be lost."""

    @property
    def workers(self) -> int:
        """Tasks that may run at once."""

    def begin_past(self, past: Past) -> None:
        """Have a past lived, to be kept until it is dropped."""

    def begin_cell(self, cell: Cell, *, from_kept: bool) -> None:
        """Have a cell lived, from its past that was kept or from one of its own."""

    def done(self) -> list[Done]:
        """Wait until something is over; returns what is."""

    def drop(self, past: Past) -> None:
        """Forget a past that was kept."""

    def close(self) -> None:
        """Stop all workers at once."""


def past_into(past: Past, folder: Path) -> str:
    """Live a past and write it into a folder; returns why it could not be, or nothing."""
    try:
        write_past(folder, live_past(past))
    except Exception as fault:
        return said(fault)
    return ""


_read: dict[Path, KeptPast] = {}


def cell_from(cell: Cell, folder: Path | None) -> tuple[Lived | None, str]:
    """Live a cell from the past in a folder, or from one lived here; and why it could not be."""
    try:
        return live_cell(cell, _kept(cell, folder)), ""
    except Exception as fault:
        return None, said(fault)


def _kept(cell: Cell, folder: Path | None) -> KeptPast:
    """The past of a cell; the last one read is remembered, for the next cell often has the same."""
    if folder is None:
        return live_past(cell.past)
    if folder not in _read:
        _read.clear()
        try:
            _read[folder] = read_past(folder)
        except Damaged:
            return live_past(cell.past)
    return _read[folder]


def said(fault: Exception) -> str:
    """A fault in one line, with the place in the program that it came from."""
    frames = traceback.extract_tb(fault.__traceback__)
    place = f" ({Path(frames[-1].filename).name}, line {frames[-1].lineno})" if frames else ""
    words = " ".join(str(fault).split())
    return f"{type(fault).__name__}: {words}{place}"
