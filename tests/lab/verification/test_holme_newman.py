"""Opinions and ties change together until every part is of one mind."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.lab.verification import holme_newman
from glasshouse.lab.verification.holme_newman import begin, coevolved, live, made
from glasshouse.lab.verification.loops import chance_of


@settings(max_examples=30, deadline=None)
@given(st.integers(20, 200), st.floats(0, 6), st.floats(0, 0.99), st.integers(0, 10_000))
def test_it_ends_with_one_mind_in_every_part_and_every_tie_kept(
    people: int, degree: float, phi: float, seed: int
) -> None:
    net, holders = made(people, degree, 10)
    chance = chance_of(seed)
    begin(net, holders, chance)
    assert live(net, holders, phi, 10**8, chance) >= 0
    one, other = net.at[0::2], net.at[1::2]
    assert len(one) == round(people * degree / 2)
    assert np.all(one != other)
    assert np.all(holders.opinion[one] == holders.opinion[other])
    assert np.array_equal(np.bincount(net.at, minlength=people), net.degree)
    counts = np.bincount(holders.opinion, minlength=len(holders.number))
    assert np.array_equal(counts, holders.number)


@settings(max_examples=20, deadline=None)
@given(st.floats(0, 1), st.integers(0, 1000))
def test_the_same_seed_gives_the_same(phi: float, seed: int) -> None:
    assert coevolved(100, 4.0, 10, phi, seed) == coevolved(100, 4.0, 10, phi, seed)


def test_opinions_stay_where_only_ties_move() -> None:
    found = holme_newman(people=1_000, phi=1.0, runs=5)
    assert 0.01 < found["largest"] < 0.035
    assert found["largest_sd"] > 0.0


def test_ties_stay_where_only_opinions_move() -> None:
    # The giant component of a random graph with mean degree 4: S = 1 - exp(-4S).
    found = holme_newman(people=1_000, phi=0.0, runs=5)
    assert found["largest"] == pytest.approx(0.9802, abs=0.015)


def test_without_ties_nothing_happens() -> None:
    assert holme_newman(people=50, degree=0.0)["steps"] == 0
