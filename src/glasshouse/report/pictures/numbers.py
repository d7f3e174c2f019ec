"""The numbers behind the pictures of an experiment, as tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from glasshouse.report.answers import change_name, interaction_name
from glasshouse.report.inquiry import MEAN, Inquiry, interval_of
from glasshouse.report.intervals import Interval
from glasshouse.report.naming import change_unit, measure_title, value_unit
from glasshouse.report.pictures.figure import Table
from glasshouse.report.wording import FINE_CHANGE, Unit

INDICES = {
    "mu_star": "Size of elementary effects (μ*)",
    "mu": "Mean elementary effect (μ)",
    "sigma": "Spread of elementary effects (σ)",
    "first_order": "Part of the variance alone",
    "total_order": "Part with interactions",
    "partial_rank_correlation": "Partial rank correlation",
    "standardised_rank_coefficient": "Standardised rank coefficient",
}
PART = Unit(scale=100, suffix="%", finest=1)
ABOUT_SEEDS = "nations"


def figure_tables(inquiry: Inquiry, measure: str) -> list[Table]:
    """Tabulate all that is drawn of a measure, and the quantiles over nations beside."""
    tables = [
        *_effects(inquiry, measure),
        *_indices(inquiry, measure),
        *_curves(inquiry, measure),
    ]
    return [table for table in tables if table.rows]


def others_tables(inquiry: Inquiry) -> list[Table]:
    """Tabulate what changes the measures that no picture shows, such as quantiles of scores."""
    tables = []
    for measure in inquiry.about["others"]:
        if measure not in inquiry.measures:
            tables += [*_effects(inquiry, measure), *_indices(inquiry, measure)]
    return [table for table in tables if table.rows]


def statistic_words(statistic: str) -> str:
    """Say what a statistic over nations is.

    Examples
    --------
    >>> statistic_words("mean"), statistic_words("10% quantile")
    ('mean over nations', '10% quantile over nations')
    """
    return f"{statistic} over {ABOUT_SEEDS}"


def _effects(inquiry: Inquiry, measure: str) -> Iterator[Table]:
    unit = change_unit(measure)
    statistics = inquiry.statistics(inquiry.effects, measure)
    for arm in dict.fromkeys(["", *inquiry.arms]):
        by: dict[str, list[Interval | None]] = {}
        for place, statistic in enumerate(statistics):
            for row in inquiry.rows(inquiry.effects, measure, arm, statistic):
                name = change_name(inquiry, row) if row["to"] else inquiry.names[row["factor"]]
                if row["other"] is not None:
                    name = interaction_name(inquiry, row)
                if row["effect"] is not None:
                    # Along a curve the ends may differ from one statistic to another.
                    by.setdefault(name, [None] * len(statistics))[place] = interval_of(row)
        head = ["Change", *map(statistic_words, statistics)]
        rows = [[name, *(_cell(unit, each) for each in values)] for name, values in by.items()]
        yield Table(_caption("Effects on", measure, arm), head, rows)


def _indices(inquiry: Inquiry, measure: str) -> Iterator[Table]:
    for arm in inquiry.arms or [""]:
        for statistic in inquiry.statistics(inquiry.indices, measure):
            found = inquiry.rows(inquiry.indices, measure, arm, statistic)
            names = [name for name in INDICES if any(row["index"] == name for row in found)]
            by: dict[str, dict[str, Any]] = {}
            for row in found:
                by.setdefault(row["factor"], {})[row["index"]] = row
            rows = [
                [
                    inquiry.names[factor],
                    *(_cell(_unit_of_index(name, measure), _interval(each.get(name)))
                      for name in names),
                ]
                for factor, each in by.items()
            ]  # fmt: skip
            caption = _caption("What matters for", measure, arm)
            if statistic != MEAN:
                caption += f", {statistic_words(statistic)}"
            yield Table(caption, ["Factor", *(INDICES[name] for name in names)], rows)


def _unit_of_index(name: str, measure: str) -> Unit:
    if name in ("mu_star", "sigma"):
        return change_unit(measure, signed=False)
    if name == "mu":
        return change_unit(measure)
    return PART if name.endswith("_order") else FINE_CHANGE


def _curves(inquiry: Inquiry, measure: str) -> Iterator[Table]:
    unit = value_unit(measure)
    for arm in inquiry.arms or [""]:
        rows = [
            [f"{inquiry.names[row['factor']]} {row['value']}", unit.cell(interval_of(row, "mean"))]
            for row in inquiry.rows(inquiry.curves, measure, arm)
        ]
        yield Table(_caption("Along each factor:", measure, arm), ["Value", "Mean"], rows)


def _caption(words: str, measure: str, arm: str) -> str:
    where = f", {arm}" if arm else ""
    return f"{words} {measure_title(measure)}{where}, with 95% interval"


def _interval(row: dict[str, Any] | None) -> Interval | None:
    return None if row is None else Interval(row["value"], row["low"], row["high"], 0)


def _cell(unit: Unit, value: Interval | None) -> str:
    return "–" if value is None else unit.cell(value)


def table_of_points(inquiry: Inquiry, most: int) -> Table:
    """Tabulate every point: its settings, and each measure with its interval."""
    columns = {measure: inquiry.points(measure)[:most] for measure in inquiry.measures}
    first = next(iter(columns.values()), [])
    rows = []
    for number, (settings, _) in enumerate(first):
        cells = [value_unit(measure).cell(found[number][1]) for measure, found in columns.items()]
        rows.append([str(number), *settings.values(), *cells])
    head = ["Point", *inquiry.names.values(), *map(measure_title, columns)]
    return Table("Every point, mean over nations with 95% interval", head, rows)
