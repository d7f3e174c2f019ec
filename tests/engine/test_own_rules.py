"""A user's own rules run in the same loops, and are told apart from the shipped ones."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.engine.nation import Nation
from glasshouse.engine.own_rules import loops_with, rules
from glasshouse.engine.plain_nation import PlainNation
from glasshouse.measures.counters import CUTS_KIN, CUTS_NATION
from glasshouse.scenario import Scenario
from glasshouse.scenario.faults import BadInput
from tests.engine.drawing import EVENTFUL

PRESS = Scenario.load("press-sesame").replace(
    population=64, timeline={"spin_up": 0}, parameters=EVENTFUL
)
CUTS = slice(CUTS_KIN, CUTS_NATION + 1)


def cutting_with(chance):  # type: ignore[no-untyped-def]
    """A rule of the same lines for every chance, so that only the number tells two apart."""

    def cut(ambition, worth_without, worth_with, log_strength, kin, stance_gap, parameters):  # type: ignore[no-untyped-def]
        return chance

    return cut


def far_stance(stance, mean_tone, parameters):  # type: ignore[no-untyped-def]
    """Stance follows speech ten times as fast."""
    return stance + 0.5 * (mean_tone - stance)


ALWAYS = {"chance_of_cutting": cutting_with(1.0), "next_stance": far_stance}
NEVER = {"chance_of_cutting": cutting_with(0.0), "next_stance": far_stance}


def cuts_of(nation: Nation, days: int = 3) -> float:
    return float(np.sum([nation.live_day() for _ in range(days)], axis=0)[:, :, CUTS].sum())


def test_an_own_rule_acts_and_the_shipped_one_is_left_alone() -> None:
    shipped = Nation.make(PRESS, 1)
    own = Nation.make(PRESS, 1, rules=ALWAYS)
    again = Nation.make(PRESS, 1)
    assert cuts_of(own) > 50
    assert cuts_of(shipped) == cuts_of(again) < 50


def test_own_rules_are_the_same_in_loops_and_reference() -> None:
    fast, plain = Nation.make(PRESS, 4, NEVER), PlainNation(PRESS, 4, NEVER)
    for nation in (fast, plain):
        nation.enact(PRESS.scheme)
    for _ in range(4):
        # Rules that differ by a number only have loops of their own, on disk too.
        assert cuts_of(fast, days=1) == 0
        plain.live_day()
    assert fast.state.stance.tolist() == plain.stances
    assert fast.state.score.tolist() == plain.steps
    assert sum(map(sum, (side.values() for side in plain.open))) == fast.sides.consent.sum()


def test_names_and_arguments_are_checked() -> None:
    with pytest.raises(BadInput, match="Did you mean chance_of_cutting"):
        loops_with({"chance_of_cuting": cutting_with(1.0)})
    with pytest.raises(BadInput, match="mean_tone"):
        loops_with({"next_stance": cutting_with(1.0)})
    with pytest.raises(BadInput, match="function"):
        loops_with({"next_stance": 3})  # type: ignore[dict-item]


def test_every_rule_of_the_model_is_known_and_described() -> None:
    found = rules()
    assert {"next_score", "presses", "tone_of", "joins", "next_opinion"} <= set(found)
    assert all(function.__doc__ for function in found.values())
