"""Revolt as a cascade over thresholds: known cases, and the rule tried citizen by citizen."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.measures import revolt as revolting
from glasshouse.measures.revolt import NEVER, cascade, revolt, seeds_of_revolt, thresholds
from glasshouse.model.revolt import joins
from glasshouse.society.graph import graph_ties


def everybody_sees_everybody(citizens: int) -> Any:
    first, second = np.triu_indices(citizens, 1)
    return graph_ties(citizens, first.astype(np.int64), second.astype(np.int64))


def riot(needed: np.ndarray) -> int:
    ties = everybody_sees_everybody(len(needed))
    nobody = np.zeros(len(needed), np.bool_)
    alive = np.ones(len(ties.friend), np.bool_)
    return int(cascade(ties, alive, needed.astype(np.int32), nobody).sum())


def test_thresholds_from_0_to_99_bring_all_hundred_out() -> None:
    assert riot(np.arange(100)) == 100


def test_a_single_threshold_raised_from_1_to_2_leaves_one_alone() -> None:
    needed = np.arange(100)
    needed[1] = 2
    assert riot(needed) == 1


@pytest.mark.parametrize(("second", "share"), [(20, 0.1), (10, 0.9)])
def test_one_persons_threshold_decides_a_revolution(second: int, share: float) -> None:
    percent = np.array([0, second, 20, 30, 40, 50, 60, 70, 80, 100])
    assert riot(np.ceil(percent / 10)) == share * 10


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 30), st.integers(0, 1000), st.sampled_from([0.0, 0.1, 0.3]))
def test_a_cascade_ends_where_round_after_round_ends(
    citizens: int, seed: int, seeded: float
) -> None:
    draws = np.random.default_rng(seed)
    graph = nx.gnp_random_graph(citizens, 0.2, seed=seed)
    pairs = np.array(list(graph.edges), np.int64).reshape(-1, 2)
    ties = graph_ties(citizens, pairs[:, 0], pairs[:, 1])
    needed = draws.integers(0, 5, citizens).astype(np.int32)
    seeds = draws.random(citizens) < seeded
    active = set(np.flatnonzero(seeds).tolist())
    while True:
        joined = {i for i in graph if sum(j in active for j in graph[i]) >= needed[i]}
        if joined <= active:
            break
        active |= joined
    found = cascade(ties, np.ones(len(ties.friend), np.bool_), needed, seeds)
    assert set(np.flatnonzero(found).tolist()) == active


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 100_000))
def test_a_threshold_is_the_fewest_friends_for_whom_the_rule_joins(
    make_snapshot: Any, parameters: Any, seed: int
) -> None:
    draws = np.random.default_rng(seed)
    traits = {name: draws.random(12) for name in ("hardship", "risk_aversion", "ambition")}
    state = {"opinion": draws.uniform(-1, 1, 12), "worth": draws.random(12)}
    ring = [(i, (i + 1) % 12) for i in range(12)] + [(i, i + 6) for i in range(6)]
    snapshot = make_snapshot(12, ring, state=state, **traits)
    for i, needed in enumerate(thresholds(snapshot, parameters)):
        first = next(
            (
                friends
                for friends in range(4)
                if joins(
                    snapshot.people.hardship[i],
                    snapshot.opinion[i],
                    snapshot.people.risk_aversion[i],
                    friends,
                    snapshot.people.ambition[i],
                    snapshot.worth[i],
                    parameters,
                )
            ),
            NEVER,
        )
        assert needed == first


def test_seeds_of_a_smaller_share_are_among_those_of_a_larger_one() -> None:
    few, many = (seeds_of_revolt(7, 20_000, share) for share in (0.01, 0.03))
    assert 150 < few.sum() < 250 and 500 < many.sum() < 700
    assert not (few & ~many).any()
    assert (few == seeds_of_revolt(7, 20_000, 0.01)).all()
    assert (few != seeds_of_revolt(8, 20_000, 0.01)).any()


def nation_with(thresholds: np.ndarray, make_snapshot: Any, monkeypatch: Any) -> Any:
    citizens = len(thresholds)
    ring = [(i, (i + 1) % citizens) for i in range(citizens)]
    monkeypatch.setattr(revolting, "thresholds", lambda *_: thresholds.astype(np.int32))
    return make_snapshot(citizens, ring)


@pytest.mark.parametrize(
    ("needed", "active", "tips"),
    [(0, 1.0, 0.0), (1, 0.0, 0.001), (2, 0.0, None), (NEVER, 0.0, None)],
)
def test_tipping_is_the_smallest_push_that_brings_a_tenth_out(
    needed: int, active: float, tips: float | None, make_snapshot: Any, parameters: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    snapshot = nation_with(np.full(3000, needed), make_snapshot, monkeypatch)
    found = revolt(snapshot, parameters, seed=1)
    assert found.active.mean() == active
    assert found.tips == tips


def test_revolt_is_reported_by_group(make_snapshot: Any, measured: Any) -> None:
    traits = {"hardship": [1, 1, 0, 0], "risk_aversion": [0, 0, 0, 0]}
    snapshot = make_snapshot(4, state={"minority": [1, 0, 0, 0]}, **traits)
    assert measured(snapshot, structure=True)["revolt.active"] == 0.5
    assert measured(snapshot, structure=True, group="minority")["revolt.active"] == 1.0
    assert measured(snapshot, structure=True)["revolt.tips"] == 0.0


def test_a_users_own_rule_of_joining_takes_the_place_of_the_models(
    make_snapshot: Any, parameters: Any
) -> None:
    def follows_three(
        hardship: float,
        opinion: float,
        risk_aversion: float,
        active_friends: int,
        ambition: float,
        worth_share: float,
        parameters: Any,
    ) -> bool:
        return active_friends >= 3

    star = make_snapshot(5, [(0, 1), (0, 2), (0, 3), (0, 4)])
    assert thresholds(star, parameters, follows_three).tolist() == [3, *[NEVER] * 4]
    assert revolt(star, parameters, 1, follows_three).active.sum() == 0
