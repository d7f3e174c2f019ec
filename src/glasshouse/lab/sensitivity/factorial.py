"""Main effects and two-way interactions of a factorial design, on the same draws."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

import numpy as np
import polars

from glasshouse.lab.experiments.design import FACTORIAL
from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.experiments.points import Point, Setting
from glasshouse.lab.sensitivity.analysis import check_design, framed
from glasshouse.lab.sensitivity.arms import Arm, Chosen, arms_of
from glasshouse.lab.sensitivity.levels import levels_of
from glasshouse.lab.sensitivity.outcomes import Numbers, Outcomes, outcomes_of, statistic_name
from glasshouse.report.wording import setting_said

SCHEMA = {
    "arm": polars.String,
    "statistic": polars.String,
    "factor": polars.String,
    "from": polars.String,
    "to": polars.String,
    "other": polars.String,
    "other_from": polars.String,
    "other_to": polars.String,
    "effect": polars.Float64,
    "low": polars.Float64,
    "high": polars.Float64,
    "seeds": polars.Int64,
}
Sides = list[tuple[float, Mapping[str, Any]]]
"""Weight and settings of each side of a difference."""


def main_effects(
    findings: Findings, measure: str, *, quantile: float | None = None, arm: Chosen | None = None,
    minus: Chosen | None = None, interactions: bool = True, group: str = "all",
    day: int | None = None,
) -> polars.DataFrame:  # fmt: skip
    """How much each level of a factorial design changes a measure, against the first level.

    Parameters
    ----------
    findings : Findings
    measure : str
    quantile : float, optional
        A quantile over seeds; their mean without.
    arm, minus : mapping, optional
        One arm, and the arm that is taken away from it; the whole design without.
    interactions : bool
        Whether two-way interactions are given too.
    group : str
    day : int, optional
        The last without.

    Returns
    -------
    polars.DataFrame
        arm, statistic, factor, from and to which level; of an interaction also the other factor and
        its levels; effect in the measure's unit, with its 95% interval, and the seeds it is taken
        over. A main effect is the mean over all settings of the other factors; an interaction is
        how much larger the effect is at the other factor's level ``other_to`` than at
        ``other_from``. Every difference is taken between points with the same draws, seed by seed;
        settings at which one side was not lived are left out on both. The largest comes first.

    Raises
    ------
    BadInput
        For another design or a measure that nobody took.
    """
    check_design(findings, [FACTORIAL], "elementary_effects, variance_shares, curves")
    rows: list[dict[str, Any]] = []
    for each in arms_of(findings.experiment, arm, minus):
        found = outcomes_of(findings, measure, each, group=group, day=day)
        rows += _effects(findings, found, each, quantile, interactions)
    return framed(rows, SCHEMA, "effect")


def _effects(
    findings: Findings, found: Outcomes, arm: Arm, quantile: float | None, interactions: bool
) -> Iterator[dict[str, Any]]:
    factors = {name: levels_of(findings, name) for name in findings.factors if name not in arm.here}
    label = {"arm": arm.label, "statistic": statistic_name(quantile)}
    for name, levels in factors.items():
        for level in levels[1:]:
            sides: Sides = [(1.0, {name: level}), (-1.0, {name: levels[0]})]
            row = {
                **label,
                "factor": name,
                "from": setting_said(levels[0]),
                "to": setting_said(level),
            }
            yield row | _measured(found, sides, quantile)
    if not interactions:
        return
    for (name, levels), (other, others) in combinations(factors.items(), 2):
        for level in levels[1:]:
            for another in others[1:]:
                sides = [
                    (1.0, {name: level, other: another}),
                    (-1.0, {name: levels[0], other: another}),
                    (-1.0, {name: level, other: others[0]}),
                    (1.0, {name: levels[0], other: others[0]}),
                ]
                row = {
                    **label, **_change(name, levels[0], level),
                    "other": other, "other_from": setting_said(others[0]),
                    "other_to": setting_said(another),
                }  # fmt: skip
                yield row | _measured(found, sides, quantile)


def _change(name: str, first: Setting, last: Setting) -> dict[str, str]:
    return {"factor": name, "from": setting_said(first), "to": setting_said(last)}


def _measured(found: Outcomes, sides: Sides, quantile: float | None) -> dict[str, Any]:
    interval = found.combined(paired_weights(found, sides), quantile)
    return {
        "effect": interval.mean, "low": interval.low, "high": interval.high,
        "seeds": interval.seeds,
    }  # fmt: skip


def paired_weights(found: Outcomes, sides: Sides) -> Numbers:
    """Weights of points for the mean difference between sides that agree in all else."""
    weights = np.zeros(len(found.points))
    by_others = [_by_others(found, settings) for _, settings in sides]
    common = set.intersection(*(set(each) for each in by_others))
    for (weight, _), places in zip(sides, by_others, strict=True):
        for key in common:
            weights[places[key]] += weight / len(common)
    return weights


def _by_others(found: Outcomes, settings: Mapping[str, Any]) -> dict[tuple[Any, ...], int]:
    """Places of known points at some settings, by the settings of all other factors."""
    return {
        _rest(point, settings): place
        for place, point in enumerate(found.points)
        if found.known[place]
        and all(point.settings[name] == value for name, value in settings.items())
    }


def _rest(point: Point, varied: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(value for name, value in point.settings.items() if name not in varied)
