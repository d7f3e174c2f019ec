"""How much of the variance of a measure each factor explains."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars

from glasshouse.lab.experiments.design import LATIN_HYPERCUBE, SOBOL
from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.experiments.sampling import problem_of
from glasshouse.lab.sensitivity.analysis import Sampled, check_design, framed, samples_of
from glasshouse.lab.sensitivity.arms import Chosen
from glasshouse.lab.sensitivity.given import first_order

MOST_RESAMPLED = 4_000_000
"""Numbers drawn again at once, which bounds the memory."""
RBD_FAST = "rbd_fast"
SCHEMA = {
    "arm": polars.String,
    "statistic": polars.String,
    "factor": polars.String,
    "first": polars.Float64,
    "first_low": polars.Float64,
    "first_high": polars.Float64,
    "total": polars.Float64,
    "total_low": polars.Float64,
    "total_high": polars.Float64,
    "method": polars.String,
    "draws": polars.Int64,
}


def variance_shares(
    findings: Findings, measure: str, *, quantile: float | None = None, arm: Chosen | None = None,
    minus: Chosen | None = None, group: str = "all", day: int | None = None,
) -> polars.DataFrame:  # fmt: skip
    """Part of the variance between points that each factor explains.

    Of a Sobol design the first-order and total indices (Saltelli et al. 2010); of a Latin hypercube
    the first-order index (random balance design). Factors are drawn evenly from their ranges and
    levels, and the variance is that of these draws.

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
        arm, statistic, factor; ``first``: the part that a factor explains alone; ``total``: the
        part that would be left if all others were known, interactions included; each with its 95%
        interval, cut off by nothing, so that a small index may reach below 0; method; draws that
        were lived whole. The largest comes first. Null where the measure never varies, or for fewer
        than ten points of a Latin hypercube.

    Raises
    ------
    BadInput
        For another design or a measure that nobody took.

    Examples
    --------
    >>> import glasshouse as gh
    >>> brief = gh.Scenario.load("fear").replace(population=64, days=2, timeline={"spin_up": 1})
    >>> found = gh.experiment({
    ...     "name": "tiny", "question": "What silences?", "scenario": brief, "seeds": 1,
    ...     "factors": {"parameters.weight_of_fear": "range"},
    ...     "design": {"kind": "sobol", "samples": 4}, "measures": ["dissent.said"],
    ... }, workers=1)
    >>> variance_shares(found, "dissent.said")["draws"].to_list()
    [4]
    """
    check_design(findings, [SOBOL, LATIN_HYPERCUBE], "main_effects, elementary_effects, curves")
    sobol = findings.experiment.design.kind == SOBOL
    rows: list[dict[str, Any]] = []
    for sample in samples_of(findings, measure, quantile, arm, minus, group, day):
        rows += _of_blocks(sample) if sobol else _of_draws(sample)
    return framed(rows, SCHEMA, "total" if sobol else "first")


def _of_blocks(sample: Sampled) -> Iterator[dict[str, Any]]:
    """Indices of a Sobol design: blocks of one base point, a point for each factor, another."""
    from SALib.analyze import sobol

    size = len(sample.names) + 2
    _, outcomes = sample.whole_blocks(size)
    draws = outcomes.size // size
    found: Any = None
    if draws >= 2 and np.ptp(outcomes) > 0:
        found = sobol.analyze(
            problem_of(sample.names),
            outcomes,
            calc_second_order=False,
            num_resamples=max(100, min(1000, MOST_RESAMPLED // draws)),
            seed=1,
        )
    for column in range(len(sample.names)):
        row = _row(sample, column, "sobol", draws)
        if found is not None:
            row |= _with_limits("first", found["S1"][column], found["S1_conf"][column])
            row |= _with_limits("total", found["ST"][column], found["ST_conf"][column])
        yield {key: row.get(key) for key in SCHEMA}


def _of_draws(sample: Sampled) -> Iterator[dict[str, Any]]:
    known = ~np.isnan(sample.outcomes)
    found = first_order(sample.rows[known], sample.outcomes[known], sample.names)
    for column in range(len(sample.names)):
        row = _row(sample, column, RBD_FAST, int(known.sum()))
        if found is not None:
            row |= _with_limits("first", found.share[column], found.half_width[column])
        yield {key: row.get(key) for key in SCHEMA}


def _row(sample: Sampled, column: int, method: str, draws: int) -> dict[str, Any]:
    return {
        "arm": sample.arm, "statistic": sample.statistic, "factor": sample.names[column],
        "method": method, "draws": draws,
    }  # fmt: skip


def _with_limits(name: str, value: float, half_width: float) -> dict[str, float]:
    return {
        name: float(value),
        f"{name}_low": float(value - half_width),
        f"{name}_high": float(value + half_width),
    }
