"""What a measure came to, as a table of points by seeds, and how sure numbers made of it are."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.experiments.points import Point
from glasshouse.lab.sensitivity.arms import Arm
from glasshouse.report.intervals import CONFIDENCE, Interval, over_seeds
from glasshouse.scenario.faults import BadInput

RESAMPLES = 400
"""Sets of seeds that the interval of a quantile over seeds is taken from."""
MEAN = "mean"
Numbers = NDArray[np.float64]


def statistic_name(quantile: float | None) -> str:
    """How a number over seeds is called.

    Raises
    ------
    BadInput

    Examples
    --------
    >>> statistic_name(None), statistic_name(0.1)
    ('mean', '10% quantile')
    """
    if quantile is None:
        return MEAN
    if not 0 <= quantile <= 1:
        raise BadInput(field="quantile", found=f"{quantile:.12g}", allowed="a number from 0 to 1")
    return f"{100 * quantile:.12g}% quantile"


@dataclass(frozen=True)
class Outcomes:
    """A measure at some points.

    Attributes
    ----------
    points : tuple of Point
        In the order of the design.
    values : float64 array, points x seeds
        NaN where a cell is not there, or where the measure is not defined.
    """

    points: tuple[Point, ...]
    values: Numbers

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Whether a point has any value."""
        return np.asarray(~np.isnan(self.values).all(axis=1))

    def over_seeds(self, quantile: float | None = None) -> Numbers:
        """Mean, or a quantile, over the seeds of each point."""
        return _statistic(self.values, quantile)

    def combined(self, weights: Numbers, quantile: float | None = None) -> Interval:
        """A weighted sum of points, such as a difference, with its 95% interval.

        Of means it is worked out seed by seed, so that what all points of a seed have in common
        falls out, with Student's interval; of quantiles over seeds the interval is of the
        bootstrap over seeds.
        """
        used = np.flatnonzero(weights)
        whole = np.flatnonzero(~np.isnan(self.values[used]).any(axis=0))
        if not used.size or not whole.size:
            return Interval(None, None, None, 0)
        if quantile is None:
            return over_seeds((weights[used] @ self.values[np.ix_(used, whole)]).tolist())
        middle = float(weights[used] @ _statistic(self.values[np.ix_(used, whole)], quantile))
        if whole.size < 2:
            return Interval(middle, None, None, whole.size)
        tried = self._drawn_again(quantile, tuple(whole.tolist()))[:, used] @ weights[used]
        rest = (1 - CONFIDENCE) / 2
        low, high = np.quantile(tried, [rest, 1 - rest])
        return Interval(middle, float(low), float(high), whole.size)

    def _drawn_again(self, quantile: float, seeds: tuple[int, ...]) -> Numbers:
        """A quantile over seeds drawn again and again: resamples x points."""
        if (quantile, seeds) not in self._kept:
            chance = np.random.default_rng(1)
            drawn = np.array(seeds)[chance.integers(len(seeds), size=(RESAMPLES, len(seeds)))]
            self._kept[quantile, seeds] = np.array(
                [np.quantile(self.values[:, each], quantile, axis=1) for each in drawn]
            )
        return self._kept[quantile, seeds]

    @cached_property
    def _kept(self) -> dict[tuple[float, tuple[int, ...]], Numbers]:
        return {}


def outcomes_of(
    findings: Findings, measure: str, arm: Arm, *, group: str = "all", day: int | None = None
) -> Outcomes:
    """A measure at all points of an arm, or how much it differs from another arm.

    Points come in the order in which the design made them, so that those of a sampled design are
    one row for each row of the sample. A difference is taken seed by seed.

    Raises
    ------
    BadInput
        For a measure that nobody took.
    """
    found = findings.values(measure, group=group, day=day)
    seeds = sorted({seed for by_seed in found.values() for seed in by_seed})
    points = _points_at(findings.points, arm.here)
    values = _table(found, points, seeds)
    if arm.there is not None:
        twins = _points_at(findings.points, arm.there)
        if [_place(point) for point in points] != [_place(point) for point in twins]:
            raise ValueError("the arms were not lived at the same points")
        values = values - _table(found, twins, seeds)
    return Outcomes(tuple(points), values)


def _points_at(points: Sequence[Point], settings: dict[str, str]) -> list[Point]:
    at = [
        point
        for point in points
        if all(point.settings[name] == label for name, label in settings.items())
    ]
    return sorted(at, key=lambda point: point.number)


def _place(point: Point) -> object:
    """What two arms of one point have in common."""
    return point.unit or point.varied


def _table(
    found: dict[int, dict[int, float | None]], points: Sequence[Point], seeds: Sequence[int]
) -> Numbers:
    rows = [[_number(found.get(point.number, {}).get(seed)) for seed in seeds] for point in points]
    return np.array(rows, np.float64).reshape(len(points), len(seeds))


def _number(value: float | None) -> float:
    return np.nan if value is None else value


def _statistic(values: Numbers, quantile: float | None) -> Numbers:
    with warnings.catch_warnings():
        # A point without any value has no mean, which is not worth a warning.
        warnings.simplefilter("ignore", RuntimeWarning)
        if quantile is None:
            return np.asarray(np.nanmean(values, axis=1), np.float64)
        return np.asarray(np.nanquantile(values, quantile, axis=1), np.float64)
