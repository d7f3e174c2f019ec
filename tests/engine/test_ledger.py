"""A ledger's rows sum to the change in score exactly, and tell what then happens."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from glasshouse.engine.ledger import MILLIONTHS, millionths
from glasshouse.engine.nation import Nation
from glasshouse.scenario import Scenario
from glasshouse.society.record import opinion_at, stance_at
from tests.engine.drawing import scenarios
from tests.engine.everybody import Everybody, everybody_of, scores


def dropped_by(everybody: Everybody, i: int, closed: NDArray[np.bool_]) -> list[int]:
    """Whom a citizen dropped, by the sides that were closed."""
    ties = everybody.ties
    return [int(ties.friend[e]) for e in range(ties.offsets[i], ties.offsets[i + 1]) if closed[e]]


def check_everybody(nation: Nation, every: int = 1) -> None:
    """Explain the coming day, live it, and compare."""
    told = {i: nation.explain(i) for i in range(0, nation.citizens, every)}
    everybody = everybody_of(nation)
    before, degree, opened = scores(nation), everybody.degree(nation), everybody.open(nation)
    nation.live_day()
    closed = opened & ~everybody.open(nation)
    for i, explained in told.items():
        assert explained.day.step == nation.score_step(i)
        assert explained.day.stance == stance_at(nation.records, i)
        assert explained.day.opinion == opinion_at(nation.records, i)
        assert explained.day.degree == degree[i]
        cut = [x for x in [explained.day.cut] if x is not None]
        assert dropped_by(everybody, i, closed) == cut
        if len(nation.state.absent):
            assert explained.day.absent == nation.state.absent[i]
        if len(nation.state.waiting):
            assert explained.day.waiting == nation.state.waiting[i]
        total = sum(millionths(row.amount) for row in explained.ledger)
        change = (nation.score_step(i) - int(before[i])) * Fraction(str(nation.terms.unit))
        if explained.day.recorded:
            assert Fraction(total, MILLIONTHS) == change


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios(), st.integers(0, 2**32))
def test_rows_sum_to_the_change_of_anybody_under_any_scheme(scenario: Scenario, seed: int) -> None:
    nation = Nation.make(scenario, seed)
    nation.enact(scenario.scheme)
    for _ in range(3):
        check_everybody(nation, every=5)


def test_rows_of_a_long_life_under_the_press_scheme() -> None:
    scenario = Scenario.load("press-sesame").replace(population=256)
    nation = Nation.make(scenario, 1)
    nation.enact(scenario.scheme)
    for day in range(60):
        if day % 20 == 0:
            check_everybody(nation)
        else:
            nation.live_day()


def test_friends_rows_are_the_pull_of_all_friends() -> None:
    for aggregate in ("mean", "weighted", "lowest", "lowest_k"):
        scenario = Scenario.load("press-sesame").replace(
            {"scheme.friends.aggregate": aggregate}, population=128
        )
        nation = Nation.make(scenario, 1)
        nation.enact(scenario.scheme)
        for _ in range(10):
            nation.live_day()
        for i in range(nation.citizens):
            day = nation.explain(i).day
            rows = sum(row.amount for row in day.friends)
            assert abs(rows - day.friends_pull) < 1e-9


def test_before_a_scheme_there_is_nothing_to_explain_but_what_was_done() -> None:
    nation = Nation.make(Scenario.load("press-sesame").replace(population=64), 1)
    rows = [row for i in range(64) for row in nation.explain(i).ledger]
    assert rows
    assert all(row.amount == 0.0 and "unrecorded" in row.detail for row in rows)
