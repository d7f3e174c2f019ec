"""The shipped behavioural numbers with all that is known about them, and their overrides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from numbers import Real
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from glasshouse.scenario.document import read_document
from glasshouse.scenario.faults import BadInput, nearest_word, shown
from glasshouse.scenario.parameters import Parameters
from glasshouse.scenario.reading import checked
from glasshouse.scenario.written import Number, Text, Written

DEFAULTS_FILE = Path(__file__).parent / "defaults.yaml"
Pair = Annotated[tuple[Number, Number], Field(strict=False)]
Grade = Literal["M", "P", "A"]
GRADES: dict[str, str] = {"M": "measured", "P": "proxy", "A": "assumed"}


class ParameterInfo(Written):
    """One behavioural number: its value and what is known about it."""

    value: Number
    unit: Text
    range: Pair
    bounds: Pair
    grade: Grade
    role: Literal["fitted", "not fitted"]
    section: Text
    symbol: Text
    meaning: Text
    source: Text


class Subject(Written):
    """A subject people read about: the shares of its outlets by tone."""

    name: Text
    against: Number
    neutral: Number
    for_: Number = Field(validation_alias="for", serialization_alias="for")


class Target(Written):
    """An interval that the calibrated model should meet.

    ``measure`` is the name of a measure, or several joined by ``+`` or ``/``; ``scenario`` names
    the preset under which it is taken; ``got`` is what the last calibration reached.
    """

    name: Text
    measure: Text
    scenario: Text
    low: Number
    high: Number
    unit: Text
    grade: Grade
    source: Text
    role: Literal["fitted", "held out"]
    got: Number | None = None


class Defaults(Written):
    """The whole of ``defaults.yaml``."""

    parameters: dict[str, ParameterInfo]
    subjects: tuple[Subject, ...]
    targets: tuple[Target, ...]


@cache
def load_defaults() -> Defaults:
    """Read ``defaults.yaml``, once."""
    return checked(Defaults, read_document(DEFAULTS_FILE), DEFAULTS_FILE.name)


def parameter_info() -> dict[str, ParameterInfo]:
    """Return what is known about every behavioural number, by name.

    Examples
    --------
    >>> parameter_info()["loss_aversion"].grade
    'M'
    """
    return dict(load_defaults().parameters)


@cache
def default_parameters() -> Parameters:
    """Return the shipped behavioural numbers.

    Examples
    --------
    >>> default_parameters().horizon_days
    30.0
    """
    known = load_defaults().parameters
    return Parameters(**{name: known[name].value for name in Parameters._fields})


def parameters_with(overrides: Mapping[str, float]) -> Parameters:
    """Return the shipped numbers with some replaced.

    Raises
    ------
    BadInput
        For an unknown name or a number outside its hard bounds.

    Examples
    --------
    >>> parameters_with({"weight_of_fear": 0.5}).weight_of_fear
    0.5
    """
    for name, value in overrides.items():
        fault = override_fault(name, value)
        if fault is not None:
            raise fault
    numbers = {name: float(value) for name, value in overrides.items()}
    parameters = default_parameters()._replace(**numbers)
    shared = parameters.opinion_circle_correlation + parameters.opinion_city_correlation
    if shared > 1:
        raise BadInput(
            field="parameters.opinion_circle_correlation",
            found=f"{shared:.12g} together with opinion_city_correlation",
            allowed="at most 1 together",
        )
    return parameters


def override_fault(name: str, value: object) -> BadInput | None:
    """Return what is wrong with one override, if anything is."""
    name = str(name)
    info = load_defaults().parameters.get(name)
    field = f"parameters.{name}"
    if info is None:
        near = nearest_word(name, Parameters._fields)
        return BadInput(
            field=field, found="an unknown name", allowed="a name of defaults.yaml", nearest=near
        )
    low, high = info.bounds
    real = isinstance(value, Real) and not isinstance(value, bool)
    number: Any = value
    if not real or not low <= number <= high:
        allowed = f"a number from {low:.12g} to {high:.12g} ({info.unit})"
        return BadInput(field=field, found=shown(value), allowed=allowed)
    return None


SUBJECTS: tuple[Subject, ...] = load_defaults().subjects
TARGETS: tuple[Target, ...] = load_defaults().targets
