"""Whatever a file holds, only BadInput comes out of reading it."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.scenario import BadInput, Scenario, Scheme, preset, presets, read_scheme
from glasshouse.scenario.reading import PRESETS

FILES = [(PRESETS / f"{name}.yaml").read_bytes() for name in presets()]
FILES.append(Scenario.load("press-sesame").to_yaml().encode())
PIECES = [
    b"&a ",
    b"*a",
    b"!!x ",
    b"{",
    b"[",
    b"\t",
    b"- ",
    b": ",
    b"\x00",
    b"\xff",
    b"1e999",
    b".nan",
]
PIECES += [b"null", b"true", b"''", b"? ", b"---\n", b"name", b"threshold: 1", b"9" * 80, b"\n"]


@contextlib.contextmanager
def written(content: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "my.yaml"
        path.write_bytes(content)
        yield path


def load(content: bytes) -> None:
    with written(content) as path:
        try:
            scenario = Scenario.load(path)
        except BadInput as fault:
            assert str(fault).startswith((str(path), str(path.parent)))
            assert str(fault).isprintable()
        else:
            assert isinstance(scenario.scheme, Scheme)


@settings(max_examples=150, deadline=None)
@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_arbitrary_bytes_are_read_or_refused(content: bytes) -> None:
    load(content)


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(FILES)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        gone = data.draw(st.sampled_from([0, 0, 1, 5, 40]))
        content[at : at + gone] = data.draw(st.sampled_from(PIECES) | st.binary(max_size=3))
    load(bytes(content))


def test_a_scheme_is_read_by_name_or_path(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("name: own\n")
    assert read_scheme("fear") is preset("fear")
    assert read_scheme(path).name == "own"
    assert read_scheme("own.yaml", tmp_path).name == "own"


def test_a_file_named_like_a_preset_is_reached_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "fear"
    path.write_text("name: own\n")
    assert read_scheme(path).name == "own"


@pytest.mark.parametrize("word", ["", "zzzzzz", "no such thing"])
def test_a_word_that_names_nothing_is_refused_with_what_there_is(word: str) -> None:
    with pytest.raises(BadInput, match="a preset \\(none, watched"):
        Scenario.load(word)
