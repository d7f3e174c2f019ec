"""A whole nation on a graph against linear algebra: how far its scores come to lie.

Scores are whole steps of the scheme's unit, rounded by chance, so that each day adds an error of
less than a unit and forgetting takes the share f(1 - w) of the error away: it never exceeds
unit/(f·(1 - w)).
"""

from __future__ import annotations

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from glasshouse.engine.nation import Nation
from glasshouse.scenario.edges import edge_list_of
from glasshouse.scenario.scenario import Scenario
from glasshouse.scenario.scenario_parts import Graph, Timeline
from glasshouse.scenario.scheme import Scheme
from glasshouse.scenario.scheme_parts import BillPoints, Friends, Points, TonePoints
from glasshouse.society.net import GraphNet
from glasshouse.society.record import score_at, score_of

Vector = NDArray[np.float64]


def nation_on(graph: nx.Graph[int], scheme: Scheme, seed: int) -> Nation:
    """A nation on a graph under a scheme, on its first day."""
    scenario = Scenario(
        scheme=scheme, society=Graph(edges=edge_list_of(graph)), timeline=Timeline(spin_up=0)
    )  # fmt: skip
    nation = Nation.make(scenario, seed)
    nation.enact(scheme)
    return nation


def scores_of(nation: Nation) -> Vector:
    """Everybody's score, in points."""
    terms, records = nation.terms, nation.records
    return np.array(
        [score_of(int(score_at(records, i)), terms.low, terms.unit) for i in range(nation.citizens)]
    )


def living_mean(nation: Nation) -> Vector:
    """Matrix of the mean over living friends; the friendless count their own score."""
    net = nation.net
    assert isinstance(net, GraphNet)
    matrix = np.zeros((net.citizens, net.citizens))
    for i in range(net.citizens):
        edges = slice(int(net.offsets[i]), int(net.offsets[i + 1]))
        friends = net.friend[edges][net.alive[edges] == 1]
        if len(friends):
            matrix[i, friends] = 1.0 / len(friends)
        else:
            matrix[i, i] = 1.0
    return matrix


def shock_error(
    *, people: int, share: float, forgetting: float, shock: float, days: int = 12, seed: int = 1
) -> tuple[float, float]:
    """Relaxation of one shifted score on a ring: greatest error on any day, and its bound.

    Equation: s(t+1) = s(t) + f·((1 - w)·base + w·W·s(t) - s(t)) from the shifted start.
    """
    scheme = Scheme(name="recursion", forgetting=forgetting, friends=Friends(share=share))
    nation = nation_on(nx.cycle_graph(people), scheme, seed)
    terms = nation.terms
    nation.records.score[0] = round((terms.base + shock - terms.low) / terms.unit)
    expected, worst = scores_of(nation), 0.0
    for _ in range(days):
        pull = living_mean(nation) @ expected
        expected = expected + forgetting * (
            (1.0 - share) * terms.base + share * pull - expected
        )  # fmt: skip
        nation.live_day()
        worst = max(worst, float(np.abs(scores_of(nation) - expected).max()))
    return worst, terms.unit / (forgetting * (1.0 - share))


def driven_error(*, people: int, share: float, days: int, seed: int) -> tuple[float, float]:
    """A scheme that gives points every day: greatest error on any day, and its bound.

    Everybody's points of the coming day, as they enter the score, are asked of the reference;
    linear algebra takes them from the first day on and is never corrected by what the nation did.
    """
    scheme = Scheme(
        name="driven",
        forgetting=0.05,
        friends=Friends(share=share),
        points=Points(bill=BillPoints(paid=1.0, late=-9.0), purchase=TonePoints(against=-4.0)),
    )
    graph = nx.barabasi_albert_graph(people, 3, seed=seed)
    nation = nation_on(graph, scheme, seed)
    terms = nation.terms
    expected, worst = scores_of(nation), 0.0
    for _ in range(days):
        points = np.array([nation.explain(i).day.points for i in range(people)])
        pull = living_mean(nation) @ expected
        target = (1.0 - share) * terms.base + share * pull
        expected = expected + points + terms.forgetting * (target - expected)
        nation.live_day()
        worst = max(worst, float(np.abs(scores_of(nation) - expected).max()))
    return worst, terms.unit / (terms.forgetting * (1.0 - share))
