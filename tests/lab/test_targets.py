"""Targets are read off lived worlds by the names of measures."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.chance.threads import on_threads
from glasshouse.lab.targets import posts_of_most_active, value_of, worlds_of_targets
from glasshouse.measures.dictionary import MEASURES, door_measures
from glasshouse.scenario.defaults import TARGETS, default_parameters
from glasshouse.scenario.reading import preset
from glasshouse.society.people import shares_of
from glasshouse.society.population import make_people

ELSEWHERE = {"structure.cross_camp", "posts.top_tenth"}


def test_every_target_names_measures_that_exist() -> None:
    for target in TARGETS:
        doors = set(door_measures(tuple(preset(target.scenario).doors)))
        for name in target.measure.split()[::2]:
            assert name in set(MEASURES) | doors | ELSEWHERE


def test_the_life_under_no_scheme_comes_first() -> None:
    assert worlds_of_targets()[0] == "none"
    assert len(set(worlds_of_targets())) == len(worlds_of_targets())


def test_values_are_undefined_where_a_measure_is() -> None:
    assert value_of("a / b", {"a": 1.0, "b": 0.0}) is None
    assert value_of("a + b", {"a": 1.0}) is None
    assert value_of("a", {"a": 0.25}) == 0.25


@pytest.mark.parametrize("citizens", [1, 10, 999, 20_000])
def test_posts_of_the_most_active_are_those_of_the_last_tenth_in_order(citizens: int) -> None:
    parameters = default_parameters()
    shares = shares_of(1, citizens, parameters, clustered=True)
    activity = np.sort(make_people(1, 0, citizens, parameters, shares).activity)
    expected = activity[round(citizens * 0.9) :].sum() / activity.sum()
    assert posts_of_most_active(1, citizens, parameters) == pytest.approx(expected)


def test_wider_activity_concentrates_posts() -> None:
    shares = [
        posts_of_most_active(1, 20_000, default_parameters()._replace(activity_sd=sd))
        for sd in (0.5, 1.5, 2.1)
    ]
    assert np.all(np.diff(shares) > 0)
    # A log-normal with this spread: the most active tenth holds Phi(2.1 - 1.2816) = 79%.
    assert abs(shares[-1] - 0.79) < 0.06


def test_posts_do_not_depend_on_threads() -> None:
    found = []
    for threads in (1, 3):
        with on_threads(threads):
            found.append(posts_of_most_active(1, 3_000_000, default_parameters()))
    assert found[0] == found[1]
