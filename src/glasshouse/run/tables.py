"""The three tables of a run as data frames.

``measures`` is tidy: a row for every seed, world, day, measure, group and region; the value is null
where the measure is not defined. ``districts`` has a row for every district on a few days,
``citizens`` one for every sampled citizen and day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars

SCHEMA_VERSIONS = {"measures": 1, "districts": 1, "citizens": 1, "manifest": 1, "scenario": 1}

MEASURES = polars.Schema(
    {
        "seed": polars.Int64(),
        "world": polars.String(),
        "day": polars.Int64(),
        "measure": polars.String(),
        "group": polars.String(),
        "region": polars.String(),
        "value": polars.Float64(),
    }
)
DISTRICTS = polars.Schema(
    {
        "seed": polars.Int64(),
        "world": polars.String(),
        "day": polars.Int64(),
        "district": polars.Int64(),
        "city": polars.Int64(),
        "citizens": polars.Int64(),
        "score_mean": polars.Float64(),
        "stance_mean": polars.Float64(),
        "opinion_mean": polars.Float64(),
        "ties_mean": polars.Float64(),
        "doors_open": polars.Float64(),
        "outcasts": polars.Float64(),
    }
)
LEDGER = polars.Struct(
    {
        "row": polars.String(),
        "detail": polars.String(),
        "count": polars.Int64(),
        "amount": polars.Float64(),
    }
)
CITIZENS = polars.Schema(
    {
        "seed": polars.Int64(),
        "world": polars.String(),
        "citizen": polars.Int64(),
        "day": polars.Int64(),
        "group": polars.String(),
        "camp": polars.String(),
        "score": polars.Float64(),
        "change": polars.Float64(),
        "stance": polars.Float64(),
        "opinion": polars.Float64(),
        "ties": polars.Int64(),
        "doors": polars.List(polars.String()),
        "ledger": polars.List(LEDGER),
    }
)


SCHEMAS = {"measures": MEASURES, "districts": DISTRICTS, "citizens": CITIZENS}


@dataclass(frozen=True)
class Tables:
    """The three tables."""

    measures: polars.DataFrame
    districts: polars.DataFrame
    citizens: polars.DataFrame


def rows_of(table: str, seed: int, rows: Sequence[tuple[Any, ...]]) -> polars.DataFrame:
    """Make a data frame of rows of a table that lack only the seed.

    Examples
    --------
    >>> rows_of("measures", 1, [("none", 0, "ties.mean", "all", "nation", None)]).shape
    (1, 7)
    """
    frame = polars.DataFrame([(seed, *row) for row in rows], schema=SCHEMAS[table], orient="row")
    return frame.with_columns(polars.col(polars.Float64).fill_nan(None))
