"""The page in a real browser: no request, no error, nothing wider than the window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from glasshouse.report.page import write_report
from glasshouse.scenario import Scenario
from tests.report.synthetic import make_run

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))),
    None,
)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=BROWSER, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    scenario = Scenario.load("press-sesame")
    return write_report(make_run(tmp_path_factory.mktemp("run"), scenario)).as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1100])
def test_the_page_fits_and_asks_nobody(browser: Any, address: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=True
    )
    page = context.new_page()
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        "[...document.querySelectorAll('svg[role=img]')]"
        ".filter(e => e.checkVisibility() && e.getBoundingClientRect().width < 200).length"
    )
    assert small == 0
    assert asked == [address]
    assert complaints == []
    context.close()


def test_pictures_can_be_found_by_role_and_name(browser: Any, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    assert page.get_by_role("img").count() >= 8
    assert page.get_by_role("heading", level=1).count() == 1
    page.get_by_role("link", name="Who wins and who loses").click()
    assert page.url.endswith("#groups")
    page.close()


def test_the_page_prints(browser: Any, address: str, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(address)
    target = tmp_path / "report.pdf"
    page.pdf(path=str(target))
    assert target.read_bytes().startswith(b"%PDF")
    assert target.stat().st_size > 20_000
    page.close()
