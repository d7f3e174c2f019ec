"""What the analyses of sampled designs have in common: arms in turn, numbers by factor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars

from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.sensitivity.arms import Chosen, arms_of
from glasshouse.lab.sensitivity.outcomes import Numbers, outcomes_of, statistic_name
from glasshouse.scenario.faults import BadInput


@dataclass(frozen=True)
class Sampled:
    """The outcomes of one arm of a sampled design.

    Attributes
    ----------
    arm : str
    statistic : str
    names : list of str
        The sampled factors, in the order of the sample's columns.
    rows : float64 array, points x factors
        The sample, in its own order.
    outcomes : float64 array, one for each point
        NaN where there is none.
    """

    arm: str
    statistic: str
    names: list[str]
    rows: Numbers
    outcomes: Numbers

    def whole_blocks(self, size: int) -> tuple[Numbers, Numbers]:
        """Rows and outcomes of those blocks of the sample of which every point has an outcome."""
        blocks = self.outcomes.size // size
        outcomes = self.outcomes[: blocks * size].reshape(blocks, size)
        rows = self.rows[: blocks * size].reshape(blocks, size, -1)
        whole = ~np.isnan(outcomes).any(axis=1)
        return rows[whole].reshape(-1, len(self.names)), outcomes[whole].ravel()


def sampled_factors(findings: Findings) -> list[str]:
    """Names of the factors that are sampled, not crossed, in the order of the sample."""
    return [name for name, each in findings.experiment.factors.items() if not each.arms]


def samples_of(
    findings: Findings, measure: str, quantile: float | None, arm: Chosen | None,
    minus: Chosen | None, group: str, day: int | None,
) -> Iterable[Sampled]:  # fmt: skip
    """The outcomes of each arm that is asked for."""
    names = sampled_factors(findings)
    for each in arms_of(findings.experiment, arm, minus):
        found = outcomes_of(findings, measure, each, group=group, day=day)
        rows = np.array([point.unit for point in found.points], np.float64)
        yield Sampled(each.label, statistic_name(quantile), names, rows, found.over_seeds(quantile))


def check_design(findings: Findings, kinds: Sequence[str], instead: str) -> None:
    """Refuse a design that does not give the numbers that are asked for.

    Raises
    ------
    BadInput
    """
    kind = findings.experiment.design.kind
    if kind not in kinds:
        allowed = f"{' or '.join(kinds)}; for others: {instead}"
        raise BadInput(field="design.kind", found=kind, allowed=allowed)


def framed(
    rows: Iterable[Mapping[str, Any]], schema: Mapping[str, Any], by: str
) -> polars.DataFrame:
    """A frame of rows, the largest first within each arm; what is not known comes last."""
    frame = polars.DataFrame(list(rows), schema=dict(schema), orient="row")
    return (
        frame.with_row_index(" row")
        .with_columns(
            polars.col(" row").min().over("arm").alias(" arm"),
            polars.col(by).abs().alias(" size"),
        )
        .sort(" arm", " size", descending=[False, True], nulls_last=True, maintain_order=True)
        .drop(" row", " arm", " size")
    )
