"""A measure along each factor, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars

from glasshouse.lab.experiments.design import FACTORIAL, ONE_AT_A_TIME
from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.sensitivity.analysis import check_design, framed
from glasshouse.lab.sensitivity.arms import Arm, Chosen, arms_of
from glasshouse.lab.sensitivity.levels import levels_of
from glasshouse.lab.sensitivity.outcomes import Numbers, Outcomes, outcomes_of, statistic_name
from glasshouse.report.intervals import Interval
from glasshouse.report.wording import setting_said

SCHEMA = {
    "arm": polars.String,
    "statistic": polars.String,
    "factor": polars.String,
    "value": polars.String,
    "at": polars.Float64,
    "mean": polars.Float64,
    "low": polars.Float64,
    "high": polars.Float64,
    "seeds": polars.Int64,
}
CHANGES = {
    "arm": polars.String,
    "statistic": polars.String,
    "factor": polars.String,
    "from": polars.String,
    "to": polars.String,
    "effect": polars.Float64,
    "low": polars.Float64,
    "high": polars.Float64,
    "seeds": polars.Int64,
}


def curves(
    findings: Findings, measure: str, *, quantile: float | None = None, arm: Chosen | None = None,
    minus: Chosen | None = None, group: str = "all", day: int | None = None,
) -> polars.DataFrame:  # fmt: skip
    """A measure along each factor.

    Of a design that varies one factor at a time, the others are as the scenario has them; of a
    factorial design it is the mean over all settings of the others.

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
        arm, statistic, factor, value as it is said and, of a number, ``at``; mean (or quantile) of
        the measure in its unit with its 95% interval over seeds; seeds.

    Raises
    ------
    BadInput
        For a sampled design or a measure that nobody took.

    Examples
    --------
    >>> import glasshouse as gh
    >>> brief = gh.Scenario.load("fear").replace(population=64, days=2, timeline={"spin_up": 1})
    >>> found = gh.experiment({
    ...     "name": "tiny", "question": "Does fear silence?", "scenario": brief, "seeds": 2,
    ...     "factors": {"parameters.weight_of_fear": {"low": 0, "high": 1}},
    ...     "design": {"kind": "one_at_a_time", "steps": 3}, "measures": ["dissent.said"],
    ... }, workers=1)
    >>> curves(found, "dissent.said")["at"].to_list()
    [0.0, 0.5, 1.0]
    """
    check_design(findings, [ONE_AT_A_TIME, FACTORIAL], "elementary_effects, variance_shares")
    rows: list[dict[str, Any]] = []
    for each in arms_of(findings.experiment, arm, minus):
        found = outcomes_of(findings, measure, each, group=group, day=day)
        for name, value, weights in _along(findings, found, each):
            interval = found.combined(weights, quantile)
            rows.append(
                {
                    "arm": each.label, "statistic": statistic_name(quantile), "factor": name,
                    "value": setting_said(value), "at": value if isinstance(value, float) else None,
                    "mean": interval.mean, **_limits(interval),
                }
            )  # fmt: skip
    return polars.DataFrame(rows, schema=SCHEMA, orient="row")


def changes(
    findings: Findings, measure: str, *, quantile: float | None = None, arm: Chosen | None = None,
    minus: Chosen | None = None, group: str = "all", day: int | None = None,
) -> polars.DataFrame:  # fmt: skip
    """How much a measure rises along each factor, from where it is lowest to where it is highest.

    Takes what :func:`curves` takes. The two ends are chosen by what was found, so the difference is
    a little too large where it is small; its interval is of the same two points, seed by seed. It
    is negative where the lowest comes at the higher value of the factor.

    Returns
    -------
    polars.DataFrame
        arm, statistic, factor, from and to which value, effect with its 95% interval, seeds; the
        largest first.

    Raises
    ------
    BadInput
        For a sampled design or a measure that nobody took.
    """
    check_design(findings, [ONE_AT_A_TIME, FACTORIAL], "elementary_effects, variance_shares")
    rows: list[dict[str, Any]] = []
    for each in arms_of(findings.experiment, arm, minus):
        found = outcomes_of(findings, measure, each, group=group, day=day)
        along: dict[str, list[tuple[Any, Numbers]]] = {}
        for name, value, weights in _along(findings, found, each):
            along.setdefault(name, []).append((value, weights))
        for name, steps in along.items():
            row = {"arm": each.label, "statistic": statistic_name(quantile), "factor": name}
            rows.append(row | _widest(found, steps, quantile))
    return framed(rows, CHANGES, "effect")


def _along(
    findings: Findings, found: Outcomes, arm: Arm
) -> Iterator[tuple[str, float | str, Numbers]]:
    """Each factor and value, with the weights of the points that give its mean."""
    one_at_a_time = findings.experiment.design.kind == ONE_AT_A_TIME
    for name in findings.factors:
        if name in arm.here or findings.experiment.factors[name].arms and one_at_a_time:
            continue
        for value in levels_of(findings, name, name if one_at_a_time else None):
            weights = np.array(
                [
                    point.settings[name] == value
                    and bool(known)
                    and (not one_at_a_time or point.varied == name)
                    for point, known in zip(found.points, found.known, strict=True)
                ],
                float,
            )
            total = weights.sum()
            yield name, value, weights / total if total else weights


def _widest(
    found: Outcomes, steps: list[tuple[Any, Numbers]], quantile: float | None
) -> dict[str, Any]:
    means = [found.combined(weights, quantile).mean for _, weights in steps]
    order = [place for place, mean in enumerate(means) if mean is not None]
    if len(order) < 2:
        return dict.fromkeys(("from", "to", "effect", "low", "high")) | {"seeds": 0}
    order.sort(key=lambda place: means[place] or 0.0)
    first, last = sorted((order[0], order[-1]))
    interval = found.combined(steps[last][1] - steps[first][1], quantile)
    ends = {"from": setting_said(steps[first][0]), "to": setting_said(steps[last][0])}
    return ends | {"effect": interval.mean} | _limits(interval)


def _limits(interval: Interval) -> dict[str, Any]:
    return {"low": interval.low, "high": interval.high, "seeds": interval.seeds}
