"""The folder of an experiment: what was asked, the cells that are finished, the table of results.

A finished cell is one small Parquet file named by the hash of all it depends on, with a hash of
what is in it. So a sweep that was stopped, or whose design was changed, goes on with what is there
already, and nothing is taken for finished that was written half or has been damaged since.
``results.parquet`` holds all cells of the design with their provenance.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars

from glasshouse.chance.rule import PACKAGE, loops_hash
from glasshouse.lab.experiments.cells import Cell
from glasshouse.lab.experiments.design import Experiment
from glasshouse.lab.experiments.factors import label_of
from glasshouse.lab.experiments.lives import Lived
from glasshouse.lab.experiments.points import Point
from glasshouse.run.folder import LOCK, PARTIAL, locked, write_table, write_text
from glasshouse.run.manifest import machine
from glasshouse.run.pieces import Damaged
from glasshouse.scenario.faults import BadInput
from glasshouse.scenario.scenario import EDGES_OF_RUN, Graph

EXPERIMENT, MANIFEST, RESULTS = "experiment.yaml", "experiment.json", "results.parquet"
CELLS, PASTS = "cells", "pasts"
ROWS = polars.Schema(
    {
        "day": polars.Int64(),
        "measure": polars.String(),
        "group": polars.String(),
        "value": polars.Float64(),
        "without": polars.Float64(),
    }
)
OF_CELL = ("cell", "point", "seed")
VERSION = version("glasshouse")
CAME_TO = polars.Schema(
    {"digest": polars.String(), "seconds": polars.Float64(), "past_seconds": polars.Float64()}
)
HASH = "hash"
OF_FILE = polars.Schema({**ROWS, **CAME_TO, HASH: polars.String()})
PROVENANCE = (*CAME_TO, "past", "model", "version")
DEPENDS_ON = ("lives.py", "placebos.py", "first_ties.py", "probes.py")
"""Of this package: what a cell comes to is worked out there."""


@cache
def model_hash() -> str:
    """Hash of everything that what a cell comes to depends on besides its scenario."""
    digest = hashlib.sha256(loops_hash().encode())
    digest.update((PACKAGE / "scenario" / "defaults.yaml").read_bytes())
    for name in DEPENDS_ON:
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()[:16]


class Folder:
    """An experiment's folder.

    Parameters
    ----------
    path : Path
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.pasts = path / PASTS
        self._cells = path / CELLS

    @contextmanager
    def held(self, experiment: Experiment) -> Iterator[None]:
        """Hold it against a second writer, with the experiment written into it.

        Nothing is left of a folder that was made for what turned out to be bad input.

        Raises
        ------
        BadInput
            When it holds something else, or what another version of the model has lived; when
            another process writes to it.
        CannotWrite
        """
        self.check()
        fresh = not self.path.exists()
        try:
            self._cells.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            reason = (fault.strerror or str(fault)).lower()
            raise self._refused(reason, "a folder that can be written to") from None
        try:
            with locked(self.path, new=False):
                self._write_asked(experiment)
                # Those of a process that was killed: nobody else writes here now.
                shutil.rmtree(self.pasts, ignore_errors=True)
                yield
                shutil.rmtree(self.pasts, ignore_errors=True)
        except BadInput:
            if fresh and not any(self._cells.iterdir()):
                shutil.rmtree(self.path)
            raise

    def check(self) -> None:
        """Refuse a folder that no experiment can be kept in, or gone on with.

        Raises
        ------
        BadInput
        """
        if self.path.is_file():
            raise self._refused("a file", "a folder, or a name that is free")
        if not self.path.exists():
            return
        try:
            manifest = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
            model = manifest["model"]
        except FileNotFoundError:
            # A process that was killed at the very start leaves nothing but these.
            names = [each.name for each in self.path.iterdir() if each.name not in (LOCK, CELLS)]
            if all(name == EXPERIMENT or name.endswith(PARTIAL) for name in names):
                return
            raise self._refused("other files", "a new folder, or that of an experiment") from None
        except (OSError, ValueError, TypeError, KeyError):
            raise self._refused(f"an unreadable {MANIFEST}", "that of an experiment") from None
        if model != model_hash():
            found = f"cells of another version of the model ({model}, not {model_hash()})"
            raise self._refused(found, "a new folder: two versions are never mixed")

    def _refused(self, found: str, allowed: str) -> BadInput:
        return BadInput(place=str(self.path), field="out", found=found, allowed=allowed)

    def _write_asked(self, experiment: Experiment) -> None:
        society = experiment.scenario.society
        if isinstance(society, Graph):
            write_table(self.path / EDGES_OF_RUN, society.edge_list().frame())
        write_text(self.path / EXPERIMENT, experiment.to_yaml())
        content = {
            "kind": "experiment",
            "name": experiment.name,
            "model": model_hash(),
            "version": VERSION,
            "machine": machine(),
        }
        write_text(self.path / MANIFEST, json.dumps(content, indent=1) + "\n")

    def keep(self, cell: Cell, lived: Lived) -> None:
        """Keep a finished cell, whole or not at all.

        Raises
        ------
        CannotWrite
        """
        rows = polars.DataFrame(list(lived.rows), schema=ROWS, orient="row")
        came_to = {name: getattr(lived, name) for name in CAME_TO}
        frame = rows.with_columns(polars.lit(value).alias(name) for name, value in came_to.items())
        hashed = polars.lit(_hash_of(frame)).alias(HASH)
        write_table(self._file(cell), frame.with_columns(hashed))

    def finished(self, cell: Cell) -> bool:
        """Whether a cell is finished; a file that is not what was written is deleted."""
        path = self._file(cell)
        if not path.exists():
            return False
        try:
            self.read(cell)
        except Damaged:
            path.unlink(missing_ok=True)
            return False
        return True

    def read(self, cell: Cell) -> polars.DataFrame:
        """What a finished cell came to.

        Raises
        ------
        Damaged
            When its file is not what was written.
        """
        path = self._file(cell)
        try:
            frame = polars.read_parquet(path)
        except (OSError, polars.exceptions.PolarsError) as fault:
            raise Damaged(path, "it cannot be read") from fault
        if frame.schema != OF_FILE or frame.is_empty():
            raise Damaged(path, "it has other columns, or no rows")
        rows = frame.drop(HASH)
        if _hash_of(rows) != frame[HASH][0]:
            raise Damaged(path, "its content is not what was written")
        return rows

    def _file(self, cell: Cell) -> Path:
        return self._cells / f"{cell.name}.parquet"

    def write_results(
        self, points: Sequence[Point], cells: Iterable[Cell], factors: Sequence[str]
    ) -> polars.DataFrame:
        """Write the table of all finished cells; returns it.

        Raises
        ------
        CannotWrite
        """
        schema = _schema(points, factors)
        parts = [self._rows(cell, points[cell.point], factors, schema) for cell in cells]
        empty = polars.DataFrame(schema=schema)
        table = polars.concat([empty, *parts]) if parts else empty
        write_table(self.path / RESULTS, table)
        return table

    def _rows(
        self, cell: Cell, point: Point, factors: Sequence[str], schema: Mapping[str, Any]
    ) -> polars.DataFrame:
        settings = [
            # A factor with numbers and words among its levels is one of words.
            polars.lit(
                label_of(point.settings[name]) if schema[name] == polars.String
                else point.settings[name]
            ).alias(name)
            for name in factors
        ]  # fmt: skip
        frame = self.read(cell).with_columns(
            polars.lit(cell.name).alias("cell"),
            polars.lit(cell.point, polars.Int64).alias("point"),
            polars.lit(cell.seed, polars.Int64).alias("seed"),
            polars.lit(cell.past.name).alias("past"),
            polars.lit(model_hash()).alias("model"),
            polars.lit(VERSION).alias("version"),
            *settings,
        )
        return frame.select(*OF_CELL, *factors, *ROWS, *PROVENANCE)


def _schema(points: Sequence[Point], factors: Sequence[str]) -> dict[str, Any]:
    kinds: dict[str, Any] = {"cell": polars.String, "point": polars.Int64, "seed": polars.Int64}
    for name in factors:
        numbers = all(isinstance(point.settings[name], float) for point in points)
        kinds[name] = polars.Float64 if numbers else polars.String
    text = {name: polars.String for name in ("past", "model", "version")}
    return {**kinds, **ROWS, **CAME_TO, **text}


def _hash_of(frame: polars.DataFrame) -> str:
    return hashlib.sha256(frame.write_csv().encode()).hexdigest()
