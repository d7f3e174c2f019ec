"""Targets are read off lived worlds by the names of measures."""

from __future__ import annotations

import numpy as np

from glasshouse.lab.targets import posts_of_most_active, value_of, worlds_of_targets
from glasshouse.measures.dictionary import MEASURES, door_measures
from glasshouse.scenario.defaults import TARGETS, default_parameters
from glasshouse.scenario.reading import preset
from glasshouse.society.people import make_people

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


def test_wider_activity_concentrates_posts() -> None:
    shares = [
        posts_of_most_active(
            make_people(1, 20_000, default_parameters()._replace(activity_sd=sd), clustered=True)
        )
        for sd in (0.5, 1.5, 2.1)
    ]
    assert np.all(np.diff(shares) > 0)
    # A log-normal with this spread: the most active tenth holds Phi(2.1 - 1.2816) = 79%.
    assert abs(shares[-1] - 0.79) < 0.06
