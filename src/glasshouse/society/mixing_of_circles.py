"""The sums of :mod:`~glasshouse.society.mixing_sums` in circles, 32 citizens at once.

What is asked of the citizens of a circle and of its sister circles is written twice over, so that
the friends of 32 citizens in one slot are 32 numbers in a row.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.society.circles import shift_in_circle, shift_of
from glasshouse.society.column import Column
from glasshouse.society.living import TWICE, Scratch, look_at, people_of_block, scratch_for
from glasshouse.society.mixing_sums import (
    CAMP_INSIDE,
    DISTRICT_BLOCKS,
    DISTRICT_INSIDE,
    ENDS_OF_CAMP,
    ENDS_OF_PART,
    OF_OPINION,
    OF_VALUE,
    PART_INSIDE,
    Asked,
    add_moments,
    close_district,
    part_of,
)
from glasshouse.society.net import CircleNet
from glasshouse.society.processor import Number, count_ones, prefetch, write_twice
from glasshouse.society.record import LANES
from glasshouse.society.ties import DISTRICT

# Rows of 32 numbers: the citizens' own, and what they sum over their friends. A citizen's own part
# is the values from the least to below the most.
X, VALUE, LEAST, MOST, OPINIONS, VALUES, SAME_CAMP, SAME_PART = range(0, 8 * LANES, LANES)
ROWS = 8
MOST_VALUE = 65_536


class Lanes(NamedTuple):
    """Working memory of one thread.

    Attributes
    ----------
    scratch : Scratch
    row : int32 array, ROWS x 32
    opinion : int8 array, 64 * (groups + 1)
    value : integer array, 64 * (groups + 1)
    absent : uint8 array, 64 * (groups + 1)
        Of the circle and its sisters, written twice over.
    counting : uint32 array, 32 * words
        Living ties between two whose value counts.
    """

    scratch: Scratch
    row: NDArray[np.int32]
    opinion: NDArray[np.int8]
    value: NDArray[Any]
    absent: NDArray[np.uint8]
    counting: NDArray[np.uint32]


def lanes_for(asked: Asked) -> Lanes:
    """Working memory for one stretch of a society of circles."""
    scratch = scratch_for(asked.net)
    size, value = len(scratch.twice), asked.value.numbers.dtype
    return Lanes(
        scratch,
        np.zeros(ROWS * LANES, np.int32),
        np.zeros(size, np.int8),
        np.zeros(size, value),
        np.zeros(size, np.uint8),
        np.zeros_like(scratch.living),
    )


@rule
def _read(column: Column, circle: int, citizens: int, target: NDArray[Any], at: int) -> None:
    """Write a number of the 32 citizens of a circle twice over."""
    first, people = circle * column.stride + column.start, people_of_block(circle, citizens)
    if people == LANES:
        write_twice(column.numbers, first, target, at)
    else:
        for lane in range(people):
            target[at + lane] = column.numbers[first + lane]
            target[at + LANES + lane] = column.numbers[first + lane]


@rule
def _read_all(circle: int, at: int, asked: Asked, lanes: Lanes) -> None:
    citizens = asked.net.citizens
    _read(asked.opinion, circle, citizens, lanes.opinion, at)
    _read(asked.value, circle, citizens, lanes.value, at)
    if len(asked.absent) > 0:
        for lane in range(people_of_block(circle, citizens)):
            absent = asked.absent[circle * LANES + lane]
            lanes.absent[at + lane] = absent
            lanes.absent[at + LANES + lane] = absent


@rule
def _begin(asked: Asked, lanes: Lanes) -> None:
    """Write down what the citizens are themselves, and that they have met nobody yet."""
    row, limits = lanes.row, asked.limits
    for lane in range(LANES):
        value = np.int64(lanes.value[lane])
        part = part_of(value, limits)
        row[X + lane] = lanes.opinion[lane]
        row[VALUE + lane] = value
        row[LEAST + lane] = limits[part - 1] if part > 0 else 0
        row[MOST + lane] = limits[part] if part < len(limits) else MOST_VALUE
        for sums in (OPINIONS, VALUES, SAME_CAMP, SAME_PART):
            row[sums + lane] = 0
    for place in range(len(lanes.counting)):
        counts = len(asked.absent) == 0 or lanes.absent[place & 31] == 0
        lanes.counting[place] = lanes.scratch.living[place] if counts else np.uint32(0)


@rule
def _leave_out_absent(slot: int, at: int, lanes: Lanes) -> None:
    word, bit = LANES * (slot >> 5), np.uint32(1 << (slot & 31))
    for lane in range(LANES):
        if lanes.absent[at + lane] != 0:
            lanes.counting[word + lane] &= ~bit


@rule
def _meet(slot: int, at: int, lanes: Lanes) -> None:
    """Take in the friends of 32 citizens in one slot, who stand from place ``at`` on."""
    row, bit = lanes.row, np.uint32(slot & 31)
    word, friend, one = np.uint64(LANES * (slot >> 5)), np.uint64(at), np.uint32(1)
    for lane in range(np.uint64(LANES)):
        lives = np.int32((lanes.scratch.living[word + lane] >> bit) & one)
        y = np.int32(lanes.opinion[friend + lane])
        same = (y < 0) == (row[np.uint64(X) + lane] < 0)
        row[np.uint64(OPINIONS) + lane] += lives * y
        row[np.uint64(SAME_CAMP) + lane] += lives if same else np.int32(0)
    for lane in range(np.uint64(LANES)):
        lives = np.int32((lanes.counting[word + lane] >> bit) & one)
        value = np.int32(lanes.value[friend + lane])
        same = (value >= row[np.uint64(LEAST) + lane]) & (value < row[np.uint64(MOST) + lane])
        row[np.uint64(VALUES) + lane] += lives * value
        row[np.uint64(SAME_PART) + lane] += lives if same else np.int32(0)


@rule
def _meet_all(circle: int, asked: Asked, lanes: Lanes) -> None:
    layout, sisters = asked.net.layout, lanes.scratch.sisters
    for slot in range(layout.ring):
        if len(asked.absent) > 0:
            _leave_out_absent(slot, shift_in_circle(slot), lanes)
        _meet(slot, shift_in_circle(slot), lanes)
    for group in range(layout.groups):
        if sisters.partner[group] < 0:
            continue
        _read_all(sisters.partner[group], TWICE * (group + 1), asked, lanes)
        for place in range(layout.group_people[group]):
            slot = layout.group_slot[group] + place
            at = TWICE * (group + 1) + shift_of(sisters.turn[group], place)
            if len(asked.absent) > 0:
                _leave_out_absent(slot, at, lanes)
            _meet(slot, at, lanes)


@rule
def _near(circle: int, word: int, net: CircleNet, scratch: Scratch) -> int:
    """The slots of a word whose friends live in the same district."""
    near, layout = 0, net.layout
    for slot in range(LANES * word, LANES * (word + 1)):
        if layout.layer[slot] <= DISTRICT:
            near |= 1 << (slot & 31)
        else:
            partner = scratch.sisters.partner[layout.group[slot]]
            if partner // DISTRICT_BLOCKS == circle // DISTRICT_BLOCKS:
                near |= 1 << (slot & 31)
    return near


@rule
def _add_up(people: int, asked: Asked, lanes: Lanes, sums: NDArray[np.int64]) -> Any:
    """Take in what 32 citizens have met; returns how many ties they have."""
    row = lanes.row
    all_ties: Number = 0
    for lane in range(people):
        ties: Number = 0
        ends: Number = 0
        for word in range(asked.net.layout.words):
            ties += np.int64(count_ones(lanes.scratch.living[LANES * word + lane]))
            ends += np.int64(count_ones(lanes.counting[LANES * word + lane]))
        x, value = np.int64(row[X + lane]), np.int64(row[VALUE + lane])
        add_moments(OF_OPINION, ties, x, np.int64(row[OPINIONS + lane]), sums)
        add_moments(OF_VALUE, ends, value, np.int64(row[VALUES + lane]), sums)
        sums[CAMP_INSIDE] += row[SAME_CAMP + lane]
        sums[PART_INSIDE] += row[SAME_PART + lane]
        sums[ENDS_OF_CAMP + (1 if x < 0 else 0)] += ties
        sums[ENDS_OF_PART + part_of(value, asked.limits)] += ends
        all_ties += ties
    return all_ties


@rule
def _ask_for_next(asked: Asked, lanes: Lanes) -> None:
    """Ask for what the next circle's sisters are, while this one is looked at."""
    for group in range(asked.net.layout.groups):
        partner = max(lanes.scratch.ahead.partner[group], 0)
        prefetch(asked.opinion.numbers, partner * asked.opinion.stride + asked.opinion.start)
        prefetch(asked.value.numbers, partner * asked.value.stride + asked.value.start)


@compiled()
def sum_circle_by_circle(
    first: int, last: int, asked: Asked, lanes: Lanes, sums: NDArray[np.int64]
) -> None:
    """Sums over the circles from ``first`` on, which begins a district."""
    of_district, net = 0, asked.net
    for circle in range(first, last):
        look_at(net, circle, lanes.scratch)
        _ask_for_next(asked, lanes)
        _read_all(circle, 0, asked, lanes)
        _begin(asked, lanes)
        _meet_all(circle, asked, lanes)
        for word in range(net.layout.words):
            near = np.uint32(_near(circle, word, net, lanes.scratch))
            for lane in range(LANES):
                inside = count_ones(np.uint32(lanes.scratch.living[LANES * word + lane] & near))
                sums[DISTRICT_INSIDE] += np.int64(inside)
        of_district += _add_up(people_of_block(circle, net.citizens), asked, lanes, sums)
        of_district = close_district(circle, last, of_district, sums)
