"""What is analysed of an experiment, kept in its folder, and the page that is made from it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import polars

from glasshouse.lab.experiments.design import (
    FACTORIAL,
    LATIN_HYPERCUBE,
    MORRIS,
    ONE_AT_A_TIME,
    SAMPLED,
    SOBOL,
)
from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.sensitivity.arms import Arm, arms_of, contrasts_of
from glasshouse.lab.sensitivity.contrasts import arm_differences
from glasshouse.lab.sensitivity.curves import changes, curves
from glasshouse.lab.sensitivity.describing import FEWEST_SEEDS, QUANTILES, described, quantiled
from glasshouse.lab.sensitivity.elementary import elementary_effects
from glasshouse.lab.sensitivity.factorial import main_effects
from glasshouse.lab.sensitivity.outcomes import statistic_name
from glasshouse.lab.sensitivity.ranks import rank_correlations
from glasshouse.lab.sensitivity.variances import variance_shares
from glasshouse.report.intervals import over_seeds
from glasshouse.run.folder import write_table, write_text
from glasshouse.scenario.faults import BadInput

ANALYSIS, SUMMARY = "analysis.json", "summary.parquet"
EFFECTS, CURVES, INDICES = "effects.parquet", "curves.parquet", "indices.parquet"
MOST_PAIRED = 4_000
"""Points of a factorial design of which effects and interactions are worked out for the page."""
EFFECT = {
    "measure": polars.String, "arm": polars.String, "statistic": polars.String,
    "factor": polars.String, "from": polars.String, "to": polars.String, "other": polars.String,
    "other_from": polars.String, "other_to": polars.String, "effect": polars.Float64,
    "low": polars.Float64, "high": polars.Float64, "seeds": polars.Int64,
}  # fmt: skip
CURVE = {
    "measure": polars.String, "arm": polars.String, "statistic": polars.String,
    "factor": polars.String, "value": polars.String, "at": polars.Float64, "mean": polars.Float64,
    "low": polars.Float64, "high": polars.Float64, "seeds": polars.Int64,
}  # fmt: skip
INDEX = {
    "measure": polars.String, "arm": polars.String, "statistic": polars.String,
    "factor": polars.String, "index": polars.String, "value": polars.Float64,
    "low": polars.Float64, "high": polars.Float64, "draws": polars.Int64,
}  # fmt: skip
NAMES = {
    "mu_star": "mu_star", "mu": "mu", "sigma": "sigma", "first": "first_order",
    "total": "total_order", "partial": "partial_rank_correlation",
    "standardised": "standardised_rank_coefficient",
}  # fmt: skip
Analyse = Callable[..., polars.DataFrame]


def report(found: Findings | str | Path) -> Path:
    """Analyse an experiment and write its page.

    Parameters
    ----------
    found : Findings, str or Path
        What an experiment found, or its folder.

    Returns
    -------
    Path
        ``report.html`` in the folder.

    Raises
    ------
    BadInput
        For a folder without an experiment; for findings that live in memory only.
    CannotWrite

    Examples
    --------
    >>> import glasshouse as gh, tempfile
    >>> brief = gh.Scenario.load("fear").replace(population=64, days=2, timeline={"spin_up": 1})
    >>> found = gh.experiment({
    ...     "name": "tiny", "question": "Does fear silence?", "scenario": brief, "seeds": 2,
    ...     "factors": {"parameters.weight_of_fear": [0.1, 0.9]}, "measures": ["dissent.said"],
    ... }, workers=1, out=tempfile.mkdtemp())
    >>> report(found).name
    'report.html'
    """
    from glasshouse.report.experiment import write_experiment

    findings = found if isinstance(found, Findings) else Findings.load(found)
    return write_experiment(write_analysis(findings))


def write_analysis(findings: Findings) -> Path:
    """Write what the page is made from into an experiment's folder; returns the folder.

    ``summary.parquet`` has each point with its intervals, ``effects.parquet``, ``curves.parquet``
    and ``indices.parquet`` what the design gives, ``analysis.json`` what was asked and how. For the
    experiment's own measures and for the quantiles of the scores; for the mean over seeds and, from
    five seeds on, for the quantiles over seeds; for every arm, and for arms less the first.

    Raises
    ------
    BadInput
        For findings that live in memory only, or without any finished cell.
    CannotWrite
    """
    folder = findings.folder
    if not folder.is_dir():
        raise BadInput(
            field="out", found="findings that live in memory only",
            allowed="those of an experiment with a folder: experiment(..., out=...)",
        )  # fmt: skip
    if findings.table.is_empty():
        found = "an experiment of which no cell is finished"
        raise BadInput(place=str(folder), found=found, allowed="one with a cell to report on")
    measures = _measured(findings)
    write_table(folder / SUMMARY, _summary(findings, measures))
    write_table(folder / EFFECTS, _effects(findings, measures))
    write_table(folder / CURVES, _curves(findings, measures))
    write_table(folder / INDICES, _indices(findings, measures))
    text = json.dumps(described(findings, measures), indent=1, ensure_ascii=False)
    write_text(folder / ANALYSIS, text + "\n")
    return folder


def _measured(findings: Findings) -> list[str]:
    """The experiment's measures that were taken, then the quantiles of the scores."""
    known = findings.table.filter(polars.col("value").is_not_null(), polars.col("group") == "all")
    taken = set(known["measure"].unique())
    asked = [name for name in findings.experiment.measures if name in taken]
    quantiles = sorted(name for name in taken if name.startswith("score.quantile."))
    return list(dict.fromkeys(asked + quantiles))


