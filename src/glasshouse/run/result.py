"""A finished run: its tables as data frames, and what it came to."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any, Self

import polars
from scipy.stats import t as student

from glasshouse.measures.dictionary import describe
from glasshouse.run.plan import NO_SCHEME
from glasshouse.run.reading import read_manifest, read_scenarios, read_table
from glasshouse.run.tables import SCHEMAS, Tables
from glasshouse.scenario.faults import BadInput
from glasshouse.scenario.reading import preset
from glasshouse.scenario.scenario import Scenario
from glasshouse.scenario.scheme import Scheme

CONFIDENCE = 0.95
HEADLINES = (
    *("dissent.said", "dissent.held", "chilling", "falsification"),
    *("ties.mean", "outcasts", "score.mean", "score.sd", "score.from_friends", "acts.recorded"),
)


class Run:
    """The result of :func:`glasshouse.run`.

    Attributes
    ----------
    scenarios : dict of str to Scenario
        The complete scenario of each world.
    manifest : dict
        Version, seeds, digests, machine, evidence grades.
    tables : Tables
        The tables; also one by one, as ``measures``, ``districts`` and ``citizens``.
    folder : Path or None
        Where it is kept, if it is.
    rules : dict
        Own rules it was lived with; not kept in the folder, but for their text.
    """

    def __init__(
        self,
        scenarios: Mapping[str, Scenario],
        manifest: Mapping[str, Any],
        tables: Tables,
        folder: Path | None = None,
        rules: Mapping[str, Any] | None = None,
    ) -> None:
        self.scenarios = dict(scenarios)
        self.manifest = dict(manifest)
        self.tables = tables
        self.folder = folder
        self.rules = dict(rules or {})

    @classmethod
    def load(cls, folder: str | Path) -> Self:
        """Read a run's folder.

        Raises
        ------
        BadInput
            When the folder is missing, unreadable, or holds no run.
        """
        place = Path(folder)
        manifest = read_manifest(place)
        tables = [read_table(place / f"{name}.parquet", each) for name, each in SCHEMAS.items()]
        kind = Comparison if manifest.get("kind") == "comparison" else Run
        scenarios = read_scenarios(place, manifest)
        return kind(scenarios, manifest, Tables(*tables), place)  # type: ignore[return-value]

    @property
    def measures(self) -> polars.DataFrame:
        """A row for every seed, world, day, measure, group and region."""
        return self.tables.measures

    @property
    def districts(self) -> polars.DataFrame:
        """A row for every district on a few days."""
        return self.tables.districts

    @property
    def citizens(self) -> polars.DataFrame:
        """A row for every sampled citizen and day."""
        return self.tables.citizens

    @property
    def id(self) -> str:
        """Name of the run."""
        return str(self.manifest["id"])

    @property
    def digest(self) -> str | None:
        """One hash of what all worlds and seeds remembered at the end."""
        digest: str | None = self.manifest["digest"]
        return digest

    @property
    def worlds(self) -> list[str]:
        """Names of the worlds, in the order in which they were lived."""
        return list(self.manifest["worlds"])

    @property
    def world(self) -> str:
        """The world that was asked about."""
        return self.worlds[-1]

    @property
    def scenario(self) -> Scenario:
        """The scenario of the world that was asked about."""
        return self.scenarios[self.world]

    @property
    def seeds(self) -> list[int]:
        """Seeds that were lived to the end."""
        return list(self.manifest["seeds"])

    def scheme(self, world: str) -> Scheme:
        """The scheme of a world."""
        return self.scenarios[world].scheme if world in self.scenarios else preset(NO_SCHEME)

    def summary(self, group: str = "all", region: str = "nation") -> polars.DataFrame:
        """Every measure on the last day: its mean over seeds, with a 95% interval.

        Parameters
        ----------
        group : str
            all, majority, minority, dissenters or others.
        region : str
            nation, or a city such as ``"city 0"``.

        Returns
        -------
        polars.DataFrame
            world, measure, unit, mean, low, high, seeds. ``low`` and ``high`` are null with fewer
            than two seeds: one nation says nothing about how another would have fared.
        """
        return with_intervals(self._last(group, region))

    def _last(self, group: str, region: str) -> polars.DataFrame:
        """Rows of the last day, for one group in one region."""
        return self.measures.filter(
            polars.col("day") == polars.col("day").max(),
            polars.col("group") == group,
            polars.col("region") == region,
        )

    def last_values(self, world: str | None = None) -> dict[str, float | None]:
        """Every measure's mean over seeds on the last day, for everybody; None where undefined."""
        rows = self.summary().filter(polars.col("world") == (world or self.world))
        return dict(zip(rows["measure"].to_list(), rows["mean"].to_list(), strict=True))

    def __repr__(self) -> str:
        people, days = self.manifest["population"], self.manifest["days"]
        worlds, seeds = ", ".join(self.worlds), len(self.seeds)
        kind = type(self).__name__
        return f"<{kind} {self.id}: {people:,} citizens, {days} days, {seeds} seeds; {worlds}>"

    def _repr_html_(self) -> str:
        summary = self.summary().filter(polars.col("measure").is_in(list(HEADLINES)))
        by = {(row["world"], row["measure"]): row for row in summary.iter_rows(named=True)}
        head = "".join(f'<th scope="col">{escape(world)}</th>' for world in self.worlds)
        rows = "".join(
            f'<tr><th scope="row">{escape(_labelled(measure))}</th>'
            + "".join(f"<td>{_cell(by.get((world, measure)))}</td>" for world in self.worlds)
            + "</tr>"
            for measure in HEADLINES
        )
        people, last = self.manifest["population"], self.manifest["days"] - 1
        over = f"mean over {len(self.seeds)} seeds, 95% interval"
        return (
            f"<table><caption>{escape(self.id)}: {people:,} synthetic citizens, day {last}; "
            f'{over}</caption><thead><tr><th scope="col">measure</th>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )


class Comparison(Run):
    """The result of :func:`glasshouse.compare`: several schemes, the same people and draws."""

    def differences(self, other: str = NO_SCHEME, group: str = "all") -> polars.DataFrame:
        """Every measure on the last day minus that of another world, seed by seed.

        Parameters
        ----------
        other : str
            The world to compare with.
        group : str
            all, majority, minority, dissenters or others.

        Returns
        -------
        polars.DataFrame
            world, measure, unit, mean, low, high, seeds of the paired differences.

        Raises
        ------
        BadInput
            When there is no such world.
        """
        if other not in self.worlds:
            raise BadInput(field="world", found=other, allowed=", ".join(self.worlds))
        last = self._last(group, "nation")
        there = last.filter(polars.col("world") == other).select("seed", "measure", there="value")
        paired = (
            last.filter(polars.col("world") != other)
            .join(there, on=["seed", "measure"], how="inner", maintain_order="left")
            .with_columns(value=polars.col("value") - polars.col("there"))
        )
        return with_intervals(paired)


def with_intervals(rows: polars.DataFrame) -> polars.DataFrame:
    """Mean of ``value`` over seeds for each world and measure, with Student's 95% interval."""
    value = polars.col("value")
    frame = rows.group_by("world", "measure", maintain_order=True).agg(
        mean=value.mean(), error=value.std() / value.count().sqrt(), seeds=value.count()
    )
    seeds = frame["seeds"].to_list()
    factor = [float(student.ppf((1 + CONFIDENCE) / 2, n - 1)) if n > 1 else None for n in seeds]
    reach = polars.col("error") * polars.Series(factor, dtype=polars.Float64)
    unit = polars.col("measure").map_elements(unit_of, polars.String)
    return frame.with_columns(
        unit=unit, low=polars.col("mean") - reach, high=polars.col("mean") + reach
    ).select("world", "measure", "unit", "mean", "low", "high", "seeds")


def unit_of(measure: str) -> str:
    """Unit of a measure; empty for a user's own."""
    try:
        return describe(measure).unit
    except KeyError:
        return ""


def _labelled(measure: str) -> str:
    return f"{measure} ({unit_of(measure)})"


def _cell(row: Mapping[str, Any] | None) -> str:
    if row is None or row["mean"] is None:
        return "–"
    if row["low"] is None:
        return f"{row['mean']:.3g}"
    return f"{row['mean']:.3g} ({row['low']:.3g} to {row['high']:.3g})"
