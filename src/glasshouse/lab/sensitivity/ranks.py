"""Rank correlations of a Latin hypercube: which way a factor moves a measure, and how steadily."""

from __future__ import annotations

from collections.abc import Iterator
from math import atanh, sqrt, tanh
from typing import Any

import numpy as np
import polars
from scipy import stats

from glasshouse.lab.experiments.design import LATIN_HYPERCUBE
from glasshouse.lab.experiments.factors import Factor
from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.sensitivity.analysis import Sampled, check_design, framed, samples_of
from glasshouse.lab.sensitivity.arms import Chosen
from glasshouse.lab.sensitivity.outcomes import Numbers
from glasshouse.report.intervals import CONFIDENCE

SCHEMA = {
    "arm": polars.String,
    "statistic": polars.String,
    "factor": polars.String,
    "partial": polars.Float64,
    "partial_low": polars.Float64,
    "partial_high": polars.Float64,
    "standardised": polars.Float64,
    "standardised_low": polars.Float64,
    "standardised_high": polars.Float64,
    "draws": polars.Int64,
}


def rank_correlations(
    findings: Findings, measure: str, *, quantile: float | None = None, arm: Chosen | None = None,
    minus: Chosen | None = None, group: str = "all", day: int | None = None,
) -> polars.DataFrame:  # fmt: skip
    """Partial rank correlations and standardised rank coefficients of a Latin hypercube.

    Parameters
    ----------
    findings : Findings
    measure : str
    quantile : float, optional
        A quantile over seeds; their mean without.
    arm, minus : mapping, optional
        One arm, and the arm that is taken away from it; every arm in turn without.
    group : str
    day : int, optional
        The last without.

    Returns
    -------
    polars.DataFrame
        arm, statistic, factor; ``partial``: correlation of the ranks of factor and measure, the
        other factors held fixed (limits after Fisher); ``standardised``: coefficient of the
        regression of the ranks, in standard deviations (Student's limits); draws. Null for a factor
        with more than two levels that have no order, such as words, and for too few draws.

    Raises
    ------
    BadInput
        For another design or a measure that nobody took.

    Notes
    -----
    Marino, Hogue, Ray & Kirschner (2008), Journal of Theoretical Biology 254: 178-196.
    """
    check_design(findings, [LATIN_HYPERCUBE], "main_effects, variance_shares, curves")
    rows: list[dict[str, Any]] = []
    for sample in samples_of(findings, measure, quantile, arm, minus, group, day):
        rows += _of_sample(findings, sample)
    return framed(rows, SCHEMA, "partial")


def _of_sample(findings: Findings, sample: Sampled) -> Iterator[dict[str, Any]]:
    known = ~np.isnan(sample.outcomes)
    draws = int(known.sum())
    outcomes = _standardised(stats.rankdata(sample.outcomes[known])) if draws else np.zeros(0)
    columns = {
        name: _columns(findings.experiment.factors[name], sample.rows[known, place])
        for place, name in enumerate(sample.names)
    }
    for name in sample.names:
        row: dict[str, Any] = {
            "arm": sample.arm, "statistic": sample.statistic, "factor": name, "draws": draws,
        }  # fmt: skip
        if columns[name].shape[1] == 1 and draws:
            others = [each for other, each in columns.items() if other != name]
            row |= _correlations(columns[name][:, 0], others, outcomes)
        yield {key: row.get(key) for key in SCHEMA}


def _columns(factor: Factor, places: Numbers) -> Numbers:
    """What stands for a factor in a regression: its ranks, or a column for each further word."""
    if factor.ranged:
        return _standardised(stats.rankdata(places))[:, None]
    levels = np.minimum((places * factor.size).astype(int), factor.size - 1)
    numbers = all(isinstance(each, int | float) for each in factor.levels)
    if numbers or factor.size <= 2:
        values = np.array(factor.levels, float)[levels] if numbers else levels
        return _standardised(stats.rankdata(values))[:, None]
    return np.stack([_standardised(levels == each) for each in range(1, factor.size)], axis=1)


def _standardised(values: Any) -> Numbers:
    numbers = np.asarray(values, np.float64)
    spread = float(numbers.std())
    return (numbers - numbers.mean()) / spread if spread else np.zeros_like(numbers)


def _correlations(column: Numbers, others: list[Numbers], outcomes: Numbers) -> dict[str, float]:
    draws = outcomes.size
    held = np.concatenate([np.ones((draws, 1)), *others], axis=1)
    controls = held.shape[1] - 1
    left = draws - controls - 2
    own, result = _residual(column, held), _residual(outcomes, held)
    spread = float(own @ own)
    rest = float(result @ result)
    if left < 2 or spread < 1e-9 * draws or rest < 1e-9 * draws:
        return {}
    slope = float(own @ result) / spread
    partial = float(own @ result) / sqrt(spread * rest)
    reach = stats.norm.ppf((1 + CONFIDENCE) / 2) / sqrt(max(draws - controls - 3, 1))
    error = sqrt(max(rest - slope * slope * spread, 0.0) / left / spread)
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, left)) * error
    centre = atanh(min(max(partial, -1 + 1e-12), 1 - 1e-12))
    return {
        "partial": partial, "partial_low": tanh(centre - reach),
        "partial_high": tanh(centre + reach), "standardised": slope,
        "standardised_low": slope - half, "standardised_high": slope + half,
    }  # fmt: skip


def _residual(values: Numbers, held: Numbers) -> Numbers:
    """What a regression on other columns leaves."""
    solved = np.linalg.lstsq(held, values, rcond=None)[0]
    left: Numbers = values - held @ solved
    return left
