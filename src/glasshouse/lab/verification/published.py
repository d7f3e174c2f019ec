"""Published models as functions whose inputs are named, bounded and read from words."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any, ParamSpec, get_args, get_origin, get_type_hints

from glasshouse.lab.verification.finding import Check, Readings
from glasshouse.scenario.document import plain_value
from glasshouse.scenario.faults import BadInput, nearest_word, shown

Given = ParamSpec("Given")
Run = Callable[..., Readings]


@dataclass(frozen=True)
class Within:
    """A number with its bounds and its meaning."""

    low: float
    high: float
    meaning: str


@dataclass(frozen=True)
class OneOf:
    """One of some words."""

    words: tuple[str, ...]
    meaning: str


@dataclass(frozen=True)
class Flag:
    """Yes or no."""

    meaning: str


Seed = Annotated[int, Within(0, 2**63 - 1, "seed of the chance events")]
Runs = Annotated[int, Within(1, 100_000, "runs, each with a seed of its own")]


@dataclass(frozen=True)
class Input:
    """One input of a model: what it is called, by default, and allowed to be."""

    name: str
    kind: type
    bounds: Within | OneOf | Flag
    default: Any

    @property
    def option(self) -> str:
        """Its name on the command line."""
        return self.name.replace("_", "-")

    @property
    def allowed(self) -> str:
        """What is allowed, in words."""
        bounds = self.bounds
        if isinstance(bounds, Flag):
            return "yes or no"
        if isinstance(bounds, OneOf):
            return ", ".join(bounds.words)
        kind = {int: "a whole number", float: "a number"}.get(self.kind, "numbers, with commas,")
        return f"{kind} from {bounds.low:.12g} to {bounds.high:.12g}"

    def read(self, word: str) -> object:
        """The value a word of the command line stands for; the word itself where it is none."""
        text = word.strip()
        if isinstance(self.bounds, Flag):
            return {"yes": True, "true": True, "no": False, "false": False}.get(text.lower(), word)
        if isinstance(self.bounds, OneOf):
            return text
        if self.kind is tuple:
            parts = [plain_value(part) for part in text.split(",")] if text else []
            numbers = all(isinstance(part, int | float) for part in parts)
            return tuple(parts) if numbers else word
        number = plain_value(text)
        if self.kind is int and isinstance(number, float) and number.is_integer():
            return int(number)
        return number

    def checked(self, value: object, field: str) -> object:
        """The value if it is allowed.

        Raises
        ------
        BadInput
        """
        bounds = self.bounds
        if isinstance(bounds, Flag):
            good = isinstance(value, bool)
        elif isinstance(bounds, OneOf):
            if value not in bounds.words:
                near = nearest_word(str(value), bounds.words)
                raise BadInput(field=field, found=shown(value), allowed=self.allowed, nearest=near)
            good = True
        elif self.kind is tuple:
            good = isinstance(value, list | tuple) and all(_fits(x, float, bounds) for x in value)
            value = tuple(value) if good and isinstance(value, list | tuple) else value
        else:
            good = _fits(value, self.kind, bounds)
            value = self.kind(value) if good else value
        if not good:
            if isinstance(value, list | tuple):
                value = ",".join(str(each) for each in value)
            raise BadInput(field=field, found=shown(value), allowed=self.allowed)
        return value


def _fits(value: object, kind: type, bounds: Within) -> bool:
    allowed = (int,) if kind is int else (int, float)
    if isinstance(value, bool) or not isinstance(value, allowed):
        return False
    return math.isfinite(value) and bounds.low <= value <= bounds.high


def inputs_of(function: Callable[..., Any]) -> dict[str, Input]:
    """Inputs of a published model, by name, from its signature.

    Examples
    --------
    >>> from glasshouse.lab.verification import dissent
    >>> inputs_of(dissent)["severity"].default
    0.6
    """
    hints = get_type_hints(function, include_extras=True)
    found = {}
    for name, parameter in inspect.signature(function).parameters.items():
        kind, bounds = get_args(hints[name])
        found[name] = Input(name, get_origin(kind) or kind, bounds, parameter.default)
    return found


def published(model: str) -> Callable[[Callable[Given, Readings]], Callable[Given, Readings]]:
    """Let a model refuse inputs it cannot be run with.

    Parameters
    ----------
    model : str
        Name of the model, which begins every complaint.
    """

    def decorate(function: Callable[Given, Readings]) -> Callable[Given, Readings]:
        inputs = inputs_of(function)

        @wraps(function)
        def run(*args: Given.args, **given: Given.kwargs) -> Readings:
            checked = checked_inputs(model, inputs, given)
            unchecked: Callable[..., Readings] = function
            return unchecked(*args, **checked)

        return run

    return decorate


def checked_inputs(
    model: str, inputs: Mapping[str, Input], given: Mapping[str, object]
) -> dict[str, object]:
    """Inputs that were given, each checked; unknown ones are refused with the nearest."""
    found = {}
    for name, value in given.items():
        known = inputs.get(name.replace("-", "_"))
        if known is None:
            options = [each.option for each in inputs.values()]
            raise BadInput(
                field=f"{model}.{name}", found="an unknown input", allowed=", ".join(options),
                nearest=nearest_word(name, options),
            )  # fmt: skip
        found[known.name] = known.checked(value, f"{model}.{known.option}")
    return found


@dataclass(frozen=True)
class Model:
    """A published model: its name, where it was published, how it is run and checked."""

    name: str
    reference: str
    run: Run
    check: Check

    @property
    def inputs(self) -> dict[str, Input]:
        """What a run takes, by name."""
        return inputs_of(self.run)

    def run_with(self, words: Mapping[str, str]) -> Readings:
        """Run it with inputs as they are written on a command line."""
        inputs = self.inputs
        by_name = {name.replace("-", "_"): name for name in words}
        values = {
            name: inputs[name].read(words[word]) if name in inputs else words[word]
            for name, word in by_name.items()
        }
        return self.run(**checked_inputs(self.name, inputs, values))
