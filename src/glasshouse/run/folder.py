"""The folder of a run: where it is, who may write to it, and files that are whole or not there.

Every file is written beside its place and renamed into it, so that a process killed at any moment
leaves the file as it was before. A lock keeps a second process out. A disk that is full is one
clear fault, :class:`CannotWrite`.
"""

from __future__ import annotations

import errno
import os
import shutil
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
NO_SPACE = "no space left on device"
PARTIAL = ".partial"
"""Ending of what is being written; left behind only by a process that was killed."""


class CannotWrite(OSError):
    """A file of a run could not be written: no space left, no permission, a broken disk.

    Attributes
    ----------
    path : Path
        The file, or the folder it was to be in.
    reason : str
        What the system says.
    run : Path or None
        Folder of the run that it stopped, if it did: the run can be resumed from there.
    """

    run: Path | None = None

    def __init__(self, path: Path, fault: Exception) -> None:
        self.path = path
        self.reason = _reason(fault)
        super().__init__(f"cannot write {path}: {self.reason}")


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
        names = sorted(item.name for item in folder.iterdir() if item.name != LOCK)
    except FileExistsError:
        _refuse(folder, "a file", "a folder, or a name that is free")
    except OSError as error:
        _refuse(folder, _reason(error), "a folder that can be written to")
    held = [name for name in names if not name.endswith(PARTIAL)]
    if MANIFEST in held:
        _refuse(folder, "an earlier run", "a new folder: results are never written over")
    if held:
        more = f" and {len(held) - 1} more" if len(held) > 1 else ""
        _refuse(folder, f"other files ({held[0]}{more})", "a new or an empty folder")
    if not os.access(folder, os.W_OK | os.X_OK):
        _refuse(folder, "no permission to write", "a folder that can be written to")
    return folder


@contextmanager
def locked(folder: Path, *, new: bool = True) -> Iterator[None]:
    """Hold the folder against a second writer.

    Parameters
    ----------
    folder : Path
    new : bool
        Whether nothing may be in it yet.

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
        if new:
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

    Raises
    ------
    CannotWrite
        When the system does not let it be written; what was there before still is.
    """
    partial = path.with_name(f".{path.name}.{os.getpid()}{PARTIAL}")
    try:
        with writing(path):
            write(partial)
            sync(partial)
            os.replace(partial, path)
            sync(path.parent)
    finally:
        partial.unlink(missing_ok=True)


@contextmanager
def folder_whole(folder: Path) -> Iterator[Path]:
    """Fill a folder so that it is whole or as it was before.

    Gives a temporary folder beside it, to be filled inside the block.

    Raises
    ------
    CannotWrite
    """
    partial = folder.with_name(f".{folder.name}{PARTIAL}")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        with writing(folder):
            partial.mkdir(parents=True)
            yield partial
            sync(partial)
            if folder.exists():
                shutil.rmtree(folder)
            partial.rename(folder)
            sync(folder.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn whatever keeps a file from being written into one kind of fault."""
    try:
        yield
    except CannotWrite:
        raise
    except OSError as fault:
        raise CannotWrite(path, fault) from fault
    except Exception as fault:
        # Polars has faults of its own, which it says with the words of the system.
        if type(fault).__module__.partition(".")[0] != "polars":
            raise
        raise CannotWrite(path, fault) from fault


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk before going on."""
    folder = path.is_dir()
    if folder and os.name != "posix":
        return  # a folder cannot be opened there
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as fault:
        if not (folder and fault.errno in (errno.EINVAL, errno.ENOTSUP)):
            raise  # some disks of a network know no such thing for folders
    finally:
        os.close(handle)


def write_text(path: Path, text: str) -> None:
    """Write a text file, whole or not at all."""
    write_whole(path, lambda partial: partial.write_text(text, encoding="utf-8", newline="\n"))


def write_table(path: Path, table: polars.DataFrame | polars.LazyFrame) -> None:
    """Write a table as Parquet, whole or not at all; one that is not read yet in passing."""
    write_whole(path, lambda partial: table.lazy().sink_parquet(partial, compression="zstd"))


def _reason(fault: Exception) -> str:
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror.lower()
    words = " ".join(str(fault).split()) or type(fault).__name__
    return NO_SPACE if NO_SPACE in words.lower() else words


def _refuse(folder: Path, found: str, allowed: str) -> NoReturn:
    raise BadInput(place=str(folder), field="out", found=found, allowed=allowed)
