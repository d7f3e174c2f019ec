"""The parts of a scenario: kinds of society, timeline, and what is measured."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer, PlainValidator, ValidationInfo, WithJsonSchema

from glasshouse.scenario.edges import EdgeList, edge_list_of
from glasshouse.scenario.faults import shown
from glasshouse.scenario.written import AsWhole, Whole, Written, broken_rule

EDGES_ALLOWED = "a file of integer pairs (in Python also a graph)"
EDGES_OF_RUN = "edges.parquet"


def _edges_of(value: object, info: ValidationInfo) -> object:
    """Take a path as relative to the scenario's file, anything else as a graph in memory."""
    if isinstance(value, str | Path) and str(value):
        folder = (info.context or {}).get("folder")
        return str(folder / value) if folder else str(value)
    if value is None or isinstance(value, str | bool | int | float | dict):
        raise broken_rule("", shown(value), EDGES_ALLOWED)
    return edge_list_of(value)


GivenEdges = Annotated[
    str | EdgeList,
    PlainValidator(_edges_of),
    PlainSerializer(
        lambda edges: edges if isinstance(edges, str) else EDGES_OF_RUN, when_used="json"
    ),
    WithJsonSchema({"type": "string", "x-allowed": EDGES_ALLOWED}),
]


class Circles(Written):
    """The society whose ties are computed: circles, districts, cities, the nation."""

    kind: Literal["circles"] = "circles"
    slots: Annotated[Literal[32, 64, 128], AsWhole] = 32
    """How many people a citizen may ever know: 32, 64 or 128."""


class Graph(Written):
    """A society whose possible ties are those of a given graph."""

    kind: Literal["graph"] = "graph"
    edges: GivenEdges
    """A file of integer pairs, relative to the scenario's file."""

    def edge_list(self) -> EdgeList:
        """Return the checked and renumbered edges, reading the file if it is one."""
        return edge_list_of(self.edges)


class Reform(Written):
    """A change of the scheme on a later day: only what changes is written."""

    day: Annotated[Whole, Field(ge=1, le=36_500), AsWhole]
    """Day from which the reform holds."""
    scheme: dict[str, Any]
    """What changes, nested as in a scheme; null takes an entry away."""


class Timeline(Written):
    """Days before the scheme, its reforms, and its end; day 0 is the introduction."""

    spin_up: Annotated[Whole, Field(ge=0, le=36_500), AsWhole] = 180
    """Days lived without a scheme before day 0."""
    reforms: tuple[Reform, ...] = ()
    """Later changes of the scheme, in order."""
    abolition: Annotated[Whole, Field(ge=1, le=36_500), AsWhole] | None = None
    """Day from which there is no scheme any more."""


class Measured(Written):
    """How often measures are taken (days), and of how many citizens a diary is kept."""

    every: Annotated[Whole, Field(ge=1, le=36_500), AsWhole] = 10
    """Days between measurements."""
    structure_every: Annotated[Whole, Field(ge=1, le=36_500), AsWhole] = 30
    """Days between measurements that pass over all ties."""
    citizens: Annotated[Whole, Field(ge=0, le=10_000), AsWhole] = 24
    """How many citizens a diary is kept of."""
