"""The documentation as a reader finds it: whole, offline, and with tutorials that ran."""

from __future__ import annotations

import getpass
import json
import platform
import posixpath
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag

import pytest

import glasshouse
from glasshouse.cli.app import VERBS
from glasshouse.lab.claims.claim import claims
from glasshouse.measures.dictionary import MEASURES

if TYPE_CHECKING:
    from tests.docs.conftest import Site

TUTORIALS = sorted(path.stem for path in Path(__file__).parents[2].glob("docs/tutorials/*.md"))
OUTSIDE = re.compile(r"^(?:[a-z]+:)?//", re.IGNORECASE)
MACHINE_PATH = re.compile(r"(?<![\w.~/])/(?:home|root|Users|tmp|var/tmp|mnt|opt|work|private)/")


def test_it_builds_without_a_warning(site: Site) -> None:
    assert site.status == 0, site.said
    assert "WARNING:" not in site.said


def test_there_are_tutorials() -> None:
    assert len(TUTORIALS) >= 3


@pytest.mark.parametrize("name", TUTORIALS)
def test_every_cell_of_a_tutorial_ran(site: Site, name: str) -> None:
    (notebook,) = site.folder.parent.rglob(f"{name}.ipynb")
    cells = [cell for cell in json.loads(notebook.read_text())["cells"] if "outputs" in cell]
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert cells
    assert [cell["source"] for cell in cells if not cell["execution_count"]] == []
    assert [each for each in outputs if each["output_type"] == "error"] == []
    assert [each["text"] for each in outputs if each.get("name") == "stderr"] == []
    assert any("image/png" in each.get("data", {}) for each in outputs)


def test_nothing_is_loaded_from_elsewhere(site: Site) -> None:
    asked = {
        f"{name}: {link}"
        for name, page in site.pages.items()
        for each in (page, *page.frames)
        for link in each.loads
        if OUTSIDE.match(link)
    }
    for path in site.folder.rglob("*.css"):
        sheet = path.read_text(encoding="utf-8")
        found = re.findall(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)", sheet)
        asked |= {f"{path.name}: {link}" for pair in found for link in pair if OUTSIDE.match(link)}
    assert asked == set()


def test_what_is_loaded_is_there(site: Site) -> None:
    missing = {
        f"{name}: {link}"
        for name, page in site.pages.items()
        for link in page.loads
        if link and not link.startswith("data:")
        if not (site.folder / _target(name, link)[0]).exists()
    }
    assert missing == set()


def test_every_link_inside_leads_somewhere(site: Site) -> None:
    broken = set()
    for name, page in site.pages.items():
        for link in page.leads:
            if OUTSIDE.match(link) or link.startswith("mailto:"):
                continue
            path, part = _target(name, link)
            there = site.pages.get(path)
            if there is None:
                found = (site.folder / path).is_file()
            else:
                found = not part or part in there.names
            broken |= set() if found else {f"{name}: {link}"}
    assert broken == set()


def _target(page: str, link: str) -> tuple[str, str]:
    """Path in the site, and place on the page, that a link of a page means."""
    path, part = urldefrag(link)
    path = unquote(path.partition("?")[0])
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(page), path)) if path else page
    return whole, unquote(part)


def test_no_page_names_the_machine_it_was_built_on(site: Site) -> None:
    here = {str(Path(__file__).parents[2]), sys.prefix, str(Path.home()), str(site.folder.parent)}
    here |= {name for name in (platform.node(),) if len(name) > 5}
    here |= {name for name in (getpass.getuser(),) if name not in ("root", "user")}
    told = {
        f"{name}: {word}"
        for name, page in site.pages.items()
        for word in here
        if len(word) > 1 and word in page.text
    }
    told |= {
        f"{name}: {found}"
        for name, page in site.pages.items()
        for found in MACHINE_PATH.findall(page.seen)
    }
    assert told == set()


def test_no_mark_of_a_part_is_left(site: Site) -> None:
    assert [name for name, page in site.pages.items() if "<!-- made:" in page.text] == []


def test_what_is_public_is_described(site: Site) -> None:
    described = site.pages["reference/python.html"].names
    assert {f"glasshouse.{name}" for name in glasshouse.__all__} - described == set()


def test_every_verb_measure_and_claim_has_its_place(site: Site) -> None:
    told = site.pages["reference/command-line.html"].seen
    assert [v.__name__ for v in VERBS if f"glasshouse {v.__name__} --help" not in told] == []
    told = site.pages["reference/measures.html"].seen
    assert [name for name in MEASURES if name not in told] == []
    told = site.pages["claims.html"].seen.replace("’", "'")
    assert [each.name for each in claims() if " ".join(each.claim.split()) not in told] == []


def test_every_page_is_reached_from_the_first(site: Site) -> None:
    seen: set[str] = set()
    ahead = ["index.html"]
    while ahead:
        name = ahead.pop()
        if name in seen or name not in site.pages:
            continue
        seen.add(name)
        ahead += [_target(name, link)[0] for link in site.pages[name].leads
                  if not OUTSIDE.match(link)]  # fmt: skip
    made_by_sphinx = {"genindex.html", "py-modindex.html", "search.html"}
    assert set(site.pages) - seen <= made_by_sphinx
