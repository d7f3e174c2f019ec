"""What the page of an experiment is made from: the files of its folder, read once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars

from glasshouse.report.intervals import Interval
from glasshouse.report.naming import factor_names
from glasshouse.report.wording import MINUS, setting_said
from glasshouse.run.plan import NO_SCHEME
from glasshouse.scenario.document import read_document
from glasshouse.scenario.faults import BadInput
from glasshouse.scenario.scenario import Scenario

EXPERIMENT, ANALYSIS = "experiment.yaml", "analysis.json"
TABLES = ("summary", "effects", "curves", "indices")
MEAN = "mean"
LESS_NONE = f" {MINUS} {NO_SCHEME}"
FACTORIAL, ONE_AT_A_TIME, LATIN_HYPERCUBE, MORRIS, SOBOL = (
    *("factorial", "one_at_a_time", "latin_hypercube", "morris", "sobol"),
)


@dataclass(frozen=True)
class Inquiry:
    """An experiment as its folder tells it.

    Attributes
    ----------
    about
        What was asked and how it was lived.
    summary, effects, curves, indices
        The tables of the analysis.
    scenario
        What was varied.
    folder
        Where the files lie.
    """

    about: Mapping[str, Any]
    summary: polars.DataFrame
    effects: polars.DataFrame
    curves: polars.DataFrame
    indices: polars.DataFrame
    scenario: Scenario
    folder: Path

    @classmethod
    def read(cls, folder: Path) -> Inquiry:
        """Read the folder of an experiment that was analysed.

        Raises
        ------
        BadInput
            When a file is missing or damaged.
        """
        try:
            about = json.loads((folder / ANALYSIS).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise _refused(folder / ANALYSIS, "no such file") from None
        except (OSError, ValueError):
            raise _refused(folder / ANALYSIS, "a damaged file") from None
        tables = {name: _table(folder / f"{name}.parquet") for name in TABLES}
        written = read_document(folder / EXPERIMENT).value
        asked = written.get("scenario") if isinstance(written, dict) else None
        if not isinstance(asked, dict):
            raise _refused(folder / EXPERIMENT, "no scenario")
        return cls(about, **tables, scenario=Scenario(**asked), folder=folder)

    @cached_property
    def kind(self) -> str:
        """Kind of the design."""
        return str(self.about["design"]["kind"])

    @cached_property
    def factors(self) -> list[Mapping[str, Any]]:
        """Every factor with what it was varied between."""
        return list(self.about["factors"])

    def factor(self, name: str) -> Mapping[str, Any]:
        """One factor."""
        return next(each for each in self.factors if each["name"] == name)

    @cached_property
    def names(self) -> dict[str, str]:
        """Readable names of the factors."""
        return factor_names([each["name"] for each in self.factors])

    @cached_property
    def measures(self) -> list[str]:
        """Measures that are shown, in the order in which they were asked for."""
        return list(self.about["measures"]) or list(self.about["others"])[:1]

    @cached_property
    def arms(self) -> list[str]:
        """Labels of what is analysed apart: arms, then differences of arms."""
        return [str(each["label"]) for each in self.about["arms"]]

    @cached_property
    def main_arm(self) -> str:
        """What the answer is about: a difference from no scheme, else the first arm."""
        contrasts = [str(each["label"]) for each in self.about["arms"] if each["contrast"]]
        from_none = [label for label in contrasts if label.split(", ")[0].endswith(LESS_NONE)]
        return (from_none or self.arms or [""])[0]

    @cached_property
    def seeds(self) -> Sequence[int]:
        """Seeds that were lived."""
        return list(self.about["seeds"])

    def points(self, measure: str) -> list[tuple[dict[str, str], Interval]]:
        """Settings of every point as they are said, with the measure over nations."""
        rows = self.summary.filter(polars.col("measure") == measure).sort("point")
        names = list(self.names)
        return [
            ({name: setting_said(row[name]) for name in names}, interval_of(row, "mean"))
            for row in rows.iter_rows(named=True)
        ]

    def rows(
        self, table: polars.DataFrame, measure: str, arm: str, statistic: str = MEAN
    ) -> list[dict[str, Any]]:
        """Rows of a table for a measure, an arm and a statistic over seeds."""
        found = table.filter(
            polars.col("measure") == measure,
            polars.col("arm") == arm,
            polars.col("statistic") == statistic,
        )
        return list(found.iter_rows(named=True))

    def statistics(self, table: polars.DataFrame, measure: str) -> list[str]:
        """Statistics over seeds that a table has of a measure."""
        found = table.filter(polars.col("measure") == measure)["statistic"]
        return list(found.unique(maintain_order=True))


def interval_of(row: Mapping[str, Any], value: str = "effect") -> Interval:
    """The interval that a row of a table holds."""
    return Interval(row[value], row["low"], row["high"], int(row.get("seeds") or 0))


def _table(path: Path) -> polars.DataFrame:
    try:
        return polars.read_parquet(path)
    except (OSError, polars.exceptions.PolarsError):
        found = "a damaged table" if path.exists() else "no such file"
        raise _refused(path, found) from None


def _refused(path: Path, found: str) -> BadInput:
    return BadInput(place=str(path), found=found, allowed="that of an experiment that was analysed")
