"""The JSON Schema of an experiment's file, for editors and other programs."""

from __future__ import annotations

import json
from typing import Any

from glasshouse.lab.experiments.design import Experiment
from glasshouse.scenario.schema import DIALECT, SCHEMA_VERSION


def experiment_schema() -> dict[str, Any]:
    """The JSON Schema of what somebody writes to ask for an experiment.

    Examples
    --------
    >>> experiment_schema()["required"]
    ['question', 'scenario', 'factors']
    """
    schema = Experiment.model_json_schema(by_alias=True)
    schema["description"] = schema["description"].partition("\n")[0]
    for part in schema.get("$defs", {}).values():
        part["description"] = part.get("description", "").partition("\n")[0]
    # A file need not name itself, and says in short what the whole would be.
    schema["required"].remove("name")
    fields = schema["properties"]
    kinds = schema["$defs"]["Design"]["properties"]["kind"]
    _or(fields["scenario"], {"type": "string"})
    _or(fields["design"], {"enum": kinds["enum"]})
    _or(fields["factors"]["additionalProperties"], {"type": "array", "minItems": 1})
    fields["factors"]["additionalProperties"]["anyOf"].append({"const": "range"})
    return {"$schema": DIALECT, "$comment": f"version {SCHEMA_VERSION}", **schema}


def experiment_schema_text() -> str:
    """The JSON Schema of an experiment's file as text."""
    return json.dumps(experiment_schema(), indent=2, ensure_ascii=False) + "\n"


def _or(node: dict[str, Any], short: dict[str, Any]) -> None:
    """Let a node be written in short too."""
    whole = dict(node)
    node.clear()
    for name in ("title", "description", "default"):
        if name in whole:
            node[name] = whole.pop(name)
    node["anyOf"] = [short, whole]
