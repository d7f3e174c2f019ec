"""What an experiment says, in sentences: for everything, and for each measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from glasshouse.report.inquiry import (
    FACTORIAL,
    LATIN_HYPERCUBE,
    MORRIS,
    ONE_AT_A_TIME,
    SOBOL,
    Inquiry,
    interval_of,
)
from glasshouse.report.intervals import Interval
from glasshouse.report.naming import change_unit, measure_title
from glasshouse.report.wording import Unit

PART = Unit(scale=100, suffix="%", finest=0)
TO = " \u2192 "


def answer(inquiry: Inquiry) -> str:
    """Answer the question in one sentence: the largest effect on the first measure."""
    if not inquiry.measures:
        return ""
    return measure_answer(inquiry, inquiry.measures[0])


def measure_answer(inquiry: Inquiry, measure: str) -> str:
    """Say what changes a measure most, how much, and how surely."""
    say = {
        FACTORIAL: _by_effects, ONE_AT_A_TIME: _by_effects, MORRIS: _by_elementary,
        SOBOL: _by_variances, LATIN_HYPERCUBE: _by_variances,
    }  # fmt: skip
    said = say[inquiry.kind](inquiry, measure, inquiry.main_arm)
    where = f" ({inquiry.main_arm})" if inquiry.main_arm else ""
    title = measure_title(measure)
    return (
        f"{title}{where}: {said}" if said else f"{title}{where}: no factor can be told to matter."
    )


def main_rows(inquiry: Inquiry, measure: str, arm: str, statistic: str = "mean") -> list[Any]:
    """Main effects, without interactions, the largest first."""
    rows = inquiry.rows(inquiry.effects, measure, arm, statistic)
    return [row for row in rows if row["other"] is None and row["effect"] is not None]


def interaction_rows(inquiry: Inquiry, measure: str, arm: str) -> list[Any]:
    """Two-way interactions, the largest first."""
    rows = inquiry.rows(inquiry.effects, measure, arm)
    return [row for row in rows if row["other"] is not None and row["effect"] is not None]


def arm_rows(inquiry: Inquiry, measure: str) -> list[Any]:
    """Differences between arms over all points, the largest first; none for other designs."""
    if inquiry.kind == FACTORIAL or not any(inquiry.arms):
        return []
    return main_rows(inquiry, measure, "")


def change_name(inquiry: Inquiry, row: Mapping[str, Any]) -> str:
    """Name a change: the factor, and from which to which level."""
    return f"{inquiry.names[row['factor']]} {row['from']}{TO}{row['to']}"


def interaction_name(inquiry: Inquiry, row: Mapping[str, Any]) -> str:
    """Name an interaction: a change of one factor, and of the other."""
    other = f"{inquiry.names[row['other']]} {row['other_from']}{TO}{row['other_to']}"
    return f"{change_name(inquiry, row)} × {other}"


def index_rows(
    inquiry: Inquiry, measure: str, arm: str, index: str, statistic: str = "mean"
) -> list[dict[str, Any]]:
    """Rows of one index, the largest first."""
    rows = inquiry.rows(inquiry.indices, measure, arm, statistic)
    found = [row for row in rows if row["index"] == index and row["value"] is not None]
    return sorted(found, key=lambda row: -abs(row["value"]))


def _by_effects(inquiry: Inquiry, measure: str, arm: str) -> str:
    rows = main_rows(inquiry, measure, arm)
    if not rows:
        return ""
    row, unit = rows[0], change_unit(measure)
    value = interval_of(row)
    sure = [each for each in rows if interval_of(each).excludes(0.0)]
    name = f"{inquiry.names[row['factor']]} from {row['from']} to {row['to']}"
    said = f"the largest effect is that of {name}, {unit.with_limits(value)}"
    if not value.certain:
        return f"{said}."
    if not sure:
        return f"{said}, which may be nothing."
    if len(rows) == 1:
        return f"{said}."
    return f"{said}; the intervals of {_of(len(sure), len(rows), 'effect')} leave out zero."


def _of(some: int, all_of_them: int, one: str) -> str:
    return f"all {some} {one}s" if some == all_of_them else f"{some} of {all_of_them} {one}s"


def _by_elementary(inquiry: Inquiry, measure: str, arm: str) -> str:
    rows = index_rows(inquiry, measure, arm, "mu_star")
    if not rows:
        return ""
    row = rows[0]
    mean = next(
        (
            each
            for each in index_rows(inquiry, measure, arm, "mu")
            if each["factor"] == row["factor"]
        ),
        None,
    )
    unit = change_unit(measure, signed=False)
    said = (
        f"of {len(rows)} factors, {inquiry.names[row['factor']]} matters most: over its range it "
        f"changes this by {unit.with_limits(index_interval(row))}"
    )
    if mean is not None and index_interval(mean).excludes(0.0):
        said += ", upwards on average" if mean["value"] > 0 else ", downwards on average"
    return f"{said}."


def _by_variances(inquiry: Inquiry, measure: str, arm: str) -> str:
    total = index_rows(inquiry, measure, arm, "total_order")
    rows = total or index_rows(inquiry, measure, arm, "first_order")
    if not rows:
        return ""
    row = rows[0]
    value = index_interval(row)
    share = f"{_part(row['value'])} of the variance"
    limits = f"95% interval {_clipped(value)}"
    first = index_rows(inquiry, measure, arm, "first_order")
    alone = next((each for each in first if each["factor"] == row["factor"]), None)
    name = inquiry.names[row["factor"]]
    if not total or alone is None:
        return f"{name} alone explains most, {share} between the points ({limits})."
    return (
        f"most depends on {name}: {share} between the points, with its interactions ({limits}); "
        f"{_part(alone['value'])} by itself."
    )


def _part(value: float) -> str:
    return PART.text(min(max(value, 0.0), 1.0), 0.01)


def _clipped(value: Interval) -> str:
    shown = value.within(0.0, 1.0)
    assert shown.low is not None and shown.high is not None
    return f"{PART.text(shown.low, 0.01)} to {PART.text(shown.high, 0.01)}"


def index_interval(row: Mapping[str, Any]) -> Interval:
    """The interval of an index; it is over draws, not over seeds."""
    return Interval(row["value"], row["low"], row["high"], int(row["draws"] or 0))


def figures_said(inquiry: Inquiry, measures: Sequence[str]) -> list[str]:
    """Say of each measure what changes it most, and how much arms differ."""
    return [
        " ".join([measure_answer(inquiry, measure), *_arms_said(inquiry, measure)])
        for measure in measures
    ]


def _arms_said(inquiry: Inquiry, measure: str) -> Iterator[str]:
    for row in arm_rows(inquiry, measure)[:3]:
        value = change_unit(measure).with_limits(interval_of(row))
        yield f"From {row['from']} to {row['to']}, over all points: {value}."