def _statistics(findings: Findings) -> Sequence[float | None]:
    return (None, *QUANTILES) if quantiled(findings) else (None,)


def _arms(findings: Findings) -> list[Arm]:
    return [*arms_of(findings.experiment), *contrasts_of(findings.experiment)]


def _summary(findings: Findings, measures: Sequence[str]) -> polars.DataFrame:
    """Each point with its mean, interval and quantiles over seeds."""
    rows: list[dict[str, Any]] = []
    for measure in measures:
        values = findings.values(measure)
        for point in findings.points:
            known = [each for each in values.get(point.number, {}).values() if each is not None]
            interval = over_seeds(known)
            row = {
                "point": point.number, **point.settings, "measure": measure,
                "mean": interval.mean, "low": interval.low, "high": interval.high,
                "seeds": interval.seeds,
            }  # fmt: skip
            tails = polars.Series(known, dtype=polars.Float64)
            for part in QUANTILES:
                enough = len(known) >= FEWEST_SEEDS
                row[statistic_name(part)] = tails.quantile(part, "linear") if enough else None
            rows.append(row)
    return polars.DataFrame(rows, infer_schema_length=None)


def _each(
    findings: Findings, measures: Sequence[str], analyse: Analyse, **more: Any
) -> Iterator[polars.DataFrame]:
    """An analysis of every measure, statistic and arm."""
    for measure in measures:
        for quantile in _statistics(findings):
            for arm in _arms(findings):
                taken = None if arm.there is None else {
                    name: arm.there[name] for name in arm.here
                }  # fmt: skip
                frame = analyse(
                    findings, measure, quantile=quantile, arm=arm.here or None, minus=taken, **more
                )
                yield frame.with_columns(polars.lit(measure).alias("measure"))


def _together(frames: Iterator[polars.DataFrame], schema: dict[str, Any]) -> polars.DataFrame:
    parts = [polars.DataFrame(schema=schema)]
    for frame in frames:
        missing = [polars.lit(None, kind).alias(name) for name, kind in schema.items()
                   if name not in frame.columns]  # fmt: skip
        parts.append(frame.with_columns(missing).select(*schema))
    return polars.concat(parts)


def _effects(findings: Findings, measures: Sequence[str]) -> polars.DataFrame:
    kind = findings.experiment.design.kind
    if kind == FACTORIAL and len(findings.points) <= MOST_PAIRED:
        return _together(_each(findings, measures, main_effects), EFFECT)
    between = _together(_between_arms(findings, measures), EFFECT)
    if kind == ONE_AT_A_TIME:
        return polars.concat([_together(_each(findings, measures, changes), EFFECT), between])
    return between


def _between_arms(findings: Findings, measures: Sequence[str]) -> Iterator[polars.DataFrame]:
    if contrasts_of(findings.experiment):
        for measure in measures:
            for quantile in _statistics(findings):
                frame = arm_differences(findings, measure, quantile=quantile)
                yield frame.with_columns(polars.lit(measure).alias("measure"))


def _curves(findings: Findings, measures: Sequence[str]) -> polars.DataFrame:
    if findings.experiment.design.kind in SAMPLED or len(findings.points) > MOST_PAIRED:
        return polars.DataFrame(schema=CURVE)
    return _together(_each(findings, measures, curves), CURVE)


def _indices(findings: Findings, measures: Sequence[str]) -> polars.DataFrame:
    by_kind: dict[str, tuple[Analyse, ...]] = {
        MORRIS: (elementary_effects,),
        SOBOL: (variance_shares,),
        LATIN_HYPERCUBE: (variance_shares, rank_correlations),
    }
    frames = (
        part
        for analyse in by_kind.get(findings.experiment.design.kind, ())
        for frame in _each(findings, measures, analyse)
        for part in _long(frame)
    )
    return _together(frames, INDEX)


def _long(frame: polars.DataFrame) -> Iterator[polars.DataFrame]:
    """A row for each index instead of a column."""
    draws = "trajectories" if "trajectories" in frame.columns else "draws"
    for column, name in NAMES.items():
        if column in frame.columns and frame[column].is_not_null().any():
            yield frame.select(
                "measure", "arm", "statistic", "factor", polars.lit(name).alias("index"),
                polars.col(column).alias("value"), polars.col(f"{column}_low").alias("low"),
                polars.col(f"{column}_high").alias("high"), polars.col(draws).alias("draws"),
            )  # fmt: skip
