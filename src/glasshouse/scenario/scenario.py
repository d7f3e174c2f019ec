"""A scenario: a scheme, a society, a stretch of time, and what is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from glasshouse.scenario.defaults import parameters_with
from glasshouse.scenario.document import read_document, written_out
from glasshouse.scenario.explaining import explained
from glasshouse.scenario.faults import BadInput
from glasshouse.scenario.parameters import Parameters
from glasshouse.scenario.reading import (
    checked,
    merged,
    nested,
    parts_of,
    preset,
    read_scheme,
    written_path,
)
from glasshouse.scenario.reading import presets as preset_names
from glasshouse.scenario.scenario_parts import (
    EDGES_OF_RUN,
    Circles,
    Graph,
    Measured,
    Reform,
    Timeline,
)
from glasshouse.scenario.scheme import Scheme
from glasshouse.scenario.view import scenario_html
from glasshouse.scenario.written import AsWhole, Flag, Number, Text, Whole, Written, broken_rule

__all__ = [
    "EDGES_OF_RUN",
    "Circles",
    "Enactment",
    "Graph",
    "Measured",
    "Reform",
    "Scenario",
    "Timeline",
    "abolished",
]


def _scheme_of(value: object, info: ValidationInfo) -> object:
    """Take a preset's name or a path for the scheme it names."""
    if isinstance(value, str | Path):
        folder = (info.context or {}).get("folder")
        try:
            return read_scheme(value, folder)
        except BadInput as fault:
            if ", line " in fault.place:
                raise
            # The fault is the reference itself, so the place of the reference is what helps.
            found = f"{fault.place}: {fault.found}" if fault.place else fault.found
            raise broken_rule("", found, fault.allowed, fault.nearest) from None
    return value


