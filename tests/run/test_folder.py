"""A run's folder: nothing lost, nothing half written, nobody else's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from filelock import FileLock

import glasshouse as gh
from glasshouse.run.folder import LOCK, empty_folder, locked, run_folder, write_text, write_whole
from glasshouse.scenario import BadInput

NOT_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "file.txt"
    write_text(path, "before")

    def breaks(partial: Path) -> None:
        partial.write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_whole(path, breaks)
    assert path.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["file.txt"]


def test_run_folders_are_numbered(tmp_path: Path) -> None:
    names = [run_folder(tmp_path / "runs", "fear-64-seed1").name for _ in range(3)]
    assert names == ["fear-64-seed1-1", "fear-64-seed1-2", "fear-64-seed1-3"]


def test_a_place_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("")
    with pytest.raises(BadInput, match="file"):
        run_folder(tmp_path / "runs", "fear")
    with pytest.raises(BadInput, match="a file"):
        empty_folder(tmp_path / "runs")


def test_a_folder_with_anything_in_it_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    mine = tmp_path / "thesis.txt"
    mine.write_text("three years of work")
    with pytest.raises(BadInput, match=r"other files \(thesis.txt\)"):
        gh.run("none", out=tmp_path, population=64, days=1, replicates=1)
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.txt"]


def test_results_are_never_written_over(folder: Path) -> None:
    before = (folder / "manifest.json").read_bytes()
    with pytest.raises(BadInput, match="an earlier run"):
        gh.run("none", out=folder, population=64, days=1, replicates=1)
    assert (folder / "manifest.json").read_bytes() == before


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    with FileLock(tmp_path / LOCK), pytest.raises(BadInput, match="another process"):
        gh.run("none", out=tmp_path, population=64, days=1, replicates=1)


def test_a_folder_filled_while_waiting_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}")
    with pytest.raises(BadInput, match="an earlier run"), locked(tmp_path):
        pass


def test_the_lock_leaves_nothing(tmp_path: Path) -> None:
    with locked(tmp_path):
        assert (tmp_path / LOCK).exists()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a place nobody can write to")
def test_a_place_where_nothing_can_be_made_is_refused() -> None:
    for place in (Path("/proc/run"), Path("/dev/null/run")):
        with pytest.raises(BadInput, match="can be written to"):
            empty_folder(place)
        with pytest.raises(BadInput):
            run_folder(place, "fear")


@NOT_ROOT
def test_a_folder_that_cannot_be_written_to_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(BadInput, match="permission"):
        empty_folder(tmp_path)
    with pytest.raises(BadInput, match="permission"):
        run_folder(tmp_path / "runs", "fear")


def test_a_kept_run_has_every_file_and_no_leftovers(folder: Path) -> None:
    names = {each.name for each in folder.iterdir()}
    assert names == {
        *("scenario.yaml", "manifest.json", "report.html"),
        *("measures.parquet", "districts.parquet", "citizens.parquet"),
    }
