"""The nation by district: tiles of equal population, never a real map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars

from glasshouse.report.material import Material
from glasshouse.report.pictures.figure import Figure, Panel, Table, panel
from glasshouse.report.pictures.marks import Chart, Size
from glasshouse.report.pictures.tiles import draw_tiles, placed
from glasshouse.report.wording import COUNT, SCORE, SHARE, Unit, count_of

MOST_TILES = 4096
"""With more districts than this, a tile is a city."""
TABLED = 24
MAP = Size(224, 268)


@dataclass(frozen=True)
class Metric:
    """A column of the table of districts that is worth a map."""

    title: str
    column: str
    unit: Unit


METRICS = (
    Metric("Mean score", "score_mean", SCORE),
    Metric("Doors open, mean share", "doors_open", SHARE),
    Metric("Living ties per citizen", "ties_mean", COUNT),
    Metric("Outcasts", "outcasts", SHARE),
)


def nation_figure(material: Material) -> Figure:
    """Draw the nation by district, on the last day, for the first seed."""
    title = "The nation, district by district"
    districts = _last_day(material)
    metrics = [
        metric
        for metric in METRICS
        if metric.column in districts.columns
        and districts[metric.column].null_count() < len(districts)
    ]
    if material.scheme.is_none():
        metrics = [metric for metric in metrics if metric.column != "score_mean"]
    if districts.is_empty() or not metrics:
        return Figure("nation", title, "This society has no districts, so there is no map of it.")
    seed = material.seeds[0]
    citizens = int(districts["citizens"].sum())
    unit_name = "district" if len(districts) <= MOST_TILES else "city"
    tiles = districts if unit_name == "district" else _by_city(districts)
    plural = "districts" if unit_name == "district" else "cities"
    opening = (
        f"Nation {seed} has {count_of(citizens, 'citizen')} in "
        f"{count_of(len(tiles), unit_name, plural)}. "
    )
    return Figure(
        key="nation",
        title=title,
        finding=opening + _spread(tiles, metrics[0], unit_name),
        panels=[_map(tiles, metric, unit_name) for metric in metrics[:3]],
        compact=True,
        note=(
            f"Day {int(districts['day'][0])}, one nation (seed {seed}), {material.life}. Each "
            f"tile is a {unit_name} of {'4,096' if unit_name == 'district' else '1,048,576'} "
            "people (the last may be smaller), in the order of its number; a block is a city. "
            "Colours span what was found, however little that is. It is no map of any country: "
            "that two tiles touch means nothing."
        ),
        tables=[_table(tiles, metrics, unit_name)],
    )


def _last_day(material: Material) -> polars.DataFrame:
    """Take the first seed's districts in the scheme's world on the last day there is."""
    column = polars.col
    rows = material.districts.filter(
        column("world") == material.world, column("seed") == material.seeds[0]
    )
    return rows.filter(column("day") == column("day").max()).sort("district")


def _by_city(districts: polars.DataFrame) -> polars.DataFrame:
    weight = polars.col("citizens")
    means = [
        ((polars.col(metric.column) * weight).sum() / weight.sum()).alias(metric.column)
        for metric in METRICS
    ]
    cities = districts.group_by("city").agg(weight.sum(), *means).sort("city")
    return cities.with_columns(polars.col("city").alias("district"), polars.lit(0).alias("block"))


def _map(tiles: polars.DataFrame, metric: Metric, unit_name: str) -> Panel:
    block = "block" if "block" in tiles.columns else "city"
    places = placed(tiles[block].to_list(), tiles[metric.column].to_list())

    def draw(size: Size) -> Chart:
        return draw_tiles(places, metric.unit, size)

    return panel(metric.title, _spread(tiles, metric, unit_name), draw, MAP, None)


def _spread(tiles: polars.DataFrame, metric: Metric, unit_name: str) -> str:
    """Say how far districts differ in a metric."""
    known = tiles.drop_nulls(metric.column).sort(metric.column)
    values: Sequence[float] = known[metric.column].to_list()
    numbers = known["district"].to_list()
    write = metric.unit.text
    if len(values) == 1:
        return f"{metric.title}: {write(values[0])} in its only {unit_name}."
    near = (values[-1] - values[0]) / 10 or None
    return (
        f"{metric.title} goes from {write(values[0], near)} in {unit_name} {numbers[0]} "
        f"to {write(values[-1], near)} in {unit_name} {numbers[-1]}."
    )


def _table(tiles: polars.DataFrame, metrics: Sequence[Metric], unit_name: str) -> Table:
    """Tabulate all tiles, or of many the lowest and the highest by the first metric."""
    order = tiles.sort(metrics[0].column, nulls_last=True)
    caption = f"Every {unit_name}"
    if len(order) > TABLED:
        half = TABLED // 2
        order = polars.concat([order.head(half), order.tail(half)])
        caption = f"The {half} lowest and the {half} highest by “{metrics[0].title.lower()}”"
    else:
        order = tiles
    rows = [
        [
            f"{row['district']}",
            COUNT.text(row["citizens"]),
            *(_cell(row[metric.column], metric.unit) for metric in metrics),
        ]
        for row in order.iter_rows(named=True)
    ]
    return Table(caption, [unit_name.capitalize(), "Citizens", *(m.title for m in metrics)], rows)


def _cell(value: float | None, unit: Unit) -> str:
    return "–" if value is None else unit.text(value)
