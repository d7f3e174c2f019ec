"""What was asked and how it was lived, in plain values, for the page of an experiment."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

import polars

from glasshouse.lab.experiments.design import FACTORIAL, LATIN_HYPERCUBE, MORRIS, SAMPLED, SOBOL
from glasshouse.lab.experiments.factors import label_of
from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.experiments.points import value_at
from glasshouse.lab.sensitivity.arms import arms_of, contrasts_of
from glasshouse.lab.sensitivity.levels import levels_of
from glasshouse.report.wording import setting_said
from glasshouse.scenario.faults import BadInput

FORMAT = 1
QUANTILES = (0.1, 0.9)
"""Over seeds, analysed beside the mean."""
FEWEST_SEEDS = 5
"""Seeds from which on quantiles over them are given."""
OF_SALIB = (LATIN_HYPERCUBE, MORRIS, SOBOL)


def quantiled(findings: Findings) -> bool:
    """Whether there are seeds enough for quantiles over them."""
    return findings.table["seed"].n_unique() >= FEWEST_SEEDS


def described(findings: Findings, measures: Sequence[str]) -> dict[str, Any]:
    """Say what was asked and how it was lived, as plain values.

    Parameters
    ----------
    findings : Findings
    measures : sequence of str
        What was analysed.
    """
    asked = findings.experiment
    cells = findings.table.unique(["point", "seed"])
    return {
        "format": FORMAT,
        "name": asked.name,
        "question": asked.question,
        "about": asked.about,
        "design": {**asked.design.model_dump(mode="json"), "points": len(findings.points)},
        "factors": [_factor(findings, name) for name in findings.factors],
        "arms": [
            {"label": arm.label, "contrast": arm.there is not None}
            for arm in (*arms_of(asked), *contrasts_of(asked))
        ],
        "measures": [name for name in asked.measures if name in measures],
        "missing": [name for name in asked.measures if name not in measures],
        "others": [name for name in measures if name not in asked.measures],
        "seeds": sorted(cells["seed"].unique().to_list()),
        "stop": None if asked.stop is None else asked.stop.model_dump(mode="json"),
        **_time_and_size(findings),
        "cells": cells.height,
        "seconds": float(findings.table.unique("cell")["seconds"].sum()),
        "unfinished": _unfinished(findings, cells),
        "model": _words(findings.table["model"]),
        "version": _words(findings.table["version"]),
        "salib": version("SALib") if asked.design.kind in OF_SALIB else None,
    }


def _words(column: polars.Series) -> str:
    return ", ".join(sorted(column.unique().drop_nulls().to_list()))


def _time_and_size(findings: Findings) -> dict[str, Any]:
    """Population, days before and after, and days measured, lowest and highest of all points."""
    scenarios = {id(point.scenario): point.scenario for point in findings.points}.values()
    usual = findings.experiment.scenario
    return {
        "population": _ends([each.population for each in scenarios]),
        "days": _ends([each.days for each in scenarios]),
        "spin_up": _ends([each.timeline.spin_up for each in scenarios]),
        "at": list(findings.experiment.at),
        "scheme": usual.scheme.name,
        "schemes": sorted({each.scheme.name for each in scenarios}),
        "alone": usual.alone,
    }


def _ends(values: Sequence[int]) -> list[int]:
    return [min(values), max(values)]


def _unfinished(findings: Findings, cells: polars.DataFrame) -> int:
    """Cells of the first seeds that are not there."""
    first = findings.experiment.scenario.seed
    seeds = range(first, first + findings.experiment.seeds)
    there = set(cells.select("point", "seed").iter_rows())
    points = (point.number for point in findings.points)
    return sum((point, seed) not in there for point in points for seed in seeds)


def _factor(findings: Findings, name: str) -> dict[str, Any]:
    factor = findings.experiment.factors[name]
    kind = "arms" if factor.arms else "range" if factor.ranged else "levels"
    found: dict[str, Any] = {
        "name": name,
        "kind": kind,
        "usual": None if factor.arms else _usual(findings, name),
    }
    if kind == "range":
        found |= {"low": factor.low, "high": factor.high, "log": factor.log, "whole": factor.whole}
    else:
        levels = [factor.label(number) for number in range(factor.size)]
        found["levels"] = levels
        found["numbers"] = not factor.arms and all(
            isinstance(each, int | float) and not isinstance(each, bool) for each in factor.levels
        )
    found["changes"] = {
        arm: {path: setting_said(label_of(value)) for path, value in changes.items()}
        for arm, changes in factor.arms.items()
    }
    if findings.experiment.design.kind == FACTORIAL:
        found["levels"] = [setting_said(each) for each in levels_of(findings, name)]
    found["sampled"] = findings.experiment.design.kind in SAMPLED and not factor.arms
    return found


def _usual(findings: Findings, name: str) -> str | None:
    """What the scenario itself has, where the factor is a field of it."""
    try:
        value = value_at(findings.experiment.scenario, name)
    except BadInput:
        return None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return setting_said(float(value)) if number else label_of(value)  # type: ignore[arg-type]
