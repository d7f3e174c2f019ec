"""JSON Schemas of what a user writes, for editors and other programs."""

from __future__ import annotations

import json
from typing import Any

from glasshouse.scenario.defaults import parameter_info
from glasshouse.scenario.faults import BadInput, nearest_word, shown
from glasshouse.scenario.scenario import Scenario
from glasshouse.scenario.scheme import Scheme
from glasshouse.scenario.written import Written

SCHEMA_VERSION = 1
DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: dict[str, type[Written]] = {"scenario": Scenario, "scheme": Scheme}


def json_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a ``scenario`` or a ``scheme`` file.

    Raises
    ------
    BadInput
        For another kind.

    Examples
    --------
    >>> json_schema("scheme")["required"]
    ['name']
    """
    if kind not in KINDS:
        near = nearest_word(kind, KINDS)
        raise BadInput(field="schema", found=shown(kind), allowed=", ".join(KINDS), nearest=near)
    schema = KINDS[kind].model_json_schema(by_alias=True)
    schema["description"] = schema["description"].partition("\n")[0]
    for part in schema.get("$defs", {}).values():
        part["description"] = part.get("description", "").partition("\n")[0]
    if kind == "scenario":
        schema["properties"]["parameters"] = _parameters()
    return {"$schema": DIALECT, "$comment": f"version {SCHEMA_VERSION}", **schema}


def json_schema_text(kind: str) -> str:
    """Return the JSON Schema of a kind of file as text."""
    return json.dumps(json_schema(kind), indent=2, ensure_ascii=False) + "\n"


def _parameters() -> dict[str, Any]:
    """Return the schema of the overrides, every number with its hard bounds."""
    numbers = {
        name: {
            "type": "number",
            "minimum": info.bounds[0],
            "maximum": info.bounds[1],
            "default": info.value,
            "description": f"{info.meaning} ({info.unit})",
        }
        for name, info in parameter_info().items()
    }
    return {
        "type": "object",
        "description": "Behavioural numbers that differ from the shipped ones.",
        "properties": numbers,
        "additionalProperties": False,
        "default": {},
    }