class _OrName:
    """Says in the JSON Schema that a name or path may stand for the whole scheme."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        words = "the name of a preset, a YAML file, or the scheme written out"
        return {"anyOf": [{"type": "string"}, handler(schema)], "x-allowed": words}


GivenScheme = Annotated[Scheme, BeforeValidator(_scheme_of), _OrName()]


MOST_REPEATED = 100_000
"""The largest nation that is lived five times over by default; larger ones are lived once."""


@dataclass(frozen=True)
class Enactment:
    """A scheme and the first day on which it holds."""

    day: int
    scheme: Scheme


class Scenario(Written):
    """A scheme, a society, a stretch of time, and what is measured.

    Examples
    --------
    >>> scenario = Scenario.load("press-sesame").replace({"scheme.friends.share": 0.1}, days=30)
    >>> scenario.scheme.friends.share, scenario.days
    (0.1, 30)
    """

    scheme: GivenScheme
    """The scheme: the name of a preset, a file, or written out."""
    population: Annotated[Whole, Field(ge=64, le=8_000_000_000), AsWhole] = 1_000_000
    """How many citizens there are; a graph brings its own number."""
    days: Annotated[Whole, Field(ge=1, le=36_500), AsWhole] = 365
    """Days lived under the scheme."""
    seed: Annotated[Whole, Field(ge=0, le=2**63 - 1), AsWhole] = 1
    """First seed; replicates take the following ones."""
    replicates: Annotated[Whole, Field(ge=1, le=1000), AsWhole] = 5
    """How many nations are lived, each from its own seed; 1 by default above 100,000 citizens."""
    alone: Flag = False
    """Whether the life under no scheme is left out."""
    society: Annotated[Circles | Graph, Field(discriminator="kind")] = Circles()
    """Who may know whom."""
    timeline: Timeline = Timeline()
    """Spin-up, reforms, abolition."""
    measured: Measured = Measured()
    """What is measured how often."""
    parameters: dict[Text, Number] = {}
    """Behavioural numbers that differ from the shipped ones, by name."""

    @field_validator("parameters", mode="before")
    @classmethod
    def _known_parameters(cls, given: object) -> object:
        if not isinstance(given, Mapping):
            return given
        try:
            parameters_with(given)
        except BadInput as fault:
            name = fault.field.removeprefix("parameters.")
            raise broken_rule(name, fault.found, fault.allowed, fault.nearest) from None
        return {str(name): float(value) for name, value in given.items()}

    @model_validator(mode="after")
    def _one_nation_where_it_is_large(self) -> Self:
        large = self.population > MOST_REPEATED and isinstance(self.society, Circles)
        if large and "replicates" not in self.model_fields_set:
            # Not as something that was asked for: with fewer people there are five again.
            self.__dict__["replicates"] = 1
        return self

    @model_validator(mode="after")
    def _timeline_in_order(self) -> Self:
        days = [reform.day for reform in self.timeline.reforms]
        end = self.timeline.abolition
        for index, day in enumerate(days):
            field = f"timeline.reforms.{index}.day"
            if index and day <= days[index - 1]:
                raise broken_rule(field, str(day), f"a day after {days[index - 1]}")
            if end is not None and day >= end:
                raise broken_rule(field, str(day), f"a day before the abolition ({end})")
        self.enactments()
        return self

    @property
    def behaviour(self) -> Parameters:
        """The behavioural numbers, overrides included."""
        return parameters_with(self.parameters)

    def enactments(self) -> tuple[Enactment, ...]:
        """Return which scheme holds from which day on: introduction, reforms, abolition."""
        scheme = self.scheme
        result = [Enactment(0, scheme)]
        for index, reform in enumerate(self.timeline.reforms):
            scheme = _reformed(scheme, reform, index)
            result.append(Enactment(reform.day, scheme))
        if self.timeline.abolition is not None:
            result.append(Enactment(self.timeline.abolition, abolished(self.scheme)))
        return tuple(result)

    @classmethod
    def load(cls, name_or_path: str | Path) -> Self:
        """Read a scenario: a preset's name, a scenario's file or a scheme's file.

        Raises
        ------
        BadInput

        Examples
        --------
        >>> Scenario.load("fear").scheme.name
        'fear'
        """
        if name_or_path in preset_names():
            return cls(scheme=preset(str(name_or_path)))
        path = written_path(name_or_path)
        document = read_document(path)
        if isinstance(document.value, Mapping) and _is_scheme(document.value):
            return cls(scheme=checked(Scheme, document, str(path)))
        return checked(cls, document, str(path))

    def replace(self, changes: Mapping[str, Any] | None = None, /, **named: Any) -> Self:
        """Return the same scenario with some fields changed.

        Parameters
        ----------
        changes : mapping, optional
            New values by dotted path, such as ``{"scheme.friends.share": 0.1}``.
        **named
            New values of fields of the scenario itself.

        Raises
        ------
        BadInput
        """
        parts = parts_of(self)
        if "replicates" not in self.model_fields_set:
            del parts["replicates"]
        try:
            return type(self).model_validate(nested({**named, **(changes or {})}, parts))
        except ValidationError as error:
            raise explained(error, type(self)) from None

    def _repr_html_(self) -> str:
        return scenario_html(self)

    def to_yaml(self) -> str:
        """Write the whole scenario, defaults included, as YAML that loads as the same scenario.

        A graph in memory is named by the file a run keeps it in, ``edges.parquet``.
        """
        values = self.model_dump(mode="json")
        if isinstance(self.society, Graph):
            del values["population"]
        return written_out(values)


def _reformed(scheme: Scheme, reform: Reform, index: int) -> Scheme:
    field = f"timeline.reforms.{index}.scheme"
    if "range" in reform.scheme:
        raise broken_rule(f"{field}.range", "a new range", "a reform that keeps the range")
    try:
        return Scheme.model_validate(merged(scheme.model_dump(), reform.scheme))
    except ValidationError as error:
        fault = explained(error, Scheme)
        raise broken_rule(
            f"{field}.{fault.field}", fault.found, fault.allowed, fault.nearest
        ) from None


def abolished(scheme: Scheme) -> Scheme:
    """Return the end of a scheme: nothing is recorded or opened any more, the range stays."""
    none = preset("none")
    return none.model_copy(
        update={"range": scheme.range, "base": scheme.base, "start": scheme.start}
    )


def _is_scheme(values: Mapping[str, object]) -> bool:
    """Tell the file of a scheme from that of a scenario by the names only one of them has."""
    scheme_only = set(Scheme.model_fields) - set(Scenario.model_fields)
    scenario_only = set(Scenario.model_fields) - set(Scheme.model_fields)
    return len(scheme_only & set(values)) > len(scenario_only & set(values))
