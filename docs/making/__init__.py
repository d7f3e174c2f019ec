"""What pages of the documentation take from the project when they are built.

A page says ``<!-- made: claims -->`` where such a part belongs; read as plain Markdown, that line
is not seen. Links to files outside ``docs`` lead somewhere in the repository and nowhere in the
built pages, so there the file's name is shown instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sphinx.errors import ExtensionError

from making import claims, commands, evidence, fields, folders, measures
from making.links import named_outside

ROOT = Path(__file__).parents[2]
MARK = re.compile(r"^<!-- made: ([a-z-]+) -->$", re.MULTILINE)
PARTS: dict[str, Callable[[], str]] = {
    "arms": claims.arms_told,
    "assumed-numbers": evidence.assumed,
    "assumptions": claims.assumptions_told,
    "claims": claims.claims_told,
    "commands": commands.told,
    "experiment-table": folders.experiment_table,
    "fields": fields.told,
    "grades": evidence.grades,
    "measures": measures.told,
    "own-measures": measures.asked_of_citizens,
    "probes": measures.probes_told,
    "run-tables": folders.run_tables,
}


def filled(text: str) -> str:
    """A page with its parts in place.

    Raises
    ------
    ExtensionError
        For a part that nobody makes.
    """

    def part(found: re.Match[str]) -> str:
        name = found[1]
        if name not in PARTS:
            raise ExtensionError(f"no part is called {name}; there are {', '.join(PARTS)}")
        return PARTS[name]()

    return MARK.sub(part, text)


def read(_: Any, page: str, source: list[str]) -> None:
    """Fill a page in as Sphinx reads it."""
    source[0] = named_outside(filled(source[0]), page, ROOT)


def setup(app: Any) -> dict[str, Any]:
    """Tell Sphinx."""
    app.connect("source-read", read)
    return {"parallel_read_safe": True}
