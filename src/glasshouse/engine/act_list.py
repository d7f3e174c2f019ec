"""The acts of 32 citizens on a day as one list: how many each does, their keys, and what each is
taken for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.counts import poisson_count
from glasshouse.chance.rule import rule
from glasshouse.chance.streams import (
    GOLDEN,
    mixed,
    second_draw,
    stepped,
)
from glasshouse.engine.act_tables import (
    RATES,
)
from glasshouse.engine.arrays import Scratch, Tables
from glasshouse.engine.bounds import reached
from glasshouse.engine.lanes import (
    CELL,
    ME,
    MOST_ACTS,
    POINTS,
    READER,
    TONE_AND_AGAINST,
    WRONG,
    place_in,
)
from glasshouse.engine.tally import (
    READINGS,
)
from glasshouse.engine.vector import FEW, spread_few, write_few


@rule
def counted_fully(u: float, count: int, most: int, row: int, rate: int, tables: Tables) -> int:
    """A Poisson count that was looked up, worked out from its rate where it is ``most`` or more."""
    if count == most:
        return min(poisson_count(u, tables.rates[row * RATES + rate]), MOST_ACTS)
    return count


@rule
def kind_of(u: float, row: int, first: int, kinds: int, tables: Tables) -> int:
    """Kind of an act by inverse CDF, in proportion to the rates."""
    kind = 0
    for place in range(kinds - 1):
        if u >= tables.rates[row * RATES + first + place]:
            kind = place + 1
    return kind


@rule
def list_acts(total: int, lane: int, count: int, sort: int, scratch: Scratch) -> int:
    """Put so many acts of one citizen on the list; returns its new length.

    A few are always written: what is too much is written over by the next citizen, and there is no
    branch to guess.
    """
    first = np.uint64(stepped(scratch.k[ME + lane], sort))
    write_few(scratch.acts, total, first, np.uint64(GOLDEN))
    spread_few(scratch.who, total, np.uint32(lane))
    for place in range(FEW, count, FEW):
        first = np.uint64(stepped(scratch.k[ME + lane], sort + place))
        write_few(scratch.acts, total + place, first, np.uint64(GOLDEN))
        spread_few(scratch.who, total + place, np.uint32(lane))
    return total + count


@rule
def padded(total: int) -> int:
    """A length that leaves nothing over when the list is done sixteen acts at once.

    What lies behind the end of the list is worked out too, and used by nobody.
    """
    return (total + 15) & ~15


@rule
def draw_acts(total: int, scratch: Scratch) -> None:
    """Turn the counters on the list into keys."""
    acts = scratch.acts
    for place in range(padded(total)):
        acts[place] = mixed(acts[place])


@rule
def enter(
    lane: int, act: int, key: int, tables: Tables, scratch: Scratch, tally: NDArray[np.int64]
) -> int:
    """Enter an act: draw what it is taken for, count it and add its points; returns its code."""
    n = scratch.n
    at = (place_in(READER, lane, n) + act) * READINGS
    code = act * READINGS + reached(np.uint32(second_draw(key)), tables.readings, at, READINGS)
    tally[place_in(CELL, lane, n), code] += 1
    scratch.f[POINTS + lane] += tables.points[code]
    n[TONE_AND_AGAINST + lane] += tables.tone_and_against[code]
    if tables.any_wrong:
        scratch.f[WRONG + lane] += tables.wrong[code]
    return int(code)
