"""JSON Schemas: what validates loads, and nothing in them is about anybody."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import yaml

from glasshouse.scenario import BadInput, Scenario, json_schema, json_schema_text, presets
from glasshouse.scenario.reading import PRESETS

# Names, contacts, texts and pictures of people, and whatever would tell one person from another.
ABOUT_PEOPLE = re.compile(
    r"(first|last|sur|full|nick|user|person)_?name|e?mail|phone|address|birth|passport|identity"
    r"|photo|picture|image|face|portrait|text|body|content|comment|biograph|handle|account|url"
    r"|religion|ethnic|gender|citizen_?id|location|latitude|longitude|record"
)
TEXTS = {"scheme", "name", "title", "about", "sources", "kind", "edges"}


def fields(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for part in [schema, *schema.get("$defs", {}).values()]:
        yield from part.get("properties", {}).items()


def may_be_text(node: dict[str, Any]) -> bool:
    kinds = [node, *node.get("anyOf", []), node.get("items", {})]
    return any(each.get("type") == "string" and "enum" not in each for each in kinds)


@pytest.mark.parametrize("kind", ["scenario", "scheme"])
def test_no_field_is_about_a_person(kind: str) -> None:
    for name, _ in fields(json_schema(kind)):
        assert not ABOUT_PEOPLE.search(name), name


@pytest.mark.parametrize("kind", ["scenario", "scheme"])
def test_the_only_texts_describe_the_scheme_or_name_a_file(kind: str) -> None:
    assert {name for name, node in fields(json_schema(kind)) if may_be_text(node)} <= TEXTS


@pytest.mark.parametrize("kind", ["scenario", "scheme"])
def test_every_field_is_described_and_none_beside_them_is_allowed(kind: str) -> None:
    schema = json_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    for name, node in fields(schema):
        assert node.get("description") or name == "kind", name
    for part in [schema, *schema["$defs"].values()]:
        assert part["additionalProperties"] is False
    assert json.loads(json_schema_text(kind)) == schema


@pytest.mark.parametrize("name", presets())
def test_what_loads_validates(name: str) -> None:
    scenario = yaml.safe_load(Scenario.load(name).to_yaml())
    jsonschema.validate(scenario, json_schema("scenario"))
    jsonschema.validate(scenario["scheme"], json_schema("scheme"))
    jsonschema.validate(
        yaml.safe_load((PRESETS / f"{name}.yaml").read_text()), json_schema("scheme")
    )


@pytest.mark.parametrize(
    "wrong",
    [{}, {"scheme": "none", "dyas": 3}, {"scheme": "none", "parameters": {"weight_of_fear": 99}}],
)
def test_what_does_not_load_does_not_validate(wrong: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, json_schema("scenario"))


def test_another_kind_of_schema_is_refused_with_the_nearest_word() -> None:
    with pytest.raises(BadInput, match="Did you mean scheme?"):
        json_schema("schem")
