"""Files of edges: text with two or three columns of numbers, or the ``edges.parquet`` of a run.

A good text file is read by Polars, all columns at once. Only when that fails is it read again
line by line; that slow reading alone decides what is accepted, and knows the line of a fault.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from glasshouse.scenario.edge_columns import (
    AT_LEAST_ONE,
    IDENTIFIER,
    LARGEST,
    ONLY_NUMBERS,
    STRENGTH,
    Columns,
    checked_columns,
    fault_of,
    first_fault,
)
from glasshouse.scenario.faults import BadInput, shown

MOST_BYTES = 2**35
NAMES = ("first", "second", "strength")
_WHOLE = re.compile(rb"[-+]?[0-9]{1,40}")
_DECIMAL = re.compile(rb"[-+]?([0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})([eE][-+]?[0-9]{1,4})?")


def read_columns(path: Path) -> Columns:
    """Read the edges of a file.

    Parameters
    ----------
    path : Path
        Text with one pair of identifiers a line and, optionally, a positive strength; separated
        by commas, tabs or spaces; ``#`` starts a comment. Or a Parquet file with the columns
        ``first``, ``second`` and, optionally, ``strength``.

    Returns
    -------
    Columns

    Raises
    ------
    BadInput
    """
    content = _content(path)
    if content.startswith(b"PAR1"):
        return _of_parquet(content, str(path))
    if b"\0" in content[:4096]:
        found = "a file that is not plain text"
        raise BadInput(place=str(path), found=found, allowed=ONLY_NUMBERS)
    columns = _at_once(content)
    if columns is None or not len(columns.first) or first_fault(columns) is not None:
        columns = _line_by_line(content, str(path))
    return columns


def _content(path: Path) -> bytes:
    place = str(path)
    try:
        if path.is_dir():
            raise BadInput(place=place, found="a folder", allowed="a file of integer pairs")
        if path.exists() and not path.is_file():
            raise BadInput(place=place, found="a device", allowed="a file of integer pairs")
        if path.stat().st_size > MOST_BYTES:
            allowed = f"a file of at most {MOST_BYTES >> 30} GiB"
            raise BadInput(place=place, found="a larger file", allowed=allowed)
        return path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except FileNotFoundError:
        raise BadInput(place=place, found="no such file", allowed="a file that exists") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        found = f"a file that cannot be read ({reason})"
        raise BadInput(place=place, found=found, allowed="a readable file") from None


def _at_once(content: bytes) -> Columns | None:
    """Read a good file quickly; nothing when any of it looks unusual."""
    import polars

    start = next(_rows(content[:65_536]), None)
    if start is None or len(start[1]) not in (2, 3):
        return None
    line, width = start[2], len(start[1])
    separator = next((each for each in (",", "\t") if each.encode() in line), " ")
    types = (polars.Int64, polars.Int64, polars.Float64)
    try:
        frame = polars.read_csv(
            content.rstrip(),
            has_header=False,
            separator=separator,
            comment_prefix="#",
            quote_char=None,
            schema=dict(zip(NAMES[:width], types, strict=False)),
        )
    except (polars.exceptions.PolarsError, OSError, ValueError):
        return None
    if sum(frame.null_count().row(0)):
        return None
    strength = frame["strength"].to_numpy() if width == 3 else None
    return Columns(frame["first"].to_numpy(), frame["second"].to_numpy(), strength)


def _rows(content: bytes) -> Iterator[tuple[int, list[bytes], bytes]]:
    """Yield number, fields and text of every line that holds something besides a comment."""
    for number, line in enumerate(content.splitlines(), 1):
        text = line.partition(b"#")[0].strip()
        if text:
            yield (
                number,
                [part.strip() for part in text.split(b",")] if b"," in text else (text.split()),
                text,
            )


def _line_by_line(content: bytes, place: str) -> Columns:
    first, second, strength = array("q"), array("q"), array("d")
    width = 0
    for number, fields, _ in _rows(content):
        where = f"{place}, line {number}"
        width = width or len(fields)
        _check_fields(fields, width, where)
        edge = int(fields[0]), int(fields[1]), float(fields[2]) if width == 3 else None
        found, allowed = fault_of(*edge)
        if found:
            raise BadInput(place=where, found=found, allowed=allowed)
        first.append(edge[0])
        second.append(edge[1])
        if edge[2] is not None:
            strength.append(edge[2])
    if not first:
        raise BadInput(place=place, found="no edges", allowed=AT_LEAST_ONE)
    strengths = np.frombuffer(strength, np.float64) if width == 3 else None
    return Columns(np.frombuffer(first, np.int64), np.frombuffer(second, np.int64), strengths)


def _check_fields(fields: list[bytes], width: int, where: str) -> None:
    """Refuse a line that is not two identifiers and perhaps a strength, as the first line is."""
    for column, part in enumerate(fields[:3]):
        if _WHOLE.fullmatch(part) if column < 2 else _DECIMAL.fullmatch(part):
            continue
        column_name = ("first column", "second column", "third column")[column]
        found, allowed = _odd(part, column)
        raise BadInput(place=where, field=column_name, found=found, allowed=allowed)
    if len(fields) > 3:
        raise BadInput(place=where, found=f"{len(fields)} columns", allowed=ONLY_NUMBERS)
    if len(fields) < 2:
        raise BadInput(place=where, found="one column", allowed="two identifiers on every line")
    if len(fields) != width:
        allowed = f"{width} columns, as on the first line"
        raise BadInput(place=where, found=f"{len(fields)} columns", allowed=allowed)


def _odd(part: bytes, column: int) -> tuple[str, str]:
    """Say what a field is that is not the number it should be."""
    allowed = IDENTIFIER if column < 2 else STRENGTH
    if not part:
        return "an empty column", allowed
    text = part.decode("utf-8", "replace")
    if part.isdigit():
        return f"a number of {len(part)} digits", allowed
    if _DECIMAL.fullmatch(part):
        return f"{shown(text)}, which is not a whole number", allowed
    if text.lower().lstrip("+-") in ("nan", "inf", "infinity"):
        return f"{shown(text)}, which is not a finite number", allowed
    if any(letter.isalpha() for letter in text):
        return "text", ONLY_NUMBERS  # not repeated here: it may be a name
    return f"text ({shown(text)})", ONLY_NUMBERS


def _of_parquet(content: bytes, place: str) -> Columns:
    import polars

    try:
        frame = polars.read_parquet(content)
    except (polars.exceptions.PolarsError, OSError, ValueError):
        found = "a damaged Parquet file"
        raise BadInput(place=place, found=found, allowed="a file of integer pairs") from None
    if tuple(frame.columns) not in (NAMES[:2], NAMES):
        found = "the columns " + shown(", ".join(frame.columns))
        raise BadInput(place=place, found=found, allowed="first, second and perhaps strength")
    types = frame.schema
    if not (types["first"].is_integer() and types["second"].is_integer()):
        raise BadInput(place=place, found="columns of another type", allowed=ONLY_NUMBERS)
    if "strength" in types and not types["strength"].is_numeric():
        raise BadInput(place=place, field="strength", found="another type", allowed=STRENGTH)
    if sum(frame.null_count().row(0)):
        raise BadInput(place=place, found="empty cells", allowed="a number in every cell")
    for name in NAMES[:2]:
        largest = frame[name].max()
        if isinstance(largest, int) and largest > LARGEST:
            raise BadInput(place=place, field=name, found=str(largest), allowed=IDENTIFIER)
    strength = frame["strength"].cast(polars.Float64).to_numpy() if "strength" in types else None
    first, second = (frame[name].cast(polars.Int64).to_numpy() for name in NAMES[:2])
    return checked_columns(Columns(first, second, strength), place)
