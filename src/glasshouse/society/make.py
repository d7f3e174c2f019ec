"""A society: the people, their possible ties, and which are open on the first day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glasshouse.scenario.parameters import Parameters
from glasshouse.scenario.scenario import Graph, Scenario
from glasshouse.society.circles import circle_ties
from glasshouse.society.graph import graph_ties
from glasshouse.society.people import People, make_people
from glasshouse.society.record import STEPS_OF_FEELING
from glasshouse.society.start import opening_sides
from glasshouse.society.ties import PossibleTies


@dataclass(frozen=True)
class Society:
    """Who there is, who may know whom, and the first day.

    Attributes
    ----------
    people : People
    ties : PossibleTies
    consent : uint8 array, E
        Open sides on the first day.
    capacity : float64 array, N
        How many ties a citizen has room for.
    stance : int8 array, N
        Public stance on the first day, in 127ths.
    regions : bool
        Whether consecutive citizens form districts and cities (circles) or not (a graph).
    """

    people: People
    ties: PossibleTies
    consent: NDArray[np.uint8]
    capacity: NDArray[np.float64]
    stance: NDArray[np.int8]
    regions: bool

    @property
    def citizens(self) -> int:
        """Number of citizens."""
        return self.ties.citizens

    @property
    def bytes(self) -> int:
        """Memory taken, in bytes."""
        own = self.consent.nbytes + self.capacity.nbytes + self.stance.nbytes
        return self.people.bytes + self.ties.bytes + own


def strength_of_layers(parameters: Parameters) -> NDArray[np.float64]:
    """Strength of kin, circle, district, city and nation ties."""
    p = parameters
    return np.array(
        [p.strength_kin, p.strength_circle, p.strength_district, p.strength_city, p.strength_nation]
    )


def make_society(scenario: Scenario, seed: int) -> Society:
    """Make the society of a scenario.

    Parameters
    ----------
    scenario : Scenario
    seed : int

    Returns
    -------
    Society

    Examples
    --------
    >>> society = make_society(Scenario.load("none").replace(population=64), seed=1)
    >>> society.citizens
    64
    """
    parameters = scenario.behaviour
    if isinstance(scenario.society, Graph):
        edges = scenario.society.edge_list()
        ties = graph_ties(
            edges.citizens,
            edges.first.astype(np.int64),
            edges.second.astype(np.int64),
            edges.strength,
        )
        people = make_people(seed, edges.citizens, parameters, clustered=False)
        consent = np.ones(len(ties.friend), np.uint8)
        capacity = np.diff(ties.offsets).astype(np.float64)
    else:
        ties = circle_ties(seed, scenario.population, strength_of_layers(parameters))
        people = make_people(seed, scenario.population, parameters, clustered=True)
        consent, capacity = opening_sides(seed, parameters, people, ties)
    stance = np.rint(people.opinion * parameters.stance_start).astype(np.int8)
    stance = np.clip(stance, -STEPS_OF_FEELING, STEPS_OF_FEELING)
    regions = not isinstance(scenario.society, Graph)
    return Society(people, ties, consent, capacity, stance, regions)
