"""Arrays on disk in pieces of fixed size, each with a hash of what is in it.

Pieces are written and read on several threads, straight from and into the array: nothing is held
twice. A piece that was cut off or altered is found when it is read.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.threads import share_out
from glasshouse.run.folder import writing

PIECE = 64 * 2**20
"""Bytes of a piece."""
Bytes = NDArray[np.uint8]


class Damaged(Exception):
    """Something kept on disk is not what was written.

    Attributes
    ----------
    path : Path
    reason : str
    """

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}")


class Piece(NamedTuple):
    """A file that holds a stretch of an array."""

    file: str
    bytes: int
    hash: str


def hash_of(content: bytes | memoryview) -> str:
    """Hash of some bytes.

    Examples
    --------
    >>> hash_of(b"")
    'cae66941d9efbd404e4d88758ea67670'
    """
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def write_pieces(folder: Path, name: str, content: Bytes, size: int = PIECE) -> list[Piece]:
    """Write an array into files ``name-00000.bin``, ``name-00001.bin``, ... of a folder.

    Parameters
    ----------
    folder : Path
    name : str
    content : uint8 array
    size : int
        Bytes of a piece; the last one may be shorter.

    Returns
    -------
    list of Piece
        In the order of the array; none for an array of length 0.

    Raises
    ------
    CannotWrite

    Examples
    --------
    >>> import tempfile
    >>> place, bytes_of_it = Path(tempfile.mkdtemp()), np.arange(10, dtype=np.uint8)
    >>> pieces = write_pieces(place, "ten", bytes_of_it, size=4)
    >>> [(piece.file, piece.bytes) for piece in pieces]
    [('ten-00000.bin', 4), ('ten-00001.bin', 4), ('ten-00002.bin', 2)]
    >>> again = np.zeros(10, np.uint8)
    >>> read_pieces(place, pieces, again)
    >>> again.tolist() == bytes_of_it.tolist()
    True
    """
    count = -(-len(content) // size)
    pieces = [Piece("", 0, "")] * count

    def write(first: int, last: int) -> None:
        for number in range(first, last):
            path = folder / f"{name}-{number:05d}.bin"
            part = content[number * size : (number + 1) * size].data
            write_file(path, part)
            pieces[number] = Piece(path.name, len(part), hash_of(part))

    share_out(write, 0, count, 1)
    return pieces


def read_pieces(folder: Path, pieces: Sequence[Piece], into: Bytes) -> None:
    """Read pieces back into an array of the length that they had.

    Raises
    ------
    Damaged
        When a piece is missing, cut off or altered; the array then holds nothing of use.
    """
    starts = np.concatenate([[0], np.cumsum([piece.bytes for piece in pieces])]).astype(int)
    if starts[-1] != len(into):
        raise Damaged(folder, f"{starts[-1]:,} bytes where {len(into):,} belong")

    def read(first: int, last: int) -> None:
        for number in range(first, last):
            part = into[starts[number] : starts[number + 1]].data
            _read(folder / pieces[number].file, pieces[number], part)

    share_out(read, 0, len(pieces), 1)


def check_pieces(folder: Path, pieces: Sequence[Piece]) -> None:
    """Read pieces only to see that they are whole.

    Raises
    ------
    Damaged
    """

    def check(first: int, last: int) -> None:
        for piece in pieces[first:last]:
            part = bytearray(piece.bytes)
            _read(folder / piece.file, piece, memoryview(part))

    share_out(check, 0, len(pieces), 1)


def write_file(path: Path, part: memoryview) -> None:
    """Write a file and have it on the disk; it is for a folder that is not in its place yet.

    Raises
    ------
    CannotWrite
    """
    with writing(path), path.open("wb", buffering=0) as file:
        done = 0
        while done < len(part):
            done += file.write(part[done:])
        os.fsync(file.fileno())
        _let_go(file.fileno(), len(part))


def hash_of_file(path: Path) -> str:
    """Hash of a file, which is the hash of the hashes of its pieces.

    Raises
    ------
    Damaged
        When it cannot be read.
    """
    size = path.stat().st_size if path.exists() else 0
    count = -(-size // PIECE)
    hashes = [""] * count

    def look(first: int, last: int) -> None:
        with path.open("rb") as file:
            for number in range(first, last):
                file.seek(number * PIECE)
                hashes[number] = hash_of(file.read(PIECE))

    try:
        share_out(look, 0, count, 1)
    except OSError as fault:
        raise Damaged(path, fault.strerror or "cannot be read") from fault
    return hash_of("".join(hashes).encode())


def pieces_of(described: Sequence[Sequence[Any]]) -> list[Piece]:
    """Take what an index says of pieces for pieces."""
    return [Piece(str(file), int(size), str(hashed)) for file, size, hashed in described]


def _read(path: Path, piece: Piece, part: memoryview) -> None:
    try:
        with path.open("rb", buffering=0) as file:
            done = 0
            while done < len(part) and (more := file.readinto(part[done:])):
                done += more
            longer = file.read(1)
            _let_go(file.fileno(), len(part))
    except FileNotFoundError:
        raise Damaged(path, "no such file") from None
    except OSError as fault:
        raise Damaged(path, fault.strerror or "cannot be read") from fault
    if done < len(part) or longer:
        found = "longer" if longer else f"{done:,} bytes"
        raise Damaged(path, f"{found} where {len(part):,} bytes were written")
    if hash_of(part) != piece.hash:
        raise Damaged(path, "its content is not what was written")


def _let_go(handle: int, size: int) -> None:
    """Leave memory to the nation: a large file that was just written is not read again soon."""
    if size == PIECE and hasattr(os, "posix_fadvise"):
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
