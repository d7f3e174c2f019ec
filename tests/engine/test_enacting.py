"""Introductions, reforms and abolition, as a nation takes them."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.engine.nation import Nation
from glasshouse.engine.plain_nation import PlainNation
from glasshouse.measures.counters import ABSENT
from glasshouse.scenario import Scenario
from tests.engine.comparing import assert_same, live_both
from tests.engine.drawing import EVENTFUL
from tests.engine.everybody import published, scores

PRESS = Scenario.load("press-sesame").replace(
    population=512, timeline={"spin_up": 0}, parameters=EVENTFUL
)
NONE = Scenario.load("none").scheme


def under(scenario: Scenario, days: int = 20) -> Nation:
    """A nation after some days under its scheme."""
    nation = Nation.make(scenario, 3)
    nation.enact(scenario.scheme)
    for _ in range(days):
        nation.live_day()
    return nation


def test_the_end_of_a_scheme_keeps_its_range_whatever_range_is_written() -> None:
    nation = under(PRESS)
    assert NONE.range != PRESS.scheme.range
    kept = scores(nation)
    nation.enact(NONE)
    nation.live_day()
    snapshot = nation.snapshot()
    terms = snapshot.terms
    assert (terms.low, terms.low + terms.unit * terms.top) == (350.0, pytest.approx(950.0))
    assert (scores(nation) == kept).all()
    assert len(snapshot.doors) == 0


def test_a_reform_of_the_range_is_refused() -> None:
    nation = under(PRESS, days=1)
    with pytest.raises(ValueError, match="range"):
        nation.enact(PRESS.replace({"scheme.range.high": 1000}).scheme)


def test_after_the_abolition_life_goes_on_unrecorded() -> None:
    nation = under(PRESS)
    nation.enact(NONE)
    days = [nation.explain(i).day for i in range(200)]
    assert not any(day.recorded for day in days)
    assert all(day.speech == day.free for day in days)
    assert all(day.pressers == 0 for day in days)


def test_a_reform_acts_from_the_next_day_on() -> None:
    nation, without = under(PRESS), under(PRESS)
    nation.enact(PRESS.replace({"scheme.points.like.for": 300}).scheme)
    assert scores(nation).tolist() == scores(without).tolist()
    nation.live_day()
    without.live_day()
    assert scores(nation).mean() > scores(without).mean()


def test_who_opted_out_is_back_where_nobody_may() -> None:
    free = PRESS.replace({"scheme.opt_out": True})
    nation = under(free, days=40)
    assert nation.state.absent.sum() > 10
    nation.enact(PRESS.scheme)
    totals = nation.live_day()
    assert totals[:, :, ABSENT].sum() == 0
    assert len(nation.snapshot().absent) == 0
    nation.enact(free.scheme)
    assert nation.state.absent.sum() == 0


def test_what_waited_for_an_appeal_is_gone_with_the_appeals() -> None:
    heard = PRESS.replace({"scheme.appeals": {"delay": 100, "success": 1.0}})
    nation = under(heard)
    assert nation.state.waiting.sum() > 0
    nation.enact(PRESS.scheme)
    assert len(nation.state.waiting) == 0
    nation.enact(heard.scheme)
    assert not nation.state.waiting.any()


def test_a_reform_that_publishes_every_day_publishes_at_once() -> None:
    seldom = PRESS.replace({"scheme.period": 30}, population=64)
    fast, plain = under(seldom, days=0), PlainNation(seldom, 3)
    plain.enact(seldom.scheme)
    for _ in range(5):
        live_both(fast, plain)
    assert (published(fast) != scores(fast)).any()
    for nation in (fast, plain):
        nation.enact(PRESS.scheme)
    assert (published(fast) == scores(fast)).all()
    assert_same(fast, plain)
    for _ in range(3):
        live_both(fast, plain)


def test_a_period_runs_from_the_reform_that_sets_it() -> None:
    nation = under(PRESS, days=7)
    nation.enact(PRESS.replace({"scheme.period": 5}).scheme)
    same = []
    for _ in range(10):
        nation.live_day()
        same.append(bool((published(nation) == scores(nation)).all()))
    assert np.flatnonzero(same).tolist() == [4, 9]
