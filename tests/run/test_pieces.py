"""Arrays in pieces: what comes back is what was written, or the fault is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.chance.threads import on_threads
from glasshouse.run.folder import CannotWrite
from glasshouse.run.pieces import Damaged, check_pieces, hash_of_file, read_pieces, write_pieces


@settings(deadline=None, max_examples=30)
@given(length=st.integers(0, 300), size=st.integers(1, 100), seed=st.integers(0, 9))
def test_what_is_written_comes_back(
    length: int, size: int, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.mktemp("pieces")
    content = np.random.default_rng(seed).integers(0, 256, length, np.uint8)
    pieces = write_pieces(place, "some", content, size)
    assert sum(piece.bytes for piece in pieces) == length
    assert all(piece.bytes <= size for piece in pieces)
    again = np.zeros(length, np.uint8)
    read_pieces(place, pieces, again)
    check_pieces(place, pieces)
    assert np.array_equal(again, content)


def test_pieces_do_not_depend_on_threads(tmp_path: Path) -> None:
    content = np.arange(1000, dtype=np.uint16).view(np.uint8)
    found = []
    for threads in (1, 2):
        place = tmp_path / f"{threads}"
        place.mkdir()
        with on_threads(threads):
            found.append(write_pieces(place, "some", content, 64))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda path: path.unlink(), "no such file"),
        (lambda path: path.write_bytes(b""), "0 bytes where 4 bytes"),
        (lambda path: path.write_bytes(b"abc"), "3 bytes where 4 bytes"),
        (lambda path: path.write_bytes(b"abcde"), "longer"),
        (lambda path: path.write_bytes(b"abcd"), "not what was written"),
    ],
)
def test_a_damaged_piece_is_named(
    damage: Callable[[Path], object], reason: str, tmp_path: Path
) -> None:
    pieces = write_pieces(tmp_path, "some", np.arange(10, dtype=np.uint8), 4)
    damage(tmp_path / "some-00001.bin")
    with pytest.raises(Damaged, match=reason) as caught:
        read_pieces(tmp_path, pieces, np.zeros(10, np.uint8))
    assert caught.value.path.name == "some-00001.bin"
    with pytest.raises(Damaged, match=reason):
        check_pieces(tmp_path, pieces)


def test_pieces_of_another_array_are_refused(tmp_path: Path) -> None:
    pieces = write_pieces(tmp_path, "some", np.arange(10, dtype=np.uint8), 4)
    with pytest.raises(Damaged, match="10 bytes where 11 belong"):
        read_pieces(tmp_path, pieces, np.zeros(11, np.uint8))


def test_a_folder_that_is_not_there_is_a_fault_of_writing(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="no such file or directory"):
        write_pieces(tmp_path / "nowhere", "some", np.zeros(1, np.uint8))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_a_full_disk_is_a_fault_of_writing(tmp_path: Path) -> None:
    (tmp_path / "some-00000.bin").symlink_to("/dev/full")
    with pytest.raises(CannotWrite, match="no space left on device"):
        write_pieces(tmp_path, "some", np.zeros(1, np.uint8))


def test_files_of_one_content_have_one_hash(tmp_path: Path) -> None:
    for name, content in (("a", b"x" * 1000), ("b", b"x" * 1000), ("c", b"y" * 1000)):
        (tmp_path / name).write_bytes(content)
    hashes = [hash_of_file(tmp_path / name) for name in "abc"]
    assert hashes[0] == hashes[1] != hashes[2]
