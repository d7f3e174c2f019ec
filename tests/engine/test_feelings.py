"""Stance follows what is said, opinion what is shown, heard and read; each pull by itself."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.engine.nation import Nation
from glasshouse.measures.counters import SAID_AGAINST, SAID_FOR
from glasshouse.scenario import Scenario
from tests.engine.everybody import everybody_of, opinions, stances

NONE = Scenario.load("none").replace(population=1000, timeline={"spin_up": 0})
STILL = {
    "stance_drift": 0.0,
    "opinion_to_stance": 0.0,
    "opinion_to_friends": 0.0,
    "opinion_to_reading": 0.0,
}


def nation_with(scenario: Scenario = NONE, **parameters: float) -> Nation:
    nation = Nation.make(scenario.replace(parameters={**STILL, **parameters}), 8)
    nation.enact(scenario.scheme)
    return nation


def test_without_drift_nobody_changes() -> None:
    nation = nation_with()
    stance, opinion = stances(nation), opinions(nation)
    for _ in range(31):
        nation.live_day()
    assert (stances(nation) == stance).all()
    assert (opinions(nation) == opinion).all()


def test_stance_takes_a_step_towards_what_was_said_today() -> None:
    nation = nation_with(stance_drift=0.25)
    days = [nation.explain(i).day for i in range(nation.citizens)]
    before = stances(nation) / 127
    nation.live_day()
    spoke = np.array([len(day.said) > 0 for day in days])
    assert 0.2 < spoke.mean() < 0.9
    said = np.array([np.mean(day.said) if day.said else 0.0 for day in days])
    expected = before + 0.25 * (said - before)
    after = stances(nation) / 127
    assert (after[~spoke] == before[~spoke]).all()
    assert np.abs(after - expected)[spoke].max() < 1 / 127
    # Rounding is by chance and so without a lean.
    assert abs((after - expected)[spoke].mean()) < 0.1 / 127


@pytest.mark.parametrize("towards", ["stance", "friends", "reading"])
def test_opinion_goes_all_the_way_to_the_only_thing_that_pulls_it(towards: str) -> None:
    nation = nation_with(**{f"opinion_to_{towards}": 1.0})
    everybody = everybody_of(nation)
    moved = 0
    for _ in range(30):
        stance, opinion = stances(nation) / 127, opinions(nation) / 127
        days = [nation.explain(i).day for i in range(0, nation.citizens, 5)]
        alive, degree = everybody.alive(nation), everybody.degree(nation)
        living = everybody.ties.friend[alive]
        heard = np.bincount(everybody.source[alive], stance[living], nation.citizens)
        nation.live_day()
        after = opinions(nation) / 127
        for day in days:
            i = day.citizen
            if after[i] == opinion[i]:
                continue
            moved += 1
            goal = {
                "stance": stance[i],
                "friends": heard[i] / max(degree[i], 1),
                "reading": day.reading.for_ - day.reading.against,
            }[towards]
            assert abs(after[i] - goal) < 1 / 127
    assert moved > 150


def test_what_is_said_follows_what_is_thought_and_the_more_so_the_more_it_weighs() -> None:
    def gap(weight: float) -> float:
        """Share of dissenters' speech that is against less that of the others'."""
        nation = nation_with(weight_of_expression=weight, weight_of_habit=0.0)
        totals = np.sum([nation.live_day().sum(axis=0) for _ in range(30)], axis=0)
        said = totals[:, SAID_AGAINST : SAID_FOR + 1]
        others, dissenters = said[:2].sum(axis=0), said[2:].sum(axis=0)
        return float(dissenters[0] / dissenters.sum() - others[0] / others.sum())

    assert gap(2.0) > gap(1.0) + 0.05
    assert gap(1.0) > gap(0.0) + 0.05
