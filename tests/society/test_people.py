"""Traits have the shares, means and correlations that the parameters say."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.scenario import default_parameters
from glasshouse.society.people import make_people

CITIZENS = 200_000
PARAMETERS = default_parameters()
PEOPLE = make_people(5, CITIZENS, PARAMETERS, clustered=True)


@pytest.mark.parametrize("trait", ["expressiveness", "fear", "ambition", "activity"])
def test_log_normal_traits_have_mean_one(trait: str) -> None:
    assert getattr(PEOPLE, trait).mean() == pytest.approx(1.0, abs=0.03)


def test_spreads_are_those_asked_for() -> None:
    assert np.log(PEOPLE.fear).std() == pytest.approx(PARAMETERS.fear_sd, rel=0.02)
    assert np.log(PEOPLE.activity).std() == pytest.approx(PARAMETERS.activity_sd, rel=0.02)
    assert np.median(PEOPLE.capacity) == pytest.approx(PARAMETERS.capacity_median, rel=0.03)


def test_shares_are_those_asked_for() -> None:
    assert (PEOPLE.opinion < 0).mean() == pytest.approx(PARAMETERS.dissent_share, abs=0.015)
    assert PEOPLE.minority.mean() == pytest.approx(PARAMETERS.minority_share, abs=0.01)
    for trait in (PEOPLE.hardship, PEOPLE.risk_aversion):
        assert trait.mean() == pytest.approx(0.5, abs=0.01)
        assert trait.min() >= 0.0 and trait.max() < 1.0


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
    alone = make_people(5, CITIZENS, PARAMETERS, clustered=False)
    assert abs(within_circle(alone.opinion.astype(float))) < 0.04
    assert (alone.opinion < 0).mean() == pytest.approx(PARAMETERS.dissent_share, abs=0.01)


def test_the_share_of_dissenters_does_not_hang_on_the_luck_of_a_city() -> None:
    shares = [
        (make_people(seed, 32_768, PARAMETERS, clustered=True).opinion < 0).mean()
        for seed in range(8)
    ]
    # Circles alone leave 0.012; what cities have in common would add 0.08.
    assert np.std(shares) < 0.03


def test_traits_of_a_citizen_do_not_depend_on_how_many_there_are() -> None:
    fewer = make_people(5, 1000, PARAMETERS, clustered=True)
    assert (fewer.fear == PEOPLE.fear[:1000]).all()
    assert (fewer.opinion == PEOPLE.opinion[:1000]).all()
