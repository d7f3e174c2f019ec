"""Checkpoints that are damaged, or of something else: named, and nothing else is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from glasshouse.run.nation_store import read_index, write_index
from glasshouse.scenario import BadInput
from tests.run.stopping import Says, Stopped, assert_same, gone_on_with, manifest_of, newest

DAMAGES: dict[str, Callable[[Path], object]] = {
    "a byte altered": lambda point: flip(point / "records-00000.bin"),
    "a piece cut off": lambda point: cut(point / "records-00000.bin"),
    "a piece too long": lambda point: (point / "records-00000.bin").open("ab").write(b"x"),
    "a piece gone": lambda point: (point / "records-00000.bin").unlink(),
    "counters altered": lambda point: flip(point / "window-00000.bin"),
    "no index": lambda point: (point / "index.json").unlink(),
    "half an index": lambda point: cut(point / "index.json"),
    "an index altered": lambda point: alter(point / "index.json"),
    "no folder's content": lambda point: [each.unlink() for each in point.iterdir()],
}


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def alter(path: Path) -> None:
    path.write_text(path.read_text().replace('"days_in_window": ', '"days_in_window": 1'))


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_checkpoint_is_named_and_the_one_before_it_used(
    damage: str, stopped: Stopped, left: Callable[[str], Path]
) -> None:
    folder, told = left("in the second world"), Says()
    point = newest(folder)
    DAMAGES[damage](point)
    assert_same(gone_on_with(folder, told), stopped.run)
    assert len(told.warnings) == 2
    assert point.name in told.warnings[0] and "damaged" in told.warnings[0]
    assert f"{int(point.name) - 1:06d}" in told.warnings[1]


@pytest.mark.parametrize(
    "what", ["[0-9]*/index.json", "branch-*/records*", "kept/ties*", "kept/rows*"]
)
def test_where_nothing_is_whole_the_run_begins_again(
    what: str, stopped: Stopped, left: Callable[[str], Path]
) -> None:
    folder, told = left("in the second world"), Says()
    for path in (folder / "checkpoints").glob(what):
        cut(path)
    assert_same(gone_on_with(folder, told), stopped.run)
    assert "begins again" in told.warnings[-1]


def test_without_checkpoints_the_run_begins_again(
    stopped: Stopped, left: Callable[[str], Path]
) -> None:
    folder, told = left("in the second world"), Says()
    shutil.rmtree(folder / "checkpoints")
    assert_same(gone_on_with(folder, told), stopped.run)
    assert told.warnings == []


@pytest.mark.parametrize(
    ("part", "value", "field"),
    [("format", 99, "format"), ("source", "abc", "source"), ("asked", "abc", "scenario")],
)
def test_a_checkpoint_of_something_else_is_refused_with_the_reason(
    part: str, value: object, field: str, left: Callable[[str], Path]
) -> None:
    folder = left("in the second world")
    content, _ = read_index(newest(folder))
    write_index(newest(folder), {**content, part: value})
    with pytest.raises(BadInput) as caught:
        gone_on_with(folder)
    assert caught.value.field == field
    assert str(value) in caught.value.found
    assert manifest_of(folder)["state"] == "running"
