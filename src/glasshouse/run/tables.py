"""The three tables of a run as data frames.

``measures`` is tidy: a row for every seed, world, day, measure, group and region; the value is null
where the measure is not defined. ``districts`` has a row for every district on a few days,
``citizens`` one for every sampled citizen and day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

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

    @classmethod
    def of_seed(
        cls,
        seed: int,
        measures: Sequence[tuple[Any, ...]] = (),
        districts: Sequence[tuple[Any, ...]] = (),
        citizens: Sequence[tuple[Any, ...]] = (),
    ) -> Self:
        """Make tables of rows that lack only the seed."""
        return cls(
            _frame(seed, measures, MEASURES).with_columns(polars.col("value").fill_nan(None)),
            _frame(seed, districts, DISTRICTS),
            _frame(seed, citizens, CITIZENS),
        )

    @classmethod
    def joined(cls, parts: Sequence[Tables]) -> Self:
        """Put the tables of several seeds one below the other."""
        empty = cls.of_seed(0)
        return cls(
            polars.concat([empty.measures, *(part.measures for part in parts)]),
            polars.concat([empty.districts, *(part.districts for part in parts)]),
            polars.concat([empty.citizens, *(part.citizens for part in parts)]),
        )


def _frame(seed: int, rows: Sequence[tuple[Any, ...]], schema: polars.Schema) -> polars.DataFrame:
    return polars.DataFrame([(seed, *row) for row in rows], schema=schema, orient="row")
