"""Levels that a factor takes at the points of an experiment."""

from __future__ import annotations

from glasshouse.lab.experiments.factors import label_of
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


def said(setting: Setting) -> str:
    """A setting in short.

    Examples
    --------
    >>> said(0.30), said(1_000_000.0), said("press")
    ('0.3', '1,000,000', 'press')
    """
    if isinstance(setting, float) and setting.is_integer() and abs(setting) >= 10_000:
        return f"{setting:,.0f}"
    return label_of(setting)
