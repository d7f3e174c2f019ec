"""Possible ties of circles: mutual, to others only, each pair once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glasshouse.society.circles import CITY_CIRCLES, circle_ties, partner_circle
from glasshouse.society.people import CIRCLE_SIZE, DISTRICT_SIZE
from glasshouse.society.ties import CIRCLE, DISTRICT, KIN, PossibleTies

STRENGTH = np.array([8.0, 2.0, 0.8, 0.5, 0.3])


def sources(ties: PossibleTies) -> np.ndarray:
    return np.repeat(np.arange(ties.citizens), np.diff(ties.offsets))


@settings(max_examples=40, deadline=None)
@given(st.integers(64, 6000), st.integers(0, 2**63 - 1))
@example(199_999, 5)
@example(4096 + 1, 5)
@example(3 * 4096 + 33, 5)
def test_ties_are_mutual_to_others_and_once(citizens: int, seed: int) -> None:
    ties = circle_ties(seed, citizens, STRENGTH)
    source = sources(ties)
    assert (ties.friend != source).all()
    assert (ties.friend >= 0).all() and (ties.friend < citizens).all()
    assert (ties.friend[ties.back] == source).all()
    assert (ties.back[ties.back] == np.arange(len(source))).all()
    assert (ties.layer[ties.back] == ties.layer).all()
    pairs = source.astype(np.int64) * citizens + ties.friend
    assert len(np.unique(pairs)) == len(pairs)


@pytest.mark.parametrize("citizens", [64, 4096, 127 * 32, 3 * 32 + 1, 40_001])
def test_layers_keep_to_their_places(citizens: int) -> None:
    ties = circle_ties(3, citizens, STRENGTH)
    source = sources(ties)
    inner = ties.layer <= CIRCLE
    assert (source[inner] // CIRCLE_SIZE == ties.friend[inner] // CIRCLE_SIZE).all()
    assert (source[~inner] // CIRCLE_SIZE != ties.friend[~inner] // CIRCLE_SIZE).all()
    near = ties.layer == DISTRICT
    assert (source[near] // DISTRICT_SIZE == ties.friend[near] // DISTRICT_SIZE).all()
    apart = (source - ties.friend)[ties.layer == KIN] % CIRCLE_SIZE
    assert set(np.minimum(apart, CIRCLE_SIZE - apart)) == {1, 2}


def test_a_full_nation_has_nearly_all_its_slots() -> None:
    ties = circle_ties(1, 131_072, STRENGTH)
    assert len(ties.friend) / 131_072 > 31.95
    assert (np.bincount(ties.layer) / 131_072).round(1).tolist() == [4.0, 8.0, 8.0, 8.0, 4.0]
    assert (ties.strength == STRENGTH[ties.layer]).all()


@pytest.mark.parametrize("circles", [2, 3, 61, 127, 128, 1000])
@pytest.mark.parametrize("group", range(8))
def test_circles_pair_up_and_at_most_one_of_a_block_is_alone(circles: int, group: int) -> None:
    partners = [partner_circle(np.uint64(9), c, circles, group) for c in range(circles)]
    for circle, partner in enumerate(partners):
        assert partner != circle
        assert partner == -1 or partners[partner] == circle
    size = 128 if group < 2 else circles
    alone = [circle // size for circle, partner in enumerate(partners) if partner == -1]
    assert len(alone) == len(set(alone))


@pytest.mark.parametrize("circles", [32_768 + 1, 2 * 32_768 + 777])
@pytest.mark.parametrize("group", [2, 3, 4, 7])
def test_partners_of_the_city_live_in_it_and_those_of_the_nation_anywhere(
    circles: int, group: int
) -> None:
    some = [*range(0, circles, 97), circles - 1]
    partners = [partner_circle(np.uint64(4), circle, circles, group) for circle in some]
    pairs = [(c, p) for c, p in zip(some, partners, strict=True) if p >= 0]
    assert all(partner_circle(np.uint64(4), p, circles, group) == c for c, p in pairs)
    same_city = [c // CITY_CIRCLES == p // CITY_CIRCLES for c, p in pairs]
    assert all(same_city) if group < 4 else not all(same_city)


def test_another_seed_gives_other_partners() -> None:
    pairs = []
    for seed in (1, 2):
        ties = circle_ties(seed, 8192, STRENGTH)
        far = ties.layer > CIRCLE
        pairs.append(set((sources(ties) * 8192 + ties.friend)[far].tolist()))
    assert len(pairs[0] & pairs[1]) < 0.1 * len(pairs[0])
