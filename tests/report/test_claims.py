"""The page of the claims: offline, readable without pictures, null results told like others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from glasshouse.report.claims import VERDICTS, claims_page, lead, write_claims
from glasshouse.report.pictures.draws import Draw
from glasshouse.scenario.faults import BadInput
from tests.report.test_browser import BROWSER, browser
from tests.report.test_page import LOADING, Page

__all__ = ["browser"]

DRAWS = 12


def claim(number: int | None, name: str, mean: float, word: str, on: str = "") -> dict[str, Any]:
    values = [[mean + 0.01 * draw, mean + 0.01 * draw + 0.005] for draw in range(DRAWS)]
    return {
        "name": name, "number": number, "kind": "claim" if number else "tension",
        "claim": f"That {name} is so.", "measured": "A difference.", "unit": "share",
        "effect": "here - there", "smallest": 0.1, "why": "A tenth.", "beside": {},
        "settings": {"parameters.weight_of_fear": [0.1 * draw for draw in range(DRAWS)],
                     "scheme.friends.aggregate": ["mean", "lowest"] * (DRAWS // 2)},
        "seeds": [1, 2], "values": values, "half_widths": [0.02] * DRAWS,
        "verdict": {
            "word": word, "said": word, "on": on, "explains": 0.7 if on else None, "mean": mean,
            "low": mean - 0.01, "high": mean + 0.01, "least": mean, "most": mean + 0.1,
            "beyond": 0.5, "short": 0.5, "reversed": 0.0, "draws": DRAWS, "seeds": 2,
            "undefined": 0, "beside": {"something else": 0.25},
        },
    }  # fmt: skip


TOLD = {
    "scale": {"population": 500, "draws": DRAWS, "seeds": 2}, "tested": 4, "model": "abc",
    "version": "0.1.0", "arms": {"none": {}, "press": {}},
    "claims": [
        claim(1, "silence", 0.3, "holds"),
        claim(2, "steering", -0.3, "fails"),
        claim(3, "doors", 0.05, "depends", "parameters.weight_of_fear"),
        claim(None, "averaging", 0.05, "depends", "scheme.friends.aggregate"),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("claims")
    (place / VERDICTS).write_text(json.dumps(TOLD), encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def page(folder: Path) -> Page:
    return Page(write_claims(folder))


def test_nothing_is_fetched_and_nothing_is_run(page: Page) -> None:
    assert not page.of("script")
    for _, attributes in page.tags:
        for name in LOADING & set(attributes):
            assert (attributes[name] or "").startswith(("#", "data:,"))


def test_every_claim_has_its_verdict_a_picture_and_its_numbers(page: Page) -> None:
    articles = [each["id"] for each in page.of("article")]
    assert articles == ["claim-silence", "claim-steering", "claim-doors", "claim-averaging"]
    pictures = [svg for svg in page.of("svg") if svg.get("role") == "img"]
    assert len(pictures) >= len(articles)
    assert all(len(svg.get("aria-label") or "") > 10 for svg in pictures)
    assert len(page.of("details")) >= len(articles)


def test_a_failed_claim_is_told_like_one_that_holds(folder: Path, page: Page) -> None:
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert "−0.30 (share)" in text and "0.30 (share)" in text
    assert lead(TOLD["claims"]) == (  # type: ignore[arg-type]
        "Of 3 claims put to the test, 1 holds, 1 fails and 1 depends on an assumption."
    )


def test_what_a_claim_depends_on_is_named_in_words(folder: Path, page: Page) -> None:
    text = (folder / "report.html").read_text(encoding="utf-8")
    assert "depends on weight of fear" in text and "depends on friends: aggregate" in text
    assert "explains 70% of the variance" in text


def test_a_claim_without_an_effect_says_so() -> None:
    lost = claim(14, "loved-ones", 0.0, "cannot be told")
    lost["values"] = [[None, None]] * DRAWS
    lost["verdict"] |= {"mean": None, "low": None, "least": None, "undefined": DRAWS}
    assert "not defined in 12 draws" in claims_page({**TOLD, "claims": [lost]})


@pytest.mark.parametrize(
    ("draw", "side"),
    [(Draw(0.3, 0.1), "beyond"), (Draw(0.0, 0.1), "short"), (Draw(0.15, 0.1), "across"),
     (Draw(0.9, None), "across")],
)  # fmt: skip
def test_a_draw_lies_beyond_short_or_across(draw: Draw, side: str) -> None:
    assert draw.side(0.12) == side


@pytest.mark.parametrize("text", ["", "{}", '{"claims": [1]}', "[]"])
def test_a_damaged_file_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / VERDICTS).write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="a damaged file"):
        write_claims(tmp_path)


def test_a_folder_without_verdicts_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        write_claims(tmp_path)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("width", [320, 1200])
def test_nothing_is_wider_than_the_screen(folder: Path, browser: Any, width: int) -> None:
    write_claims(folder)
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((folder / "report.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
