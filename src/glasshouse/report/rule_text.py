"""The model's own words: rules, equations and stages, read from the docstrings of the code."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

PACKAGE = "glasshouse"
MARKUP = re.compile(r"(?::\w+:)?`{1,2}~?(?:glasshouse\.)?([^`]+)`{1,2}")
UNDERLINE = re.compile(r"^-{3,}$", re.MULTILINE)
STAGE = re.compile(r"^(\d)\. (\w+) {2,}(.+(?:\n {3,}.+)*)", re.MULTILINE)
NUMBER_USED = re.compile(r"\b(?:p|parameters)\.([a-z_0-9]+)\b")
USED_BY_LAYERS = ("society", "model", "engine", "measures")


@dataclass(frozen=True)
class RuleText:
    """One rule in words.

    Attributes
    ----------
    name : str
        Name of the function.
    summary : str
        What it gives, in a sentence.
    equation : str
        The equation; empty where the summary says all.
    remarks : str
        Further paragraphs.
    takes : tuple of str
        Names of what it takes.
    numbers : tuple of str
        The behavioural numbers it uses.
    """

    name: str
    summary: str
    equation: str
    remarks: str
    takes: tuple[str, ...]
    numbers: tuple[str, ...]


def rule_text(function: Callable[..., object]) -> RuleText:
    """Take a rule's docstring apart.

    Examples
    --------
    >>> from glasshouse.model.scoring import own_points
    >>> text = rule_text(own_points)
    >>> text.summary, text.equation
    ("What one's own acts add to the score.", "(1 - w)·points, w the friends' share.")
    """
    paragraphs = prose_of(inspect.getdoc(function) or "")
    equations = [
        p.removeprefix("Equation:").strip() for p in paragraphs if p.startswith("Equation:")
    ]
    others = [p for p in paragraphs if not p.startswith("Equation:")]
    takes = tuple(name for name in inspect.signature(function).parameters if name != "parameters")
    return RuleText(
        name=function.__name__,
        summary=others[0] if others else "",
        equation="\n".join(equations).replace("`", ""),
        remarks="\n\n".join(others[1:]),
        takes=takes,
        numbers=tuple(dict.fromkeys(NUMBER_USED.findall(inspect.getsource(function)))),
    )


def prose_of(text: str) -> list[str]:
    """Paragraphs of a docstring before its first section, each on one line."""
    heading = UNDERLINE.search(text)
    if heading is not None:
        text = text[: heading.start()].rstrip("\n").rpartition("\n")[0]
    text = MARKUP.sub(r"`\1`", text)
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def marked_rules(module: ModuleType) -> list[str]:
    """Names of the public functions of a module that carry the mark ``@rule``, in its order.

    Examples
    --------
    >>> from glasshouse.model import scoring
    >>> marked_rules(scoring)[0]
    'own_points'
    """
    tree = ast.parse(inspect.getsource(module))
    return [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and any(isinstance(mark, ast.Name) and mark.id == "rule" for mark in node.decorator_list)
    ]


def rules_of(module: ModuleType) -> list[RuleText]:
    """Every rule of a module, and every other public function of it that states an equation."""
    marked = set(marked_rules(module))
    written = [
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if not name.startswith("_") and inspect.unwrap(function).__module__ == module.__name__
    ]
    written.sort(key=lambda function: function.__code__.co_firstlineno)
    texts = [rule_text(function) for function in written]
    return [text for text in texts if text.name in marked or text.equation]


def stages_of(module: ModuleType) -> list[tuple[str, str]]:
    """Name and words of each stage of the day, as the module's docstring lists them.

    Examples
    --------
    >>> from glasshouse.engine import reference
    >>> [name for name, _ in stages_of(reference)][:4]
    ['look', 'choose', 'act', 'score']
    """
    found = STAGE.findall(inspect.getdoc(module) or "")
    return [(name, " ".join(words.split())) for _, name, words in found]


@cache
def where_used() -> dict[str, tuple[str, ...]]:
    """Modules that use each behavioural number, by the number's name."""
    spec = find_spec(PACKAGE)
    assert spec is not None and spec.submodule_search_locations
    package = Path(spec.submodule_search_locations[0])
    used: dict[str, list[str]] = {}
    for layer in USED_BY_LAYERS:
        for path in sorted((package / layer).rglob("*.py")):
            for name in sorted(set(NUMBER_USED.findall(path.read_text(encoding="utf-8")))):
                used.setdefault(name, []).append(path.relative_to(package).as_posix())
    return {name: tuple(places) for name, places in used.items()}
