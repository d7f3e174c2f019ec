"""What a user writes down: a scheme, a scenario, behavioural numbers, edges; and errors that help.

- :mod:`~glasshouse.scenario.scheme`: how acts and friends become a score that opens doors.
- :mod:`~glasshouse.scenario.scenario`: a scheme, a society, a timeline, what is measured.
- :mod:`~glasshouse.scenario.parameters`, ``defaults``: behavioural numbers, with their sources.
- :mod:`~glasshouse.scenario.reading`, ``document``: YAML files and presets.
- :mod:`~glasshouse.scenario.edges`: explicit graphs, as bare integer pairs.
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
from glasshouse.scenario.scenario import (
    Circles,
    Enactment,
    Graph,
    Measured,
    Reform,
    Scenario,
    Timeline,
)
from glasshouse.scenario.scheme import Appeals, Door, Friends, Points, Range, Scheme

__all__ = [
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
    "nearest_word",
    "parameter_info",
    "parameters_with",
    "preset",
    "presets",
    "read_scheme",
]
