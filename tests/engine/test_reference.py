"""The compiled nation is the reference's nation, citizen by citizen and day by day."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glasshouse.engine.nation import Nation
from glasshouse.engine.plain_nation import PlainNation
from glasshouse.measures import counters
from glasshouse.scenario import Scenario, Scheme
from tests.engine.comparing import live_both
from tests.engine.drawing import EVENTFUL, scenarios, schemes


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), scenarios(), st.integers(0, 2**63 - 1))
def test_compiled_nation_equals_reference(
    data: st.DataObject, scenario: Scenario, seed: int
) -> None:
    reform: dict[str, Any] = data.draw(schemes(scenario.scheme.range))
    later = [scenario.scheme, Scheme(**reform), Scenario.load("none").scheme]
    fast, plain = Nation.make(scenario, seed), PlainNation(scenario, seed)
    live_both(fast, plain)
    for scheme in [later[0], later[data.draw(st.integers(1, 2))], later[1]]:
        for nation in (fast, plain):
            nation.enact(scheme)
        for _ in range(3):
            live_both(fast, plain)


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
        live_both(fast, plain)


def test_rare_things_do_happen_in_the_drawn_scenarios() -> None:
    scenario = Scenario.load("press-sesame").replace(population=100, parameters=EVENTFUL)
    nation = Nation.make(scenario, 1)
    nation.enact(scenario.scheme)
    totals = sum((nation.live_day().sum(axis=(0, 1)) for _ in range(60)), np.zeros(1))
    for rare in (counters.OPENED, counters.PRESSED, counters.CUTS_FOR_SCORE, counters.CUTS_KIN):
        assert totals[rare] > 0
