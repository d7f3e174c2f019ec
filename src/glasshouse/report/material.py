"""What a report is made from: the files of a run's folder, read once, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import polars

from glasshouse.report.intervals import Interval, over_seeds, paired
from glasshouse.run.plan import NO_SCHEME
from glasshouse.run.reading import read_manifest, read_scenarios
from glasshouse.scenario.faults import BadInput
from glasshouse.scenario.scenario import Scenario
from glasshouse.scenario.scheme import Scheme

BySeed = Mapping[int, float | None]


@dataclass(frozen=True)
class Point:
    """A measure on one day, over seeds."""

    day: int
    value: Interval


@dataclass(frozen=True)
class Material:
    """A finished run as its folder tells it.

    Attributes
    ----------
    scenarios
        What was asked, for each world that has a scenario of its own.
    worlds
        Every world that was lived, in the order in which they were lived.
    manifest
        Version, seeds, digests and machine.
    measures
        The tidy table of measures, for the nation as a whole.
    folder
        Where the files lie.
    """

    scenarios: Mapping[str, Scenario]
    worlds: Sequence[str]
    manifest: Mapping[str, Any]
    measures: polars.DataFrame
    folder: Path

    @classmethod
    def read(cls, folder: Path) -> Material:
        """Read a run's folder."""
        manifest = read_manifest(folder)
        scenarios = read_scenarios(folder, manifest)
        measures = _nation(folder / "measures.parquet")
        worlds = list(manifest["worlds"])
        if measures.is_empty() or not scenarios:
            found = "a run of which no seed is finished"
            raise BadInput(place=str(folder), found=found, allowed="a run with a seed to report on")
        return cls(scenarios, worlds, manifest, measures, folder)

    @cached_property
    def world(self) -> str:
        """The world of the scheme that was asked about: the last that was lived."""
        return self.worlds[-1]

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario of that world."""
        return self.scenarios[self.world]

    @cached_property
    def scheme(self) -> Scheme:
        """The scheme of that world."""
        return self.scenario.scheme

    @cached_property
    def other(self) -> str | None:
        """The world without a scheme, where it was lived beside the scheme's."""
        lived = NO_SCHEME in self.worlds and self.world != NO_SCHEME
        return NO_SCHEME if lived else None

    def beside_none(self, world: str) -> Material:
        """Give one world of a comparison as a run of its own, beside the life without a scheme."""
        worlds = [NO_SCHEME, world] if NO_SCHEME in self.worlds and world != NO_SCHEME else [world]
        return replace(self, worlds=worlds)

    @cached_property
    def population(self) -> int:
        """How many citizens each nation has."""
        return int(self.manifest.get("population") or self.scenario.population)

    @cached_property
    def seeds(self) -> list[int]:
        """Every seed that was lived, in order."""
        return sorted(self.measures["seed"].unique().to_list())

    @cached_property
    def doors(self) -> list[str]:
        """The doors of the scheme."""
        return list(self.scheme.doors)

    @cached_property
    def last_day(self) -> int:
        """The last day that was measured."""
        return int(self.measures["day"].max() or 0)  # type: ignore[arg-type]

    @cached_property
    def first_day(self) -> int:
        """The first day that was measured."""
        return int(self.measures["day"].min() or 0)  # type: ignore[arg-type]

    @cached_property
    def events(self) -> list[tuple[int, str]]:
        """The days on which the rules changed, with a word for each."""
        timeline = self.scenario.timeline
        events = [(0, "introduced")] if self.first_day < 0 and self.world != NO_SCHEME else []
        events += [(reform.day, "reformed") for reform in timeline.reforms]
        if timeline.abolition is not None:
            events.append((timeline.abolition, "abolished"))
        return [event for event in events if self.first_day <= event[0] <= self.last_day]

    @cached_property
    def _rows(self) -> dict[tuple[str, str, str], polars.DataFrame]:
        parts = self.measures.partition_by(["measure", "world", "group"], as_dict=True)
        return {(str(m), str(w), str(g)): frame for (m, w, g), frame in parts.items()}

    def rows(self, measure: str, world: str, group: str = "all") -> polars.DataFrame:
        """Give the rows of a measure in a world that have a value."""
        found = self._rows.get((measure, world, group))
        if found is None:
            return self.measures.clear()
        return found.filter(polars.col("value").is_not_null() & polars.col("value").is_not_nan())

    def over_time(self, measure: str, world: str, group: str = "all") -> list[Point]:
        """Give a measure day by day, over seeds; days without a value are left out."""
        by_day = self.rows(measure, world, group).group_by("day").agg("value").sort("day")
        return [Point(int(day), over_seeds(values)) for day, values in by_day.iter_rows()]

    def last(self, measure: str, world: str, group: str = "all") -> dict[int, float | None]:
        """Give each seed's value on the last day on which the measure was taken."""
        rows = self.rows(measure, world, group)
        if rows.is_empty():
            return {}
        rows = rows.filter(polars.col("day") == polars.col("day").max())
        return dict(zip(rows["seed"].to_list(), rows["value"].to_list(), strict=True))

    def last_taken(self, measure: str, world: str | None = None) -> int:
        """Give the last day on which a measure has a value; an abolished scheme ends early."""
        days = self.rows(measure, world or self.world)["day"]
        return self.last_day if days.is_empty() else int(days.max())  # type: ignore[arg-type]

    @cached_property
    def life(self) -> str:
        """How sentences speak of the world that was asked about."""
        return "without a scheme" if self.world == NO_SCHEME else "under the scheme"

    @cached_property
    def scores_move(self) -> bool:
        """Whether anybody's score ever leaves where everybody began."""
        first = self.scheme.first_score()
        lowest = self.rows("score.quantile.5", self.world)["value"]
        highest = self.rows("score.quantile.95", self.world)["value"]
        return bool((lowest != first).any() or (highest != first).any())

    @cached_property
    def ending(self) -> str:
        """What to add where a number ends before the run does, because the scheme was abolished."""
        abolition = self.scenario.timeline.abolition
        return "" if abolition is None else f" The scheme was abolished on day {abolition}."

    def at_end(self, measure: str, world: str | None = None, group: str = "all") -> Interval:
        """Give a measure on its last day, over seeds."""
        return over_seeds(self.last(measure, world or self.world, group).values())

    def change(self, measure: str, group: str = "all", *, ratio: bool = False) -> Interval:
        """Compare the scheme's world with the other life on the last day, seed by seed."""
        if self.other is None:
            return Interval(None, None, None, 0)
        here = self.last(measure, self.world, group)
        return paired(here, self.last(measure, self.other, group), ratio=ratio)

    @cached_property
    def districts(self) -> polars.DataFrame:
        """The table of districts."""
        return polars.read_parquet(self.folder / "districts.parquet")

    @cached_property
    def citizens(self) -> polars.DataFrame:
        """The table of sampled citizens."""
        return polars.read_parquet(self.folder / "citizens.parquet")


def _nation(path: Path) -> polars.DataFrame:
    """Read the measures of the nation as a whole; those of cities may be many times as many."""
    try:
        rows = polars.scan_parquet(path).filter(polars.col("region") == "nation")
        return rows.drop("region").collect()
    except (OSError, polars.exceptions.PolarsError) as error:
        found = "a damaged file" if path.exists() else "no such file"
        raise BadInput(place=str(path), found=found, allowed="the table of a run") from error
