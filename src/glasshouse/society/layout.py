"""What the slots of a citizen stand for, with 32, 64 or 128 of them.

========  ========  ========  =========  =======================================================
of 32     of 64     of 128    layer      partner
========  ========  ========  =========  =======================================================
0-3       0-3       0-3       kin        1 and 2 places away round the circle, both ways
4-11      4-23      4-23      circle     the next places away, both ways: to 6, or to 12
12-19     24-39     24-67     district   four people in each of 2, 4 or 11 sister circles
20-27     40-55     68-111    city       four people in each of 2, 4 or 11 sister circles
28-31     56-63     112-127   nation     one person in each of 4, 8 or 16 circles anywhere
========  ========  ========  =========  =======================================================
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.society.ties import CIRCLE, CITY, DISTRICT, KIN, NATION

KIN_SLOTS = 4
PEOPLE_OF_SISTERS = 4
# Slots round the circle, and how many circles are met in the district, the city and the nation.
KINDS = {32: (12, 2, 2, 4), 64: (24, 4, 4, 8), 128: (24, 11, 11, 16)}


class Layout(NamedTuple):
    """The slots of a citizen; groups are the sister circles of a circle.

    Attributes
    ----------
    slots, ring, groups, words : int
        Slots of a citizen, those of them round the circle, sister circles, words of consent.
    layer, group : int64 arrays, slots
        Layer of each slot, and its group; -1 round the circle.
    group_layer, group_slot, group_people : int64 arrays, groups
        Layer of the block a group is met in, its first slot, and people met there.
    """

    slots: int
    ring: int
    groups: int
    words: int
    layer: NDArray[np.int64]
    group: NDArray[np.int64]
    group_layer: NDArray[np.int64]
    group_slot: NDArray[np.int64]
    group_people: NDArray[np.int64]


@cache
def layout_of(slots: int) -> Layout:
    """Layout of 32, 64 or 128 slots.

    Examples
    --------
    >>> layout = layout_of(32)
    >>> layout.groups, layout.group_slot.tolist()
    (8, [12, 16, 20, 24, 28, 29, 30, 31])
    """
    ring, *circles = KINDS[slots]
    layer = [KIN] * KIN_SLOTS + [CIRCLE] * (ring - KIN_SLOTS)
    group = [-1] * ring
    group_layer: list[int] = []
    group_slot: list[int] = []
    group_people: list[int] = []
    for where, count, people in zip(
        (DISTRICT, CITY, NATION), circles, (PEOPLE_OF_SISTERS, PEOPLE_OF_SISTERS, 1), strict=True
    ):
        for _ in range(count):
            group += [len(group_layer)] * people
            group_slot.append(len(layer))
            layer += [where] * people
            group_layer.append(where)
            group_people.append(people)
    return Layout(
        slots,
        ring,
        len(group_layer),
        slots // 32,
        np.array(layer, np.int64),
        np.array(group, np.int64),
        np.array(group_layer, np.int64),
        np.array(group_slot, np.int64),
        np.array(group_people, np.int64),
    )


@rule
def sister_slot(slot: int, ring: int) -> int:
    """Slot in which the friend names one back: inside the circle its sister, else the same."""
    if slot < ring:
        return slot ^ 1
    return slot
