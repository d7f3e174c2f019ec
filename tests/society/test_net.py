"""Living ties are the possible ones whose both sides are open, in circles and in graphs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.engine.nation import Nation
from glasshouse.engine.view import NationView
from glasshouse.scenario import Scenario
from glasshouse.society.graph import graph_ties
from glasshouse.society.make import make_society
from glasshouse.society.net import circle_net, friends_of, graph_net, most_friends, possible
from glasshouse.society.record import open_side
from tests.society.written_out import WrittenOut, slots_of_all

NONE = Scenario.load("none")


def friends_by_half_edge(ties, lives, citizens):  # type: ignore[no-untyped-def]
    """Friends of everybody along those half-edges that live."""
    return [
        ties.friend[ties.offsets[i] : ties.offsets[i + 1]][
            lives[ties.offsets[i] : ties.offsets[i + 1]]
        ].tolist()
        for i in range(citizens)
    ]


@settings(max_examples=25, deadline=None)
@given(st.integers(64, 1500), st.integers(0, 2**63 - 1), st.sampled_from([32, 64, 128]))
def test_friends_in_circles_are_those_with_both_sides_open(
    citizens: int, seed: int, slots: int
) -> None:
    scenario = NONE.replace({"society.slots": slots}, population=citizens)
    made = WrittenOut(*make_society(scenario, seed))
    net = circle_net(seed, citizens, made.society.beginning.layout, made.records)
    some = range(0, citizens, max(1, citizens // 60))
    living = friends_by_half_edge(made.ties, made.alive, citizens)
    could = friends_by_half_edge(made.ties, np.ones_like(made.alive), citizens)
    for i in [*some, citizens - 1]:
        assert friends_of(net, i) == living[i]
        assert friends_of(possible(net), i) == could[i]
    assert most_friends(net) == slots


def test_one_open_side_is_not_enough() -> None:
    made, records = make_society(NONE.replace(population=64), 1)
    layout = made.beginning.layout
    records.consent[:] = 0
    net = circle_net(1, 64, layout, records)
    assert friends_of(net, 7) == []
    named = slots_of_all(1, 64, layout)
    open_side(records, 7, 0)
    assert friends_of(net, 7) == []
    open_side(records, int(named[7, 0]), 1)
    assert friends_of(net, 7) == [named[7, 0]]
    assert friends_of(net, int(named[7, 0])) == [7]


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 40), st.floats(0.05, 1.0), st.integers(0, 1000))
def test_friends_in_a_graph_are_those_along_living_ties(
    citizens: int, share: float, seed: int
) -> None:
    draws = np.random.default_rng(seed)
    first, second = np.triu_indices(citizens, 1)
    chosen = draws.random(len(first)) < share
    ties = graph_ties(citizens, first[chosen].astype(np.int64), second[chosen].astype(np.int64))
    lives = draws.random(len(ties.friend)) < 0.7
    lives &= lives[ties.back]
    net = graph_net(ties, lives.astype(np.uint8))
    assert [friends_of(net, i) for i in range(citizens)] == friends_by_half_edge(
        ties, lives, citizens
    )
    could = friends_by_half_edge(ties, np.ones_like(lives), citizens)
    assert [friends_of(possible(net), i) for i in range(citizens)] == could
    assert most_friends(net) == max(map(len, could))


@pytest.mark.parametrize("seed", [1, 2])
def test_a_graph_starts_with_all_its_ties(seed: int) -> None:
    edges = np.array([[i, (i + 1) % 80] for i in range(80)])
    scenario = NONE.replace(society={"kind": "graph", "edges": edges})
    nation = Nation.make(scenario, seed)
    assert all(friends_of(nation.net, i) == sorted(((i - 1) % 80, (i + 1) % 80)) for i in range(80))
    view = NationView(nation)
    assert all(view.person(i).capacity == 2 for i in range(80))
    assert not nation.clustered
