"""The first day: opinions and stances, and which sides of which possible ties are open.

Everybody opens near slots first until their capacity is reached, and about two far ones whatever
it is. Of the pairs that differ in camp (opinion below zero or not) only a share is ever open. So
that dissenters and others start with equal mean degree, the capacity of one camp is scaled; the
scale is found on the nation itself, or on one city of the same numbers where it is larger.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.normal import QUANTILES, normal_field
from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.streams import (
    CIRCLE_TRAITS,
    MATCHING,
    TIE_START,
    TRAITS,
    first_uniform,
    fold,
    second_uniform,
)
from glasshouse.chance.threads import share_out
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.circles import (
    Sisters,
    circle_of_slot,
    meet_sisters,
    no_sisters,
    shift_of_slot,
    slot_is_used,
)
from glasshouse.society.layout import Layout
from glasshouse.society.people import (
    CAPACITY,
    CAPACITY_OF_CIRCLE,
    OPINION,
    Shares,
    capacity_of_normals,
    capacity_trait,
    first_opinion,
    first_stance,
    opinion_of_normals,
    quantile,
    shared_opinion,
)
from glasshouse.society.record import LANES, Records, circles_of, nearest_feeling
from glasshouse.society.ties import NATION

# Circles a thread makes at once.
STRETCH = 2_048


class Beginning(NamedTuple):
    """What the first day of a society of circles is made from.

    Attributes
    ----------
    seed : uint64
    citizens : int
    layout : Layout
    parameters : Parameters
    shares : Shares
    scale_others, scale_dissenters : float
        What capacity is multiplied with, by camp on the first day.
    """

    seed: Any
    citizens: int
    layout: Layout
    parameters: Parameters
    shares: Shares
    scale_others: float
    scale_dissenters: float


class Opening(NamedTuple):
    """Working memory of one thread, 32 numbers a row.

    ``kept`` says slot by slot whether a side may be open, ``words`` whether it is; ``turned`` and
    ``keys`` are written twice over.
    """

    sisters: Sisters
    room: NDArray[np.float64]
    normal: NDArray[np.float64]
    kept: NDArray[np.uint8]
    words: NDArray[np.uint32]
    turned: NDArray[np.int64]
    keys: NDArray[np.uint64]


def opening_for(layout: Layout) -> Opening:
    """Working memory for making one circle after another."""
    return Opening(
        no_sisters(layout.groups),
        np.zeros(LANES),
        np.zeros(LANES),
        np.zeros(layout.slots * LANES, np.uint8),
        np.zeros(layout.words * LANES, np.uint32),
        np.zeros(2 * LANES, np.int64),
        np.zeros(2 * LANES, np.uint64),
    )


@rule
def _draw_own(circle: int, field: int, beginning: Beginning, opening: Opening) -> None:
    """Normal numbers of 32 citizens from one field of their second key."""
    traits, first = fold(beginning.seed, TRAITS), np.uint64(circle) * np.uint64(LANES)
    for lane in range(LANES):
        opening.keys[lane] = fold(fold(traits, first + np.uint64(lane)), 0)
    for lane in range(LANES):
        opening.normal[lane] = QUANTILES[normal_field(opening.keys[lane], field)]


@compiled()
def _write_people(
    first: int, last: int, beginning: Beginning, opening: Opening, records: Records
) -> None:
    seed, p, shares = beginning.seed, beginning.parameters, beginning.shares
    for circle in range(first, last):
        people = people_of_circle(circle, beginning.citizens)
        if shares.circle_weight > 0.0:
            _draw_own(circle, OPINION, beginning, opening)
            together = shared_opinion(seed, circle * LANES, p, shares)
            for lane in range(LANES):
                x = opinion_of_normals(opening.normal[lane], together, p, shares)
                opening.turned[lane] = nearest_feeling(x)
        else:
            for lane in range(people):
                x = first_opinion(seed, circle * LANES + lane, p, shares)
                opening.turned[lane] = nearest_feeling(x)
        at = circle * records.size
        for lane in range(people):
            records.feeling[at + 64 + lane] = first_stance(opening.turned[lane], p)
            records.feeling[at + 96 + lane] = opening.turned[lane]


@rule
def _may_open(
    circle: int, slot: int, opening: Opening, beginning: Beginning, records: Records
) -> None:
    """Which of 32 pairs of one slot may ever be open, by camp and, far away, by luck."""
    layout, p = beginning.layout, beginning.parameters
    met = circle_of_slot(slot, circle, layout, opening.sisters)
    shift = shift_of_slot(slot, layout, opening.sisters)
    # The pair is drawn for by one of the two: round the circle the one who looks ahead, else the
    # one in the lower circle.
    ahead = slot & ~1 if slot < layout.ring else slot
    key = fold(fold(beginning.seed, TIE_START), ahead)
    mine = met > circle or (met == circle and slot == ahead)
    drawing = np.uint64(circle if mine else met) * np.uint64(LANES)
    theirs, row = met * records.size + 96, slot * LANES
    for lane in range(LANES):
        drawn = fold(key, drawing + np.uint64(lane))
        opening.keys[lane] = drawn
        opening.keys[lane + LANES] = drawn
    for lane in range(LANES):
        opinion = records.feeling[theirs + lane]
        opening.turned[lane] = opinion
        opening.turned[lane + LANES] = opinion
    far = layout.layer[slot] == NATION
    turn = 0 if mine else shift
    own = circle * records.size + 96
    for lane in range(LANES):
        across = (records.feeling[own + lane] < 0) != (opening.turned[lane + shift] < 0)
        pair = opening.keys[lane + turn]
        near_enough = first_uniform(pair) < p.cross_camp_openness
        lucky = second_uniform(pair) < p.far_tie_openness
        opening.kept[row + lane] = 1 if (near_enough or not across) and (lucky or not far) else 0
    there = people_of_circle(met, beginning.citizens)
    if there < LANES:
        for lane in range(LANES):
            if ((lane + shift) & 31) >= there:
                opening.kept[row + lane] = 0
    if far:
        for lane in range(LANES):
            opening.room[lane] -= float(opening.kept[row + lane])


@rule
def people_of_circle(circle: int, citizens: int) -> int:
    """Citizens of a circle: 32, or fewer in the last one."""
    return min(LANES, citizens - circle * LANES)


@rule
def _make_room(circle: int, beginning: Beginning, opening: Opening, records: Records) -> None:
    """How many ties each of 32 citizens has room for; vacant places have none."""
    seed, p, shares = beginning.seed, beginning.parameters, beginning.shares
    _draw_own(circle, CAPACITY, beginning, opening)
    shared = quantile(fold(fold(seed, CIRCLE_TRAITS), circle), CAPACITY_OF_CIRCLE)
    at = circle * records.size + 96
    for lane in range(LANES):
        capacity = capacity_of_normals(opening.normal[lane], shared, p, shares)
        dissents = records.feeling[at + lane] < 0
        scale = beginning.scale_dissenters if dissents else beginning.scale_others
        opening.room[lane] = capacity * scale


@compiled()
def _open_sides(
    first: int, last: int, beginning: Beginning, opening: Opening, records: Records
) -> None:
    layout, citizens = beginning.layout, beginning.citizens
    circles = (citizens + LANES - 1) // LANES
    key = fold(beginning.seed, MATCHING)
    for circle in range(first, last):
        meet_sisters(key, circle, circles, layout, opening.sisters)
        _make_room(circle, beginning, opening, records)
        opening.words[:] = 0
        for slot in range(layout.slots):
            if slot_is_used(slot, layout, opening.sisters):
                _may_open(circle, slot, opening, beginning, records)
            else:
                opening.kept[slot * LANES : (slot + 1) * LANES] = 0
        for slot in range(layout.slots):
            _open_while_there_is_room(slot, layout, opening)
        people = people_of_circle(circle, citizens)
        at = circle * (records.size >> 2) + LANES
        for word in range(layout.words):
            for lane in range(people):
                records.consent[at + word * LANES + lane] = opening.words[word * LANES + lane]


@rule
def _open_while_there_is_room(slot: int, layout: Layout, opening: Opening) -> None:
    """Open one slot of 32 citizens where it may be; near ones only while there is room."""
    row, word, bit = slot * LANES, (slot >> 5) * LANES, np.uint32(slot & 31)
    far = layout.layer[slot] == NATION
    for lane in range(LANES):
        fits = far or opening.room[lane] >= 0.5
        opened = opening.kept[row + lane] if fits else np.uint8(0)
        opening.room[lane] -= 0.0 if far else float(opened)
        opening.words[word + lane] |= np.uint32(opened) << bit


@rule
def capacity_of(i: int, beginning: Beginning) -> float:
    """How many ties a citizen has room for: her trait, scaled by her camp on the first day."""
    seed, p = beginning.seed, beginning.parameters
    opinion = nearest_feeling(first_opinion(seed, i, p, beginning.shares))
    scale = beginning.scale_dissenters if opinion < 0 else beginning.scale_others
    return capacity_trait(seed, i, p, beginning.shares) * scale


def write_people(beginning: Beginning, records: Records) -> None:
    """Write everybody's first opinion and stance."""

    def written(first: int, last: int) -> None:
        _write_people(first, last, beginning, opening_for(beginning.layout), records)

    share_out(written, 0, circles_of(beginning.citizens), STRETCH)


def open_sides(beginning: Beginning, records: Records) -> None:
    """Open everybody's sides, from the opinions that are written already."""

    def opened(first: int, last: int) -> None:
        _open_sides(first, last, beginning, opening_for(beginning.layout), records)

    share_out(opened, 0, circles_of(beginning.citizens), STRETCH)
