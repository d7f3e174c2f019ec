"""Graphs that published models run on, as ties of the explicit-graph society."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from glasshouse.scenario.faults import BadInput
from glasshouse.society.graph import graph_ties
from glasshouse.society.ties import PossibleTies

REGULAR: dict[str, Callable[[int], Any]] = {
    "ring": nx.cycle_graph,
    "star": nx.star_graph,
    "complete": nx.complete_graph,
    "path": nx.path_graph,
}
KINDS = (*REGULAR, "random", "preferential")
MOST_COMPLETE = 3_000


def named_graph(
    kind: str, people: int, degree: float = 4.0, seed: int = 1, model: str = ""
) -> nx.Graph[int]:
    """A graph by its name, over the people 0..people-1.

    Parameters
    ----------
    kind : str
        ring; star, with person 0 in the middle; complete; path; random (Erdos and Renyi, a fixed
        number of ties); preferential (Barabasi and Albert).
    people : int
    degree : float
        Mean degree of a random or preferential graph.
    seed : int
        Of a random or preferential graph.
    model : str
        Name of the model that asks, for complaints.

    Examples
    --------
    >>> sorted(named_graph("star", 4).edges)
    [(0, 1), (0, 2), (0, 3)]
    """
    least = 3 if kind == "ring" else 2
    if people < least:
        raise BadInput(field=f"{model}.people", found=str(people), allowed=f"{least} or more")
    if kind == "complete" and people > MOST_COMPLETE:
        allowed = f"at most {MOST_COMPLETE} in a complete graph"
        raise BadInput(field=f"{model}.people", found=str(people), allowed=allowed)
    graph: nx.Graph[int]
    if kind in REGULAR:
        graph = REGULAR[kind](people - 1 if kind == "star" else people)
        return graph
    if kind == "random":
        ties = min(round(people * degree / 2), people * (people - 1) // 2)
        graph = nx.gnm_random_graph(people, ties, seed=seed)
        return graph
    own = max(round(degree / 2), 1)
    if own >= people:
        allowed = f"less than twice the people, who are {people}"
        raise BadInput(field=f"{model}.degree", found=f"{degree:g}", allowed=allowed)
    graph = nx.barabasi_albert_graph(people, own, seed=seed)
    return graph


def ties_of(graph: nx.Graph[int]) -> PossibleTies:
    """The ties of a graph as the society of an explicit graph has them.

    Examples
    --------
    >>> ties_of(named_graph("path", 3)).friend.tolist()
    [1, 0, 2, 1]
    """
    pairs = np.array(list(graph.edges), np.int64).reshape(-1, 2)
    return graph_ties(graph.number_of_nodes(), pairs[:, 0], pairs[:, 1])


def mean_of_friends(ties: PossibleTies) -> NDArray[np.float64]:
    """Matrix W of the mean over friends; the friendless count their own.

    Equation: W_ij = 1/n_i for the n_i friends j of i.
    """
    people = len(ties.offsets) - 1
    matrix = np.zeros((people, people))
    degree = np.diff(ties.offsets)
    source = np.repeat(np.arange(people), degree)
    matrix[source, ties.friend] = 1.0 / np.maximum(degree, 1)[source]
    alone = np.flatnonzero(degree == 0)
    matrix[alone, alone] = 1.0
    return matrix
