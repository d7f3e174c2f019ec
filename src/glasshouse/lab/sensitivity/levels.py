"""Levels that a factor takes at the points of an experiment."""

from __future__ import annotations

from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.experiments.points import Setting


def levels_of(findings: Findings, factor: str, varied: str | None = None) -> list[Setting]:
    """Settings of a factor in the order of the design, or only where some factor is varied."""
    settings = [
        point.settings[factor]
        for point in findings.points
        if varied is None or point.varied == varied
    ]
    return list(dict.fromkeys(settings))
