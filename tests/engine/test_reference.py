"""The compiled nation is the reference's nation, citizen by citizen and day by day."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glasshouse.engine.nation import Nation
from glasshouse.engine.plain_nation import PlainNation
from glasshouse.measures.counters import (
    CITIZENS,
    DEGREE,
    FACE_AGAINST,
    OPENED,
    PRESSED,
    SAID_AGAINST,
    SANCTIONS,
)
from glasshouse.scenario import Scenario
from tests.engine.drawing import EVENTFUL, scenarios


def open_sides(nation: Nation) -> list[dict[int, bool]]:
    """Own sides of everybody's possible ties, by friend."""
    ties, consent = nation.society.ties, nation.sides.consent
    return [
        {int(ties.friend[e]): bool(consent[e]) for e in range(ties.offsets[i], ties.offsets[i + 1])}
        for i in range(nation.citizens)
    ]


def assert_same(fast: Nation, plain: PlainNation) -> None:
    """Everything remembered of everybody is equal."""
    assert fast.state.score.tolist() == plain.steps
    assert fast.state.published.tolist() == plain.published_steps
    assert fast.state.stance.tolist() == plain.stances
    assert fast.state.opinion.tolist() == plain.opinions
    assert open_sides(fast) == plain.open
    if len(fast.state.absent):
        assert fast.state.absent.astype(bool).tolist() == plain.absents
    if len(fast.state.waiting):
        assert fast.state.waiting.tolist() == plain.waitings


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios(), st.integers(0, 2**63 - 1))
def test_compiled_nation_equals_reference(scenario: Scenario, seed: int) -> None:
    fast, plain = Nation.make(scenario, seed), PlainNation(scenario, seed)
    for day in range(6):
        if day == 2:
            fast.enact(scenario.scheme)
            plain.enact(scenario.scheme)
        fast.live_day()
        plain.live_day()
        assert_same(fast, plain)


@pytest.mark.parametrize(
    "preset", ["press-sesame", "credit-only", "own-acts-only", "fear", "watched"]
)
def test_presets_equal_reference_over_a_month_and_more(preset: str) -> None:
    scenario = Scenario.load(preset).replace(
        population=64, timeline={"spin_up": 1}, parameters=EVENTFUL
    )
    fast, plain = Nation.make(scenario, 3), PlainNation(scenario, 3)
    for nation in (fast, plain):
        nation.live_day()
        nation.enact(scenario.scheme)
    for _ in range(34):
        totals = fast.live_day().sum(axis=(0, 1))
        days = plain.live_day()
        assert totals[CITIZENS] == 64
        assert totals[SAID_AGAINST] == sum(day.said.count(-1) for day in days)
        assert totals[FACE_AGAINST] == sum(
            act.times for day in days for act in day.acts if act.kind == 4 and act.tone == -1
        )
        assert totals[PRESSED] == sum(day.pressers for day in days)
        assert totals[DEGREE] == sum(day.degree for day in days)
        assert totals[SANCTIONS] == sum(day.sanctions for day in days)
    assert_same(fast, plain)


def test_rare_things_do_happen_in_the_drawn_scenarios() -> None:
    scenario = Scenario.load("press-sesame").replace(population=100, parameters=EVENTFUL)
    nation = Nation.make(scenario, 1)
    nation.enact(scenario.scheme)
    totals = sum((nation.live_day().sum(axis=(0, 1)) for _ in range(60)), np.zeros(1))
    assert totals[OPENED] > 0
    assert totals[PRESSED] > 0
