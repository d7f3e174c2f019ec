"""What a user writes down: a scheme, a scenario, behavioural numbers, edges; and errors that help.

- :mod:`~glasshouse.scenario.scheme`, ``scheme_parts``: how acts become a score that opens doors.
- :mod:`~glasshouse.scenario.scenario`, ``scenario_parts``: a scheme, a society, a timeline.
- :mod:`~glasshouse.scenario.parameters`, ``defaults``: behavioural numbers, with their sources.
- :mod:`~glasshouse.scenario.reading`, ``document``: YAML files and presets.
- :mod:`~glasshouse.scenario.edges`, ``edge_files``: explicit graphs, as bare integer pairs.
- :mod:`~glasshouse.scenario.schema`, ``view``: JSON Schemas, and tables for a notebook.
- :mod:`~glasshouse.scenario.faults`, ``explaining``: what is said when something is wrong.
"""

from glasshouse.scenario.defaults import (
    SUBJECTS,
    TARGETS,
    ParameterInfo,
    Subject,
    Target,
    default_parameters,
    parameter_info,
    parameters_with,
)
from glasshouse.scenario.edges import EdgeList, edge_list_of
from glasshouse.scenario.faults import BadInput, nearest_word
from glasshouse.scenario.parameters import Parameters
from glasshouse.scenario.reading import preset, presets, read_scheme
from glasshouse.scenario.scenario import Enactment, Scenario
from glasshouse.scenario.scenario_parts import Circles, Graph, Measured, Reform, Timeline
from glasshouse.scenario.schema import SCHEMA_VERSION, json_schema, json_schema_text
from glasshouse.scenario.scheme import Scheme
from glasshouse.scenario.scheme_parts import Appeals, Door, Friends, Points, Range

__all__ = [
    "SCHEMA_VERSION",
    "SUBJECTS",
    "TARGETS",
    "Appeals",
    "BadInput",
    "Circles",
    "Door",
    "EdgeList",
    "Enactment",
    "Friends",
    "Graph",
    "Measured",
    "ParameterInfo",
    "Parameters",
    "Points",
    "Range",
    "Reform",
    "Scenario",
    "Scheme",
    "Subject",
    "Target",
    "Timeline",
    "default_parameters",
    "edge_list_of",
    "json_schema",
    "json_schema_text",
    "nearest_word",
    "parameter_info",
    "parameters_with",
    "preset",
    "presets",
    "read_scheme",
]
