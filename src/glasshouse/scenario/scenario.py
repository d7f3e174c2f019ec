"""A scenario: a scheme, a society, a stretch of time, and what is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import (
    BeforeValidator,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from glasshouse.scenario.defaults import parameters_with
from glasshouse.scenario.document import read_document
from glasshouse.scenario.edges import EdgeList, edge_list_of
from glasshouse.scenario.explaining import explained
from glasshouse.scenario.faults import BadInput, shown
from glasshouse.scenario.parameters import Parameters
from glasshouse.scenario.reading import checked, merged, nested, preset, read_scheme, written_path
from glasshouse.scenario.reading import presets as preset_names
from glasshouse.scenario.scheme import Scheme
from glasshouse.scenario.written import AsWhole, Flag, Number, Text, Whole, Written, broken_rule

EDGES_ALLOWED = "a file of integer pairs (in Python also a graph)"
EDGES_OF_RUN = "edges.parquet"


def _scheme_of(value: object, info: ValidationInfo) -> object:
    """Take a preset's name or a path for the scheme it names."""
    if isinstance(value, str | Path):
        folder = (info.context or {}).get("folder")
        return read_scheme(value, folder)
    return value


def _edges_of(value: object, info: ValidationInfo) -> object:
    """Take a path as relative to the scenario's file, anything else as a graph in memory."""
    if isinstance(value, str | Path) and str(value):
        folder = (info.context or {}).get("folder")
        return str(folder / value) if folder else str(value)
    if value is None or isinstance(value, str | bool | int | float | dict):
        raise broken_rule("", shown(value), EDGES_ALLOWED)
    return edge_list_of(value)


class _OrName:
    """Says in the JSON Schema that a name or path may stand for the whole scheme."""

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        words = "Allowed: the name of a preset, a YAML file, or the scheme written out"
        return {"anyOf": [{"type": "string"}, handler(schema)], "description": words}


GivenScheme = Annotated[Scheme, BeforeValidator(_scheme_of), _OrName()]
GivenEdges = Annotated[
    str | EdgeList,
    PlainValidator(_edges_of),
    PlainSerializer(
        lambda edges: edges if isinstance(edges, str) else EDGES_OF_RUN, when_used="json"
    ),
    WithJsonSchema({"type": "string", "description": f"Allowed: {EDGES_ALLOWED}"}),
]


class Circles(Written):
    """The society whose ties are computed: circles, districts, cities, the nation."""

    kind: Literal["circles"] = "circles"


class Graph(Written):
    """A society whose possible ties are those of a given graph."""

    kind: Literal["graph"] = "graph"
    edges: GivenEdges

    def edge_list(self) -> EdgeList:
        """Return the checked and renumbered edges, reading the file if it is one."""
        return edge_list_of(self.edges)


class Reform(Written):
    """A change of the scheme on a later day: only what changes is written."""

    day: Annotated[Whole, Field(ge=1, le=36_500), AsWhole]
    scheme: dict[str, Any]


class Timeline(Written):
    """Days before the scheme, its reforms, and its end; day 0 is the introduction."""

    spin_up: Annotated[Whole, Field(ge=0, le=36_500), AsWhole] = 180
    reforms: tuple[Reform, ...] = ()
    abolition: Annotated[Whole, Field(ge=1, le=36_500), AsWhole] | None = None


class Measured(Written):
    """How often measures are taken (days), and of how many citizens a diary is kept."""

    every: Annotated[Whole, Field(ge=1, le=36_500), AsWhole] = 10
    structure_every: Annotated[Whole, Field(ge=1, le=36_500), AsWhole] = 30
    citizens: Annotated[Whole, Field(ge=0, le=10_000), AsWhole] = 24


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
    population: Annotated[Whole, Field(ge=64, le=8_000_000_000), AsWhole] = 20_000
    days: Annotated[Whole, Field(ge=1, le=36_500), AsWhole] = 365
    seed: Annotated[Whole, Field(ge=0, le=2**63 - 1), AsWhole] = 1
    replicates: Annotated[Whole, Field(ge=1, le=1000), AsWhole] = 5
    alone: Flag = False
    society: Annotated[Circles | Graph, Field(discriminator="kind")] = Circles()
    timeline: Timeline = Timeline()
    measured: Measured = Measured()
    parameters: dict[Text, Number] = {}

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
        values = {**self.model_dump(mode="python"), "society": self.society, **named}
        if any(path.startswith("society.") for path in changes or {}):
            values["society"] = dict(self.society)
        if isinstance(values["scheme"], str | Path) and changes:
            values["scheme"] = read_scheme(values["scheme"]).model_dump()
        try:
            return type(self).model_validate(nested(changes or {}, values))
        except ValidationError as error:
            raise explained(error, type(self)) from None

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


def written_out(values: Mapping[str, Any]) -> str:
    """Write plain values as YAML in their own order."""
    text: str = yaml.safe_dump(dict(values), sort_keys=False, allow_unicode=True, width=100)
    return text
