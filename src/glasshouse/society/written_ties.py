"""The possible ties of circles written out: for one circle, or for everybody in a small nation."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.chance.streams import MATCHING, fold
from glasshouse.chance.threads import share_out
from glasshouse.society.circles import (
    Sisters,
    friend_in_slot,
    meet_sisters,
    no_sisters,
    slot_is_used,
)
from glasshouse.society.layout import Layout, layout_of, sister_slot
from glasshouse.society.record import LANES, circles_of
from glasshouse.society.ties import PossibleTies


@compiled()
def _slots_of_circle(
    seed: Any, circle: int, citizens: int, layout: Layout, sisters: Sisters,
    slots: NDArray[np.int64],
) -> None:  # fmt: skip
    """Write the possible friends of the 32 citizens of a circle; -1 where a slot names nobody."""
    circles = (citizens + LANES - 1) // LANES
    meet_sisters(fold(seed, MATCHING), circle, circles, layout, sisters)
    for slot in range(layout.slots):
        used = slot_is_used(slot, layout, sisters)
        for lane in range(LANES):
            i = circle * LANES + lane
            slots[lane, slot] = -1
            if used and i < citizens:
                j = friend_in_slot(i, slot, layout, sisters)
                if j < citizens:
                    slots[lane, slot] = j


def slots_of_circle(seed: int, circle: int, citizens: int, layout: Layout) -> NDArray[np.int64]:
    """Possible friends of the citizens of a circle by lane and slot; -1 for nobody."""
    slots = np.empty((LANES, layout.slots), np.int64)
    _slots_of_circle(np.uint64(seed), circle, citizens, layout, no_sisters(layout.groups), slots)
    return slots


def circle_ties(
    seed: int, citizens: int, strength_of_layer: NDArray[np.float64], slots: int = 32
) -> PossibleTies:
    """Possible ties of a society of circles, written out: some 700 bytes a citizen.

    Parameters
    ----------
    seed : int
    citizens : int
        64 or more.
    strength_of_layer : float64 array, 5
        Strength of kin, circle, district, city and nation ties.
    slots : int
        32, 64 or 128.

    Returns
    -------
    PossibleTies

    Examples
    --------
    >>> ties = circle_ties(1, 128, np.array([8.0, 2.0, 0.8, 0.5, 0.3]))
    >>> bool((ties.back[ties.back] == np.arange(len(ties.back))).all())
    True
    """
    layout, key = layout_of(slots), np.uint64(seed)
    position = np.empty((circles_of(citizens) * LANES, slots), np.int16)
    friends = np.empty((circles_of(citizens) * LANES, slots), np.int64)

    def placed(first: int, last: int) -> None:
        _place_slots(
            key, first, last, citizens, layout, no_sisters(layout.groups), friends, position
        )

    share_out(placed, 0, circles_of(citizens), 512)
    offsets = np.zeros(citizens + 1, np.int64)
    np.cumsum((friends[:citizens] >= 0).sum(axis=1), out=offsets[1:])
    edges = int(offsets[-1])
    friend, back = np.empty(edges, np.int32), np.empty(edges, np.int64)
    layer = np.empty(edges, np.uint8)

    def filled(first: int, last: int) -> None:
        _fill_ties(first, last, offsets, friends, position, layout, friend, back, layer)

    share_out(filled, 0, citizens, 16_384)
    return PossibleTies(offsets, friend, back, layer, strength_of_layer[layer])


@compiled()
def _place_slots(
    seed: Any, first: int, last: int, citizens: int, layout: Layout, sisters: Sisters,
    friends: NDArray[np.int64], position: NDArray[np.int16],
) -> None:  # fmt: skip
    for circle in range(first, last):
        base = circle * LANES
        _slots_of_circle(seed, circle, citizens, layout, sisters, friends[base : base + LANES])
        for i in range(base, base + LANES):
            count = 0
            for slot in range(layout.slots):
                position[i, slot] = count
                count += 1 if friends[i, slot] >= 0 else 0


@compiled()
def _fill_ties(
    first: int, last: int, offsets: NDArray[np.int64], friends: NDArray[np.int64],
    position: NDArray[np.int16], layout: Layout, friend: NDArray[np.int32],
    back: NDArray[np.int64], layer: NDArray[np.uint8],
) -> None:  # fmt: skip
    for i in range(first, last):
        for slot in range(layout.slots):
            j = friends[i, slot]
            if j >= 0:
                e = offsets[i] + position[i, slot]
                friend[e] = j
                back[e] = offsets[j] + position[j, sister_slot(slot, layout.ring)]
                layer[e] = layout.layer[slot]
