"""Rows of the tables: in memory or in files, the tables are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from glasshouse.run import rows as module
from glasshouse.run.pieces import Damaged
from glasshouse.run.rows import Rows


def measured(day: int) -> tuple[object, ...]:
    return ("none", day, "ties.mean", "all", "nation", None if day == 3 else day / 2)


def filled(rows: Rows, *, written_after: tuple[int, ...] = ()) -> Rows:
    for seed in (1, 2):
        for day in range(6):
            rows.add("measures", seed, [measured(day), measured(day)])
            if day in written_after:
                rows.described()
    return rows


@pytest.mark.parametrize("loose", [1, 3, 1000])
def test_tables_do_not_depend_on_where_rows_were(
    loose: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = filled(Rows(None)).tables([1, 2])
    monkeypatch.setattr(module, "LOOSE", loose)
    found = filled(Rows(tmp_path), written_after=(0, 3)).tables([1, 2])
    assert found.measures.equals(expected.measures)
    assert found.measures["day"].to_list()[:4] == [0, 0, 1, 1]
    assert found.districts.is_empty() and found.citizens.is_empty()


def test_only_the_seeds_that_are_asked_for_are_in_a_table(tmp_path: Path) -> None:
    rows = filled(Rows(tmp_path), written_after=(2,))
    assert set(rows.tables([2]).measures["seed"]) == {2}
    assert rows.tables([]).measures.is_empty()


def test_what_is_in_a_file_is_not_written_again(tmp_path: Path) -> None:
    rows = filled(Rows(tmp_path), written_after=(1,))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    rows.described()
    rows.described()
    after = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_an_index_is_enough_to_have_them_again(tmp_path: Path) -> None:
    rows = filled(Rows(tmp_path))
    described = rows.described()
    rows.add("measures", 2, [measured(7)])
    again = Rows(tmp_path)
    again.take_up([list(each) for each in described])
    assert again.tables([1, 2]).measures.equals(filled(Rows(None)).tables([1, 2]).measures)
    again.add("measures", 2, [measured(7)])
    again.described()
    assert again.tables([1, 2]).measures.equals(rows.tables([1, 2]).measures)
    assert len(again.files) == len(list(tmp_path.iterdir())) == 3


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    described = filled(Rows(tmp_path)).described()
    damaged = tmp_path / described[1].file
    damaged.write_bytes(damaged.read_bytes()[:-1])
    with pytest.raises(Damaged, match=damaged.name):
        Rows(tmp_path).take_up(described)
    damaged.unlink()
    with pytest.raises(Damaged, match="no such file"):
        Rows(tmp_path).take_up(described)
