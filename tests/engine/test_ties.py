"""Ties between two days: who is let in, who is dropped, who is pressed instead."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glasshouse.engine.nation import Nation
from glasshouse.measures.counters import (
    CUTS_KIN,
    CUTS_NATION,
    OPENED,
    SAID_AGAINST,
    SAID_FOR,
)
from glasshouse.scenario import Scenario
from glasshouse.society.net import friends_of
from tests.engine.drawing import EVENTFUL, scenarios
from tests.engine.everybody import capacities, everybody_of, published, stances

PRESS = Scenario.load("press-sesame").replace(population=4096, timeline={"spin_up": 0})
CUTS = slice(CUTS_KIN, CUTS_NATION + 1)


def under_scheme(scenario: Scenario, **parameters: float) -> Nation:
    nation = Nation.make(scenario.replace(parameters={**scenario.parameters, **parameters}), 5)
    nation.enact(scenario.scheme)
    return nation


def counted(nation: Nation, days: int) -> Any:
    return np.sum([nation.live_day().sum(axis=(0, 1)) for _ in range(days)], axis=0)


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios(), st.integers(0, 2**32))
def test_ties_stay_mutual_and_are_opened_by_those_with_room_only(
    scenario: Scenario, seed: int
) -> None:
    nation = Nation.make(scenario, seed)
    nation.enact(scenario.scheme)
    everybody, capacity = everybody_of(nation), capacities(nation)
    for _ in range(5):
        before, degree = everybody.open(nation), everybody.degree(nation)
        nation.live_day()
        after, friend, owner = everybody.open(nation), everybody.ties.friend, everybody.source
        living = set(zip(*(each[everybody.alive(nation)] for each in (owner, friend)), strict=True))
        assert living == {(i, j) for i in range(nation.citizens) for j in friends_of(nation.net, i)}
        assert living == {(j, i) for i, j in living}
        opened = owner[~before & after]
        assert (degree[opened] < capacity[opened]).all()
        closed = owner[before & ~after]
        assert len(closed) == len(np.unique(closed))


def test_the_lonely_find_new_friends_until_they_have_as_many_as_they_can_bear() -> None:
    scenario = PRESS.replace(scheme="none", population=1024)
    busy = {"openings_per_day": 0.03, "acceptance_intercept": 20.0, "reviews_per_day": 0.0}
    nation = under_scheme(scenario, **busy)
    everybody = everybody_of(nation)
    nation.records.bytes.reshape(-1, nation.records.size)[:, 128:] = 0
    assert everybody.degree(nation).sum() == 0
    means = []
    for _ in range(6):
        counted(nation, 60)
        means.append(everybody.degree(nation).mean())
    assert 0 < means[0] < means[2] < means[5]
    # A day's offers are made without knowing of each other: one too many, now and then.
    assert (everybody.degree(nation) > capacities(nation) + 1).mean() < 0.01


def test_nobody_is_let_in_where_nobody_offers_or_nobody_accepts() -> None:
    for quiet in ({"openings_per_day": 0.0}, {"acceptance_intercept": -20.0}):
        nation = under_scheme(PRESS, **{**EVENTFUL, **quiet})
        totals = counted(nation, 30)
        assert totals[OPENED] == 0
        assert totals[CUTS].sum() > 0


def test_an_own_cut_is_not_taken_back_before_the_pairs_month() -> None:
    small = PRESS.replace(population=256)
    nation = under_scheme(small, **{**EVENTFUL, "openings_per_day": 1 / 32})
    everybody = everybody_of(nation)
    months: dict[int, set[int]] = {}
    for day in range(480):
        before = everybody.open(nation)
        nation.live_day()
        for edge in np.flatnonzero(~before & everybody.open(nation)):
            months.setdefault(int(edge), set()).add(day // 30 % 12)
    # The other side of an offer opens with it, so every opening keeps to the pair's one month.
    assert len(months) > 300
    assert max(map(len, months.values())) == 1


def test_who_presses_a_friend_does_not_drop_them() -> None:
    reach = {f"pressure_reach_{x}": 1.0 for x in ("kin", "circle", "district", "city", "nation")}
    always = {**reach, "pressure_gap": 0.0, "cut_intercept": -5.0, "reviews_per_day": 1.0}
    dropped_below = {}
    for weight in (0.0, 1e-9):
        nation = under_scheme(PRESS, **{**always, "weight_of_pressure": weight})
        everybody = everybody_of(nation)
        owner, friend = everybody.source, everybody.ties.friend
        cuts = below = 0
        for _ in range(40):
            score, before = published(nation), everybody.open(nation)
            nation.live_day()
            cut = before & ~everybody.open(nation)
            cuts += cut.sum()
            below += (score[friend[cut]] < score[owner[cut]]).sum()
        assert cuts > 100
        dropped_below[weight] = below
    # With no gap and full reach, everybody presses every friend with a lower score.
    assert dropped_below[0.0] > 100
    assert dropped_below[1e-9] == 0


def test_pressing_makes_the_pressed_speak_for() -> None:
    nothing_else = {"weight_of_doors": 0.0, "weight_of_fear": 0.0, "pressure_gap": 5.0}
    quiet = counted(under_scheme(PRESS, **nothing_else, weight_of_pressure=1e-9), 60)
    pressed = counted(under_scheme(PRESS, **nothing_else, weight_of_pressure=3.0), 60)
    assert pressed[SAID_FOR] > 1.05 * quiet[SAID_FOR]
    assert pressed[SAID_AGAINST] < 0.95 * quiet[SAID_AGAINST]


@pytest.mark.parametrize(
    ("parameter", "closer"), [("cut_strength", "strength"), ("cut_kin", "kin")]
)
def test_ties_that_bind_more_are_cut_less(parameter: str, closer: str) -> None:
    often = {"cut_intercept": -3.0, "cut_for_doors": 0.0, "cut_disagreement": 0.0}
    scenario = PRESS.replace(scheme="none")
    even = counted(under_scheme(scenario, **{**often, "cut_strength": 0.0, "cut_kin": 0.0}), 30)
    bound = counted(
        under_scheme(scenario, **{**often, "cut_strength": 0.0, "cut_kin": 0.0, parameter: 1.0}),
        30,
    )
    assert bound[CUTS_KIN] < 0.6 * even[CUTS_KIN]
    if closer == "strength":
        assert bound[CUTS_NATION] > 1.3 * even[CUTS_NATION]
    else:
        assert bound[CUTS_NATION] == pytest.approx(even[CUTS_NATION], rel=0.1)


def test_disagreement_cuts_ties_between_camps() -> None:
    scenario = PRESS.replace(scheme="none")
    often = {"cut_intercept": -4.0, "stance_drift": 0.0}
    for weight, least in ((0.0, 0.0), (4.0, 0.15)):
        nation = under_scheme(scenario, **{**often, "cut_disagreement": weight})
        everybody = everybody_of(nation)
        stance = stances(nation) / 127
        gap = np.abs(stance[everybody.source] - stance[everybody.ties.friend])
        before = everybody.alive(nation)
        counted(nation, 30)
        cut = before & ~everybody.alive(nation)
        extra = gap[cut].mean() - gap[before].mean()
        if least:
            assert extra > least
        else:
            assert abs(extra) < 0.03
