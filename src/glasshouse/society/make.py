"""A society: the people, who may know whom, and the first day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glasshouse.scenario.parameters import Parameters
from glasshouse.scenario.scenario import Graph, Scenario
from glasshouse.society.first_day import first_day, with_scale
from glasshouse.society.graph import graph_ties
from glasshouse.society.layout import layout_of
from glasshouse.society.people import Shares, shares_of
from glasshouse.society.record import Records, empty_records
from glasshouse.society.start import Beginning, write_people
from glasshouse.society.ties import PossibleTies, strength_of_layers

__all__ = ["Society", "make_society", "plan_society", "strength_of_layers"]


@dataclass(frozen=True)
class Society:
    """Who there is and who may know whom.

    Attributes
    ----------
    beginning : Beginning
        From which any citizen's traits, opinion and capacity on the first day can be worked out.
    ties : PossibleTies or None
        Those of an explicit graph; of circles they are computed.
    """

    beginning: Beginning
    ties: PossibleTies | None

    @property
    def citizens(self) -> int:
        """Number of citizens."""
        return self.beginning.citizens

    @property
    def slots(self) -> int:
        """Slots a citizen, whose consent is kept in the records; 0 for a graph."""
        return self.beginning.layout.slots if self.ties is None else 0

    @property
    def shares(self) -> Shares:
        """What the drawing of traits needs besides the parameters."""
        return self.beginning.shares

    @property
    def clustered(self) -> bool:
        """Whether consecutive citizens form districts and cities (circles) or not (a graph)."""
        return self.ties is None

    @property
    def bytes(self) -> int:
        """Memory taken, in bytes."""
        return 0 if self.ties is None else self.ties.bytes


def plan_society(scenario: Scenario, seed: int) -> Society:
    """The society of a scenario without its first day: what a nation that was kept goes on from."""
    parameters = scenario.behaviour
    if isinstance(scenario.society, Graph):
        return _graph(scenario.society, seed, parameters)
    return Society(with_scale(_beginning(scenario, seed)), None)


def make_society(scenario: Scenario, seed: int) -> tuple[Society, Records]:
    """Make the society of a scenario and its first day.

    Parameters
    ----------
    scenario : Scenario
    seed : int

    Returns
    -------
    Society
    Records
        Opinions, stances and open sides on the first day; scores are 0.

    Examples
    --------
    >>> society, records = make_society(Scenario.load("none").replace(population=64), seed=1)
    >>> society.citizens, len(records.bytes)
    (64, 512)
    """
    if isinstance(scenario.society, Graph):
        society = _graph(scenario.society, seed, scenario.behaviour)
        records = empty_records(society.citizens, 0)
        write_people(society.beginning, records)
        return society, records
    beginning, records = first_day(_beginning(scenario, seed))
    return Society(beginning, None), records


def _beginning(scenario: Scenario, seed: int) -> Beginning:
    slots = getattr(scenario.society, "slots", 32)
    parameters, citizens = scenario.behaviour, scenario.population
    shares = shares_of(seed, citizens, parameters, clustered=True)
    return Beginning(np.uint64(seed), citizens, layout_of(slots), parameters, shares, 1.0, 1.0)


def _graph(graph: Graph, seed: int, parameters: Parameters) -> Society:
    edges = graph.edge_list()
    first, second = edges.first.astype(np.int64), edges.second.astype(np.int64)
    ties = graph_ties(edges.citizens, first, second, edges.strength)
    shares = shares_of(seed, edges.citizens, parameters, clustered=False)
    beginning = Beginning(
        np.uint64(seed), edges.citizens, layout_of(32), parameters, shares, 1.0, 1.0
    )
    return Society(beginning, ties)
