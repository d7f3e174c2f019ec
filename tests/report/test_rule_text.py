"""Rules in words, read from the docstrings of the code."""

import pytest

from glasshouse.engine import reference
from glasshouse.engine.own_rules import RULE_MODULES
from glasshouse.model import expression, friendship
from glasshouse.report.rule_text import (
    marked_rules,
    prose_of,
    rule_text,
    rules_of,
    stages_of,
    where_used,
)
from glasshouse.scenario.parameters import Parameters


def test_a_rule_is_taken_apart() -> None:
    text = rule_text(friendship.chance_of_cutting)
    assert text.summary == "Chance that a reviewed tie is cut."
    assert text.equation.startswith("logit = k0 + k1·ambition")
    assert "ambition" in text.takes
    assert "parameters" not in text.takes
    assert "cut_for_doors" in text.numbers


def test_paragraphs_end_before_the_first_section() -> None:
    docstring = "One.\n\nTwo\nlines with ``code``.\n\nParameters\n----------\nx : int\n    Three."
    assert prose_of(docstring) == ["One.", "Two lines with `code`."]


@pytest.mark.parametrize("module", RULE_MODULES, ids=lambda module: module.__name__)
def test_every_marked_rule_is_found_in_the_order_of_the_file(module: object) -> None:
    found = [text.name for text in rules_of(module)]  # type: ignore[arg-type]
    marked = marked_rules(module)  # type: ignore[arg-type]
    assert [name for name in found if name in marked] == marked


def test_rules_imported_from_elsewhere_belong_elsewhere() -> None:
    assert "exponential" not in [text.name for text in rules_of(expression)]


def test_the_day_has_seven_stages() -> None:
    names = [name for name, _ in stages_of(reference)]
    assert names == ["look", "choose", "act", "score", "doors", "friends", "drift"]


def test_every_behavioural_number_is_used_somewhere() -> None:
    assert [name for name in Parameters._fields if name not in where_used()] == []
