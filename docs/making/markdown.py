"""Markdown of plain words: what has a meaning in it is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

MARKS = re.compile(r"([\\`*_{}\[\]<>|#~$&])")


def plain(words: object) -> str:
    """Words as they are, whatever letters they have.

    Examples
    --------
    >>> plain("door.<door>.open")
    'door.\\\\<door\\\\>.open'
    """
    return MARKS.sub(r"\\\1", " ".join(str(words).split()))


def code(words: object) -> str:
    """Words as code, in a table too."""
    return "`" + str(words).replace("|", "\\|") + "`"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown already.

    Examples
    --------
    >>> print(table(["a", "b"], [["1", "2"]]), end="")
    | a | b |
    |---|---|
    | 1 | 2 |
    """
    lines = [head, ["---"] * len(head), *rows]
    rule = "|" + "---|" * len(head)
    return "".join(
        rule + "\n" if place == 1 else "| " + " | ".join(line) + " |\n"
        for place, line in enumerate(lines)
    )
