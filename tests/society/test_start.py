"""The first day: capacity, near first, camps balanced."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.scenario import Scenario
from glasshouse.society.make import Society, make_society
from glasshouse.society.start import opening_sides
from glasshouse.society.ties import KIN, NATION

SCENARIO = Scenario.load("none").replace(population=32_768)


@pytest.fixture(scope="module")
def society() -> Society:
    return make_society(SCENARIO, seed=4)


def living(society: Society) -> np.ndarray:
    return (society.consent & society.consent[society.ties.back]).astype(bool)


def degree(society: Society) -> np.ndarray:
    before = np.concatenate([[0], np.cumsum(living(society))])
    return np.diff(before[society.ties.offsets])


def test_dissenters_and_others_start_with_equal_mean_degree(society: Society) -> None:
    dissents = society.people.opinion < 0
    degrees = degree(society)
    ratio = degrees[dissents].mean() / degrees[~dissents].mean()
    assert ratio == pytest.approx(1.0, abs=0.01)


def test_nobody_opens_more_near_sides_than_they_have_room_for(society: Society) -> None:
    near = society.ties.layer != NATION
    source = np.repeat(np.arange(society.citizens), np.diff(society.ties.offsets))
    opened = np.bincount(source[near], society.consent[near], society.citizens)
    assert (opened <= society.capacity + 0.5).all()


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("citizens", [8192, 100_000])
def test_camps_start_balanced_whatever_the_seed(seed: int, citizens: int) -> None:
    made = make_society(SCENARIO.replace(population=citizens), seed)
    dissents, degrees = made.people.opinion < 0, degree(made)
    ratio = degrees[dissents].mean() / degrees[~dissents].mean()
    assert ratio == pytest.approx(1.0, abs=0.01)


def test_near_sides_are_opened_before_farther_ones(society: Society) -> None:
    ties, opinion = society.ties, society.people.opinion
    for i in range(500):
        mine = slice(ties.offsets[i], ties.offsets[i + 1])
        same_camp = (opinion[ties.friend[mine]] < 0) == (opinion[i] < 0)
        near = same_camp & (ties.layer[mine] != NATION)
        opened = society.consent[mine][near].astype(int)
        assert (np.diff(opened) <= 0).all()


def test_about_a_fifth_of_living_ties_cross_camps(society: Society) -> None:
    source = np.repeat(np.arange(society.citizens), np.diff(society.ties.offsets))
    dissents = society.people.opinion < 0
    alive = living(society)
    crossing = dissents[source[alive]] != dissents[society.ties.friend[alive]]
    assert crossing.mean() == pytest.approx(0.20, abs=0.03)


def test_near_ties_come_first_and_some_far_ones_always_live(society: Society) -> None:
    alive, layer = living(society), society.ties.layer
    share = [alive[layer == each].mean() for each in range(NATION)]
    assert share == sorted(share, reverse=True)
    assert share[KIN] > 0.75
    assert 1.0 < alive[layer == NATION].sum() / society.citizens < 2.5


def test_openness_moves_the_share_of_ties_across_camps() -> None:
    shares = []
    for openness in (0.2, 1.0):
        made = make_society(
            SCENARIO.replace({"parameters.cross_camp_openness": openness}, population=8192), 4
        )
        source = np.repeat(np.arange(8192), np.diff(made.ties.offsets))
        dissents, alive = made.people.opinion < 0, living(made)
        shares.append((dissents[source[alive]] != dissents[made.ties.friend[alive]]).mean())
    assert shares[0] < shares[1] - 0.1


def test_a_graph_starts_with_all_its_ties() -> None:
    edges = np.array([[i, (i + 1) % 80] for i in range(80)])
    made = make_society(SCENARIO.replace(society={"kind": "graph", "edges": edges}), 1)
    assert living(made).all()
    assert (made.capacity == 2).all()
    assert not made.regions


def test_the_same_people_open_other_sides_under_another_seed(society: Society) -> None:
    people, ties = society.people, society.ties
    again, other = (opening_sides(seed, SCENARIO.behaviour, people, ties)[0] for seed in (4, 5))
    assert (again == society.consent).all()
    far = ties.layer == NATION
    same_camp = (people.opinion[ties.friend] < 0) == np.repeat(
        people.opinion < 0, np.diff(ties.offsets)
    )
    kept_apart = again[far & same_camp] != other[far & same_camp]
    openness = SCENARIO.behaviour.far_tie_openness
    assert kept_apart.mean() == pytest.approx(2 * openness * (1 - openness), abs=0.02)
