"""What an experiment found: means over seeds with intervals, and contrasts on the same draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import polars

from glasshouse.lab.experiments.design import Experiment
from glasshouse.lab.experiments.folder import EXPERIMENT, RESULTS
from glasshouse.lab.experiments.points import Point, points_of
from glasshouse.report.intervals import Interval, over_seeds
from glasshouse.scenario.faults import BadInput, nearest_word

_OF_SUMMARY: dict[str, Any] = {
    "measure": polars.String, "mean": polars.Float64, "low": polars.Float64,
    "high": polars.Float64, "seeds": polars.Int64,
}  # fmt: skip


class Findings:
    """What an experiment found.

    Attributes
    ----------
    experiment : Experiment
    points : tuple of Point
    table : polars.DataFrame
        A row for every cell, day, measure and group: cell, point, seed, a column for each factor,
        day, measure, group, value, and where it comes from: digest of the nation, seconds, hash of
        the model, version.
    folder : Path
    faults : dict of str to str
        Why cells could not be lived, by their point and seed.
    before : int
        How many cells were finished before this call.
    """

    def __init__(
        self,
        experiment: Experiment,
        points: Sequence[Point],
        table: polars.DataFrame,
        folder: Path,
        faults: Mapping[str, str] | None = None,
        before: int = 0,
    ) -> None:
        self.experiment = experiment
        self.points = tuple(points)
        self.table = table
        self.folder = folder
        self.faults = dict(faults or {})
        self.before = before

    @classmethod
    def load(cls, folder: str | Path) -> Self:
        """Read an experiment's folder.

        Raises
        ------
        BadInput
            When it holds none.
        """
        place = Path(folder)
        experiment = Experiment.load(place / EXPERIMENT)
        try:
            table = polars.read_parquet(place / RESULTS)
        except (OSError, polars.exceptions.PolarsError):
            found = "a damaged table" if (place / RESULTS).exists() else "no table of results"
            raise BadInput(
                place=str(place / RESULTS), found=found, allowed="that of an experiment"
            ) from None
        return cls(experiment, points_of(experiment), table, place)

    @property
    def factors(self) -> list[str]:
        """Names of the factors."""
        return list(self.experiment.factors)

    def values(
        self, measure: str, *, group: str = "all", day: int | None = None
    ) -> dict[int, dict[int, float | None]]:
        """A measure by point and seed.

        Parameters
        ----------
        measure : str
        group : str
        day : int, optional
            The last day of each cell without.

        Raises
        ------
        BadInput
            For a measure that nobody took.
        """
        for field, wanted in (("measure", measure), ("group", group)):
            known = self.table[field].unique().sort().to_list()
            if known and wanted not in known:
                near = nearest_word(wanted, known)
                allowed = "one that was taken" if field == "measure" else ", ".join(known)
                raise BadInput(field=field, found=wanted, allowed=allowed, nearest=near)
        if day is not None and day not in (days := self.table["day"].unique().sort().to_list()):
            raise BadInput(field="day", found=str(day), allowed=", ".join(map(str, days)))
        rows = self.table.filter(polars.col("measure") == measure, polars.col("group") == group)
        last = polars.col("day").max().over("cell")
        rows = rows.filter(polars.col("day") == (last if day is None else day))
        found: dict[int, dict[int, float | None]] = {}
        for point, seed, value in rows.select("point", "seed", "value").sort("seed").iter_rows():
            found.setdefault(point, {})[seed] = value
        return found

    def summary(
        self, measures: Sequence[str] | None = None, *, group: str = "all", day: int | None = None
    ) -> polars.DataFrame:
        """Mean over seeds of some measures at every point, with its 95% interval.

        Returns
        -------
        polars.DataFrame
            point, a column for each factor, measure, mean, low, high, seeds.
        """
        rows = []
        for measure in measures or self.experiment.measures:
            values = self.values(measure, group=group, day=day)
            for point in self.points:
                if point.number in values:
                    interval = over_seeds(values[point.number].values())
                    rows.append({**_of(point), "measure": measure, **_plain(interval)})
        kinds = {name: self.table.schema[name] for name in self.factors}
        schema: dict[str, Any] = {"point": polars.Int64, **kinds, **_OF_SUMMARY}
        return polars.DataFrame(rows, schema=schema, strict=False)

    def contrast(
        self, measure: str, here: Mapping[str, Any], there: Mapping[str, Any], *,
        group: str = "all", day: int | None = None,
    ) -> Interval:  # fmt: skip
        """How much a measure differs between two settings, on the same draws.

        Parameters
        ----------
        measure : str
        here, there : mapping
            Settings of the same factors; all points that agree in the others are compared in pairs.
        group : str
        day : int, optional

        Returns
        -------
        Interval
            Of the mean over pairs, here minus there; the unit of uncertainty is the seed.
        """
        if set(here) != set(there):
            found = ", ".join(sorted(set(here) ^ set(there))) + " on one side only"
            raise BadInput(field="settings", found=found, allowed="the same factors on both sides")
        values = self.values(measure, group=group, day=day)
        twins = {_others(point, here): point for point in self._at(there)}
        by_seed: dict[int, list[float]] = {}
        for point in self._at(here):
            twin = twins.get(_others(point, here))
            if twin is None:
                continue
            for seed, value in values.get(point.number, {}).items():
                other = values.get(twin.number, {}).get(seed)
                if value is not None and other is not None:
                    by_seed.setdefault(seed, []).append(value - other)
        return over_seeds(sum(each) / len(each) for each in by_seed.values())

    def _at(self, settings: Mapping[str, Any]) -> list[Point]:
        wanted = {name: _setting(value) for name, value in settings.items()}
        for name in wanted:
            if name not in self.factors:
                near = nearest_word(name, self.factors)
                allowed = ", ".join(self.factors)
                raise BadInput(field="factor", found=name, allowed=allowed, nearest=near)
        found = [
            point
            for point in self.points
            if all(point.settings[name] == value for name, value in wanted.items())
        ]
        if not found:
            raise BadInput(field="settings", found=str(dict(settings)), allowed="those of a point")
        return found

    @property
    def cells(self) -> int:
        """How many cells are finished."""
        return self.table.select("point", "seed").n_unique() if not self.table.is_empty() else 0

    def __repr__(self) -> str:
        points = len(self.points)
        return f"<Findings {self.experiment.name}: {points} points, {self.cells} cells>"

    def _repr_html_(self) -> str:
        html: str = self.summary()._repr_html_()
        return html


def _setting(value: object) -> object:
    from glasshouse.lab.experiments.factors import label_of

    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number else label_of(value)  # type: ignore[arg-type]


def _others(point: Point, varied: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple(value for name, value in point.settings.items() if name not in varied)


def _of(point: Point) -> dict[str, Any]:
    return {"point": point.number, **point.settings}


def _plain(interval: Interval) -> dict[str, Any]:
    return {
        "mean": interval.mean, "low": interval.low, "high": interval.high,
        "seeds": interval.seeds,
    }  # fmt: skip
