"""Placebos change what they say and nothing else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import glasshouse as gh
from glasshouse.engine.nation import Nation
from glasshouse.lab.experiments.cells import Cell
from glasshouse.lab.experiments.first_ties import first_ties
from glasshouse.lab.experiments.placebos import (
    FRIENDS_DRAWN_ANEW,
    POINTS_SHUFFLED,
    friends_drawn_anew,
    points_shuffled,
    rewired,
    with_placebo,
)
from glasshouse.lab.experiments.points import Point, points_of
from glasshouse.measures.degrees import keep_degrees
from glasshouse.scenario import Scenario, presets
from glasshouse.scenario.reading import preset
from glasshouse.scenario.scheme import Scheme
from glasshouse.society.ties import strength_of_layers
from tests.lab.experiments.tiny import experiment

PEOPLE = 330
seeds = st.integers(0, 1000)
few = settings(max_examples=8, deadline=None)


def scenario_with(slots: int) -> Scenario:
    return Scenario.load("press-sesame").replace({"society.slots": slots, "population": PEOPLE})


def living(scenario: Scenario, seed: int) -> np.ndarray:
    nation = Nation.make(scenario, seed)
    degree = np.zeros(nation.citizens, np.uint8)
    keep_degrees(nation.snapshot(), degree)
    return degree.astype(int)


def points_in(scheme: Scheme) -> list[float]:
    found: list[float] = []
    for each in scheme.points.model_dump().values():
        found += each.values() if isinstance(each, dict) else [each]
    return found


@few
@given(seed=seeds, slots=st.sampled_from([32, 64]))
def test_first_ties_are_those_that_live_on_the_first_day(seed: int, slots: int) -> None:
    scenario = scenario_with(slots)
    ties = first_ties(scenario, seed)
    ends = np.bincount(np.concatenate([ties.first, ties.second]), minlength=PEOPLE)
    assert (ends == living(scenario, seed)).all()


@few
@given(seed=seeds, slots=st.sampled_from([32, 64]))
def test_friends_drawn_anew_are_as_many_of_each_strength(seed: int, slots: int) -> None:
    scenario = scenario_with(slots)
    ties, drawn = first_ties(scenario, seed), friends_drawn_anew(scenario, seed)
    assert drawn.strength is not None
    assert drawn.citizens == PEOPLE
    assert (drawn.first < drawn.second).all()
    for layer, strength in enumerate(strength_of_layers(scenario.behaviour)):
        before = np.concatenate([ties.first[ties.layer == layer], ties.second[ties.layer == layer]])
        same = drawn.strength == strength
        after = np.concatenate([drawn.first[same], drawn.second[same]])
        counts = [np.bincount(each, minlength=PEOPLE) for each in (before, after)]
        # A pair that is drawn twice is one tie; there are few of these where people are few.
        assert (counts[1] <= counts[0]).all()
        assert (counts[0] - counts[1]).sum() <= 2 * drawn.merged
    assert drawn.merged <= 0.01 * len(ties.first)


def test_the_same_friends_are_drawn_for_the_same_seed_and_others_for_another() -> None:
    scenario = scenario_with(32)
    assert friends_drawn_anew(scenario, 1) == friends_drawn_anew(scenario, 1)
    assert friends_drawn_anew(scenario, 1) != friends_drawn_anew(scenario, 2)


def test_with_friends_drawn_anew_all_their_ties_live_and_likeness_is_gone() -> None:
    scenario = scenario_with(32)
    there = with_placebo(scenario, FRIENDS_DRAWN_ANEW, 1)
    degree, before = living(there, 1), living(scenario, 1)
    assert abs(degree - before).sum() <= 0.01 * before.sum()
    ties, drawn = first_ties(scenario, 1), friends_drawn_anew(scenario, 1)
    near = [abs(each.first.astype(int) - each.second).mean() for each in (ties, drawn)]
    assert near[1] > 1.2 * near[0]


@few
@given(
    pairs=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 2)), max_size=40),
    seed=seeds,
)
def test_ends_are_only_dealt_out_within_a_layer(
    pairs: list[tuple[int, int, int]], seed: int
) -> None:
    first, second, layer = np.array(pairs, int).reshape(-1, 3).T
    one, two = rewired(first, second, layer, seed)
    for each in range(3):
        before = np.concatenate([first[layer == each], second[layer == each]])
        after = np.concatenate([one[layer == each], two[layer == each]])
        assert sorted(before) == sorted(after)


@few
@given(name=st.sampled_from(presets()), seed=seeds)
def test_shuffled_points_are_the_same_points_at_other_acts(name: str, seed: int) -> None:
    there = points_shuffled(preset(name), seed)
    assert sorted(points_in(there)) == sorted(points_in(preset(name)))
    assert there.model_copy(update={"points": preset(name).points}) == preset(name)
    assert there == points_shuffled(preset(name), seed)


def test_only_friends_drawn_anew_need_a_past_of_their_own() -> None:
    scenario = scenario_with(32)
    cells = [
        Cell.of(Point(0, {}, {"placebo": word} if word else {}, base=scenario), 1, ())
        for word in ("", POINTS_SHUFFLED, FRIENDS_DRAWN_ANEW)
    ]
    assert len({cell.name for cell in cells}) == 3
    assert cells[0].past.name == cells[1].past.name != cells[2].past.name


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"placebo": "points_shufled"}, "Did you mean points_shuffled?"),
        ({"placebo": FRIENDS_DRAWN_ANEW, "population": 10**6}, "at most 500,000"),
    ],
)
def test_a_placebo_that_cannot_be_is_refused_before_anything_is_lived(
    changes: dict[str, object], said: str
) -> None:
    arms = {"arms": {"plain": {}, "other": changes}}
    with pytest.raises(gh.BadInput) as caught:
        points_of(experiment(factors={"which": arms}))
    assert said in str(caught.value)
    assert caught.value.field == "factors.which"
