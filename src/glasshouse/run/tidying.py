"""The folder of a finished run, rid of what only going on would have needed."""

from __future__ import annotations

import shutil
from pathlib import Path

from glasshouse.run.checkpoints import CHECKPOINTS, SHARED, Checkpoint
from glasshouse.run.folder import PARTIAL
from glasshouse.run.nation_store import read_index
from glasshouse.run.pieces import Damaged


def tidy(run: Path) -> None:
    """Remove from the folder of a finished run what only going on would need.

    The nations of the last checkpoints stay, for days that are asked about later.
    """
    place = run / CHECKPOINTS
    for path in (*run.glob(f".*{PARTIAL}"), *place.glob(f".*{PARTIAL}"), place / SHARED):
        _remove(path)
    needed: set[str] = set()
    for folder in place.glob("[0-9]*"):
        try:
            checkpoint = Checkpoint(folder, read_index(folder)[0])
        except Damaged:
            _remove(folder)
            continue
        if checkpoint.index["nation"] is None:
            _remove(folder)
        else:
            needed |= checkpoint.branches()
    for path in place.glob("branch-*"):
        if path.name not in needed:
            _remove(path)
    if place.exists() and not any(place.iterdir()):
        place.rmdir()


def is_tidy(run: Path) -> bool:
    """Whether there is nothing left in the folder of a finished run that it does not need."""
    place = run / CHECKPOINTS
    return not any((*run.glob(f".*{PARTIAL}"), *place.glob(f".*{PARTIAL}"), *place.glob(SHARED)))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
