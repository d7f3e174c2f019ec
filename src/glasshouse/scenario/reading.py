"""From a file a user wrote to a model, or to one clear message."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from pydantic import BaseModel, ValidationError

from glasshouse.scenario.document import Document, read_document
from glasshouse.scenario.explaining import explained
from glasshouse.scenario.faults import BadInput, nearest_word, shown
from glasshouse.scenario.scheme import Scheme

Model = TypeVar("Model", bound=BaseModel)
PRESETS = Path(__file__).parent / "presets"
ENDINGS = (".yaml", ".yml")


def presets() -> tuple[str, ...]:
    """Return the names of the schemes that come with the package.

    Examples
    --------
    >>> presets()
    ('none', 'watched', 'credit-only', 'own-acts-only', 'press-sesame', 'fear')
    """
    return ("none", "watched", "credit-only", "own-acts-only", "press-sesame", "fear")


def checked(model: type[Model], document: Document, place: str) -> Model:
    """Check plain values against a model, naming the line of the first fault."""
    if not isinstance(document.value, Mapping):
        raise BadInput(
            place=f"{place}, line 1" if place else "",
            found=shown(document.value),
            allowed="a mapping with " + ", ".join(model.model_fields),
        )
    try:
        folder = Path(place).parent if place else Path()
        return model.model_validate(document.value, context={"folder": folder})
    except ValidationError as error:
        raise explained(error, model, place=place, lines=document.lines) from None


def read_scheme(name_or_path: str | Path, folder: Path | None = None) -> Scheme:
    """Read a scheme by the name of a preset or from a file.

    Parameters
    ----------
    name_or_path : str or Path
    folder : Path, optional
        Where a relative path starts.

    Returns
    -------
    Scheme

    Raises
    ------
    BadInput

    Examples
    --------
    >>> read_scheme("none").is_none()
    True
    """
    if name_or_path in presets():
        return preset(str(name_or_path))
    path = written_path(name_or_path, folder)
    return checked(Scheme, read_document(path), str(path))


def written_path(name_or_path: str | Path, folder: Path | None = None) -> Path:
    """Take a word for a file, unless it can only be a misspelt preset."""
    path = (folder or Path()) / name_or_path
    if isinstance(name_or_path, Path) or path.suffix in ENDINGS or path.name != name_or_path:
        return path
    if name_or_path and path.exists():
        return path
    raise BadInput(
        field="scheme",
        found=shown(name_or_path),
        allowed="a preset (" + ", ".join(presets()) + ") or a YAML file",
        nearest=nearest_word(name_or_path, presets()),
    )


@cache
def preset(name: str) -> Scheme:
    """Return a scheme that comes with the package."""
    path = PRESETS / f"{name}.yaml"
    return checked(Scheme, read_document(path), path.name)


def nested(changes: Mapping[str, Any], start: Mapping[str, Any], above: str = "") -> dict[str, Any]:
    """Set values at dotted paths in nested mappings, leaving the original as it is.

    Examples
    --------
    >>> nested({"friends.share": 0.1}, {"friends": {"map": True}, "base": 5})
    {'friends': {'map': True, 'share': 0.1}, 'base': 5}
    """
    result = dict(start)
    for path, value in changes.items():
        head, _, rest = path.partition(".")
        if not rest:
            result[head] = value.item() if isinstance(value, np.generic) else value
            continue
        inner = result.get(head)
        if head == "scheme" and isinstance(inner, str | Path):
            inner = read_scheme(inner)
        if isinstance(inner, BaseModel):
            inner = parts_of(inner)
        if inner is not None and not isinstance(inner, Mapping):
            raise BadInput(
                field=f"{above}{path}",
                found=f"a part of {head}, which has no parts",
                allowed=f"{above}{head}",
            )
        result[head] = nested({rest: value}, inner or {}, f"{above}{head}.")
    return result


def parts_of(model: BaseModel) -> dict[str, Any]:
    """Return the fields of a model by the names they have in a file."""
    fields = type(model).model_fields.items()
    return {info.serialization_alias or name: getattr(model, name) for name, info in fields}


def merged(base: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Lay overrides over nested mappings; nothing (null) takes an entry away.

    Examples
    --------
    >>> merged({"base": 5, "doors": {"loan": {}, "travel": {}}}, {"doors": {"loan": None}})
    {'base': 5, 'doors': {'travel': {}}}
    """
    result = dict(base)
    for name, value in overrides.items():
        if value is None:
            result.pop(name, None)
        elif isinstance(value, Mapping) and isinstance(result.get(name), Mapping):
            result[name] = merged(result[name], value)
        else:
            result[name] = value
    return result
