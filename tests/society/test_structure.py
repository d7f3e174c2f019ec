"""The structure of a society, against NetworkX on small graphs and against known graphs."""

from __future__ import annotations

import networkx as nx
import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from glasshouse.society.clustering import triangles
from glasshouse.society.components import giant_component
from glasshouse.society.graph import graph_ties
from glasshouse.society.mixing import assortativity, living_degree, share_inside
from glasshouse.society.paths import mean_path
from glasshouse.society.structure import Structure, measure_structure, society_structure
from glasshouse.society.ties import PossibleTies


def ties_of(graph: nx.Graph[int]) -> PossibleTies:
    pairs = np.array(list(graph.edges), np.int64).reshape(-1, 2)
    return graph_ties(len(graph), pairs[:, 0], pairs[:, 1])


def all_alive(ties: PossibleTies) -> NDArray[np.bool_]:
    return np.ones(len(ties.friend), np.bool_)


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph[int]:
    citizens = draw(st.integers(2, 40))
    share = draw(st.sampled_from([0.0, 0.03, 0.1, 0.3, 1.0]))
    graph: nx.Graph[int] = nx.gnp_random_graph(citizens, share, draw(st.integers(0, 10_000)))
    return graph


def structure_of(graph: nx.Graph[int]) -> Structure:
    opinion = np.where(np.arange(len(graph)) % 3 == 0, -0.5, 0.25)
    return measure_structure(ties_of(graph), opinion)


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_a_small_graph_is_measured_as_networkx_measures_it(graph: nx.Graph[int]) -> None:
    structure = structure_of(graph)
    assert structure.ties == graph.number_of_edges()
    assert structure.clustering == pytest.approx(nx.average_clustering(graph))
    assert (structure.transitivity or 0.0) == pytest.approx(nx.transitivity(graph))
    largest = max(len(part) for part in nx.connected_components(graph))
    assert structure.giant_component == pytest.approx(largest / len(graph))
    if nx.is_connected(graph):
        assert structure.path == pytest.approx(nx.average_shortest_path_length(graph))
        assert structure.path_standard_error == 0.0


@settings(max_examples=60, deadline=None)
@given(graphs(), st.integers(0, 1000))
def test_mixing_is_measured_as_networkx_measures_it(graph: nx.Graph[int], seed: int) -> None:
    ties, draws = ties_of(graph), np.random.default_rng(seed)
    if not graph.number_of_edges():
        assert share_inside(ties, all_alive(ties), np.zeros(len(graph), np.int64)) == (None, None)
        assert assortativity(ties, all_alive(ties), draws.normal(size=len(graph))) is None
        return
    part = draws.integers(0, 4, len(graph))
    groups = [{int(i) for i in np.flatnonzero(part == p)} for p in range(4)]
    _, modularity = share_inside(ties, all_alive(ties), part)
    assert modularity == pytest.approx(nx.community.modularity(graph, groups))
    value = draws.integers(0, 5, len(graph))
    nx.set_node_attributes(graph, dict(enumerate(value.tolist())), "value")
    found = assortativity(ties, all_alive(ties), value.astype(float))
    ends = {value[i] for edge in graph.edges for i in edge}
    if len(ends) == 1:
        assert found is None
    else:
        expected = nx.numeric_assortativity_coefficient(graph, "value")
        assert found == pytest.approx(expected, abs=1e-9)


@settings(max_examples=30, deadline=None)
@given(graphs(), st.integers(0, 1000))
def test_only_living_ties_are_counted(graph: nx.Graph[int], seed: int) -> None:
    ties, draws = ties_of(graph), np.random.default_rng(seed)
    alive = draws.random(len(ties.friend)) < 0.6
    alive &= alive[ties.back]
    source = np.repeat(np.arange(len(graph)), np.diff(ties.offsets))
    rest: nx.Graph[int] = nx.Graph()
    rest.add_nodes_from(range(len(graph)))
    rest.add_edges_from(zip(source[alive].tolist(), ties.friend[alive].tolist(), strict=True))
    assert living_degree(ties, alive).tolist() == [rest.degree(i) for i in range(len(graph))]
    found = triangles(ties, alive, np.arange(len(graph)))
    assert found.tolist() == [nx.triangles(rest, i) for i in range(len(graph))]
    giant = giant_component(ties, alive)
    assert giant.sum() == max(len(part) for part in nx.connected_components(rest))
    assert set(np.flatnonzero(giant).tolist()) in list(nx.connected_components(rest))


