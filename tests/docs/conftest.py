"""The documentation, built once for all of its tests."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

import pytest
from filelock import FileLock

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))

LOADED = {("script", "src"), ("link", "href"), ("img", "src"), ("source", "src"), ("use", "href"),
          ("iframe", "src"), ("object", "data"), ("embed", "src"), ("video", "src"),
          ("audio", "src"), ("image", "href")}  # fmt: skip
SHEETS = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")
# They name a page and fetch nothing.
NAMING = {"next", "prev", "index", "search", "canonical", "author", "copyright"}


class Page(HTMLParser):
    """What one page loads, where it leads, and what a reader sees of it.

    Pages that stand in a frame within it are read too.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.names: set[str] = set()
        self.frames: list[Page] = []
        self.words: list[str] = []
        self._unseen = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._unseen += tag in ("script", "style")
        self.names |= {given[each] for each in ("id", "name") if each in given}
        if tag == "a" and "href" in given:
            self.leads.append(given["href"])
        elif tag != "link" or not NAMING & set(given.get("rel", "").split()):
            self.loads += [given[name] for kind, name in LOADED if kind == tag and name in given]
        self.loads += [found for pair in SHEETS.findall(given.get("style", "")) for found in pair]
        if "srcdoc" in given:
            self.frames.append(Page(given["srcdoc"]))

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)

    @property
    def seen(self) -> str:
        """The words of the page, and of those in frames."""
        return "".join(self.words) + "".join(each.seen for each in self.frames)


@dataclass(frozen=True)
class Site:
    """The pages that were built, and what Sphinx said meanwhile."""

    folder: Path
    status: int
    said: str

    @cached_property
    def pages(self) -> dict[str, Page]:
        """Every page by its path."""
        paths = sorted(self.folder.rglob("*.html"))
        return {
            path.relative_to(self.folder).as_posix(): Page(path.read_text(encoding="utf-8"))
            for path in paths
            if "_static" not in path.parts
        }


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The documentation as `./go docs` builds it, in a folder of its own; built once for all."""
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    place = place / "site"
    place.mkdir(exist_ok=True)
    folder, told = place / "html", place / "told.json"
    with FileLock(place / "lock"):
        if not told.exists():
            told.write_text(json.dumps(built(folder)))
    status, said = json.loads(told.read_text())
    return Site(folder, status, said)


def built(folder: Path) -> tuple[int, str]:
    """Build it; the exit status, and what was said."""
    build = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-b", "html"]
    ended = subprocess.run(
        [*build, str(DOCS), str(folder)], cwd=ROOT, check=False, capture_output=True, text=True
    )
    return ended.returncode, ended.stdout + ended.stderr
