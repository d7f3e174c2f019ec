"""The structure of a society, against NetworkX on small graphs and against known graphs."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from glasshouse.chance.threads import on_threads
from glasshouse.society.clustering import look_around
from glasshouse.society.column import Column, by_citizen
from glasshouse.society.components import giant_component
from glasshouse.society.degrees import degrees
from glasshouse.society.graph import graph_ties
from glasshouse.society.layout import layout_of
from glasshouse.society.mixing import Mixing, mix
from glasshouse.society.net import CircleNet, GraphNet, circle_net, friends_of, graph_net, possible
from glasshouse.society.paths import mean_path, reached_from
from glasshouse.society.record import empty_records
from glasshouse.society.structure import Structure, measure_structure, society_structure
from glasshouse.society.written_ties import circle_ties, slots_of_circle


def net_of(graph: nx.Graph[int], alive: NDArray[np.bool_] | None = None) -> GraphNet:
    pairs = np.array(list(graph.edges), np.int64).reshape(-1, 2)
    ties = graph_ties(len(graph), pairs[:, 0], pairs[:, 1])
    living = np.ones(len(ties.friend)) if alive is None else alive
    return graph_net(ties, living.astype(np.uint8))


def opinions(values: object) -> Column:
    return by_citizen(np.array(values, np.int8))


def mixed(net: GraphNet, value: object, limits: object = (), absent: object = ()) -> Mixing:
    """Mixing of a value, which is the opinion too."""
    numbers, away = np.array(value), np.array(absent, np.uint8)
    return mix(net, opinions(numbers), by_citizen(numbers), np.array(limits, np.int64), away)


def members(words: NDArray[np.uint32], citizens: int) -> list[int]:
    bits = np.unpackbits(words.view(np.uint8), bitorder="little")
    assert not bits[citizens:].any()
    found: list[int] = np.flatnonzero(bits).tolist()
    return found


@st.composite
def graphs(draw: st.DrawFn) -> nx.Graph[int]:
    citizens = draw(st.integers(2, 40))
    share = draw(st.sampled_from([0.0, 0.03, 0.1, 0.3, 1.0]))
    graph: nx.Graph[int] = nx.gnp_random_graph(citizens, share, draw(st.integers(0, 10_000)))
    return graph


def structure_of(graph: nx.Graph[int]) -> Structure:
    return measure_structure(
        net_of(graph), opinions(np.where(np.arange(len(graph)) % 3 == 0, -64, 32))
    )


@settings(max_examples=60, deadline=None)
@given(graphs())
def test_a_small_graph_is_measured_as_networkx_measures_it(graph: nx.Graph[int]) -> None:
    structure = structure_of(graph)
    degree = np.array([d for _, d in graph.degree])
    assert structure.ties == graph.number_of_edges()
    assert structure.degree == pytest.approx(degree.mean())
    assert structure.degree_sd == pytest.approx(degree.std())
    assert structure.clustering == pytest.approx(nx.average_clustering(graph))
    assert structure.clustering_standard_error == 0.0
    assert (structure.transitivity or 0.0) == pytest.approx(nx.transitivity(graph))
    largest = max(len(part) for part in nx.connected_components(graph))
    assert structure.giant_component == pytest.approx(largest / len(graph))
    if nx.is_connected(graph):
        assert structure.path == pytest.approx(nx.average_shortest_path_length(graph))
        assert structure.path_standard_error == 0.0
    assert sum(structure.by_layer.values()) == pytest.approx(structure.degree)


@settings(max_examples=60, deadline=None)
@given(graphs(), st.integers(0, 1000))
def test_mixing_is_measured_as_networkx_measures_it(graph: nx.Graph[int], seed: int) -> None:
    net, draws = net_of(graph), np.random.default_rng(seed)
    value = draws.integers(-3, 4, len(graph))
    if not graph.number_of_edges():
        found = mixed(net, value)
        assert found.camps() == found.parts() == found.districts() == (None, None)
        assert found.value_assortativity() is None
        return
    found = mixed(net, value, limits=[-1, 0, 2])
    for part, parting in (
        (np.searchsorted([-1, 0, 2], value, side="right"), found.parts()),
        ((value < 0).astype(int), found.camps()),
        (np.zeros(len(graph), int), found.districts()),
    ):
        groups = [{int(i) for i in np.flatnonzero(part == p)} for p in range(4)]
        assert parting.modularity == pytest.approx(nx.community.modularity(graph, groups))
        inside = np.mean([part[i] == part[j] for i, j in graph.edges])
        assert parting.inside == pytest.approx(inside)
    nx.set_node_attributes(graph, dict(enumerate(value.tolist())), "value")
    assert found.opinion_assortativity() == found.value_assortativity()
    ends = {value[i] for edge in graph.edges for i in edge}
    if len(ends) == 1:
        assert found.value_assortativity() is None
    else:
        expected = nx.numeric_assortativity_coefficient(graph, "value")
        assert found.value_assortativity() == pytest.approx(expected, abs=1e-9)


def test_each_district_is_a_part() -> None:
    # a tie within the first district, two within the second, one between them
    pairs = np.array([[0, 4095], [4096, 5000], [4097, 5000], [4095, 4096]])
    ties = graph_ties(6_000, pairs[:, 0], pairs[:, 1])
    found = mixed(graph_net(ties, np.ones(8, np.uint8)), np.zeros(6_000, int))
    assert found.districts().inside == 3 / 4
    assert found.districts().modularity == pytest.approx(3 / 4 - (3 / 8) ** 2 - (5 / 8) ** 2)


@settings(max_examples=30, deadline=None)
@given(graphs(), st.integers(0, 1000))
def test_only_living_ties_are_counted(graph: nx.Graph[int], seed: int) -> None:
    every, draws = net_of(graph), np.random.default_rng(seed)
    source = np.repeat(np.arange(len(graph)), np.diff(every.offsets))
    pair = source + every.friend + len(graph) * np.abs(source - every.friend)
    alive = (draws.random(pair.max(initial=0) + 1) < 0.6)[pair]
    net = every._replace(alive=alive.astype(np.uint8))
    rest: nx.Graph[int] = nx.Graph()
    rest.add_nodes_from(range(len(graph)))
    rest.add_edges_from(zip(source[alive].tolist(), every.friend[alive].tolist(), strict=True))
    degree = [rest.degree(i) for i in range(len(graph))]
    assert degrees(net, 0, len(graph)).tolist() == degree
    around = look_around(net, np.arange(len(graph)))
    assert around.friends.tolist() == degree
    assert around.closed.tolist() == [nx.triangles(rest, i) for i in range(len(graph))]
    giant = members(giant_component(net), len(graph))
    largest = max(len(part) for part in nx.connected_components(rest))
    parts = [part for part in nx.connected_components(rest) if len(part) == largest]
    assert set(giant) == min(parts, key=min)
    assert measure_structure(possible(net), opinions(np.zeros(len(graph)))).ties == len(graph.edges)


def test_ties_with_somebody_left_out_are_not_counted() -> None:
    found = mixed(net_of(nx.path_graph(4)), [0, 1, 0, 90], limits=[1], absent=[0, 0, 0, 1])
    assert found.value_assortativity() == pytest.approx(-1.0)
    assert found.parts().inside == 0.0
    assert found.opinion_assortativity() != found.value_assortativity()


def test_a_value_that_everybody_shares_has_no_assortativity() -> None:
    assert mixed(net_of(nx.complete_graph(6)), [13] * 6).value_assortativity() is None


def test_somebody_with_very_many_ties_overflows_nothing() -> None:
    star = net_of(nx.star_graph(70_000))
    # as if the one in the middle had fifty million ties
    value = np.append(50_000_000, np.ones(70_000, np.int64))
    found = mix(star, opinions(np.full(70_001, -127)), by_citizen(value))
    assert found.value_assortativity() == pytest.approx(-1.0)


def random_circles(seed: int, citizens: int, slots: int, openness: float) -> CircleNet:
    """Circles whose living ties are drawn among those that could be."""
    draws = np.random.default_rng(seed)
    net = circle_net(seed, citizens, layout_of(slots), empty_records(citizens, slots))
    ties = circle_ties(seed, citizens, np.ones(5), slots)
    source = np.repeat(np.arange(citizens), np.diff(ties.offsets))
    slot = np.concatenate([np.flatnonzero(row >= 0) for row in _slots(net, seed)])
    chosen = draws.random(len(source)) < openness
    for i, k in zip(source[chosen].tolist(), slot[chosen].tolist(), strict=True):
        place = (i >> 5) * (net.records.size >> 2) + 32 + 32 * (k >> 5) + (i & 31)
        net.records.consent[place] |= np.uint32(1 << (k & 31))
    return net


def _slots(net: CircleNet, seed: int) -> NDArray[np.int64]:
    found = [slots_of_circle(seed, c, net.citizens, net.layout) for c in range(net.circles)]
    return np.concatenate(found)[: net.citizens]


def as_graph(net: CircleNet, seed: int) -> GraphNet:
    """The same living ties, written out."""
    ties = circle_ties(seed, net.citizens, np.ones(5), net.layout.slots)
    alive = np.zeros(len(ties.friend), np.uint8)
    for i in range(net.citizens):
        mine = slice(ties.offsets[i], ties.offsets[i + 1])
        alive[mine] = np.isin(ties.friend[mine], friends_of(net, i))
    return graph_net(ties, alive)


@settings(max_examples=25, deadline=None)
@given(
    st.integers(1, 1000),
    st.integers(64, 400),
    st.sampled_from([32, 64, 128]),
    st.sampled_from([0.15, 0.3, 0.5, 0.9]),
)
def test_circles_are_measured_as_the_graph_of_their_ties(
    seed: int, citizens: int, slots: int, openness: float
) -> None:
    net = random_circles(seed, citizens, slots, openness)
    opinion = opinions(np.random.default_rng(seed).integers(-127, 128, citizens))
    written = as_graph(net, seed)
    assert society_structure(net, opinion) == society_structure(written, opinion)
    assert (giant_component(net) == giant_component(written)).all()


@pytest.mark.parametrize("sources", [1, 7, 8, 9, 30])
def test_steps_in_circles_are_counted_from_any_number_of_sources(sources: int) -> None:
    net = random_circles(4, 300, 32, 0.4)
    starts = np.random.default_rng(4).integers(0, 300, sources)
    found, expected = reached_from(net, starts), reached_from(as_graph(net, 4), starts)
    assert found.people.tolist() == expected.people.tolist()
    assert found.steps.tolist() == expected.steps.tolist()


def test_what_was_in_the_room_to_work_in_changes_nothing() -> None:
    net, opinion = random_circles(5, 500, 32, 0.4), opinions(np.arange(500) % 100 - 50)
    expected = measure_structure(net, opinion)
    for size in (0, 100, 8 * 512):
        room = np.full(size, 93, np.uint8)
        assert measure_structure(net, opinion, room=room) == expected


def test_the_number_of_threads_changes_nothing() -> None:
    net, opinion = random_circles(6, 9_000, 32, 0.35), opinions(np.arange(9_000) % 100 - 50)
    found = []
    for threads in (1, 4):
        with on_threads(threads):
            structure = measure_structure(net, opinion, clustering_sample=2_000)
            found.append((structure, giant_component(net).tolist()))
    assert found[0] == found[1]


def test_dissenters_and_others_are_told_apart() -> None:
    structure = measure_structure(net_of(nx.star_graph(4)), opinions([-127, 0, 0, 0, 0]))
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
    net = net_of(nx.connected_watts_strogatz_graph(600, 8, 0.1, seed=3))
    opinion = opinions(np.ones(600))
    exact = measure_structure(net, opinion, path_sources=600)
    sampled = measure_structure(net, opinion, clustering_sample=200, path_sources=40)
    for name in ("clustering", "path"):
        true, found = getattr(exact, name), getattr(sampled, name)
        error = getattr(sampled, f"{name}_standard_error")
        assert error is not None and error > 0
        assert abs(found - true) < 4 * error
    again = measure_structure(net, opinion, clustering_sample=200, path_sources=40)
    assert again == sampled


def test_the_error_of_the_path_comes_from_the_differences_among_starts() -> None:
    line = net_of(nx.path_graph(3))
    # 1.5 steps from the end and 1 from the middle
    mean, error = mean_path(line, np.array([0, 1]))
    assert mean == 1.25
    assert error == pytest.approx(0.25)
    assert mean_path(line, np.array([1])) == (1.0, None)


def test_the_table_names_every_number_once() -> None:
    none_alive = net_of(nx.cycle_graph(30), np.zeros(60, np.bool_))
    both = society_structure(none_alive, opinions(np.arange(-15, 15)))
    lines = both.table().splitlines()
    assert len(lines) == len(set(lines)) == 22
    assert any("giant component" in line and "1.00000" in line for line in lines)
    assert any("path, mean" in line and " - " in line for line in lines)
