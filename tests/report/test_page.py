"""The page of a run: one file, offline, readable without pictures, true to the tables."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import polars
import pytest

from glasshouse.report.comparison import write_comparison
from glasshouse.report.page import write_report
from glasshouse.scenario import Scenario
from glasshouse.scenario.faults import BadInput
from tests.report.synthetic import make_comparison, make_run

PRESS = Scenario.load("press-sesame")
LOADING = {"src", "href", "data", "action", "poster", "srcset"}


class Page(HTMLParser):
    """What a page holds, as far as the tests ask."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.text = path.read_text(encoding="utf-8")
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._silent = 0
        self.feed(self.text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        self._silent += tag in ("style", "script")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def said(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.words))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    return Page(write_report(make_run(tmp_path_factory.mktemp("run"), PRESS)))


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Page:
    scenarios = [Scenario.load(name) for name in ("credit-only", "press-sesame", "fear")]
    folder = make_comparison(tmp_path_factory.mktemp("comparison"), scenarios)
    return Page(write_comparison(folder))


@pytest.fixture(params=["page", "comparison"])
def any_page(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue(request.param)
    return found


def test_nothing_is_fetched_and_nothing_is_run(any_page: Page) -> None:
    assert not any_page.of("script")
    assert all(link.get("href") == "data:," for link in any_page.of("link"))
    for _, attributes in any_page.tags:
        for name in LOADING & set(attributes):
            assert (attributes[name] or "").startswith(("#", "data:,"))
        assert not any(name.startswith("on") for name in attributes)
    assert "@import" not in any_page.text
    assert not re.search(r"url\(\s*['\"]?(?!#)", any_page.text)


def test_every_picture_has_a_label_and_its_numbers(any_page: Page) -> None:
    pictures = [svg for svg in any_page.of("svg") if svg.get("role") == "img"]
    assert len(pictures) >= 8
    labels = [svg.get("aria-label") or "" for svg in pictures]
    assert all(len(label) > 20 for label in labels)
    for svg in any_page.of("svg"):
        assert svg.get("role") == "img" or svg.get("aria-hidden") == "true"
    assert len(any_page.of("details")) >= 5
    assert len(any_page.of("table")) >= 5


def test_contents_lead_to_places_that_exist_and_ids_are_unique(any_page: Page) -> None:
    ids = [attributes["id"] for _, attributes in any_page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for link in any_page.of("a"):
        target = link.get("href") or ""
        assert target.startswith("#") and target[1:] in ids


def test_the_page_has_a_language_a_title_and_one_first_heading(any_page: Page) -> None:
    assert any_page.of("html")[0].get("lang") == "en"
    assert any_page.of("title")
    assert len(any_page.of("h1")) == 1
    assert "Synthetic people only" in any_page.said


def test_numbers_of_the_summary_are_those_of_the_table(tmp_path: Path) -> None:
    folder = make_run(tmp_path, PRESS)
    said = Page(write_report(folder)).said
    table = polars.read_parquet(folder / "measures.parquet").filter(
        polars.col("group") == "all",
        polars.col("region") == "nation",
        polars.col("world") == "press-sesame",
        polars.col("measure") == "chilling",
    )
    last = table.filter(polars.col("day") == table["day"].max())["value"].mean()
    assert isinstance(last, float)
    assert f"{100 * last:.1f}%" in said or f"{100 * last:.0f}%" in said


def test_parameters_stand_there_with_their_grades(any_page: Page) -> None:
    for name in ("weight_of_doors", "loss_aversion", "cut_intercept"):
        assert name in any_page.said
    assert "assumed" in any_page.said


def test_the_command_to_run_it_again_is_there(page: Page) -> None:
    assert "glasshouse run" in page.said


def test_what_a_scheme_is_called_cannot_break_the_page(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>"
    scenario = PRESS.replace({"scheme.title": hostile, "scheme.about": "</p><img src=x>"})
    page = Page(write_report(make_run(tmp_path, scenario)))
    assert not page.of("script")
    assert not page.of("img")
    assert hostile in page.said


@pytest.mark.parametrize(
    "changes",
    [
        {"replicates": 1},
        {"alone": True},
        {"alone": True, "replicates": 1, "days": 5},
        {"days": 12},
        {"scheme": "none"},
        {"scheme": "fear"},
        {"scheme": "watched", "population": 64},
    ],
    ids=str,
)
def test_runs_of_every_shape_have_a_page(tmp_path: Path, changes: dict[str, object]) -> None:
    said = Page(write_report(make_run(tmp_path, PRESS.replace(**changes)))).said
    assert "nan" not in said.split()
    assert "None" not in said.split()
    if changes.get("replicates") == 1:
        assert "no number here has an interval" in said
    if changes.get("alone"):
        assert "not lived" in said


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        write_report(tmp_path)


def test_a_damaged_table_is_refused(tmp_path: Path) -> None:
    folder = make_run(tmp_path, PRESS.replace(days=5, replicates=1))
    (folder / "measures.parquet").write_bytes(b"not a table")
    with pytest.raises(BadInput, match="damaged"):
        write_report(folder)
    (folder / "measures.parquet").unlink()
    with pytest.raises(BadInput, match="no such file"):
        write_report(folder)


def test_a_run_that_was_interrupted_says_so(tmp_path: Path) -> None:
    folder = make_run(tmp_path, PRESS.replace(days=5, replicates=2))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["seeds_asked"] = [1, 2, 3, 4, 5]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert "interrupted: 2 of 5 nations" in Page(write_report(folder)).said


def test_a_comparison_shows_every_scheme(comparison: Page) -> None:
    for name in ("none", "credit-only", "press-sesame", "fear"):
        assert name in comparison.said
    assert "goes unsaid" in comparison.said
