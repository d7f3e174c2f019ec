"""Who hears few of her mind falls silent."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.lab.verification import spiral_of_silence
from glasshouse.lab.verification.spiral_of_silence import (
    change_of_confidence,
    drawn,
    lived,
    willingness,
)
from glasshouse.scenario.faults import BadInput

counts = st.integers(0, 1000)


@given(st.floats(-30, 30))
def test_willingness_is_odd_and_bounded(confidence: float) -> None:
    assert -1.0 <= willingness(confidence) <= 1.0
    assert willingness(-confidence) == pytest.approx(-willingness(confidence))


@given(counts, counts)
def test_confidence_follows_the_majority_that_is_heard(in_favour: int, against: int) -> None:
    change = change_of_confidence(in_favour, against)
    assert -1.0 <= change <= 1.0
    assert np.sign(change) == np.sign(in_favour - against)


@settings(max_examples=25, deadline=None)
@given(st.integers(3, 60), st.integers(1, 10), st.integers(0, 10), st.integers(0, 1000))
def test_newcomers_have_their_ties_with_different_people(
    people: int, own: int, added: int, seed: int
) -> None:
    own = min(own, people - 1)
    crowd = drawn(people, own, added, seed)
    everybody = people + added
    assert len(crowd.one) == own * (everybody - own)
    pairs = {frozenset(pair) for pair in zip(crowd.one.tolist(), crowd.other.tolist(), strict=True)}
    assert len(pairs) == len(crowd.one)
    assert all(len(pair) == 2 for pair in pairs)
    of_added = crowd.one >= people
    assert np.all(crowd.other[of_added] < people)
    assert np.all(crowd.opinion[people:] == -1)


def test_some_are_much_better_connected() -> None:
    crowd = drawn(2_000, 3, 0, 1)
    ties = np.bincount(np.concatenate([crowd.one, crowd.other]))
    assert ties.max() > 10 * np.median(ties)


def test_dense_networks_end_in_consensus_and_many_accounts_win() -> None:
    found = spiral_of_silence(people=300, ties=20, always_on=0.5, runs=20)
    assert found["consensus"] > 0.98
    assert found["always_on_win"] > 0.9


def test_the_same_seed_gives_the_same() -> None:
    assert lived(200, 3, 4, 5) == lived(200, 3, 4, 5)


def test_more_ties_than_people_are_refused() -> None:
    with pytest.raises(BadInput, match="less than the people"):
        spiral_of_silence(people=5, ties=5)
    with pytest.raises(BadInput, match="ties in all"):
        spiral_of_silence(people=100_000, ties=1_000)
