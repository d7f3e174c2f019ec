"""How much arms differ, all other factors taken together."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars

from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.sensitivity.analysis import framed
from glasshouse.lab.sensitivity.arms import contrasts_of
from glasshouse.lab.sensitivity.curves import CHANGES
from glasshouse.lab.sensitivity.outcomes import outcomes_of, statistic_name


def arm_differences(
    findings: Findings, measure: str, *, quantile: float | None = None, group: str = "all",
    day: int | None = None,
) -> polars.DataFrame:  # fmt: skip
    """How much a measure differs between arms, as a mean over all points of the design.

    Parameters
    ----------
    findings : Findings
        Of a design with arms that are crossed with the rest; of a factorial design see
        :func:`main_effects`.
    measure : str
    quantile : float, optional
        A quantile over seeds; their mean without.
    group : str
    day : int, optional
        The last without.

    Returns
    -------
    polars.DataFrame
        arm (empty), statistic, factor that has the arms, from and to which arm, effect with its 95%
        interval over seeds, seeds. Points that one arm lacks are left out.

    Raises
    ------
    BadInput
        For a measure that nobody took.
    """
    rows: list[dict[str, Any]] = []
    for arm in contrasts_of(findings.experiment):
        assert arm.there is not None
        found = outcomes_of(findings, measure, arm, group=group, day=day)
        weights = found.known / max(int(found.known.sum()), 1)
        interval = found.combined(np.asarray(weights, np.float64), quantile)
        factor = next(name for name, label in arm.here.items() if arm.there[name] != label)
        rows.append(
            {
                "arm": "", "statistic": statistic_name(quantile), "factor": factor,
                "from": _said(arm.there), "to": _said(arm.here), "effect": interval.mean,
                "low": interval.low, "high": interval.high, "seeds": interval.seeds,
            }
        )  # fmt: skip
    return framed(rows, CHANGES, "effect")


def _said(settings: dict[str, str]) -> str:
    return ", ".join(settings.values())
