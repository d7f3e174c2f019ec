"""Parts that pages are filled with, and links that lead out of the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import PARTS, filled
from making.links import named_outside
from making.markdown import plain, table
from markdown_it import MarkdownIt
from sphinx.errors import ExtensionError

ROOT = Path(__file__).parents[2]
WORDS = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=12)


@pytest.mark.parametrize("name", PARTS)
def test_a_part_is_made_from_the_project(name: str) -> None:
    made = PARTS[name]()
    assert filled(f"before\n\n<!-- made: {name} -->\n\nafter\n") == f"before\n\n{made}\n\nafter\n"
    assert made.strip()


def test_a_part_that_nobody_makes_is_refused() -> None:
    with pytest.raises(ExtensionError, match="no part is called nonsense"):
        filled("<!-- made: nonsense -->")


def test_a_file_outside_is_named_instead_of_linked() -> None:
    text = "See [the\nlicence](../LICENSE), [a folder](../src/glasshouse/model) and [go](../go)."
    said = "See the licence (`LICENSE`), a folder (`src/glasshouse/model`) and `go`."
    assert named_outside(text, "page", ROOT) == said


@pytest.mark.parametrize(
    "text",
    [
        "[a page](odd.md)",
        "[elsewhere](https://example.org/../x)",
        "![a picture](../LICENSE)",
        "```sh\n[shown](../nothing)\n```\n",
        "[deeper](./reference/files.md#a-scheme)",
    ],
)
def test_what_leads_nowhere_outside_stays_as_it_is(text: str) -> None:
    assert named_outside(text, "page", ROOT) == text


def test_a_link_to_a_file_that_is_missing_is_refused() -> None:
    with pytest.raises(ExtensionError, match="no file of the project"):
        named_outside("[lost](../../lost.py)", "tutorials/page", ROOT)


@given(rows=st.lists(st.tuples(WORDS, WORDS), max_size=4))
def test_words_come_through_a_table_as_they_are(rows: list[tuple[str, str]]) -> None:
    written = table(["a", "b"], [[plain(each) for each in row] for row in rows])
    parsed = MarkdownIt("commonmark").enable("table").parse(written)
    cells = ["".join(part.content for part in each.children or []) for each in parsed
             if each.type == "inline"]  # fmt: skip
    assert cells == ["a", "b", *(" ".join(each.split()) for row in rows for each in row)]
