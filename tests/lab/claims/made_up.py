"""Findings made up by hand: what every cell came to is a plain function of what it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars

from glasshouse.lab.claims.claim import ARM, Claim, Scale, experiment_for
from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.experiments.points import points_of

Value = Callable[[str, int, int], float | None]
"""Of the arm, the draw and the seed."""


def found(claim: Claim, scale: Scale, value: Value) -> Findings:
    """Findings in which every measure of a cell has the same value."""
    experiment = experiment_for([claim], scale)
    points = points_of(experiment)
    arms = len(experiment.factors[ARM].arms)
    rows = [
        {
            "cell": f"{point.number}-{seed}", "point": point.number, "seed": seed, "day": day,
            "measure": reading.measure, "group": reading.group,
            "value": value(str(point.settings[ARM]), point.number // arms, seed),
        }
        for point in points
        for seed in range(1, scale.seeds + 1)
        for reading in claim.readings.values()
        for day in {*experiment.at, experiment.scenario.days - 1}
    ]  # fmt: skip
    table = polars.DataFrame(rows, infer_schema_length=None).unique(maintain_order=True)
    return Findings(experiment, points, table, Path("nowhere"))
