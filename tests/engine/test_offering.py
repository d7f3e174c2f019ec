"""New ties: who may open a side, and that the order of offers does not matter."""

from __future__ import annotations

import pytest

from glasshouse.engine.nation import Nation
from glasshouse.engine.plain_nation import PlainNation
from glasshouse.measures.counters import OPENED
from glasshouse.scenario import Scenario
from tests.engine.comparing import assert_same
from tests.engine.everybody import capacities, everybody_of

BUSY = {
    "cut_intercept": 0.0,
    "reviews_per_day": 0.6,
    "openings_per_day": 1.0,
    "acceptance_intercept": 5.0,
}
NONE = Scenario.load("none").replace(population=4096, timeline={"spin_up": 1}, parameters=BUSY)


@pytest.mark.parametrize("seed", [4, 18])
def test_people_who_offer_each_other_a_tie_on_one_day_do_so_as_in_the_reference(seed: int) -> None:
    scenario = NONE.replace(population=64)
    fast, plain = Nation.make(scenario, seed), PlainNation(scenario, seed)
    for _ in range(31):
        fast.live_day()
        plain.live_day()
        assert_same(fast, plain)


def test_only_people_with_room_open_a_side() -> None:
    nation = Nation.make(NONE, 1)
    everybody, capacity = everybody_of(nation), capacities(nation)
    opened = 0
    for _ in range(30):
        before, degree = everybody.open(nation), everybody.degree(nation)
        nation.live_day()
        new = everybody.source[everybody.open(nation) & ~before]
        assert (degree[new] < capacity[new]).all()
        opened += len(new)
    assert opened > 1000


def test_of_a_circle_at_most_one_makes_an_offer_on_a_day() -> None:
    nation = Nation.make(NONE.replace({"parameters.cut_intercept": -50.0}), 1)
    for _ in range(10):
        totals = nation.live_day()
        assert 0 < totals[:, :, OPENED].sum() <= nation.citizens / 32


def test_where_nobody_offers_nothing_opens() -> None:
    nation = Nation.make(NONE.replace({"parameters.openings_per_day": 0.0}), 1)
    everybody = everybody_of(nation)
    before = everybody.open(nation)
    totals = sum(nation.live_day().sum(axis=(0, 1)) for _ in range(10))
    assert totals[OPENED] == 0
    assert (everybody.open(nation) <= before).all()


def test_disagreement_keeps_people_out() -> None:
    def accepted(disagreement: float) -> float:
        changes = {"acceptance_intercept": 0.0, "acceptance_disagreement": disagreement}
        nation = Nation.make(NONE.replace(parameters={**BUSY, **changes}), 1)
        return float(sum(nation.live_day()[:, :, OPENED].sum() for _ in range(20)))

    assert accepted(8.0) < 0.7 * accepted(0.0)
