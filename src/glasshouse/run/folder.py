"""The folder of a run: where it is, who may write to it, and files that are whole or not there.

Every file is written beside its place and renamed into it, so that a process killed at any moment
leaves the file as it was before. A lock keeps a second process out.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from filelock import FileLock, Timeout

from glasshouse.scenario.faults import BadInput

if TYPE_CHECKING:
    import polars

LOCK = ".lock"
MANIFEST = "manifest.json"
MOST_RUNS = 100_000


def run_folder(place: Path, name: str) -> Path:
    """Make a new folder ``place/name-<n>``, n the least number that is free.

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp())
    >>> run_folder(place, "none-64-seed1").name, run_folder(place, "none-64-seed1").name
    ('none-64-seed1-1', 'none-64-seed1-2')
    """
    for number in range(1, MOST_RUNS):
        folder = place / f"{name}-{number}"
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            if place.exists() and not place.is_dir():
                _refuse(place, "a file", "a folder, or a name that is free")
            continue
        except OSError as error:
            _refuse(place, _reason(error), "a folder that can be written to")
        return folder
    _refuse(place, f"{MOST_RUNS - 1} runs called {name}", "a place with room for another")


def empty_folder(folder: Path) -> Path:
    """Make the folder that a user named, or take it when it is empty.

    Raises
    ------
    BadInput
        When it is a file, cannot be written to, or holds anything: results are never written over.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = sorted(item.name for item in folder.iterdir() if item.name != LOCK)
    except FileExistsError:
        _refuse(folder, "a file", "a folder, or a name that is free")
    except OSError as error:
        _refuse(folder, _reason(error), "a folder that can be written to")
    if MANIFEST in held:
        _refuse(folder, "an earlier run", "a new folder: results are never written over")
    if held:
        more = f" and {len(held) - 1} more" if len(held) > 1 else ""
        _refuse(folder, f"other files ({held[0]}{more})", "a new or an empty folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        _refuse(folder, "no permission to write", "a folder that can be written to")
    return folder


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder against a second writer.

    Raises
    ------
    BadInput
        When another process is writing to it, or has written.
    """
    path = folder / LOCK
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        _refuse(folder, "another process writing to it", "a folder that nobody writes to")
    except OSError as error:
        _refuse(folder, _reason(error), "a folder that can be written to")
    try:
        # Another process may have filled the folder since it was last looked at.
        empty_folder(folder)
        yield
    finally:
        path.unlink(missing_ok=True)
        lock.release()


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file so that it is whole or not there at all.

    Parameters
    ----------
    path : Path
        Where the file is to be.
    write : callable
        Receives the path of a temporary file in the same folder and writes it.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        write(partial)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write a text file, whole or not at all."""
    write_whole(path, lambda partial: partial.write_text(text, encoding="utf-8", newline="\n"))


def write_table(path: Path, table: polars.DataFrame) -> None:
    """Write a table as Parquet, whole or not at all."""
    write_whole(path, lambda partial: table.write_parquet(partial, compression="zstd"))


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()


def _refuse(folder: Path, found: str, allowed: str) -> NoReturn:
    raise BadInput(place=str(folder), field="out", found=found, allowed=allowed)
