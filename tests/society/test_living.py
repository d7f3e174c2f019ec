"""The living ties of 32 citizens at once, against one citizen after another."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.scenario.defaults import default_parameters
from glasshouse.society.degrees import degrees
from glasshouse.society.minority import minority_among, minority_of
from glasshouse.society.net import friends_of, possible
from glasshouse.society.people import shares_of
from glasshouse.society.population import make_people
from glasshouse.society.processor import count_ones, lowest_one
from tests.measures.drawn import drawn_circles, nations


@settings(max_examples=40, deadline=None)
@given(nations(), st.data())
def test_degrees_are_the_numbers_of_friends(snapshot: Any, data: st.DataObject) -> None:
    citizens = snapshot.citizens
    first = data.draw(st.integers(0, citizens - 1))
    last = data.draw(st.integers(first, citizens))
    for net in (snapshot.net, possible(snapshot.net)):
        expected = [len(friends_of(net, i)) for i in range(first, last)]
        assert degrees(net, first, last).tolist() == expected


@pytest.mark.parametrize("slots", [32, 64, 128])
def test_friendship_is_mutual(slots: int) -> None:
    net = drawn_circles(slots, 200, slots).net
    friends = [set(friends_of(net, i)) for i in range(200)]
    assert all(i in friends[j] for i, mine in enumerate(friends) for j in mine)
    could = [set(friends_of(possible(net), i)) for i in range(200)]
    assert all(mine <= all_of_mine for mine, all_of_mine in zip(friends, could, strict=True))


@settings(max_examples=30, deadline=None)
@given(
    st.integers(0, 2**40), st.integers(1, 200), st.booleans(), st.floats(0, 0.9), st.floats(0, 1)
)
def test_the_minority_is_the_one_that_is_drawn_with_all_traits(
    seed: int, citizens: int, clustered: bool, share: float, correlation: float
) -> None:
    parameters = default_parameters()._replace(
        minority_share=share, minority_circle_correlation=correlation
    )
    shares = shares_of(seed, citizens, parameters, clustered=clustered)
    people = make_people(seed, 0, citizens, parameters, shares)
    minority = minority_of(seed, parameters, shares)
    assert (minority_among(0, citizens, minority) == people.minority).all()
    assert (
        minority_among(citizens // 3, citizens, minority) == people.minority[citizens // 3 :]
    ).all()


@given(st.integers(1, 2**64 - 1))
def test_bits_are_counted_and_found(word: int) -> None:
    assert count_ones(word) == bin(word).count("1")
    assert word >> lowest_one(word) & 1 and word & ((1 << lowest_one(word)) - 1) == 0
