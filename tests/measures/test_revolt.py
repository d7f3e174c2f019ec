"""Revolt as a cascade over thresholds: known cases, and the rule tried citizen by citizen."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.chance.streams import REVOLT_SEEDS, fold, uniform
from glasshouse.chance.threads import on_threads
from glasshouse.measures.cascade import Cascade, cascade_over
from glasshouse.measures.revolt import SEEDED_SHARES, course, poised, revolt
from glasshouse.model.revolt import joins
from tests.measures.drawn import Plainly, drawn_circles, nations
from tests.measures.written import graph, written


def everybody_sees_everybody(citizens: int) -> Any:
    return graph(citizens, list(zip(*np.triu_indices(citizens, 1), strict=True)))


def cascade_with(net: Any, needed: Any) -> Cascade:
    """A cascade in which everybody needs so many active friends; -1 for never."""
    cascade = cascade_over(net)
    cascade.thresholds[:] = cascade.never
    cascade.thresholds[: len(needed)] = np.where(np.array(needed) < 0, cascade.never, needed)
    if hasattr(cascade, "living"):
        cascade.degrees(0, net.circles)
    return cascade


def members(cascade: Cascade) -> set[int]:
    bits = np.unpackbits(cascade.active().view(np.uint8), bitorder="little")
    return set(np.flatnonzero(bits).tolist())


def riot(needed: Any) -> int:
    cascade = cascade_with(everybody_sees_everybody(len(needed)), needed)
    cascade.begin()
    return cascade.spread(len(needed))


def ended(friends: list[list[int]], needed: Any, begun: set[int]) -> set[int]:
    """Round after round, all those join at once who have as many active friends as it takes."""
    active = set(begun)
    while True:
        joined = {
            i for i, mine in enumerate(friends) if 0 <= needed[i] <= sum(j in active for j in mine)
        }
        if joined <= active:
            return active
        active |= joined


def pushed(seed: int, citizens: int, share: float) -> set[int]:
    key = fold(seed, REVOLT_SEEDS)
    return {i for i in range(citizens) if uniform(fold(key, i)) < share}


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
@given(nations(), st.integers(0, 1000), st.sampled_from([0.0, 0.05, 0.1, 0.3]))
def test_a_cascade_ends_where_round_after_round_ends(
    snapshot: Any, seed: int, share: float
) -> None:
    needed = np.random.default_rng(seed).integers(-1, 6, snapshot.citizens)
    cascade = cascade_with(snapshot.net, needed)
    cascade.begin()
    begun = ended(Plainly(snapshot).friends, needed, set())
    assert cascade.spread(snapshot.citizens) == len(begun)
    assert members(cascade) == begun
    cascade.push(seed, share)
    cascade.spread(snapshot.citizens)
    all_of_them = begun | pushed(seed, snapshot.citizens, share)
    assert members(cascade) == ended(Plainly(snapshot).friends, needed, all_of_them)


def test_a_long_line_falls_one_after_the_other() -> None:
    line = graph(5_000, [(i, i + 1) for i in range(4_999)])
    cascade = cascade_with(line, [1] * 4_999 + [0])
    cascade.begin()
    assert cascade.spread(5_000) == 5_000


def test_a_cascade_that_is_stopped_goes_on_where_it_was() -> None:
    line = graph(1_000, [(i, i + 1) for i in range(999)])
    cascade = cascade_with(line, [0] + [1] * 999)
    cascade.begin()
    assert 100 < cascade.spread(100) < 1_000
    assert cascade.spread(1_000) == 1_000


def test_the_number_of_threads_changes_nobody() -> None:
    snapshot = drawn_circles(5, 200_000)
    needed = np.random.default_rng(5).integers(0, 12, snapshot.citizens)
    found = []
    for threads in (1, 4):
        with on_threads(threads):
            cascade = cascade_with(snapshot.net, needed)
            cascade.begin()
            found.append((cascade.spread(snapshot.citizens), cascade.active().tolist()))
    assert found[0] == found[1]
    assert 0.1 < found[0][0] / snapshot.citizens < 1


def test_seeds_of_a_smaller_share_are_among_those_of_a_larger_one() -> None:
    found = []
    for seed, share in ((7, 0.01), (7, 0.03), (8, 0.01)):
        cascade = cascade_with(graph(20_000, []), [-1] * 20_000)
        cascade.push(seed, share)
        cascade.spread(20_000)
        found.append(members(cascade))
    few, many, others = found
    assert 150 < len(few) < 250 and 500 < len(many) < 700
    assert few < many
    assert few != others


@settings(max_examples=20, deadline=None)
@given(nations())
def test_a_threshold_is_the_fewest_friends_for_whom_the_rule_joins(snapshot: Any) -> None:
    plain, terms = Plainly(snapshot), snapshot.terms
    worth = np.where(plain.present, terms.worth[plain.step], terms.worth_absent)
    cascade = poised(snapshot)
    for i in range(snapshot.citizens):
        first = next(
            (
                friends
                for friends in range(plain.degree[i] + 1)
                if joins(
                    float(plain.people.hardship[i]),
                    plain.opinion[i] / 127,
                    float(plain.people.risk_aversion[i]),
                    friends,
                    float(plain.people.ambition[i]),
                    float(worth[i]) / terms.worth_total,
                    snapshot.parameters,
                )
            ),
            cascade.never,
        )
        assert cascade.thresholds[i] == first


@pytest.mark.parametrize(
    ("needed", "active", "tips"), [(0, 3000, 0.0), (1, 0, 0.001), (2, 0, None), (-1, 0, None)]
)
def test_tipping_is_the_smallest_push_that_brings_a_tenth_out(
    needed: int, active: int, tips: float | None
) -> None:
    snapshot = written(3000, [(i, (i + 1) % 3000) for i in range(3000)])
    found = course(snapshot, cascade_with(snapshot.net, [needed] * 3000))
    assert found.active.sum() == active
    assert found.tips == tips


def test_a_tenth_itself_is_not_more_than_a_tenth() -> None:
    snapshot = written(100)
    for out, tips in ((10, None), (11, 0.0)):
        found = course(snapshot, cascade_with(snapshot.net, [0] * out + [-1] * (100 - out)))
        assert found.active.sum() == out
        assert found.tips == tips or (tips is None and found.tips in SEEDED_SHARES)


def opposed(
    hardship: float, opinion: float, risk_aversion: float, active_friends: int, ambition: float,
    worth_share: float, parameters: Any,
) -> bool:  # fmt: skip
    return opinion < 0


def test_revolt_is_reported_by_group() -> None:
    snapshot = written(4, minority=[1, 0, 0, 0], opinion=[-1, -1, 1, 1])
    found = revolt(snapshot, opposed)
    assert found.active.tolist() == [0, 0, 1, 1]
    assert found.tips == 0.0


def test_a_nation_that_nothing_holds_back_revolts(measured: Any, parameters: Any) -> None:
    eager = parameters._replace(revolt_threshold=-10.0, minority_share=0.0)
    values = measured(written(4, parameters=eager), structure=True)
    assert values["revolt.active"] == 1.0 and values["revolt.tips"] == 0.0
    content = parameters._replace(revolt_threshold=10.0, minority_share=0.0)
    values = measured(written(4, parameters=content), structure=True)
    assert values["revolt.active"] == 0.0 and values["revolt.tips"] is None


def test_who_has_more_to_lose_joins_later(parameters: Any) -> None:
    def stakes(
        hardship: float, opinion: float, risk_aversion: float, active_friends: int,
        ambition: float, worth_share: float, parameters: Any,
    ) -> bool:  # fmt: skip
        return worth_share < 0.5

    worth = np.linspace(0, 4, 60_001).astype(np.float32)
    terms = {"worth": worth, "worth_total": 4.0, "worth_absent": 4.0}
    snapshot = written(3, score=[400, 900, 400], present=[1, 1, 0], terms=terms)
    assert poised(snapshot, stakes).thresholds.tolist() == [0, *[poised(snapshot).never] * 2]


def test_a_users_own_rule_of_joining_takes_the_place_of_the_models() -> None:
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

    star = written(5, [(0, 1), (0, 2), (0, 3), (0, 4)])
    cascade = poised(star, follows_three)
    assert cascade.thresholds.tolist() == [3, *[cascade.never] * 4]
    assert revolt(star, follows_three).active.sum() == 0


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 30), st.integers(0, 1000))
def test_ties_that_no_longer_live_carry_nothing(citizens: int, seed: int) -> None:
    draws = np.random.default_rng(seed)
    drawn = nx.gnp_random_graph(citizens, 0.3, seed=seed)
    dead = graph(citizens, list(drawn.edges), [False] * (2 * drawn.number_of_edges()))
    needed = draws.integers(0, 3, citizens)
    cascade = cascade_with(dead, needed)
    cascade.begin()
    assert cascade.spread(citizens) == (needed == 0).sum()
