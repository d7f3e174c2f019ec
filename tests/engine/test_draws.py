"""Turning one thing on moves no other draw: what is on but weighs nothing changes nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from glasshouse.engine.nation import Nation
from glasshouse.measures.counters import SANCTIONS
from glasshouse.scenario import Scenario
from tests.engine.drawing import EVENTFUL

PRESS = Scenario.load("press-sesame").replace(
    population=1024, timeline={"spin_up": 2}, parameters=EVENTFUL
)
DAYS = 25


def life(scenario: Scenario) -> tuple[list[bytes], np.ndarray]:
    """All that two lives could differ in, and the sums of what was counted."""
    nation = Nation.make(scenario, 6)
    nation.live_day()
    nation.enact(scenario.scheme)
    totals = np.sum([nation.live_day() for _ in range(DAYS)], axis=(0, 1, 2))
    return [nation.records.bytes.tobytes()], totals


# What both lives share, and what is on in one of them though it can do nothing.
POWERLESS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "appeals that never succeed": ({}, {"scheme.appeals": {"delay": 3, "success": 0}}),
    "sanctions that take nothing": ({}, {"scheme.sanctions": {"chance": 0.5, "worth": 0}}),
    "a way out that nobody considers": (
        {"parameters.reconsiderations_per_week": 0.0},
        {"scheme.opt_out": True},
    ),
    "status where no ties are offered": (
        {"parameters.openings_per_day": 0.0},
        {"scheme.friends.status": 5},
    ),
    "a map that nobody acts on": (
        {"parameters.weight_of_pressure": 0.0, "parameters.cut_for_doors": 0.0},
        {"scheme.friends.map": False},
    ),
    "a door worth nothing": ({}, {"scheme.doors.shed": {"threshold": 700, "worth": 0}}),
    "a number of lowest friends where the mean counts": ({}, {"scheme.friends.lowest_k": 7}),
    "rare publication of what nobody looks at": (
        {"scheme.doors": {}, "scheme.friends.share": 0.0},
        {"scheme.period": 9},
    ),
    "noise in guesses where a map shows all": ({}, {"parameters.guess_noise": 200.0}),
}


@pytest.mark.parametrize("what", POWERLESS)
def test_what_is_on_and_can_do_nothing_moves_nothing(what: str) -> None:
    shared, turned_on = POWERLESS[what]
    base = PRESS.replace(shared)
    without, _ = life(base)
    within, _ = life(base.replace(turned_on))
    assert without == within


def test_the_same_things_with_power_do_move_something() -> None:
    without, _ = life(PRESS)
    for strong in (
        {"scheme.appeals": {"delay": 3, "success": 1}},
        {"scheme.sanctions": {"chance": 0.5, "worth": 5}},
        {"scheme.opt_out": True},
        {"scheme.friends.status": 5},
        {"scheme.friends.map": False},
        {"scheme.doors.shed": {"threshold": 700, "worth": 1}},
        {"scheme.period": 9},
    ):
        within, _ = life(PRESS.replace(strong))
        assert without != within, strong


def test_sanctions_draw_numbers_of_their_own() -> None:
    _, mild = life(PRESS.replace({"scheme.sanctions": {"chance": 0.1, "worth": 0}}))
    _, harsh = life(PRESS.replace({"scheme.sanctions": {"chance": 0.3, "worth": 0}}))
    assert harsh[SANCTIONS] == pytest.approx(3 * mild[SANCTIONS], rel=0.2)
    others = np.arange(len(mild)) != SANCTIONS
    assert (mild[others] == harsh[others]).all()


@pytest.mark.parametrize(
    ("parameter", "kind"),
    [("messages_per_day", 3), ("face_to_face_per_day", 4), ("bills_per_day", 7)],
)
def test_a_small_change_of_a_rate_changes_few_citizen_days_of_that_kind(
    parameter: str, kind: int
) -> None:
    none = Scenario.load("none").replace(population=2048)
    rate = getattr(none.behaviour, parameter)

    def times(factor: float) -> np.ndarray:
        nation = Nation.make(none.replace(parameters={parameter: rate * factor}), 1)
        days = [nation.explain(i).day for i in range(2048)]
        return np.array([sum(act.kind == kind for act in day.acts) for day in days])

    before, after = times(1.0), times(1.02)
    moved = (before != after).mean()
    assert 0 < moved < 0.07
    assert (after >= before).all()
