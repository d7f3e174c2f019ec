"""The command line, as its own help tells it."""

from __future__ import annotations

import io

from rich.console import Console

from glasshouse.cli.app import VERBS, app

WIDTH = 88


def told() -> str:
    """The help of the program and of each of its verbs."""
    parts = [_help()]
    parts += [f"## {verb.__name__}\n\n{_help(verb.__name__)}" for verb in VERBS]
    return "\n".join(parts)


def _help(*words: str) -> str:
    letters = io.StringIO()
    console = Console(file=letters, width=WIDTH, force_terminal=False, color_system=None)
    app.help_print(list(words), console=console)
    asked = " ".join(["glasshouse", *words, "--help"])
    lines = [line.rstrip() for line in letters.getvalue().strip().splitlines()]
    return "```text\n" + "\n".join([f"$ {asked}", "", *lines]) + "\n```\n"
