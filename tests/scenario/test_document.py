"""YAML as plain values with their lines, and everything of YAML that is not let in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from glasshouse.scenario.document import MOST_BYTES, parse_document, plain_value, read_document
from glasshouse.scenario.faults import BadInput


def refused(text: str) -> str:
    with pytest.raises(BadInput) as caught:
        parse_document(text, "my.yaml")
    return str(caught.value)


def test_every_value_knows_its_line() -> None:
    document = parse_document("a: 1\nb:\n  - x\n  - c: true\n", "my.yaml")
    assert document.value == {"a": 1, "b": ["x", {"c": True}]}
    assert document.lines[("a",)] == 1
    assert document.lines[("b", 0)] == 3
    assert document.lines[("b", 1, "c")] == 4


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e5", 100_000.0),
        ("1_000", 1000),
        ("-3", -3),
        (".5", 0.5),
        ("010", 10),
        ("true", True),
        ("yes", "yes"),
        ("no", "no"),
        ("12:30", "12:30"),
        ("2024-01-01", "2024-01-01"),
        ("0x10", "0x10"),
        ("~", None),
        (".inf", float("inf")),
        ("9" * 500, "9" * 500),
    ],
)
def test_a_plain_word_means_what_it_says(text: str, value: object) -> None:
    assert plain_value(text) == value


def test_a_quoted_number_is_text() -> None:
    assert parse_document("a: '3'", "my.yaml").value == {"a": "3"}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: 1\nb: 2\na: 3", 3, "the name a second time (first on line 1)"),
        ("a: 1\nb: &x 2", 2, "anchor or alias"),
        ("a: &x [1, 1]\nb: *x", 1, "anchor or alias"),
        ("a: !!python/object/apply:os.system [ls]", 1, "a tag"),
        ("a: !!str 3", 1, "a tag"),
        ("a: 1\n---\nb: 2", 2, "a second document"),
        ("[1]: 2", 1, "a name that is not a plain word"),
        ("? {a: 1}\n: 2", 1, "a name that is not a plain word"),
        ("a:\n\tb: 1", 2, "not YAML"),
        ("a: [1, 2\nb: 3", 2, "not YAML"),
        ("a: 'open", 1, "not YAML"),
        ("a: " + "[" * 5000, 1, "nested too deep"),
        ("a: " + "{b: " * 50 + "1" + "}" * 50, 1, "nested too deep"),
    ],
)
def test_what_is_not_plain_is_refused_with_its_line(text: str, line: int, said: str) -> None:
    message = refused(text)
    assert message.startswith(f"my.yaml, line {line}")
    assert said in message


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "null", "---\n"])
def test_an_empty_file_is_said_to_be_empty(text: str) -> None:
    assert refused(text) == "my.yaml: found an empty file; allowed: a mapping of names to values."


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    assert "anchor or alias" in refused(bomb)


def test_files_that_cannot_be_read_are_named_with_the_reason(tmp_path: Path) -> None:
    def said(path: Path) -> str:
        with pytest.raises(BadInput) as caught:
            read_document(path)
        return str(caught.value)

    missing, latin, huge = (tmp_path / name for name in ("missing.yaml", "latin.yaml", "huge.yaml"))
    latin.write_bytes("a: 1\nb: caf\xe9\n".encode("latin-1"))
    huge.write_bytes(b"#" * (MOST_BYTES + 1))
    assert said(missing) == f"{missing}: found no such file; allowed: a file that exists."
    assert said(tmp_path) == f"{tmp_path}: found a folder; allowed: a file."
    assert said(latin).startswith(f"{latin}, line 2: found bytes that are not UTF-8")
    assert "a larger file; allowed: a file of at most 262,144 bytes" in said(huge)
    assert "embedded null byte" in said(Path("a\0b"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = tmp_path / "closed.yaml"
    path.touch(mode=0)
    with pytest.raises(BadInput, match="cannot be read"):
        read_document(path)


def test_a_byte_order_mark_is_no_part_of_the_first_name(tmp_path: Path) -> None:
    path = tmp_path / "marked.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_document(path).value == {"a": 1}
