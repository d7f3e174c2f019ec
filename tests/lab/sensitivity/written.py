"""Findings written by hand: outcomes are a function of the settings, and nobody lived."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import polars

from glasshouse.lab.experiments.design import Experiment
from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.experiments.folder import EXPERIMENT, RESULTS
from glasshouse.lab.experiments.points import Point, points_of
from glasshouse.scenario import Scenario

BRIEF = Scenario.load("fear").replace(population=64, days=2, timeline={"spin_up": 1})
NAMES = [
    "parameters.weight_of_fear", "parameters.weight_of_doors", "parameters.loss_aversion",
    "parameters.horizon_days", "parameters.expressiveness_sd", "parameters.fear_sd",
]  # fmt: skip
Outcome = Callable[[Point, int], float | None | Mapping[str, float | None]]


def asked(factors: Mapping[str, Any] | int, kind: str, **more: Any) -> Experiment:
    """An experiment; a number of factors stands for that many behavioural numbers."""
    if isinstance(factors, int):
        factors = dict.fromkeys(NAMES[:factors], "range")
    design = {"kind": kind} | {key: more.pop(key) for key in ("samples", "steps") if key in more}
    fields = {"name": "written", "question": "What follows?", "scenario": BRIEF, "seeds": 1}
    return Experiment(**{**fields, "factors": factors, "design": design, **more})


def written(
    experiment: Experiment,
    outcome: Outcome,
    folder: Path | None = None,
    points: tuple[Point, ...] | None = None,
) -> Findings:
    """What an experiment would have found, were an outcome a function of point and seed."""
    points = points_of(experiment) if points is None else points
    rows = []
    for point in points:
        for seed in range(1, experiment.seeds + 1):
            given = outcome(point, seed)
            values = given if isinstance(given, Mapping) else {experiment.measures[0]: given}
            for measure, value in values.items():
                rows.append(
                    {
                        "cell": f"{point.number}-{seed}", "point": point.number, "seed": seed,
                        **point.settings, "day": 1, "measure": measure, "group": "all",
                        "value": value, "digest": "d1", "seconds": 0.1, "model": "m0de1",
                        "version": "0.1.0",
                    }
                )  # fmt: skip
    overrides = {"value": polars.Float64}
    table = polars.DataFrame(rows, schema_overrides=overrides, infer_schema_length=None)
    if folder is not None:
        (folder / EXPERIMENT).write_text(experiment.to_yaml(), encoding="utf-8")
        table.write_parquet(folder / RESULTS)
    return Findings(experiment, points, table, folder or Path("nowhere"))


def unit(point: Point) -> np.ndarray[Any, Any]:
    """Where a point lies in the unit cube."""
    return np.array(point.unit)


def ishigami(point: Point, seed: int) -> float:
    """Ishigami and Homma's function, whose indices are known."""
    x, y, z = np.pi * (2 * unit(point) - 1)
    return float(np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x))


FIRST_OF_ISHIGAMI = (0.3139, 0.4424, 0.0)
TOTAL_OF_ISHIGAMI = (0.5576, 0.4424, 0.2437)
