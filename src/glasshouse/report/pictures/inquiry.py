"""The pictures of an experiment: what changes a measure, by size and along each factor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from glasshouse.report.answers import (
    arm_rows,
    change_name,
    index_interval,
    index_rows,
    interaction_name,
    interaction_rows,
    main_rows,
    measure_answer,
)
from glasshouse.report.inquiry import (
    FACTORIAL,
    LATIN_HYPERCUBE,
    MORRIS,
    SOBOL,
    Inquiry,
    interval_of,
)
from glasshouse.report.intervals import Interval
from glasshouse.report.naming import (
    change_unit,
    change_words,
    factor_unit,
    measure_about,
    measure_title,
    value_unit,
)
from glasshouse.report.pictures.along import Curve, draw_curves
from glasshouse.report.pictures.effects import (
    Effect,
    Mark,
    draw_effects,
    effects_size,
    told_apart,
)
from glasshouse.report.pictures.figure import FULL, HALF, SMALL, Figure, Panel, Sign, panel
from glasshouse.report.pictures.grid import grid_panels
from glasshouse.report.pictures.numbers import figure_tables
from glasshouse.report.theme import HERE, MUTED, THERE, series_colour, series_dash
from glasshouse.report.wording import FINE_CHANGE, Unit

MOST_EFFECTS, MOST_INTERACTIONS, MOST_ARMS, MOST_CURVES = 10, 6, 4, 8
INDEX = Unit(scale=100, suffix="%", finest=0, lowest=0.0, highest=1.0)
ROUND = "M6 1.5a4.5 4.5 0 1 0 .01 0z"
RING = "M6 1.5a4.5 4.5 0 1 0 .01 0zM6 3.5a2.5 2.5 0 1 1-.01 0z"
SQUARE = "M2 2h8v8H2z"


def measure_figure(inquiry: Inquiry, measure: str) -> Figure:
    """Draw what an experiment says of a measure."""
    panels = [
        *_by_size(inquiry, measure),
        *_along(inquiry, measure),
        *grid_panels(inquiry, measure),
    ]
    about = measure_about(measure)
    unit = f" Unit: {about.unit}." if about.unit else ""
    return Figure(
        key=f"on-{measure.replace('.', '-')}",
        title=measure_title(measure),
        finding=measure_answer(inquiry, measure),
        panels=panels,
        note=f"{about.meaning}{unit} {_how_to_read(inquiry)}",
        tables=figure_tables(inquiry, measure),
        measures=[measure],
        legend=_legend(inquiry) if panels else (),
    )


def _how_to_read(inquiry: Inquiry) -> str:
    if inquiry.kind == MORRIS:
        return (
            "Bars are 95% intervals over trajectories. How much a factor matters is the mean size "
            "of its elementary effects (μ*); which way, their mean (μ)."
        )
    if inquiry.kind == SOBOL:
        return (
            "Bars are 95% intervals over the sample. Where the total is larger than the part by "
            "itself, the factor acts together with others. Parts are cut off at 0 and 100% here, "
            "not in the table."
        )
    if inquiry.kind == FACTORIAL:
        return (
            "Bars are 95% intervals over nations, of differences on the same draws; each effect is "
            "the mean over all settings of the other factors."
        )
    if inquiry.kind == LATIN_HYPERCUBE:
        return (
            "Bars are 95% intervals over the sample. Parts are cut off at 0 and 100% here, not in "
            "the table."
        )
    return (
        "Bars are 95% intervals over nations. An effect is taken from where the curve is lowest to "
        "where it is highest, all else as in the scenario."
    )


def _legend(inquiry: Inquiry) -> list[Sign]:
    if inquiry.kind == SOBOL:
        return [
            Sign("by itself", THERE, ROUND), Sign("with its interactions", HERE, SQUARE)
        ]  # fmt: skip
    signs = [
        Sign("interval leaves out zero", HERE, ROUND), Sign("interval holds zero", MUTED, RING)
    ]  # fmt: skip
    return (
        signs
        if len(inquiry.seeds) > 1 or inquiry.kind not in ("factorial", "one_at_a_time")
        else []
    )


def _shown_arms(inquiry: Inquiry) -> list[str]:
    """The arm that the answer is about first, then others, as many as there is room for."""
    others = [arm for arm in inquiry.arms if arm != inquiry.main_arm]
    return [inquiry.main_arm, *others][:MOST_ARMS]


def _by_size(inquiry: Inquiry, measure: str) -> Iterator[Panel]:
    between = [
        Effect(change_name(inquiry, row), [told_apart(interval_of(row))])
        for row in arm_rows(inquiry, measure)
    ]
    axis = f"Change, in {change_words(measure)}"
    yield from _forest("Between arms, over all points", between, MOST_EFFECTS,
                       change_unit(measure), axis, whole=True)  # fmt: skip
    for arm in _shown_arms(inquiry):
        where = f", {arm}" if arm else ""
        if inquiry.kind == MORRIS:
            yield from _elementary(inquiry, measure, arm, where)
        elif inquiry.kind == SOBOL:
            yield from _variances(inquiry, measure, arm, where)
        elif inquiry.kind == LATIN_HYPERCUBE:
            yield from _given(inquiry, measure, arm, where)
        else:
            yield from _effects(inquiry, measure, arm, where)


def _effects(inquiry: Inquiry, measure: str, arm: str, where: str) -> Iterator[Panel]:
    title = f"Change, in {change_words(measure)}"
    unit = change_unit(measure)
    main = [
        Effect(change_name(inquiry, row), [told_apart(interval_of(row))])
        for row in main_rows(inquiry, measure, arm)
    ]
    yield from _forest(f"Effects by size{where}", main, MOST_EFFECTS, unit, title)


def _interactions(inquiry: Inquiry, measure: str) -> Iterator[Panel]:
    both = [
        Effect(interaction_name(inquiry, row), [told_apart(interval_of(row))])
        for row in interaction_rows(inquiry, measure, inquiry.main_arm)
    ]
    title = f"Change, in {change_words(measure)}"
    unit = change_unit(measure)
    yield from _forest("Interactions by size", both, MOST_INTERACTIONS, unit, title, whole=True)


def _forest(
    title: str, effects: Sequence[Effect], most: int, unit: Unit, axis: str, *,
    whole: bool = False, zero: bool = True,
) -> Iterator[Panel]:  # fmt: skip
    """A picture of the largest effects; nothing where there are none."""
    shown = effects[:most]
    if not shown:
        return
    if len(shown) < len(effects):
        title += f": the largest {len(shown)} of {len(effects)}"
    told = "; ".join(f"{each.name}: {unit.with_limits(each.marks[-1].value)}" for each in shown[:5])
    label = f"{title}. {told}"
    wide = effects_size(shown, FULL.width if whole else HALF.width)  # type: ignore[arg-type]
    narrow = effects_size(shown, SMALL.width) if whole else None  # type: ignore[arg-type]
    draw = partial(draw_effects, shown, unit, title=axis, zero=zero)
    yield panel(title, label, lambda size: draw(size=size), wide, narrow)


def _indexed(inquiry: Inquiry, rows: Sequence[dict[str, Any]], *, apart: bool) -> list[Effect]:
    return [
        Effect(
            inquiry.names[row["factor"]],
            [told_apart(index_interval(row)) if apart else Mark(index_interval(row))],
        )
        for row in rows
    ]


def _elementary(inquiry: Inquiry, measure: str, arm: str, where: str) -> Iterator[Panel]:
    words = change_words(measure)
    size = _indexed(inquiry, index_rows(inquiry, measure, arm, "mu_star"), apart=False)
    way = _indexed(inquiry, index_rows(inquiry, measure, arm, "mu"), apart=True)
    unsigned, signed = change_unit(measure, signed=False), change_unit(measure)
    yield from _forest(f"How much{where}", size, MOST_EFFECTS, unsigned, f"μ*, in {words}")
    yield from _forest(f"Which way{where}", way, MOST_EFFECTS, signed, f"μ, in {words}")


def _variances(inquiry: Inquiry, measure: str, arm: str, where: str) -> Iterator[Panel]:
    first = {row["factor"]: row for row in index_rows(inquiry, measure, arm, "first_order")}
    effects = []
    for row in index_rows(inquiry, measure, arm, "total_order"):
        alone = _possible(index_interval(first[row["factor"]]))
        both = [Mark(alone, THERE), Mark(_possible(index_interval(row)), HERE, "square")]
        effects.append(Effect(inquiry.names[row["factor"]], both))
    yield from _forest(f"Part of the variance{where}", effects, MOST_EFFECTS, INDEX, "")


def _possible(value: Interval) -> Interval:
    """A part as it may be; what is estimated may lie a little outside."""
    assert value.mean is not None
    return replace(value.within(0.0, 1.0), mean=min(max(value.mean, 0.0), 1.0))


def _given(inquiry: Inquiry, measure: str, arm: str, where: str) -> Iterator[Panel]:
    first = [
        Effect(each.name, [replace(mark, value=_possible(mark.value)) for mark in each.marks])
        for each in _indexed(inquiry, index_rows(inquiry, measure, arm, "first_order"), apart=True)
    ]
    ranks = index_rows(inquiry, measure, arm, "partial_rank_correlation")
    way = _indexed(inquiry, ranks, apart=True)
    yield from _forest(f"Part of the variance, alone{where}", first, MOST_EFFECTS, INDEX, "")
    yield from _forest(f"Which way{where}", way, MOST_EFFECTS, FINE_CHANGE,
                       "Partial rank correlation, −1 to +1")  # fmt: skip


def _along(inquiry: Inquiry, measure: str) -> Iterator[Panel]:
    """Curves along the factors that matter most."""
    arms = [str(each["label"]) for each in inquiry.about["arms"] if not each["contrast"]][
        :MOST_ARMS
    ] or [""]
    rows = {arm: inquiry.rows(inquiry.curves, measure, arm) for arm in arms}
    order = dict.fromkeys(
        [row["factor"] for row in main_rows(inquiry, measure, inquiry.main_arm)]
        + [row["factor"] for each in rows.values() for row in each]
    )
    for name in list(order)[:MOST_CURVES]:
        mine = {
            arm: [row for row in each if row["factor"] == name and row["mean"] is not None]
            for arm, each in rows.items()
        }
        mine = {arm: each for arm, each in mine.items() if each}
        if any(len(each) > 1 for each in mine.values()):
            yield _curve(inquiry, measure, name, mine)


def _curve(
    inquiry: Inquiry, measure: str, name: str, rows: dict[str, list[dict[str, Any]]]
) -> Panel:
    unit, called = value_unit(measure), inquiry.names[name]
    ends = [(arm, each[0], each[-1]) for arm, each in rows.items()]
    told = "; ".join(
        f"{arm + ': ' if arm else ''}from {unit.with_limits(interval_of(first, 'mean'))} at "
        f"{first['value']} to {unit.with_limits(interval_of(last, 'mean'))} at {last['value']}"
        for arm, first, last in ends
    )
    label = f"{measure_title(measure)} along {called}: {told}"
    if any(row["at"] is None for each in rows.values() for row in each):
        effects = [
            Effect(
                f"{arm}, {row['value']}" if arm else str(row["value"]),
                [Mark(interval_of(row, "mean"), series_colour(place + 1))],
            )
            for place, (arm, each) in enumerate(rows.items())
            for row in each
        ]
        size = effects_size(effects, HALF.width)  # type: ignore[arg-type]
        draw = partial(draw_effects, effects, unit, zero=False)
        return panel(f"By {called}", label, lambda size: draw(size=size), size, None)
    lines = [
        Curve(
            arm,
            [(row["at"], interval_of(row, "mean")) for row in each],
            series_colour(place + 1),
            series_dash(place * 8),
        )
        for place, (arm, each) in enumerate(rows.items())
    ]
    title = f"{called}, {factor_unit(name)}" if factor_unit(name) else called
    log = bool(inquiry.factor(name).get("log"))
    legend = f" ({', '.join(arm for arm in rows)}, by dashes)" if len(rows) > 1 else ""
    return panel(
        f"Along {called}{legend}",
        label,
        lambda size: draw_curves(lines, unit, size, title, log=log),
        HALF,
        None,
    )
