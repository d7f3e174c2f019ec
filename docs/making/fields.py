"""The fields of the files that one writes: scenario, scheme, experiment, claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from glasshouse.lab.claims.claim import Claim
from glasshouse.lab.experiments.design import Experiment
from glasshouse.scenario.explaining import in_words
from glasshouse.scenario.scenario import Scenario
from glasshouse.scenario.scheme import Scheme
from glasshouse.scenario.written import Written
from making.markdown import code, plain, table

KINDS: dict[str, type[Written]] = {
    "A scheme": Scheme,
    "A scenario": Scenario,
    "An experiment": Experiment,
    "A claim": Claim,
}
FREE = "something else"


def told() -> str:
    """Each kind of file with its own fields, and those of the parts that it is made of."""
    parts, seen = [], {kind.__name__ for kind in KINDS.values()}
    for title, kind in KINDS.items():
        schema = kind.model_json_schema(by_alias=True)
        parts.append(f"## {title}\n\n{_fields(schema, schema)}")
        for name, part in schema.get("$defs", {}).items():
            if name not in seen and part.get("properties"):
                seen.add(name)
                about = plain(part.get("description", "").partition("\n")[0])
                where = f"{about} Written under {_places(name, schema)}."
                parts.append(f"### {name}\n\n{where}\n\n{_fields(part, schema)}")
    return "\n".join(parts)


def _places(name: str, root: Mapping[str, Any]) -> str:
    """The fields that are made of a part."""
    places = {
        field: None
        for part in (root, *root["$defs"].values())
        for field, node in part.get("properties", {}).items()
        if f"'#/$defs/{name}'" in repr(node)
    }
    return ", ".join(map(code, places))


def _fields(part: Mapping[str, Any], root: Mapping[str, Any]) -> str:
    return table(["field", "allowed", "without", "meaning"], _rows(part, root))


def _rows(part: Mapping[str, Any], root: Mapping[str, Any]) -> Iterator[list[str]]:
    needed = set(part.get("required", ()))
    for name, node in part["properties"].items():
        allowed = in_words(node, root)
        default = "(must be given)" if name in needed else _default(node.get("default"))
        meaning = plain(node.get("description", "").replace("\n", " "))
        yield [code(name), "" if allowed == FREE else plain(allowed), default, meaning]


def _default(value: object) -> str:
    if value is None or value in ("", {}, []):
        return "nothing"
    if isinstance(value, dict):
        return "its own defaults"
    if isinstance(value, list):
        return ", ".join(map(code, value))
    return code(value if not isinstance(value, bool) else str(value).lower())
