"""What pictures show, and that their sentences say what the data say."""

from __future__ import annotations

from pathlib import Path

import polars
import pytest

from glasshouse.report.intervals import over_seeds
from glasshouse.report.material import Material
from glasshouse.report.pictures.citizen import added_up, chosen, citizen_figure, open_spells
from glasshouse.report.pictures.doors import doors_figure
from glasshouse.report.pictures.groups import STAKES, groups_figure
from glasshouse.report.pictures.nation import nation_figure
from glasshouse.report.pictures.scores import scores_figure
from glasshouse.report.pictures.speech import speech_figure
from glasshouse.report.pictures.tiles import NUMBERED
from glasshouse.report.wording import SHARE, SHARE_CHANGE
from glasshouse.scenario import Scenario
from tests.report.synthetic import make_run

PRESS = Scenario.load("press-sesame")


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return Material.read(make_run(tmp_path_factory.mktemp("run"), PRESS))


def last_values(material: Material, measure: str, world: str) -> list[float]:
    """Look the values of the last day up by hand."""
    rows = polars.read_parquet(material.folder / "measures.parquet").filter(
        polars.col("measure") == measure,
        polars.col("world") == world,
        polars.col("group") == "all",
        polars.col("value").is_not_null(),
    )
    return rows.filter(polars.col("day") == rows["day"].max())["value"].to_list()


def test_the_sentence_on_doors_names_the_narrowest_and_the_widest(material: Material) -> None:
    ends = {
        door: over_seeds(last_values(material, f"door.{door}.open", "press-sesame"))
        for door in PRESS.scheme.doors
    }
    order = sorted(ends, key=lambda door: ends[door].mean or 0.0)
    finding = doors_figure(material).finding
    assert f"the {order[-1]} door is open to {SHARE.with_limits(ends[order[-1]])}" in finding
    assert f"the {order[0]} door to {SHARE.with_limits(ends[order[0]])}" in finding


def test_the_sentence_on_opinions_gives_the_paired_difference(material: Material) -> None:
    here = last_values(material, "dissent.held", "press-sesame")
    there = last_values(material, "dissent.held", "none")
    change = over_seeds([a - b for a, b in zip(here, there, strict=True)])
    assert SHARE_CHANGE.inside(change) in speech_figure(material).finding


def test_every_group_has_a_row_in_the_table_of_who_loses(material: Material) -> None:
    figure = groups_figure(material)
    assert len(figure.panels) == len(STAKES)
    assert [row[0] for row in figure.tables[0].rows] == [
        "everybody",
        "majority",
        "minority",
        "dissenters",
        "not dissenters",
    ]


def test_the_citizen_shown_is_the_middle_dissenter() -> None:
    diary = polars.DataFrame(
        {
            "citizen": [1, 2, 3, 4, 5],
            "day": [9] * 5,
            "camp": ["dissenters", "dissenters", "dissenters", "dissenters", "others"],
            "score": [500.0, 400.0, 450.0, 600.0, 460.0],
        }
    )
    assert chosen(diary) == 3
    assert chosen(diary.filter(polars.col("camp") == "others")) == 5


def test_the_ledger_of_the_year_sums_to_the_change_of_the_score(material: Material) -> None:
    diary = material.citizens.filter(polars.col("world") == "press-sesame")
    days = diary.filter(polars.col("citizen") == chosen(diary.sort("day"))).sort("day")
    change = days["score"][-1] - days["score"][0] + days["change"][0]
    assert sum(entry.amount for entry in added_up(days)) == pytest.approx(change, abs=1e-6)
    assert [entry.name for entry in added_up(days)].count("friends' scores") == 1


def test_spells_of_an_open_door_are_its_stretches_of_days() -> None:
    days = polars.DataFrame(
        {"day": [0, 1, 2, 3, 4], "doors": [["loan"], ["loan"], [], ["loan", "house"], ["loan"]]}
    )
    assert open_spells(days, "loan") == [(0, 1), (3, 4)]
    assert open_spells(days, "house") == [(3, 3)]
    assert open_spells(days, "travel") == []


@pytest.mark.parametrize("population", [64, 20_000, 4096 * 600])
def test_a_map_has_a_tile_for_every_district(tmp_path: Path, population: int) -> None:
    scenario = PRESS.replace(population=population, replicates=1, days=20)
    figure = nation_figure(Material.read(make_run(tmp_path, scenario)))
    districts = -(-population // 4096)
    tiles = figure.panels[0].wide
    assert tiles.count("Z") >= districts
    assert f"{districts:,} district" in figure.finding
    assert (tiles.count("<text") > districts) == (districts <= NUMBERED)
    assert len(figure.panels[0].wide) < 100_000


def test_an_abolished_scheme_ends_where_its_measures_end(tmp_path: Path) -> None:
    scenario = PRESS.replace(days=60, replicates=2, timeline={"spin_up": 10, "abolition": 40})
    folder = make_run(tmp_path, scenario)
    table = polars.read_parquet(folder / "measures.parquet")
    gone = polars.col("measure").str.starts_with("score.") & (polars.col("day") > 30)
    value = polars.when(gone).then(None).otherwise(polars.col("value"))
    table.with_columns(value=value).write_parquet(folder / "measures.parquet")
    finding = scores_figure(Material.read(folder)).finding
    assert "On day 30 " in finding
    assert "abolished on day 40" in finding


def test_a_scheme_that_moves_no_score_draws_none(tmp_path: Path) -> None:
    folder = make_run(tmp_path, Scenario.load("fear").replace(days=20, replicates=2))
    table = polars.read_parquet(folder / "measures.parquet")
    still = polars.col("measure").str.starts_with("score.quantile")
    value = polars.when(still).then(500.0).otherwise(polars.col("value"))
    table.with_columns(value=value).write_parquet(folder / "measures.parquet")
    material = Material.read(folder)
    assert "keeps the 500 points" in scores_figure(material).finding
    assert not scores_figure(material).panels
    assert not citizen_figure(material).panels
