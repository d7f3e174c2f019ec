"""The score's recursion is the one of linear algebra, on paper and in a nation."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.lab.verification import recursion
from glasshouse.lab.verification.graphs import KINDS, mean_of_friends, named_graph, ties_of
from glasshouse.lab.verification.recursion import fixed_point, on_a_ring, settled, stepped
from glasshouse.lab.verification.relaxation import driven_error, shock_error


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(KINDS), st.integers(3, 30), st.floats(0, 0.9), st.floats(0.2, 1),
    st.integers(0, 1000),
)  # fmt: skip
def test_any_graph_settles_where_linear_algebra_says(
    kind: str, people: int, share: float, forgetting: float, seed: int
) -> None:
    ties = ties_of(named_graph(kind, people, 4.0, seed))
    own = np.random.default_rng(seed).normal(size=people) * 100
    scores, _ = settled(ties, own, share, forgetting)
    assert np.allclose(scores, fixed_point(mean_of_friends(ties), own, share), atol=1e-7, rtol=0)


@settings(max_examples=25, deadline=None)
@given(st.integers(3, 25), st.floats(0, 1), st.integers(0, 1000))
def test_no_step_spreads_scores_beyond_what_is_pulled_at(
    people: int, share: float, seed: int
) -> None:
    generator = np.random.default_rng(seed)
    ties = ties_of(named_graph("random", people, 4.0, seed))
    scores, own = generator.normal(size=people), generator.normal(size=people)
    after = stepped(ties, scores, own, share, 1.0)
    assert after.max() <= max(scores.max(), own.max()) + 1e-12
    assert after.min() >= min(scores.min(), own.min()) - 1e-12


@pytest.mark.parametrize("weight", [0.1, 0.3, 0.6])
@pytest.mark.parametrize("shock", [-100.0, 40.0])
def test_a_shock_on_a_ring_falls_off_as_in_closed_form(weight: float, shock: float) -> None:
    found = recursion(graph="ring", people=101, weight=weight, shock=shock)
    expected = [on_a_ring(shock, weight, distance) for distance in range(6)]
    assert found["at_distance"][:6] == pytest.approx(expected, abs=1e-9)
    assert found["shrinking"] <= weight + 1e-9


def test_without_friends_share_each_keeps_her_own() -> None:
    found = recursion(graph="complete", people=10, weight=0.0, shock=-50.0)
    assert found["at_distance"] == [-50.0, 0.0]


@pytest.mark.parametrize("kind", ["star", "ring", "preferential"])
def test_where_friends_are_all_there_is_scores_agree(kind: str) -> None:
    found = recursion(graph=kind, people=20, weight=1.0, shock=100.0)
    degree = dict(named_graph(kind, 20, 4.0, 1).degree)
    expected = 100.0 * degree[0] / sum(degree.values())
    assert found["at_distance"] == pytest.approx([expected] * len(found["at_distance"]), abs=1e-6)
    assert found["off"] is None


@pytest.mark.parametrize("forgetting", [1.0, 0.1])
def test_a_nation_relaxes_to_the_resolution_of_its_scores(forgetting: float) -> None:
    worst, bound = shock_error(people=64, share=0.4, forgetting=forgetting, shock=-100.0)
    assert 0.0 < worst <= bound


def test_a_nation_that_is_given_points_follows_linear_algebra() -> None:
    worst, bound = driven_error(people=64, share=0.3, days=8, seed=2)
    assert 0.0 < worst <= bound


def test_the_mean_over_friends_sums_to_one() -> None:
    graph = nx.star_graph(4)
    graph.add_node(5)
    assert mean_of_friends(ties_of(graph)).sum(axis=1).tolist() == [1.0] * 6
