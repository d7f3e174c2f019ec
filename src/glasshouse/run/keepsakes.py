"""One small number of everybody, kept from one day to another: in memory, or on disk beyond it.

The life under no scheme leaves everybody's ties on each measuring day; every life leaves
everybody's quintile on the days that mobility is measured from. Where that would take too much
memory it lies in files, each written whole, and is read from there.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike, NDArray

from glasshouse.run.folder import write_whole
from glasshouse.run.pieces import Damaged, hash_of_file

IN_MEMORY = 64 * 2**20
"""Bytes of keepsakes that are held in memory, all together."""
Numbers = NDArray[Any]


class Kept(NamedTuple):
    """A keepsake as an index describes it."""

    name: str
    file: str
    kind: str
    length: int
    hash: str


class Keepsakes:
    """Arrays by name, held in memory while they are small.

    Parameters
    ----------
    folder : Path, optional
        Where the files are; without one they lie in a temporary folder, made when needed.
    most : int
        Bytes that may be held in memory.

    Examples
    --------
    >>> keepsakes = Keepsakes(None)
    >>> keepsakes.keep("ties-day0", 3, np.uint8, lambda out: out.fill(7))
    >>> keepsakes["ties-day0"].tolist()
    [7, 7, 7]
    >>> keepsakes.drop("ties-day0")
    >>> "ties-day0" in keepsakes
    False
    """

    def __init__(self, folder: Path | None, most: int = IN_MEMORY) -> None:
        self.folder = folder
        self.most = most
        self._held: dict[str, Numbers] = {}
        self._files: dict[str, Kept] = {}
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    def __contains__(self, name: str) -> bool:
        return name in self._held or name in self._files

    def __getitem__(self, name: str) -> Numbers:
        """The keepsake; one in a file is read where it is looked at."""
        if name in self._held:
            return self._held[name]
        kept = self._files[name]
        return np.memmap(self._place() / kept.file, np.dtype(kept.kind), "r", shape=(kept.length,))

    def keep(self, name: str, count: int, kind: DTypeLike, fill: Callable[[Numbers], None]) -> None:
        """Keep numbers that ``fill`` writes into an array.

        Raises
        ------
        CannotWrite
            When there is no space for a file.
        """
        kind = np.dtype(kind)
        held = sum(each.nbytes for each in self._held.values())
        if held + count * kind.itemsize <= self.most:
            self._held[name] = np.empty(count, kind)
            fill(self._held[name])
            return
        self._write(name, count, kind, fill)

    def drop(self, name: str) -> None:
        """Keep it no longer. A file in a run's folder stays: a checkpoint may still need it."""
        self._held.pop(name, None)
        kept = self._files.pop(name, None)
        if kept is not None and self._temporary is not None:
            (self._place() / kept.file).unlink(missing_ok=True)

    def described(self) -> list[Kept]:
        """Have all of them in files, and describe these for an index."""
        for name, numbers in list(self._held.items()):
            if name not in self._files:
                self._write(name, len(numbers), numbers.dtype, partial(np.copyto, src=numbers))
        for name, kept in self._files.items():
            if not kept.hash:
                self._files[name] = kept._replace(hash=hash_of_file(self._place() / kept.file))
        return list(self._files.values())

    def take_up(self, described: Sequence[Sequence[Any]]) -> None:
        """Have again what an index describes.

        Raises
        ------
        Damaged
            When a file is not what it was.
        """
        for each in described:
            kept = Kept(*each)
            path = self._place() / kept.file
            wanted = kept.length * np.dtype(kept.kind).itemsize
            if not path.exists() or path.stat().st_size != wanted:
                raise Damaged(path, "no such file" if not path.exists() else "another length")
            if hash_of_file(path) != kept.hash:
                raise Damaged(path, "its content is not what was written")
            self._files[kept.name] = kept

    @property
    def files(self) -> set[str]:
        """Names of the files that are needed."""
        return {kept.file for kept in self._files.values()}

    def close(self) -> None:
        """Let go of everything; files of a temporary folder are removed."""
        self._held.clear()
        self._files.clear()
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = None

    def _place(self) -> Path:
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            return self.folder
        if self._temporary is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="glasshouse-")
        return Path(self._temporary.name)

    def _write(
        self, name: str, count: int, kind: np.dtype[Any], fill: Callable[[Numbers], None]
    ) -> None:
        def write(path: Path) -> None:
            _make_room(path, count * kind.itemsize)
            out = np.memmap(path, kind, "r+", shape=(count,))
            fill(out)
            out.flush()

        write_whole(self._place() / f"{name}.bin", write)
        self._files[name] = Kept(name, f"{name}.bin", kind.str, count, "")


def _make_room(path: Path, size: int) -> None:
    """Make a file of zeros that has its space: a full disk is found here, not while it is used."""
    with path.open("wb") as file:
        if hasattr(os, "posix_fallocate") and size:
            try:
                os.posix_fallocate(file.fileno(), 0, size)
            except OSError as fault:
                if fault.errno not in (errno.EINVAL, errno.ENOTSUP):
                    raise
            else:
                return
        zeros = memoryview(bytes(2**20))
        for start in range(0, size, len(zeros)):
            file.write(zeros[: min(len(zeros), size - start)])
