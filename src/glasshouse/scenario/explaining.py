"""From the validator's errors to one message: which field, what was found, what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from glasshouse.scenario.faults import BadInput, nearest_word, shown

Path = tuple[str | int, ...]
MOST_OTHERS = 5
MOST_NAMES = 20
LONGEST_NAME = 40
Schema = Mapping[str, Any]


@cache
def _schema(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema(by_alias=True)


def explained(
    error: ValidationError,
    model: type[BaseModel],
    *,
    place: str = "",
    lines: Mapping[Path, int] | None = None,
) -> BadInput:
    """Turn a validation error into one message about its first fault, naming the others.

    Parameters
    ----------
    error : pydantic.ValidationError
    model : type
        The model that was validated.
    place : str
        File the input came from.
    lines : mapping, optional
        Line of every path of the input, counted from 1.

    Returns
    -------
    BadInput
    """
    faults = [_fault(each, model) for each in error.errors(include_url=False)]
    if lines:
        faults.sort(key=lambda fault: _line(lines, fault[0]))
    path, found, allowed, nearest = faults[0]
    others = [f"{dotted(each[0])} (found {each[1]})" for each in faults[1:]]
    if len(others) > MOST_OTHERS:
        others[MOST_OTHERS:] = [f"and {len(others) - MOST_OTHERS} further ones"]
    if place and lines:
        place = f"{place}, line {_line(lines, path)}"
    return BadInput(
        place=place,
        field=dotted(path),
        found=found,
        allowed=allowed,
        nearest=nearest,
        others=others,
    )


def dotted(path: Path) -> str:
    """Write a path with dots.

    Examples
    --------
    >>> dotted(("doors", "travel", "width"))
    'doors.travel.width'
    """
    return ".".join(_name(str(part)) for part in path)


def _name(part: str) -> str:
    part = part if part.isprintable() else repr(part)
    return part if len(part) <= LONGEST_NAME else f"{part[: LONGEST_NAME - 3]}..."


def _line(lines: Mapping[Path, int], path: Path) -> int:
    while path not in lines and path:
        path = path[:-1]
    return lines.get(path, 1)


def _fault(error: Any, model: type[BaseModel]) -> tuple[Path, str, str, str]:
    """Return path, found, allowed and nearest word of one error of the validator."""
    root = _schema(model)
    path, node = _follow(root, error["loc"], error["input"])
    kind = error["type"]
    if kind == "rule":
        context = error["ctx"]
        parts = context["field"].split(".") if context["field"] else []
        path += tuple(int(part) if part.isdigit() else part for part in parts)
        return path, context["found"], context["allowed"], context.get("nearest", "")
    if kind in ("extra_forbidden", "union_tag_invalid", "union_tag_not_found"):
        return _unknown(kind, error, root, path, node)
    found = _found(kind, error["input"])
    allowed = in_words(node, root)
    nearest = ""
    if isinstance(error["input"], str):
        words = _words(node, root)
        nearest = _yes_or_no(error["input"], words) or nearest_word(error["input"], words)
    return path, found, allowed, nearest


def _found(kind: str, given: Any) -> str:
    if kind == "missing":
        return "nothing"
    if kind == "string_too_long":
        return f"{len(given)} characters"
    return f"{len(given)} entries" if kind == "too_long" else shown(given)


def _unknown(
    kind: str, error: Any, root: Schema, path: Path, node: Schema
) -> tuple[Path, str, str, str]:
    """Explain a name that no field has, or a kind that does not exist."""
    if kind == "extra_forbidden":
        name = str(path[-1])
        _, parent = _follow(root, error["loc"][:-1], None)
        names = list(_resolve(parent, root).get("properties", {}))
        return path, "an unknown name", _names(names), nearest_word(name, names)
    names = list(_resolve(node, root)["discriminator"]["mapping"])
    given = error["input"]
    tag = given.get("kind") if isinstance(given, Mapping) else given
    near = nearest_word(tag, names) if isinstance(tag, str) else ""
    return (*path, "kind"), shown(tag), _names(names), near


def _follow(root: Schema, location: tuple[str | int, ...], given: object) -> tuple[Path, Schema]:
    """Walk the schema along a location, leaving out the marks that are not names in the file."""
    node: Schema = root
    path: Path = ()
    for part in location:
        node = _resolve(node, root)
        if "discriminator" in node and part in node["discriminator"]["mapping"]:
            node = {"$ref": node["discriminator"]["mapping"][part]}
            continue
        if part == "[key]":
            return path, {"pattern": next(iter(node.get("patternProperties", {})), "")}
        if isinstance(part, int):
            path, node = (*path, part), node.get("items", {})
            continue
        properties = node.get("properties", {})
        name = part if part in properties or f"{part}".rstrip("_") not in properties else part[:-1]
        further = node.get("additionalProperties")
        further = next(iter(node.get("patternProperties", {}).values()), further)
        node = properties.get(name, further if isinstance(further, Mapping) else {})
        path = (*path, name)
    return path, node


def _resolve(node: Schema, root: Schema) -> Schema:
    """Follow references, and step through "this or nothing" to this."""
    while True:
        if "$ref" in node:
            node = root["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        elif "anyOf" in node:
            objects = [each for each in node["anyOf"] if "$ref" in each]
            if len(objects) != 1:
                return node
            node = objects[0]
        else:
            return node


def in_words(node: Schema, root: Schema) -> str:
    """Say in plain words what a node of a JSON Schema allows."""
    if "x-allowed" in node:
        return str(node["x-allowed"])
    if "$ref" in node:
        return in_words(_resolve(node, root), root)
    if "anyOf" in node:
        return " or ".join(in_words(each, root) for each in node["anyOf"])
    if "oneOf" in node:
        return "a mapping of one of the kinds " + _names(list(node["discriminator"]["mapping"]))
    if "enum" in node:
        return _names([str(each) for each in node["enum"]])
    if "pattern" in node:
        return "lower-case letters, digits, - and _, a letter first, 40 at most"
    if "const" in node:
        return str(node["const"])
    kind = node.get("type", "")
    if kind in ("number", "integer"):
        return _number_in_words(node)
    if kind == "object" and "properties" in node:
        return "a mapping with " + _names(list(node["properties"]))
    most = next((node[key] for key in _MOST if key in node), None)
    words = _PLAIN.get(kind, "something else")
    return words if most is None else f"{words}, at most {most} {_ENTRIES.get(kind, 'entries')}"


_MOST = ("maxLength", "maxItems", "maxProperties")
_ENTRIES = {"string": "characters"}
_PLAIN = {
    "boolean": "true or false",
    "string": "text",
    "array": "a list",
    "object": "a mapping",
    "null": "nothing",
}


def _number_in_words(node: Schema) -> str:
    kind = "a whole number" if node["type"] == "integer" else "a number"
    low = node.get("minimum", node.get("exclusiveMinimum"))
    high = node.get("maximum", node.get("exclusiveMaximum"))
    above = "above" if "exclusiveMinimum" in node else "from"
    if low is None and high is None:
        return kind
    if high is None:
        return f"{kind} {above} {low:.12g}" + (" upwards" if above == "from" else "")
    if low is None:
        return f"{kind} up to {high:.12g}"
    return f"{kind} {above} {low:.12g} to {high:.12g}"


def _words(node: Schema, root: Schema) -> list[str]:
    """Return the words a node allows, if it is words that it allows."""
    node = _resolve(node, root)
    if node.get("type") == "boolean":
        return ["true", "false"]
    return [str(each) for each in node.get("enum", [])]


def _yes_or_no(word: str, words: list[str]) -> str:
    if words != ["true", "false"]:
        return ""
    meant = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
    return meant.get(word.casefold(), "")


def _names(names: list[str]) -> str:
    if len(names) > MOST_NAMES:
        return ", ".join(names[:MOST_NAMES]) + f" and {len(names) - MOST_NAMES} more"
    return ", ".join(names)
