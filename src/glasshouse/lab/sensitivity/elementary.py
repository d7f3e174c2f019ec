"""Elementary effects of a Morris design."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import polars

from glasshouse.lab.experiments.design import MORRIS
from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.experiments.sampling import GRID, problem_of
from glasshouse.lab.sensitivity.analysis import Sampled, check_design, framed, samples_of
from glasshouse.lab.sensitivity.arms import Chosen
from glasshouse.lab.sensitivity.outcomes import Numbers
from glasshouse.report.intervals import CONFIDENCE

RESAMPLES = 1000
STEP = GRID / (2 * (GRID - 1))
"""How far a factor moves in a trajectory, as a part of its range."""
SCHEMA = {
    "arm": polars.String,
    "statistic": polars.String,
    "factor": polars.String,
    "mu_star": polars.Float64,
    "mu_star_low": polars.Float64,
    "mu_star_high": polars.Float64,
    "mu": polars.Float64,
    "mu_low": polars.Float64,
    "mu_high": polars.Float64,
    "sigma": polars.Float64,
    "sigma_low": polars.Float64,
    "sigma_high": polars.Float64,
    "trajectories": polars.Int64,
}


def elementary_effects(
    findings: Findings, measure: str, *, quantile: float | None = None, arm: Chosen | None = None,
    minus: Chosen | None = None, group: str = "all", day: int | None = None,
) -> polars.DataFrame:  # fmt: skip
    """Elementary effects of each factor of a Morris design (Morris 1991; Campolongo et al. 2007).

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
        arm, statistic, factor; in the measure's unit: ``mu_star``, how much it changes, whichever
        way, over the whole range of the factor, ``mu``, how much it rises, and ``sigma``, how
        much that differs from place to place, each with its 95% interval; trajectories that were
        lived whole. The largest comes first. For a factor with levels it is the change from one
        level to another.

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
    ...     "factors": {"parameters.weight_of_fear": "range", "scheme.friends.share": [0, 0.3]},
    ...     "design": {"kind": "morris", "samples": 3}, "measures": ["dissent.said"],
    ... }, workers=1)
    >>> elementary_effects(found, "dissent.said")["trajectories"].to_list()
    [3, 3]
    """
    check_design(findings, [MORRIS], "main_effects, variance_shares, curves")
    rows: list[dict[str, Any]] = []
    for sample in samples_of(findings, measure, quantile, arm, minus, group, day):
        rows += _effects(findings, sample)
    return framed(rows, SCHEMA, "mu_star")


def _effects(findings: Findings, sample: Sampled) -> Iterator[dict[str, Any]]:
    from SALib.analyze import morris

    names = sample.names
    places, outcomes = sample.whole_blocks(len(names) + 1)
    trajectories = outcomes.size // (len(names) + 1)
    fields = ("mu_star", "mu", "sigma")
    found: Any = dict.fromkeys(fields)
    limits: dict[str, Numbers] = {}
    if trajectories >= 2:
        found = morris.analyze(
            problem_of(names), places, outcomes, num_levels=GRID, num_resamples=2, seed=1
        )
        limits = _limits(_changes(places, outcomes, len(names)) / STEP)
    for column, name in enumerate(names):
        # A level is a category: the change is from one to another, not a part of a range.
        scale = 1.0 if findings.experiment.factors[name].ranged else STEP
        row: dict[str, Any] = {
            "arm": sample.arm, "statistic": sample.statistic, "factor": name,
            "trajectories": trajectories,
        }  # fmt: skip
        for each in fields if limits else ():
            low, high = limits[each][:, column] * scale
            row |= {
                each: float(found[each][column]) * scale,
                f"{each}_low": float(low),
                f"{each}_high": float(high),
            }
        yield {key: row.get(key) for key in SCHEMA}


def _changes(places: Numbers, outcomes: Numbers, factors: int) -> Numbers:
    """How much each trajectory rose along each factor: trajectories x factors."""
    steps = np.diff(places.reshape(-1, factors + 1, factors), axis=1)
    rises = np.diff(outcomes.reshape(-1, factors + 1), axis=1)
    changes: Numbers = np.einsum("tsf,ts->tf", np.sign(steps), rises)
    return changes


def _limits(effects: Numbers) -> dict[str, Numbers]:
    """95% limits over sets of trajectories drawn again: two rows, a column for each factor."""
    trajectories = len(effects)
    chance = np.random.default_rng(1)
    tried = effects[chance.integers(trajectories, size=(RESAMPLES, trajectories))]
    rest = (1 - CONFIDENCE) / 2
    ends = [rest, 1 - rest]
    return {
        "mu_star": np.quantile(np.abs(tried).mean(axis=1), ends, axis=0),
        "mu": np.quantile(tried.mean(axis=1), ends, axis=0),
        "sigma": np.quantile(tried.std(axis=1, ddof=1), ends, axis=0),
    }
