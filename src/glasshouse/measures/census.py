"""The census: all that is measured of people one by one, counted in one pass over them.

Everything is counted in whole numbers by region and cell, scores by how many have which. What
the measures say is worked out of these counts, so it depends on no order and no thread, and
nothing is kept of any citizen.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.threads import share_out, threads
from glasshouse.measures.counters import CELLS
from glasshouse.measures.regions import Region, cities
from glasshouse.measures.snapshot import ByCitizen, Snapshot
from glasshouse.measures.standing import fifth_of, is_present
from glasshouse.society.column import Column, opinions_of, stances_of
from glasshouse.society.degrees import write_degrees
from glasshouse.society.living import Scratch, look_at, people_of_block, scratch_for
from glasshouse.society.minority import Minority, mark_minority, minority_of
from glasshouse.society.net import Net
from glasshouse.society.processor import Number
from glasshouse.society.record import LANES, STEPS_OF_FEELING

# What is counted of each cell; feelings are summed in 127ths.
COUNTED = 8
PEOPLE, FALSIFYING, STANCE, OPINION, DEGREE, TIED_THERE, OUTCASTS, MOVED = range(COUNTED)

# An outcast has less than one in so many of the ties of the other life.
OUTCAST_PART = 5
# Citizens counted at once by one thread: a whole number of slices is a city.
SLICE = 262_144


class Census(NamedTuple):
    """Counts of one region.

    Attributes
    ----------
    counts : int64 array, cells x COUNTED
    steps : int64 array, cells x (top + 1)
        How many of those present have which published score.
    """

    counts: NDArray[np.int64]
    steps: NDArray[np.int64]


def add(first: Census, second: Census) -> Census:
    """Counts of two regions together."""
    return Census(first.counts + second.counts, first.steps + second.steps)


class Asked(NamedTuple):
    """What the census looks at, as a compiled loop takes it.

    ``there`` and ``past`` are of the citizens of one slice, ``absent`` of all; each is of length 0
    where there is no such number. ``fifths`` are the least steps of the quintiles but the lowest.
    """

    net: Net
    steps: Column
    stances: Column
    opinions: Column
    minority: Minority
    absent: NDArray[np.uint8]
    visible: int
    fifths: NDArray[np.int32]
    there: NDArray[Any]
    past: NDArray[np.uint8]


def least_visible(seen: float) -> int:
    """Least stance, in 127ths, that others see: more than ``seen`` either way.

    Examples
    --------
    >>> least_visible(0.1)
    13
    """
    return next(k for k in range(STEPS_OF_FEELING + 2) if k / STEPS_OF_FEELING > seen)


@rule
def falsifies(stance: Number, opinion: Number, visible: Number) -> Any:
    """Whether somebody visibly shows the opposite of what she thinks."""
    return ((opinion < 0) & (stance >= visible)) | ((opinion > 0) & (stance <= -visible))


class Lanes(NamedTuple):
    """Working memory of one thread: what is known of 32 citizens, and sums of it lane by lane.

    Attributes
    ----------
    scratch : Scratch
    cell, step : int32 arrays, 32
        -1 for the cell of a lane without a citizen.
    value : int32 array, COUNTED x 32
    sums : int32 array, CELLS x COUNTED x 32
    """

    scratch: Scratch
    cell: NDArray[np.int32]
    step: NDArray[np.int32]
    value: NDArray[np.int32]
    sums: NDArray[np.int32]


def lanes_for(net: Net) -> Lanes:
    """Working memory for one slice."""
    sizes = LANES, LANES, COUNTED * LANES, CELLS * COUNTED * LANES
    return Lanes(scratch_for(net), *(np.zeros(size, np.int32) for size in sizes))


@rule
def _look_at_people(block: int, asked: Asked, lanes: Lanes) -> None:
    """Cells of 32 citizens, and what does not need another life or a past."""
    value, cell, visible = lanes.value, lanes.cell, np.int32(asked.visible)
    people = people_of_block(block, asked.net.citizens)
    mark_minority(block, asked.minority, cell)
    at, to = block * asked.stances.stride + asked.stances.start, STANCE * LANES
    for lane in range(people):
        value[to + lane] = asked.stances.numbers[at + lane]
    at, to = block * asked.opinions.stride + asked.opinions.start, OPINION * LANES
    for lane in range(people):
        value[to + lane] = asked.opinions.numbers[at + lane]
    for lane in range(LANES):
        stance, opinion = value[STANCE * LANES + lane], value[OPINION * LANES + lane]
        cell[lane] += np.int32(2) if opinion < 0 else np.int32(0)
        value[PEOPLE * LANES + lane] = 1
        value[FALSIFYING * LANES + lane] = (
            np.int32(1) if falsifies(stance, opinion, visible) else np.int32(0)
        )
    for lane in range(people, LANES):
        cell[lane] = -1
    write_degrees(asked.net, block, lanes.scratch, value, DEGREE * LANES)


@rule
def _compare_degrees(first: int, people: int, there: NDArray[Any], lanes: Lanes) -> None:
    """Who is an outcast, compared with the other life."""
    value = lanes.value
    for lane in range(people):
        here, known = value[DEGREE * LANES + lane], np.int32(there[first + lane])
        outcast = OUTCAST_PART * here < known
        value[TIED_THERE * LANES + lane] = np.int32(1) if known > 0 else np.int32(0)
        value[OUTCASTS * LANES + lane] = np.int32(1) if outcast else np.int32(0)


@rule
def _compare_fifths(first: int, people: int, asked: Asked, lanes: Lanes) -> None:
    """Who stands in another quintile than before."""
    value, step, fifths = lanes.value, lanes.step, asked.fifths
    second, third, fourth, fifth = fifths[0], fifths[1], fifths[2], fifths[3]
    for lane in range(people):
        now = fifth_of(step[lane], second, third, fourth, fifth)
        moved = now != np.int32(asked.past[first + lane])
        value[MOVED * LANES + lane] = np.int32(1) if moved else np.int32(0)


@rule
def _add_up(lanes: Lanes) -> None:
    """Add what is known of each of 32 citizens to the sums of her cell."""
    sums, value, cell = lanes.sums, lanes.value, lanes.cell
    size, nothing = np.uint64(COUNTED * LANES), np.int32(0)
    for what in range(COUNTED):
        at = np.uint64(what * LANES)
        for lane in range(np.uint64(LANES)):
            amount, mine = value[at + lane], cell[lane]
            sums[at + lane] += amount if mine == 0 else nothing
            sums[size + at + lane] += amount if mine == 1 else nothing
            sums[size + size + at + lane] += amount if mine == 2 else nothing
            sums[size + size + size + at + lane] += amount if mine == 3 else nothing


@compiled()
def _count(first: int, last: int, asked: Asked, lanes: Lanes, steps: NDArray[np.int32]) -> None:
    """Count the citizens of some blocks of 32; ``steps`` holds cell after cell."""
    net, rows = asked.net, len(steps) // CELLS
    for block in range(first, last):
        people = people_of_block(block, net.citizens)
        look_at(net, block, lanes.scratch)
        _look_at_people(block, asked, lanes)
        at = block * asked.steps.stride + asked.steps.start
        for lane in range(people):
            lanes.step[lane] = asked.steps.numbers[at + lane]
        if len(asked.there) > 0:
            _compare_degrees((block - first) * LANES, people, asked.there, lanes)
        if len(asked.past) > 0:
            _compare_fifths((block - first) * LANES, people, asked, lanes)
        for lane in range(people):
            if is_present(asked.absent, block * LANES + lane):
                steps[lanes.cell[lane] * rows + lanes.step[lane]] += 1
            else:
                lanes.value[MOVED * LANES + lane] = 0
        _add_up(lanes)


def take_census(
    snapshot: Snapshot,
    fifths: NDArray[np.int32],
    there: ByCitizen | None = None,
    past: ByCitizen | None = None,
) -> Iterator[tuple[Region, Census]]:
    """Count all citizens, city by city.

    Parameters
    ----------
    snapshot : Snapshot
    fifths : int32 array, 4
        Least steps of the quintiles but the lowest.
    there : uint8 or uint16 by citizen, optional
        Living ties in the other life.
    past : uint8 by citizen, optional
        Quintile in which everybody stood before.

    Yields
    ------
    Region, Census
    """
    asked = asked_of(snapshot, fifths)
    slices = [
        (city, first, min(first + SLICE, city.last))
        for city in cities(snapshot.citizens, snapshot.clustered)
        for first in range(city.first, city.last, SLICE)
    ]
    at_once = min(4 * threads(), len(slices))
    size = CELLS * (snapshot.terms.top + 1)
    lanes = [lanes_for(snapshot.net) for _ in range(at_once)]
    steps = np.empty((at_once, size), np.int32)
    sums = _nothing(size)

    def count(now: list[tuple[Region, int, int]], place: int, _: int) -> None:
        first, last = now[place][1:]
        lanes[place].sums[:], steps[place] = 0, 0
        parts = asked._replace(there=_part(there, first, last), past=_part(past, first, last))
        _count(first // LANES, -(-last // LANES), parts, lanes[place], steps[place])

    for begun in range(0, len(slices), at_once):
        now = slices[begun : begun + at_once]
        share_out(partial(count, now), 0, len(now), 1)
        for place, (city, _, last) in enumerate(now):
            by_lane = lanes[place].sums.reshape(CELLS, COUNTED, LANES)
            sums.counts[:] += by_lane.sum(axis=2, dtype=np.int64)
            sums.steps[:] += steps[place].reshape(sums.steps.shape)
            if last == city.last:
                yield city, sums
                sums = _nothing(size)


def asked_of(snapshot: Snapshot, fifths: NDArray[np.int32]) -> Asked:
    """What the census looks at, compared with nothing yet."""
    nothing = np.zeros(0, np.uint8)
    return Asked(
        snapshot.net,
        snapshot.steps,
        stances_of(snapshot.records),
        opinions_of(snapshot.records),
        minority_of(snapshot.seed, snapshot.parameters, snapshot.shares),
        snapshot.absent,
        least_visible(snapshot.parameters.stance_seen),
        fifths,
        nothing,
        nothing,
    )


def _part(numbers: ByCitizen | None, first: int, last: int) -> NDArray[Any]:
    """Numbers of a stretch, in memory."""
    return np.zeros(0, np.uint8) if numbers is None else np.array(numbers[first:last])


def _nothing(size: int) -> Census:
    return Census(np.zeros((CELLS, COUNTED), np.int64), np.zeros((CELLS, size // CELLS), np.int64))
