"""The ODD document: complete, and in agreement with the model."""

import re
from pathlib import Path

import pytest

from glasshouse.engine.own_rules import RULE_MODULES
from glasshouse.measures.dictionary import MEASURES
from glasshouse.report.odd import TRAITS, table, write_odd
from glasshouse.report.rule_text import marked_rules
from glasshouse.scenario.defaults import SUBJECTS, TARGETS, parameter_info
from glasshouse.scenario.reading import presets
from glasshouse.society.layout import KINDS
from glasshouse.society.people import Traits
from glasshouse.society.ties import LAYERS

KEPT = Path(__file__).parents[2] / "docs" / "odd.md"
PARTS = (
    *("Purpose and patterns", "Entities, state variables and scales"),
    *("Process overview and scheduling", "Design concepts", "Initialization", "Input data"),
    "Submodels",
)
CONCEPTS = (
    *("Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction"),
    *("Sensing", "Interaction", "Stochasticity", "Collectives", "Observation", "Heterogeneity"),
)


@pytest.fixture(scope="module")
def odd() -> str:
    return write_odd()


def test_the_kept_document_is_up_to_date(odd: str) -> None:
    same = KEPT.read_text(encoding="utf-8") == odd
    assert same, "write it anew: ./go odd > docs/odd.md"


def test_it_has_the_seven_parts_of_odd_in_order(odd: str) -> None:
    assert tuple(re.findall(r"^## \d\. (.+)$", odd, re.MULTILINE)) == PARTS


@pytest.mark.parametrize("concept", CONCEPTS)
def test_it_answers_every_design_concept(odd: str, concept: str) -> None:
    assert f"\n**{concept}.** " in odd


@pytest.mark.parametrize("module", RULE_MODULES, ids=lambda module: module.__name__)
def test_it_states_every_rule_with_its_equation(odd: str, module: object) -> None:
    for name in marked_rules(module):  # type: ignore[arg-type]
        _, found, rest = odd.partition(f"\n#### `{name}`\n")
        assert found, name
        assert "```text\n" in rest.partition("\n####")[0], f"{name} states no equation"


def test_it_lists_every_behavioural_number_with_value_range_grade_and_source(odd: str) -> None:
    for name, info in parameter_info().items():
        (row,) = re.findall(rf"^\| `{name}` \|.*$", odd, re.MULTILINE)
        cells = row.split(" | ")
        assert cells[2] == f"{info.value:g}"
        assert cells[4] == f"{info.range[0]:g} to {info.range[1]:g}"
        assert cells[5] == info.grade
        assert cells[8]
        assert cells[9].removesuffix(" |"), f"{name} is used nowhere"


def test_it_lists_every_measure_target_preset_subject_and_trait(odd: str) -> None:
    for name in MEASURES:
        assert f"| `{name}` |" in odd
    for target in TARGETS:
        assert f"| {target.name} |" in odd
    for preset in presets():
        assert f"| {preset} |" in odd
    for subject in SUBJECTS:
        assert f"| {subject.name} |" in odd
    assert set(Traits._fields) == {*TRAITS, "opinion"}


def test_it_says_how_many_of_the_slots_each_layer_has(odd: str) -> None:
    heads, _, *rows = odd.partition("| layer | strength |")[2].splitlines()[:7]
    assert heads == " of 32 slots | of 64 slots | of 128 slots | meaning |"
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == list(LAYERS)
    for place, slots in enumerate(KINDS, start=2):
        assert sum(int(row.split(" | ")[place]) for row in rows) == slots


def test_a_table_keeps_one_row_a_line() -> None:
    assert table(("a",), [("x\n| y",)]).splitlines() == ["| a |", "|---|", "| x \\| y |"]
