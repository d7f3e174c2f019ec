"""A YAML file as plain values, every one with its line; nothing that YAML can hide is let in.

Only plain scalars, lists and mappings: no tags, no anchors and aliases (so no file grows when it
is read), no second document, no name twice. Words mean what they say: ``true`` and ``false`` are
the only truth values, and ``1e5`` is a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from glasshouse.scenario.explaining import Path as FieldPath
from glasshouse.scenario.explaining import dotted
from glasshouse.scenario.faults import BadInput, shown

MOST_BYTES = 262_144
MOST_DEPTH = 16
MOST_DIGITS = 60
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WHOLE = re.compile(r"[-+]?[0-9][0-9_]*")
_DECIMAL = re.compile(r"[-+]?([0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, object] = {"": None, "null": None, "~": None, "true": True, "false": False}
_WORDS |= {"True": True, "False": False, "TRUE": True, "FALSE": False, "Null": None, "NULL": None}
_ENDLESS = {".inf": "inf", "-.inf": "-inf", "+.inf": "inf", ".nan": "nan"}


@dataclass(frozen=True)
class Document:
    """Plain values and the line, counted from 1, at which each of them stands."""

    value: object
    lines: dict[FieldPath, int] = field(default_factory=dict)


def read_document(path: Path) -> Document:
    """Read a YAML file.

    Raises
    ------
    BadInput
        For whatever keeps the file from being read as plain values.
    """
    return parse_document(read_text(path), str(path))


def read_text(path: Path, most_bytes: int = MOST_BYTES) -> str:
    """Read a small UTF-8 text file."""
    place = str(path)
    try:
        if path.is_dir():
            raise BadInput(place=place, found="a folder", allowed="a file")
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except FileNotFoundError:
        raise BadInput(place=place, found="no such file", allowed="a file that exists") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadInput(
            place=place, found=f"a file that cannot be read ({reason})", allowed="a readable file"
        ) from None
    if len(content) > most_bytes:
        raise BadInput(
            place=place, found="a larger file", allowed=f"a file of at most {most_bytes:,} bytes"
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"bytes that are not UTF-8 (byte {error.start})"
        raise BadInput(place=f"{place}, line {line}", found=found, allowed="UTF-8 text") from None


def parse_document(text: str, place: str) -> Document:
    """Parse YAML text; see :func:`read_document`."""
    lines: dict[FieldPath, int] = {}
    try:
        events = iter(yaml.parse(text, Loader=LOADER))
        value = _Builder(events, lines, place).document()
    except yaml.YAMLError as error:
        raise _not_yaml(error, place) from None
    if value is None:
        raise BadInput(place=place, found="an empty file", allowed="a mapping of names to values")
    return Document(value, lines)


def plain_value(text: str) -> object:
    """Return what a plain word of YAML stands for.

    Examples
    --------
    >>> plain_value("1e5"), plain_value("true"), plain_value("fear"), plain_value("1.3e9")
    (100000.0, True, 'fear', 1300000000.0)
    """
    if text in _WORDS:
        return _WORDS[text]
    if text.lower() in _ENDLESS:
        return float(_ENDLESS[text.lower()])
    if len(text) > MOST_DIGITS:
        return text
    if _WHOLE.fullmatch(text):
        return int(text.replace("_", ""))
    if _DECIMAL.fullmatch(text):
        return float(text.replace("_", ""))
    return text


def written_out(values: Mapping[str, Any]) -> str:
    """Write plain values as YAML in their own order; reading gives the same values.

    Examples
    --------
    >>> print(written_out({"days": 30, "alone": True}), end="")
    days: 30
    alone: true
    """
    text: str = yaml.dump(
        dict(values), Dumper=_Writer, sort_keys=False, allow_unicode=True, width=100
    )
    return text


class _Writer(yaml.SafeDumper):
    """Writes text with unprintable characters in double quotes, where they are escaped."""


def _write_text(writer: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None if text.isprintable() else '"'
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style)


_Writer.add_representer(str, _write_text)


def _not_yaml(error: yaml.YAMLError, place: str) -> BadInput:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unreadable text"
    if mark is not None:
        place = f"{place}, line {mark.line + 1}"
    return BadInput(place=place, found=f"text that is not YAML ({problem})", allowed="YAML")


class _Builder:
    """Builds plain values from the parser's events, noting lines."""

    def __init__(self, events: Iterator[Any], lines: dict[FieldPath, int], place: str) -> None:
        self.events = events
        self.lines = lines
        self.place = place

    def document(self) -> object:
        """Build the only document of the file."""
        value: object = None
        seen = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    raise self.refused(event, (), "a second document", "one document a file")
                seen = True
                value = self.node(next(self.events), ())
        return value

    def node(self, event: Any, path: FieldPath) -> object:
        self.lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise self.refused(event, path, "an anchor or alias (& or *)", "the value written out")
        if getattr(event, "tag", None) is not None:
            raise self.refused(event, path, f"a tag ({shown(event.tag)})", "a value without a tag")
        if isinstance(event, yaml.ScalarEvent):
            return plain_value(event.value) if event.implicit[0] else event.value
        if len(path) >= MOST_DEPTH:
            raise self.refused(event, path[:2], "lists or mappings nested too deep", "a few levels")
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.mapping(path)

    def sequence(self, path: FieldPath) -> list[object]:
        values: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            values.append(self.node(event, (*path, len(values))))
        return values

    def mapping(self, path: FieldPath) -> dict[str, object]:
        values: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            name = self.name(event, path)
            if name in values:
                found = f"the name a second time (first on line {self.lines[(*path, name)]})"
                raise self.refused(event, (*path, name), found, "each name once")
            self.lines[(*path, name)] = event.start_mark.line + 1
            values[name] = self.node(next(self.events), (*path, name))
        return values

    def name(self, event: Any, path: FieldPath) -> str:
        plain = isinstance(event, yaml.ScalarEvent) and event.anchor is None and event.tag is None
        if not plain or not event.value:
            raise self.refused(event, path, "a name that is not a plain word", "a plain word")
        return str(event.value)

    def refused(self, event: Any, path: FieldPath, found: str, allowed: str) -> BadInput:
        place = f"{self.place}, line {event.start_mark.line + 1}"
        return BadInput(place=place, field=dotted(path), found=found, allowed=allowed)
