"""The folder of an experiment: what was asked, the cells that are finished, the table of results.

A finished cell is one small Parquet file named by the hash of all it depends on. So a sweep that
was stopped, or whose design was changed, goes on with what is there already, and nothing is read
that was written half. ``results.parquet`` holds all cells of the design with their provenance.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import polars

from glasshouse.chance.rule import PACKAGE, loops_hash
from glasshouse.lab.experiments.cells import Cell
from glasshouse.lab.experiments.design import Experiment
from glasshouse.lab.experiments.lives import Lived
from glasshouse.lab.experiments.points import Point
from glasshouse.run.folder import locked, write_table, write_text
from glasshouse.run.manifest import machine
from glasshouse.scenario.faults import BadInput

EXPERIMENT, MANIFEST, RESULTS = "experiment.yaml", "experiment.json", "results.parquet"
CELLS, PASTS = "cells", "pasts"
ROWS = polars.Schema(
    {
        "day": polars.Int64(),
        "measure": polars.String(),
        "group": polars.String(),
        "value": polars.Float64(),
    }
)
OF_CELL = ("cell", "point", "seed")
VERSION = version("glasshouse")
PROVENANCE = ("digest", "seconds", "model", "version")


@cache
def model_hash() -> str:
    """Hash of everything that what a cell comes to depends on besides its scenario."""
    defaults = (PACKAGE / "scenario" / "defaults.yaml").read_bytes()
    return hashlib.sha256(loops_hash().encode() + defaults).hexdigest()[:16]


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

        Raises
        ------
        BadInput
            When it holds something else, or what another version of the model has lived; when
            another process writes to it.
        CannotWrite
        """
        self._check()
        try:
            self._cells.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            reason = (fault.strerror or str(fault)).lower()
            raise self._refused(reason, "a folder that can be written to") from None
        with locked(self.path, new=False):
            write_text(self.path / EXPERIMENT, experiment.to_yaml())
            self._write_manifest(experiment)
            yield

    def _check(self) -> None:
        if self.path.is_file():
            raise self._refused("a file", "a folder, or a name that is free")
        if not self.path.exists() or not any(self.path.iterdir()):
            return
        try:
            manifest = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
            model = manifest["model"]
        except FileNotFoundError:
            raise self._refused("other files", "a new folder, or that of an experiment") from None
        except (OSError, ValueError, TypeError, KeyError):
            raise self._refused(f"an unreadable {MANIFEST}", "that of an experiment") from None
        if model != model_hash():
            found = f"cells of another version of the model ({model}, not {model_hash()})"
            raise self._refused(found, "a new folder: two versions are never mixed")

    def _refused(self, found: str, allowed: str) -> BadInput:
        return BadInput(place=str(self.path), field="out", found=found, allowed=allowed)

    def _write_manifest(self, experiment: Experiment) -> None:
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
        frame = polars.DataFrame(list(lived.rows), schema=ROWS, orient="row")
        write_table(
            self._file(cell),
            frame.with_columns(
                polars.lit(lived.digest).alias("digest"),
                polars.lit(lived.seconds).alias("seconds"),
            ),
        )

    def finished(self, cell: Cell) -> bool:
        """Whether a cell is finished; a file that cannot be read is not."""
        path = self._file(cell)
        if not path.exists():
            return False
        try:
            return polars.read_parquet_schema(path).keys() >= ROWS.keys()
        except (OSError, polars.exceptions.PolarsError):
            path.unlink(missing_ok=True)
            return False

    def read(self, cell: Cell) -> polars.DataFrame:
        """What a finished cell came to."""
        return polars.read_parquet(self._file(cell))

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
        parts = [self._rows(cell, points[cell.point], factors) for cell in cells]
        empty = polars.DataFrame(schema=_schema(points, factors))
        table = polars.concat([empty, *parts]) if parts else empty
        write_table(self.path / RESULTS, table)
        return table

    def _rows(self, cell: Cell, point: Point, factors: Sequence[str]) -> polars.DataFrame:
        settings = [polars.lit(point.settings[name]).alias(name) for name in factors]
        frame = self.read(cell).with_columns(
            polars.lit(cell.name).alias("cell"),
            polars.lit(cell.point, polars.Int64).alias("point"),
            polars.lit(cell.seed, polars.Int64).alias("seed"),
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
    kinds |= dict(ROWS)
    return kinds | {
        "digest": polars.String, "seconds": polars.Float64, "model": polars.String,
        "version": polars.String,
    }  # fmt: skip
