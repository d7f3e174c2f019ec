"""The rows of the tables while a run is lived: seed by seed, in memory until they are put on disk.

Many rows together are made a data frame, which takes less memory. What was put into a file is never
written again, so that keeping a long run costs no more on its last day than on its first.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import polars

from glasshouse.run.folder import write_table
from glasshouse.run.pieces import Damaged, hash_of_file
from glasshouse.run.tables import SCHEMAS, Tables, rows_of

LOOSE = 20_000
"""Rows of one table that are held as they came before they are made a data frame."""


class Batch(NamedTuple):
    """Rows of one table and seed in a file."""

    table: str
    seed: int
    file: str
    hash: str


class Rows:
    """All rows so far.

    Parameters
    ----------
    folder : Path, optional
        Where files of rows are; without one all stay in memory.

    Examples
    --------
    >>> rows = Rows(None)
    >>> rows.add("measures", 1, [("none", 0, "ties.mean", "all", "nation", 12.5)])
    >>> rows.tables([1]).measures["value"].to_list(), rows.tables([2]).measures.height
    ([12.5], 0)
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._batches: list[Batch] = []
        self._frames: dict[tuple[str, int], list[polars.DataFrame]] = {}
        self._loose: dict[tuple[str, int], list[tuple[Any, ...]]] = {}
        self._written = 0

    def add(self, table: str, seed: int, rows: Sequence[tuple[Any, ...]]) -> None:
        """Take in rows that lack only the seed."""
        if rows:
            loose = self._loose.setdefault((table, seed), [])
            loose += rows
            if len(loose) >= LOOSE:
                self._frame(table, seed)

    def described(self) -> list[Batch]:
        """Have all of them in files, and describe these for an index.

        Raises
        ------
        CannotWrite
        """
        if self.folder is None:
            raise ValueError("rows without a folder stay in memory")
        self.folder.mkdir(parents=True, exist_ok=True)
        for table, seed in list(self._loose):
            self._frame(table, seed)
        for (table, seed), frames in list(self._frames.items()):
            file = f"rows-{self._written:06d}.parquet"
            write_table(self.folder / file, polars.concat(frames))
            hashed = hash_of_file(self.folder / file)
            self._written += 1
            self._batches.append(Batch(table, seed, file, hashed))
            del self._frames[table, seed]
        return list(self._batches)

    def take_up(self, described: Sequence[Sequence[Any]]) -> None:
        """Have again what an index describes.

        Raises
        ------
        Damaged
            When a file is not what it was.
        """
        batches = [Batch(*each) for each in described]
        for batch in batches:
            path = self._path(batch)
            if not path.exists() or hash_of_file(path) != batch.hash:
                reason = "its content is not what was written" if path.exists() else "no such file"
                raise Damaged(path, reason)
        self._batches = batches
        numbers = [int(batch.file.split("-")[1].split(".")[0]) for batch in batches]
        self._written = max(numbers, default=-1) + 1

    @property
    def files(self) -> set[str]:
        """Names of the files that are needed."""
        return {batch.file for batch in self._batches}

    def table(self, name: str, seeds: Sequence[int]) -> polars.LazyFrame:
        """One table of some seeds, in the order in which they were lived."""
        parts: list[polars.LazyFrame] = [polars.LazyFrame(schema=SCHEMAS[name])]
        for seed in seeds:
            self._frame(name, seed)
            parts += [
                polars.scan_parquet(self._path(batch))
                for batch in self._batches
                if (batch.table, batch.seed) == (name, seed)
            ]
            parts += [frame.lazy() for frame in self._frames.get((name, seed), [])]
        return polars.concat(parts)

    def tables(self, seeds: Sequence[int]) -> Tables:
        """All tables of some seeds."""
        return Tables(**{name: self.table(name, seeds).collect() for name in SCHEMAS})

    def _frame(self, table: str, seed: int) -> None:
        if loose := self._loose.pop((table, seed), None):
            self._frames.setdefault((table, seed), []).append(rows_of(table, seed, loose))

    def _path(self, batch: Batch) -> Path:
        if self.folder is None:
            raise ValueError("rows without a folder stay in memory")
        return self.folder / batch.file
