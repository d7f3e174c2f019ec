"""Possible ties of circles: mutual, to others only, each pair once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glasshouse.society.circles import (
    CITY_CIRCLES,
    _partners,
    friend_in_slot,
    no_sisters,
    partner_circles,
    slot_is_used,
)
from glasshouse.society.layout import KINDS, layout_of, sister_slot
from glasshouse.society.people import CIRCLE_SIZE, DISTRICT_SIZE
from glasshouse.society.record import circles_of
from glasshouse.society.ties import CIRCLE, CITY, DISTRICT, KIN, NATION
from glasshouse.society.written_ties import circle_ties, slots_of_circle
from tests.society.written_out import slots_of_all, sources

STRENGTH = np.array([8.0, 2.0, 0.8, 0.5, 0.3])
SLOTS = st.sampled_from([32, 32, 64, 128])
LAYOUT = layout_of(32)


@settings(max_examples=40, deadline=None)
@given(st.integers(64, 6000), st.integers(0, 2**63 - 1), SLOTS)
@example(199_999, 5, 32)
@example(4096 + 1, 5, 32)
@example(3 * 4096 + 33, 5, 64)
@example(65, 5, 128)
def test_ties_are_mutual_to_others_and_once(citizens: int, seed: int, slots: int) -> None:
    ties = circle_ties(seed, citizens, STRENGTH, slots)
    source = sources(ties)
    assert (ties.friend != source).all()
    assert (ties.friend >= 0).all() and (ties.friend < citizens).all()
    assert (ties.friend[ties.back] == source).all()
    assert (ties.back[ties.back] == np.arange(len(source))).all()
    assert (ties.layer[ties.back] == ties.layer).all()
    pairs = source.astype(np.int64) * citizens + ties.friend
    assert len(np.unique(pairs)) == len(pairs)


@pytest.mark.parametrize("slots", KINDS)
@pytest.mark.parametrize("citizens", [64, 4096, 127 * 32, 3 * 32 + 1, 40_001])
def test_layers_keep_to_their_places(citizens: int, slots: int) -> None:
    ties = circle_ties(3, citizens, STRENGTH, slots)
    source = sources(ties)
    inner = ties.layer <= CIRCLE
    assert (source[inner] // CIRCLE_SIZE == ties.friend[inner] // CIRCLE_SIZE).all()
    assert (source[~inner] // CIRCLE_SIZE != ties.friend[~inner] // CIRCLE_SIZE).all()
    near = ties.layer == DISTRICT
    assert (source[near] // DISTRICT_SIZE == ties.friend[near] // DISTRICT_SIZE).all()
    for layer, distances in (
        (KIN, {1, 2}),
        (CIRCLE, set(range(3, layout_of(slots).ring // 2 + 1))),
    ):
        apart = (source - ties.friend)[ties.layer == layer] % CIRCLE_SIZE
        assert set(np.minimum(apart, CIRCLE_SIZE - apart)) == distances


# A few slots name somebody who is named in an earlier one.
@pytest.mark.parametrize(
    ("slots", "least", "by_layer"),
    [
        (32, 31.95, [4.0, 8.0, 8.0, 8.0, 4.0]),
        (64, 63.9, [4.0, 20.0, 16.0, 16.0, 8.0]),
        (128, 127.6, [4.0, 20.0, 43.8, 44.0, 16.0]),
    ],
)
def test_a_full_nation_has_nearly_all_its_slots(
    slots: int, least: float, by_layer: list[float]
) -> None:
    ties = circle_ties(1, 131_072, STRENGTH, slots)
    assert least < len(ties.friend) / 131_072 <= slots
    assert np.bincount(ties.layer) / 131_072 == pytest.approx(by_layer, abs=0.05)
    assert (ties.strength == STRENGTH[ties.layer]).all()


@settings(max_examples=30, deadline=None)
@given(st.integers(64, 9000), st.integers(0, 2**63 - 1), SLOTS, st.data())
def test_the_friend_in_a_slot_is_the_one_that_is_written_out(
    citizens: int, seed: int, slots: int, data: st.DataObject
) -> None:
    layout = layout_of(slots)
    circle = data.draw(st.integers(0, circles_of(citizens) - 1))
    sisters = partner_circles(seed, circle, circles_of(citizens), layout)
    ties = circle_ties(seed, citizens, STRENGTH, slots)
    for i in range(circle * 32, min(circle * 32 + 32, citizens)):
        named = [
            (friend_in_slot(i, slot, layout, sisters), int(layout.layer[slot]))
            for slot in range(slots)
            if slot_is_used(slot, layout, sisters)
        ]
        mine = slice(ties.offsets[i], ties.offsets[i + 1])
        friends = ties.friend[mine].tolist()
        assert [friend for friend, _ in named if friend < citizens] == friends
        assert [layer for friend, layer in named if friend < citizens] == ties.layer[mine].tolist()


@settings(max_examples=20, deadline=None)
@given(st.integers(64, 3000), st.integers(0, 2**63 - 1), SLOTS)
def test_whom_one_names_in_a_slot_names_one_back_in_its_sister(
    citizens: int, seed: int, slots: int
) -> None:
    layout = layout_of(slots)
    named = slots_of_all(seed, citizens, layout)
    for slot in range(slots):
        known = np.flatnonzero(named[:, slot] >= 0)
        back = sister_slot(slot, layout.ring)
        assert (named[named[known, slot], back] == known).all()


def partners_of(seed: int, circle: int, circles: int, slots: int = 32) -> list[int]:
    return partner_circles(seed, circle, circles, layout_of(slots)).partner.tolist()


@pytest.mark.parametrize("circles", [2, 3, 61, 127, 128, 1000])
def test_circles_pair_up_and_at_most_one_of_a_block_is_alone(circles: int) -> None:
    met = np.array([partners_of(9, circle, circles) for circle in range(circles)]).T
    for group, partners in enumerate(met.tolist()):
        for circle, partner in enumerate(partners):
            assert partner != circle
            assert partner == -1 or partners[partner] == circle
        size = 128 if LAYOUT.group_layer[group] == DISTRICT else circles
        alone = [circle // size for circle, partner in enumerate(partners) if partner == -1]
        assert len(alone) == len(set(alone))


@pytest.mark.parametrize("circles", [32_768 + 1, 2 * 32_768 + 777, 244_140_625])
@pytest.mark.parametrize("slots", [32, 128])
def test_partners_of_the_city_live_in_it_and_those_of_the_nation_anywhere(
    circles: int, slots: int
) -> None:
    layout = layout_of(slots)
    some = [*range(0, circles, max(97, circles // 500)), circles - 1]
    met = np.array([partners_of(4, circle, circles, slots) for circle in some]).T
    for group in range(layout.groups):
        layer = layout.group_layer[group]
        pairs = [(c, p) for c, p in zip(some, met[group].tolist(), strict=True) if p >= 0]
        few = pairs[:: 1 + len(pairs) // 30]
        assert all(partners_of(4, p, circles, slots)[group] == c for c, p in few)
        same_city = [c // CITY_CIRCLES == p // CITY_CIRCLES for c, p in pairs]
        if layer in (DISTRICT, CITY):
            assert all(same_city)
        else:
            assert layer == NATION and not all(same_city)
        assert all(0 <= p < circles for _, p in pairs)


def test_circles_may_be_asked_about_in_any_order() -> None:
    # What depends on a block alone is kept from one circle to the next.
    circles, layout = 3 * 128 + 5, layout_of(64)
    order = np.random.default_rng(1).permutation(circles).tolist()
    kept = no_sisters(layout.groups)
    for circle in order:
        _partners(np.uint64(8), circle, circles, layout, kept)
        assert kept.partner.tolist() == partners_of(8, circle, circles, 64)


def test_vacant_places_of_the_last_circle_have_no_friends() -> None:
    named = slots_of_circle(1, 2, 70, LAYOUT)
    assert (named[6:] == -1).all()
    assert (named < 70).all()
    assert (named[:6] >= 0).any(axis=1).all()


def test_another_seed_gives_other_partners() -> None:
    pairs = []
    for seed in (1, 2):
        ties = circle_ties(seed, 8192, STRENGTH)
        far = ties.layer > CIRCLE
        pairs.append(set((sources(ties) * 8192 + ties.friend)[far].tolist()))
    assert len(pairs[0] & pairs[1]) < 0.1 * len(pairs[0])