def test_ties_with_somebody_left_out_are_not_counted() -> None:
    ties = ties_of(nx.path_graph(4))
    counted = np.array([True, True, True, False])
    share, _ = share_inside(ties, all_alive(ties), np.array([0, 0, 1, 1]), counted)
    assert share == 0.5
    value = np.array([0.0, 1.0, 0.0, 900.0])
    assert assortativity(ties, all_alive(ties), value, counted) == pytest.approx(-1.0)


def test_a_value_that_everybody_shares_has_no_assortativity() -> None:
    ties = ties_of(nx.complete_graph(6))
    assert assortativity(ties, all_alive(ties), np.full(6, 0.1)) is None


def test_the_number_of_threads_changes_nothing() -> None:
    draws = np.random.default_rng(5)
    first = np.arange(40_000)
    ties = graph_ties(40_000, first, (first + draws.integers(1, 9, 40_000)) % 40_000)
    value, part = draws.normal(size=40_000), draws.integers(0, 7, 40_000)
    found = []
    threads = numba.get_num_threads()
    for number in (1, threads):
        numba.set_num_threads(number)
        alive = all_alive(ties)
        found.append((assortativity(ties, alive, value), share_inside(ties, alive, part)))
    assert found[0] == found[1]


def test_dissenters_and_others_are_told_apart() -> None:
    ties = ties_of(nx.star_graph(4))
    structure = measure_structure(ties, np.array([-1.0, 0.0, 0.0, 0.0, 0.0]))
    assert (structure.degree_dissenters, structure.degree_others) == (4.0, 1.0)
    assert structure.cross_camp == 1.0
    assert structure.opinion_degree_correlation == pytest.approx(-1.0)


def test_nothing_is_made_up_where_nothing_is_defined() -> None:
    structure = structure_of(nx.empty_graph(3))
    assert structure.transitivity is None
    assert structure.path is None
    assert structure.degree_assortativity is None
    assert structure.cross_camp is None
    assert structure.clustering_at_20 is None


def test_sampled_numbers_come_near_the_exact_ones() -> None:
    graph = nx.connected_watts_strogatz_graph(600, 8, 0.1, seed=3)
    ties, opinion = ties_of(graph), np.ones(600)
    exact = measure_structure(ties, opinion, path_sources=600)
    sampled = measure_structure(ties, opinion, clustering_sample=200, path_sources=40)
    assert sampled.clustering == pytest.approx(exact.clustering, abs=0.03)
    assert exact.path is not None and sampled.path is not None
    assert sampled.path_standard_error is not None and sampled.path_standard_error > 0
    assert abs(sampled.path - exact.path) < 4 * sampled.path_standard_error
    again = measure_structure(ties, opinion, clustering_sample=200, path_sources=40)
    assert again == sampled


def test_the_error_of_the_path_comes_from_the_differences_among_starts() -> None:
    line = ties_of(nx.path_graph(3))
    # 1.5 steps from the end and 1 from the middle
    mean, error = mean_path(line, all_alive(line), np.array([0, 1]))
    assert mean == 1.25
    assert error == pytest.approx(0.25)
    assert mean_path(line, all_alive(line), np.array([1])) == (1.0, None)


def test_the_table_names_every_number_once() -> None:
    ties = ties_of(nx.cycle_graph(30))
    both = society_structure(ties, np.zeros(60, np.bool_), np.linspace(-1, 1, 30))
    lines = both.table().splitlines()
    assert len(lines) == len(set(lines)) == 21
    assert any("giant component" in line and "1.00000" in line for line in lines)
    assert any("path, mean" in line and " - " in line for line in lines)
