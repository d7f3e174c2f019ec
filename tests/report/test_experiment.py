"""The page of an experiment: one file, offline, readable without pictures, true to the tables."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import polars
import pytest
import yaml

from glasshouse.lab.sensitivity import write_analysis
from glasshouse.report.experiment import write_experiment
from glasshouse.report.methods import CITED
from glasshouse.report.wording import SHARE_CHANGE
from glasshouse.scenario.faults import BadInput
from tests.lab.sensitivity.studied import DESIGNS, FEAR, studied
from tests.report.test_browser import BROWSER, browser
from tests.report.test_page import LOADING, Page

__all__ = ["browser"]


def page_of(folder: Path, kind: str, **more: Any) -> Page:
    return Page(write_experiment(write_analysis(studied(folder, kind, **more))))


@pytest.fixture(scope="module", params=list(DESIGNS))
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Page:
    return page_of(tmp_path_factory.mktemp(request.param), request.param)


def test_nothing_is_fetched_and_nothing_is_run(page: Page) -> None:
    assert not page.of("script")
    assert all(link.get("href") == "data:," for link in page.of("link"))
    for _, attributes in page.tags:
        for name in LOADING & set(attributes):
            assert (attributes[name] or "").startswith(("#", "data:,"))
        assert not any(name.startswith("on") for name in attributes)


def test_every_picture_has_a_label_and_its_numbers_in_a_table(page: Page) -> None:
    pictures = [svg for svg in page.of("svg") if svg.get("role") == "img"]
    assert len(pictures) >= 2
    assert all(len(svg.get("aria-label") or "") > 20 for svg in pictures)
    for svg in page.of("svg"):
        assert svg.get("role") == "img" or svg.get("aria-hidden") == "true"
    assert len(page.of("table")) >= 6


def test_ids_are_unique_and_links_lead_to_them(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for link in page.of("a"):
        target = link.get("href") or ""
        assert target.startswith("#") and target[1:] in ids


def test_it_says_what_was_asked_what_was_varied_and_how_it_was_done(page: Page) -> None:
    said = page.said
    assert "What becomes of speech when friends' scores count?" in said
    assert "weight of fear" in said and FEAR in said
    for words in ("common random numbers", "0.1.0", "m0de1", "experiment.yaml --out"):
        assert words in said
    assert "95% interval" in said
    assert len(page.of("h1")) == 1 and page.of("html")[0].get("lang") == "en"
    assert not {"nan", "None", "null"} & set(re.findall(r"\w+", said))


def test_salib_is_cited_where_it_was_used(page: Page) -> None:
    sampled = any(word in page.said for word in ("Morris", "Sobol", "Latin"))
    assert ("10.18174/sesmo.18155" in page.said) == sampled
    levels = sampled and ("lowest" in page.said or "society.slots" in page.said)
    assert ("drawn as categories" in page.said) == levels


def test_the_answer_is_the_largest_effect_of_the_table(tmp_path: Path) -> None:
    said = page_of(tmp_path, "factorial").said
    effects = polars.read_parquet(tmp_path / "effects.parquet").filter(
        polars.col("other").is_null(), statistic="mean", measure="chilling"
    )
    largest = effects.sort(polars.col("effect").abs(), descending=True).row(0, named=True)
    assert largest["factor"] == FEAR
    number = SHARE_CHANGE.text(largest["effect"], (largest["high"] - largest["low"]) / 2)
    assert f"weight of fear from 0.1 to 0.6, {number} (95% interval" in said


def test_quantiles_over_nations_and_of_scores_stand_beside_the_means(tmp_path: Path) -> None:
    said = page_of(tmp_path, "factorial").said
    assert "10% quantile over nations" in said and "90% quantile over nations" in said
    assert "Score that 5 in 100 people do not exceed" in said
    indices = page_of(tmp_path / "few", "morris").said
    assert "quantile over nations" not in indices, "two nations have no quantiles"


def test_arms_are_shown_apart_and_taken_from_each_other(tmp_path: Path) -> None:
    said = page_of(tmp_path, "morris").said
    assert "(press − none): of 3 factors, weight of fear matters most" in said
    assert "From none to press, over all points: +" in said
    assert "How much, none" in said and "How much, press" in said


def test_one_nation_has_no_intervals_and_the_page_says_so(tmp_path: Path) -> None:
    said = page_of(tmp_path, "factorial", seeds=1).said
    assert "no number here has an interval" in said
    assert "interval leaves out zero" not in said


def test_what_is_not_finished_is_said(tmp_path: Path) -> None:
    findings = studied(tmp_path, "one_at_a_time")
    findings.table = findings.table.filter(polars.col("point") > 0)
    said = Page(write_experiment(write_analysis(findings))).said
    assert "5 lives of the design are not there" in said


def test_what_an_experiment_says_cannot_break_the_page(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script> & 'more'"
    page = page_of(tmp_path, "one_at_a_time", question=hostile, about="</p><img src=x>")
    assert not page.of("script") and not page.of("img")
    assert hostile in page.said


def test_folders_without_an_analysis_or_with_a_damaged_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        write_experiment(tmp_path)
    write_analysis(studied(tmp_path, "sobol"))
    (tmp_path / "effects.parquet").write_bytes(b"no table")
    with pytest.raises(BadInput, match="damaged"):
        write_experiment(tmp_path)
    (tmp_path / "analysis.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadInput, match="damaged"):
        write_experiment(tmp_path)


def test_the_analysis_is_plain_and_the_same_each_time(tmp_path: Path) -> None:
    findings = studied(tmp_path, "morris", seeds=1)
    write_analysis(findings)
    first = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    write_analysis(findings)
    again = {file.name: file.read_bytes() for file in tmp_path.iterdir() if file.is_file()}
    assert first == again
    about = json.loads(first["analysis.json"])
    assert about["others"] == ["score.quantile.5", "score.quantile.95"] and about["unfinished"] == 0


def test_the_software_is_cited_as_its_citation_file_says() -> None:
    root = Path(__file__).parents[2]
    known = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    for word in (known["title"], known["authors"][0]["name"], known["license"]):
        assert word in CITED


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1100, "light")])
def test_the_page_fits_and_asks_nobody(
    browser: Any, tmp_path: Path, width: int, scheme: str
) -> None:
    write_experiment(write_analysis(studied(tmp_path, "factorial", seeds=2)))
    address = (tmp_path / "report.html").as_uri()
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    opened = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: complaints.append(message.text))
    opened.goto(address)
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [address] and complaints == []
    context.close()
