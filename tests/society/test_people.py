"""Traits have the shares, means and correlations that the parameters say."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.chance.normal import normal_field
from glasshouse.chance.streams import TRAITS, fold
from glasshouse.scenario import default_parameters
from glasshouse.society.people import (
    ACTIVITY_PLACES,
    AMBITION,
    CITY_SIZE,
    EXPRESSIVENESS,
    FEAR,
    activity_at,
    draw_traits,
    shares_of,
)
from glasshouse.society.population import People, make_people, trait_tables
from glasshouse.society.record import nearest_feeling

CITIZENS = 200_000
PARAMETERS = default_parameters()


def people_of(seed: int, citizens: int, *, clustered: bool = True) -> People:
    shares = shares_of(seed, citizens, PARAMETERS, clustered=clustered)
    return make_people(seed, 0, citizens, PARAMETERS, shares)


PEOPLE = people_of(5, CITIZENS)


@pytest.mark.parametrize("trait", ["expressiveness", "fear", "ambition", "activity"])
def test_log_normal_traits_have_mean_one(trait: str) -> None:
    assert getattr(PEOPLE, trait).mean() == pytest.approx(1.0, abs=0.03)


def test_spreads_are_those_asked_for() -> None:
    assert np.log(PEOPLE.fear).std() == pytest.approx(PARAMETERS.fear_sd, rel=0.02)
    assert np.log(PEOPLE.activity).std() == pytest.approx(PARAMETERS.activity_sd, rel=0.02)
    assert np.median(PEOPLE.capacity) == pytest.approx(PARAMETERS.capacity_median, rel=0.03)


def test_activity_has_few_values_that_rise_and_whose_mean_is_one() -> None:
    for sd in (0.0, 1.5, 3.0):
        values = np.array([activity_at(place, sd) for place in range(ACTIVITY_PLACES)])
        assert (np.diff(values) > 0).all() or sd == 0.0
        # The table of quantiles ends at 3.67, so a wide spread lacks a little of its mean.
        assert values.mean() == pytest.approx(1.0, abs=0.02 if sd < 2 else 0.3)
    assert ACTIVITY_PLACES == 1024
    values = [activity_at(place, PARAMETERS.activity_sd) for place in range(ACTIVITY_PLACES)]
    assert set(PEOPLE.activity) <= set(values)


def test_shares_are_those_asked_for() -> None:
    assert (PEOPLE.opinion < 0).mean() == pytest.approx(PARAMETERS.dissent_share, abs=0.015)
    assert PEOPLE.minority.mean() == pytest.approx(PARAMETERS.minority_share, abs=0.01)
    for trait in (PEOPLE.hardship, PEOPLE.risk_aversion):
        assert trait.mean() == pytest.approx(0.5, abs=0.01)
        assert trait.min() >= 0.0 and trait.max() < 1.0


def test_traits_of_one_citizen_do_not_go_together() -> None:
    numbers = np.array([getattr(PEOPLE, name) for name in asdict(PEOPLE) if name != "minority"])
    numbers[:6] = np.log(np.where(numbers[:6] > 0, numbers[:6], 1.0))
    together = np.corrcoef(numbers)
    # Wealth falls with belonging to the minority and with nothing else.
    assert np.abs(together - np.eye(len(numbers))).max() < 0.01


def test_the_minority_is_less_wealthy_by_its_ratio() -> None:
    minority = PEOPLE.minority == 1
    gap = PEOPLE.log_wealth[minority].mean() - PEOPLE.log_wealth[~minority].mean()
    assert np.exp(gap) == pytest.approx(PARAMETERS.minority_wealth_ratio, abs=0.02)


def within_circle(values: np.ndarray) -> float:
    """Correlation of two people of the same circle."""
    circles = values[: CITIZENS // 32 * 32].reshape(-1, 32)
    return float(np.corrcoef(circles[:, 3], circles[:, 17])[0, 1])


def test_people_of_a_circle_are_alike_only_where_they_should_be() -> None:
    capacity = within_circle(np.log(PEOPLE.capacity))
    assert capacity == pytest.approx(PARAMETERS.capacity_circle_correlation, abs=0.03)
    opinion = within_circle(PEOPLE.opinion.astype(float))
    assert opinion == pytest.approx(PARAMETERS.opinion_circle_correlation, abs=0.04)
    assert abs(within_circle(PEOPLE.fear)) < 0.04


def test_in_a_graph_neighbouring_numbers_mean_nothing() -> None:
    alone = people_of(5, CITIZENS, clustered=False)
    assert abs(within_circle(alone.opinion.astype(float))) < 0.04
    assert (alone.opinion < 0).mean() == pytest.approx(PARAMETERS.dissent_share, abs=0.01)


def test_the_share_of_dissenters_does_not_hang_on_the_luck_of_a_city() -> None:
    shares = [(people_of(seed, 32_768).opinion < 0).mean() for seed in range(8)]
    # Circles alone leave 0.012; what cities have in common would add 0.08.
    assert np.std(shares) < 0.03


def test_cities_differ_about_the_share_of_the_nation() -> None:
    cities, some = 40, 16_384
    shares = shares_of(3, cities * CITY_SIZE, PARAMETERS, clustered=True)
    dissent = [
        (make_people(3, first, first + some, PARAMETERS, shares).opinion < 0).mean()
        for first in range(0, cities * CITY_SIZE, CITY_SIZE)
    ]
    assert np.mean(dissent) == pytest.approx(PARAMETERS.dissent_share, abs=0.015)
    # The normal draw of a city moves its share by some density·sqrt(correlation).
    expected = 0.386 * np.sqrt(PARAMETERS.opinion_city_correlation)
    assert np.std(dissent) == pytest.approx(expected, rel=0.4)


def test_traits_of_a_citizen_do_not_depend_on_how_many_there_are() -> None:
    fewer = people_of(5, 1000)
    assert (fewer.fear == PEOPLE.fear[:1000]).all()
    assert (fewer.opinion == PEOPLE.opinion[:1000]).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, CITIZENS - 1), st.integers(0, 200))
def test_a_stretch_of_people_is_a_part_of_all(first: int, length: int) -> None:
    last = min(first + length, CITIZENS)
    shares = shares_of(5, CITIZENS, PARAMETERS, clustered=True)
    stretch = make_people(5, first, last, PARAMETERS, shares)
    for name, values in vars(stretch).items():
        assert (values == getattr(PEOPLE, name)[first:last]).all(), name


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**64 - 1), st.integers(0, 8_000_000_000), st.booleans())
def test_python_and_compiled_traits_are_equal(seed: int, citizen: int, clustered: bool) -> None:
    shares = shares_of(seed, 100, PARAMETERS, clustered=clustered)._replace(
        city_weight=1.0 if clustered else 0.0, city_mean=0.25
    )
    traits = draw_traits(seed, citizen, PARAMETERS, shares)
    drawn = make_people(seed, citizen, citizen + 1, PARAMETERS, shares)
    for name, values in vars(drawn).items():
        expected = nearest_feeling(traits.opinion) if name == "opinion" else getattr(traits, name)
        assert values[0] == expected, name


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**64 - 1), st.integers(0, 10**9), st.floats(0, 2), st.floats(0, 2))
def test_traits_in_tables_are_those_that_are_drawn(
    seed: int, citizen: int, sd: float, other: float
) -> None:
    parameters = PARAMETERS._replace(expressiveness_sd=sd, fear_sd=other)
    tables = trait_tables(parameters)
    shares = shares_of(seed, 100, parameters, clustered=True)
    traits = draw_traits(seed, citizen, parameters, shares)
    key = fold(fold(seed, TRAITS), citizen)
    assert tables.expressiveness[normal_field(key, EXPRESSIVENESS)] == traits.expressiveness
    assert tables.fear[normal_field(key, FEAR)] == traits.fear
    assert tables.ambition[normal_field(key, AMBITION)] == traits.ambition
