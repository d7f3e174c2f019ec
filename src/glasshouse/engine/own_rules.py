"""Own rules: any rule of the model replaced by a user's function, compiled into the same loops.

The loops and the reference name the rules they call. To replace one, the modules they are
written in are loaded a second time, with the user's function under the rule's name.
"""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

import numpy as np

from glasshouse.chance import rule as compiling
from glasshouse.model import (
    acts,
    doors,
    drift,
    expression,
    friendship,
    participation,
    pressure,
    recording,
    revolt,
    scoring,
)
from glasshouse.scenario.faults import BadInput, nearest_word

RULE_MODULES = (
    acts, expression, recording, scoring, doors, friendship, pressure, drift, participation, revolt,
)  # fmt: skip
# Loaded again for own rules, in this order: each may import those before it.
REBUILT = (
    "glasshouse.model.expression",
    "glasshouse.model.pressure",
    "glasshouse.model.terms",
    "glasshouse.engine.act_places",
    "glasshouse.engine.act_tables",
    "glasshouse.engine.pressing",
    "glasshouse.engine.look_circles",
    "glasshouse.engine.look_edges",
    "glasshouse.engine.choose",
    "glasshouse.engine.tally",
    "glasshouse.engine.act_list",
    "glasshouse.engine.act",
    "glasshouse.engine.errands",
    "glasshouse.engine.settling",
    "glasshouse.engine.friends",
    "glasshouse.engine.review_circles",
    "glasshouse.engine.review_edges",
    "glasshouse.engine.block",
    "glasshouse.engine.sweep",
    "glasshouse.engine.offering",
    "glasshouse.engine.reference.looking",
    "glasshouse.engine.reference.choosing",
    "glasshouse.engine.reference.acting",
    "glasshouse.engine.reference.scoring",
    "glasshouse.engine.reference.friends",
    "glasshouse.engine.reference.drifting",
    "glasshouse.engine.reference",
)


@dataclass(frozen=True)
class Loops:
    """What a nation needs to live: the compiled loops, and the reference for a ledger."""

    scheme_terms: Callable[..., Any]
    act_tables: Callable[..., Any]
    readings_table: Callable[..., Any]
    pressing_of: Callable[..., Any]
    sweep_circles: Callable[..., Any]
    sweep_chosen: Callable[..., Any]
    sweep_edges: Callable[..., Any]
    offer_in_circles: Callable[..., Any]
    settle_edges: Callable[..., Any]
    reference: ModuleType


@cache
def rules() -> dict[str, Callable[..., Any]]:
    """Every rule of the model by name.

    Examples
    --------
    >>> "chance_of_cutting" in rules()
    True
    """
    found: dict[str, Callable[..., Any]] = {}
    for module in RULE_MODULES:
        for name, value in vars(module).items():
            if inspect.isfunction(value) and value.__module__ == module.__name__:
                found[name] = value
    return found


def loops_with(own: Mapping[str, Callable[..., Any]]) -> Loops:
    """The loops with some rules replaced.

    Parameters
    ----------
    own : mapping of str to callable
        The rule's name, and a function of the same arguments.

    Returns
    -------
    Loops

    Raises
    ------
    BadInput
        For a name that is no rule, or arguments that differ from the rule's.
    """
    for name, function in own.items():
        _check(name, function)
    return _loops(tuple(sorted(own.items())))


@cache
def _loops(own: tuple[tuple[str, Callable[..., Any]], ...]) -> Loops:
    if not own:
        modules = {name: importlib.import_module(name) for name in REBUILT}
    else:
        modules = _rebuilt(dict(own))
    sweep, offering = modules["glasshouse.engine.sweep"], modules["glasshouse.engine.offering"]
    return Loops(
        modules["glasshouse.model.terms"].scheme_terms,
        modules["glasshouse.engine.act_tables"].act_tables,
        modules["glasshouse.engine.act_tables"].readings_table,
        modules["glasshouse.engine.pressing"].pressing_of,
        sweep.sweep_circles,
        sweep.sweep_chosen,
        sweep.sweep_edges,
        offering.offer_in_circles,
        offering.settle_edges,
        modules["glasshouse.engine.reference"],
    )


def _check(name: str, function: Callable[..., Any]) -> None:
    known = rules()
    if name not in known:
        raise BadInput(
            field="rules",
            found=name,
            allowed="the name of a rule of glasshouse.model",
            nearest=nearest_word(name, known),
        )
    if not inspect.isfunction(function):
        raise BadInput(field=f"rules.{name}", found=repr(function), allowed="a Python function")
    wanted = list(inspect.signature(known[name]).parameters)
    given = list(inspect.signature(function).parameters)
    if wanted != given:
        raise BadInput(
            field=f"rules.{name}",
            found=f"a function of ({', '.join(given)})",
            allowed=f"a function of ({', '.join(wanted)})",
        )


def _variant(own: Mapping[str, Callable[..., Any]]) -> str:
    digest = hashlib.sha256()
    for name, function in own.items():
        digest.update(name.encode())
        for part in _written(function, set()):
            digest.update(part)
    return "-" + digest.hexdigest()[:16]


def _written(function: Callable[..., Any], seen: set[Callable[..., Any]]) -> Iterator[bytes]:
    """Everything a compiled function depends on: its code, and the values of the names it uses.

    Two functions made by the same lines from different numbers are different functions.
    """
    if function in seen:
        return
    seen.add(function)
    code = function.__code__
    yield repr((code.co_code, code.co_consts, code.co_names, function.__defaults__)).encode()
    used = inspect.getclosurevars(function)
    for name, value in sorted({**used.globals, **used.nonlocals}.items()):
        yield name.encode()
        value = getattr(value, "py_func", value)
        if inspect.isfunction(value):
            yield from _written(value, seen)
        elif isinstance(value, np.ndarray):
            yield value.tobytes()
        elif isinstance(value, ModuleType):
            yield value.__name__.encode()
        else:
            yield repr(value).encode()


def _rebuilt(own: Mapping[str, Callable[..., Any]]) -> dict[str, ModuleType]:
    variant = _variant(own)
    marked = {name: compiling.rule(function) for name, function in own.items()}
    usual = {name: importlib.import_module(name) for name in REBUILT}
    fresh: dict[str, ModuleType] = {}
    ordinary = compiling.compiled

    def compiled(*, variant: str = variant) -> Any:
        return ordinary(variant=variant)

    try:
        compiling.compiled = compiled
        for name in REBUILT:
            spec = importlib.util.find_spec(name)
            assert spec is not None and spec.loader is not None
            module = importlib.util.module_from_spec(spec)
            sys.modules[name] = module
            spec.loader.exec_module(module)
            # Records stay the classes they are: the disk finds a loop by the classes it takes.
            for place, value in {**_classes_of(usual[name]), **marked}.items():
                if hasattr(module, place):
                    setattr(module, place, value)
            fresh[name] = module
    finally:
        compiling.compiled = ordinary
        sys.modules.update(usual)
    return fresh


def _classes_of(module: ModuleType) -> dict[str, type]:
    return {
        name: value
        for name, value in vars(module).items()
        if inspect.isclass(value) and value.__module__ == module.__name__
    }
