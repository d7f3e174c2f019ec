"""What slots stand for, with 32, 64 or 128 of them."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.society.layout import KINDS, layout_of, sister_slot
from glasshouse.society.ties import CITY, DISTRICT, NATION

# Slots of kin, circle, district, city and nation.
SHARES = {32: [4, 8, 8, 8, 4], 64: [4, 20, 16, 16, 8], 128: [4, 20, 44, 44, 16]}


@pytest.mark.parametrize("slots", KINDS)
def test_every_slot_has_a_layer_near_first(slots: int) -> None:
    layout = layout_of(slots)
    assert layout.slots == len(layout.layer) == len(layout.group) == slots
    assert np.bincount(layout.layer).tolist() == SHARES[slots]
    assert (np.diff(layout.layer) >= 0).all()
    assert layout.words * 32 == slots


@pytest.mark.parametrize("slots", KINDS)
def test_slots_beyond_the_ring_belong_to_sister_circles_one_after_the_other(slots: int) -> None:
    layout = layout_of(slots)
    assert (layout.group[: layout.ring] == -1).all()
    assert (layout.group[layout.ring :] >= 0).all()
    for group in range(layout.groups):
        mine = np.flatnonzero(layout.group == group)
        first, people = layout.group_slot[group], layout.group_people[group]
        assert mine.tolist() == list(range(first, first + people))
        assert (layout.layer[mine] == layout.group_layer[group]).all()
        assert people == (1 if layout.group_layer[group] == NATION else 4)
        # Four slots of one circle lie in one word and share a draw.
        assert first // 4 == (first + people - 1) // 4
    assert set(layout.group_layer) == {DISTRICT, CITY, NATION}


@pytest.mark.parametrize("slots", KINDS)
def test_the_friend_names_one_back_in_a_sister_slot(slots: int) -> None:
    layout = layout_of(slots)
    for slot in range(slots):
        back = sister_slot(slot, layout.ring)
        assert sister_slot(back, layout.ring) == slot
        assert layout.layer[back] == layout.layer[slot]
        assert (back != slot) == (slot < layout.ring)


@pytest.mark.parametrize("slots", [0, 31, 33, 96, 256])
def test_other_numbers_of_slots_have_no_layout(slots: int) -> None:
    with pytest.raises(KeyError):
        layout_of(slots)
