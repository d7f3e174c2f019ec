"""An explicit graph: the given pairs, both ways, and no others."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.society.graph import graph_ties, layer_of_strength

PAIRS = st.sets(
    st.tuples(st.integers(0, 20), st.integers(0, 20)).filter(lambda pair: pair[0] < pair[1]),
    min_size=1,
)


@given(PAIRS)
def test_every_pair_is_there_both_ways(pairs: set[tuple[int, int]]) -> None:
    edges = np.array(sorted(pairs))
    strength = 1.0 + np.arange(len(edges))
    ties = graph_ties(21, edges[:, 0], edges[:, 1], strength)
    source = np.repeat(np.arange(21), np.diff(ties.offsets))
    found = set(zip(source.tolist(), ties.friend.tolist(), strict=True))
    assert found == pairs | {(j, i) for i, j in pairs}
    assert (ties.friend[ties.back] == source).all()
    assert (ties.strength[ties.back] == ties.strength).all()


@given(st.lists(st.floats(0.001, 100), min_size=2))
def test_stronger_ties_are_never_farther(strengths: list[float]) -> None:
    layers = layer_of_strength(np.sort(np.array(strengths)))
    assert (np.diff(layers.astype(int)) <= 0).all()


def test_a_tie_of_strength_one_is_near() -> None:
    assert layer_of_strength(np.array([1.0])).tolist() == [1]
