"""Living only what differs gives the nation that living everybody gives."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.engine.difference import DifferentLife, SharedLife
from glasshouse.engine.nation import Nation
from glasshouse.scenario import Scenario
from glasshouse.society.record import LANES
from tests.engine.drawing import EVENTFUL, schemes

DAYS = 8
KINDS = ("stance", "score", "tie")


def nation_of(citizens: int, scheme: dict[str, Any] | str, seed: int, **more: Any) -> Nation:
    scenario = Scenario.model_validate({"scheme": scheme, "parameters": EVENTFUL, **more})
    nation = Nation.make(scenario.replace(population=citizens), seed)
    nation.live_day()
    nation.enact(scenario.scheme)
    nation.live_day()
    return nation


def change(life: DifferentLife, citizen: int, kind: str) -> None:
    """Change what is remembered of a citizen, as somebody who plays her would."""
    records = life.nation.records
    circle, lane = divmod(citizen, LANES)
    if kind == "stance":
        records.feeling[circle * records.size + 64 + lane] = 127
    elif kind == "score":
        records.score[circle * (records.size >> 1) + lane] = 0
    else:
        records.consent[circle * (records.size >> 2) + LANES + lane] ^= np.uint32(0b10101)
    life.differs(citizen)


@settings(max_examples=25, deadline=None)
@given(
    scheme=schemes(),
    seed=st.integers(0, 2**32),
    citizens=st.sampled_from([64, 97, 700, 2_000]),
    changes=st.lists(
        st.tuples(st.integers(0, DAYS - 1), st.integers(0, 63), st.sampled_from(KINDS)),
        min_size=1,
        max_size=3,
    ),
)
def test_a_different_life_is_that_of_living_everybody(
    scheme: dict[str, Any], seed: int, citizens: int, changes: list[tuple[int, int, str]]
) -> None:
    shared = SharedLife(nation_of(citizens, scheme, seed))
    other, whole = DifferentLife(shared), DifferentLife(shared)
    for day in range(DAYS):
        for when, citizen, kind in changes:
            if when == day:
                for life in (other, whole):
                    change(life, citizen, kind)
        other.live_day(shared.live_day())
        whole.nation.live_day()
        assert other.nation.digest() == whole.nation.digest()
        assert other.nation.day == shared.nation.day


@pytest.mark.parametrize("slots", [32, 64, 128])
def test_it_is_so_with_any_number_of_slots(slots: int) -> None:
    society = {"kind": "circles", "slots": slots}
    shared = SharedLife(nation_of(1_500, "press-sesame", 5, society=society))
    other, whole = DifferentLife(shared), DifferentLife(shared)
    for life in (other, whole):
        change(life, 70, "tie")
    for _ in range(DAYS):
        other.live_day(shared.live_day())
        whole.nation.live_day()
    assert other.nation.digest() == whole.nation.digest() != shared.nation.digest()


def test_it_is_so_when_a_scheme_is_introduced_reformed_and_abolished() -> None:
    scenario = Scenario.load("press-sesame").replace(population=640)
    shared = SharedLife(Nation.make(scenario, 2))
    other, whole = DifferentLife(shared), DifferentLife(shared)
    for life in (other, whole):
        change(life, 40, "stance")
    steps = {
        2: scenario.scheme,
        4: scenario.replace({"scheme.friends.share": 0.6, "scheme.period": 3}).scheme,
        7: Scenario.load("none").scheme,
    }
    for day in range(9):
        if day in steps:
            for nation in (shared.nation, other.nation, whole.nation):
                nation.enact(steps[day])
        other.live_day(shared.live_day())
        whole.nation.live_day()
        assert other.nation.digest() == whole.nation.digest()


def test_a_life_in_which_nothing_differs_lives_nobody() -> None:
    shared = SharedLife(nation_of(2_000, "press-sesame", 1))
    other = DifferentLife(shared)
    assert [other.live_day(shared.live_day()) for _ in range(5)] == [0] * 5
    assert other.nation.digest() == shared.nation.digest()


def test_one_change_leaves_most_of_a_nation_alone() -> None:
    shared = SharedLife(nation_of(32_000, "press-sesame", 1))
    other = DifferentLife(shared)
    change(other, 12_345, "tie")
    lived = sum(other.live_day(shared.live_day()) for _ in range(7))
    assert 0 < lived < 7 * 1_000 / 10


def test_days_are_lived_in_step() -> None:
    shared = SharedLife(nation_of(64, "fear", 1))
    other = DifferentLife(shared)
    shared.live_day()
    with pytest.raises(ValueError, match="was lived, and here it is day"):
        other.live_day(shared.live_day())


def test_a_graph_is_refused() -> None:
    edges = [(i, (i + 1) % 70) for i in range(70)]
    graph = {"scheme": "fear", "society": {"kind": "graph", "edges": edges}}
    nation = Nation.make(Scenario.model_validate(graph), 1)
    with pytest.raises(ValueError, match="society of circles"):
        SharedLife(nation)
