"""Numbers of everybody, kept in memory or in files: they come back the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from glasshouse.run.keepsakes import Keepsakes, Numbers
from glasshouse.run.pieces import Damaged


def ascending(out: Numbers) -> None:
    out[:] = np.arange(len(out)) % 200


@pytest.mark.parametrize("most", [0, 150, 10_000])
@pytest.mark.parametrize("kept", [True, False])
def test_numbers_come_back_wherever_they_lie(most: int, kept: bool, tmp_path: Path) -> None:
    keepsakes = Keepsakes(tmp_path if kept else None, most)
    for name, kind in (("a", np.uint8), ("b", np.uint16)):
        keepsakes.keep(name, 100, kind, ascending)
    for name, kind in (("a", np.uint8), ("b", np.uint16)):
        assert name in keepsakes
        assert keepsakes[name].dtype == kind
        assert np.asarray(keepsakes[name][10:20]).tolist() == list(range(10, 20))
    keepsakes.close()
    assert "a" not in keepsakes


def test_memory_is_used_up_to_what_is_allowed(tmp_path: Path) -> None:
    keepsakes = Keepsakes(tmp_path, 250)
    for name in "abc":
        keepsakes.keep(name, 100, np.uint8, ascending)
    assert [path.name for path in tmp_path.iterdir()] == ["c.bin"]
    keepsakes.drop("a")
    keepsakes.keep("d", 100, np.uint8, ascending)
    assert [path.name for path in tmp_path.iterdir()] == ["c.bin"]


def test_a_temporary_folder_holds_no_more_than_is_needed() -> None:
    keepsakes = Keepsakes(None, 0)
    keepsakes.keep("a", 100, np.uint8, ascending)
    file = keepsakes["a"]
    assert isinstance(file, np.memmap) and file.filename is not None
    place = Path(file.filename).parent
    assert [path.name for path in place.iterdir()] == ["a.bin"]
    keepsakes.drop("a")
    assert list(place.iterdir()) == []
    keepsakes.close()
    assert not place.exists()


@pytest.mark.parametrize("most", [0, 10_000])
def test_an_index_is_enough_to_have_them_again(most: int, tmp_path: Path) -> None:
    first = Keepsakes(tmp_path, most)
    first.keep("a", 100, np.uint8, ascending)
    described = first.described()
    assert first.files == {"a.bin"}
    again = Keepsakes(tmp_path, most)
    again.take_up([list(each) for each in described])
    assert np.asarray(again["a"]).tolist() == np.asarray(first["a"]).tolist()
    assert again.described() == described


@pytest.mark.parametrize("content", [None, b"", b"x" * 100])
def test_a_damaged_file_is_named(content: bytes | None, tmp_path: Path) -> None:
    first = Keepsakes(tmp_path)
    first.keep("a", 100, np.uint8, ascending)
    described = first.described()
    if content is None:
        (tmp_path / "a.bin").unlink()
    else:
        (tmp_path / "a.bin").write_bytes(content)
    with pytest.raises(Damaged, match="a.bin"):
        Keepsakes(tmp_path).take_up(described)


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    def breaks(out: Numbers) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Keepsakes(tmp_path, 0).keep("a", 100, np.uint8, breaks)
    assert list(tmp_path.iterdir()) == []
