"""Stage 3, act: everything that 32 citizens do today, what was seen of it, and its points.

How many acts each does is looked up first; then all their acts are one list, so that the keys of
their draws are worked out many at once; then they are told one by one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.counts import binomial_count
from glasshouse.chance.rule import rule
from glasshouse.chance.streams import (
    MISREAD_SPEECH,
    READ_SPEECH,
    SANCTION_COUNT,
    SPOKEN,
    bits_at,
    first_draw,
    first_uniform,
    fold,
    second_uniform,
    threshold,
    uniform,
)
from glasshouse.engine.act_list import counted_fully, draw_acts, enter, kind_of, list_acts
from glasshouse.engine.act_places import (
    Ends,
    ends_of_channel,
)
from glasshouse.engine.act_tables import (
    CHANNELS,
    ERRAND_KINDS,
    LIMITS,
    MISREAD_KINDS,
    MISREAD_LIMITS,
    MISREAD_RATE,
    MOST_MISREAD,
    MOST_READ,
    MOST_SPOKEN,
    RATES,
    READ_KINDS,
    READ_LIMITS,
    READ_RATE,
    SPOKEN_LIMITS,
    SPOKEN_RATE,
    row_of,
)
from glasshouse.engine.arrays import Scratch, Tables
from glasshouse.engine.bounds import exceeded, reached, turn_rows
from glasshouse.engine.lanes import (
    ACTIVITY,
    AT_FACE,
    CELL,
    COUNTS_KEY,
    ERRAND_0,
    ERRAND_1,
    ERRAND_2,
    ERRAND_3,
    FREE_AGAINST,
    FREE_FOR,
    FREE_NEUTRAL,
    ME,
    MINORITY,
    POINTS,
    READINGS_KEY,
    RECORDED,
    SAID,
    SHARE_0,
    SHARE_1,
    SHARE_2,
    SHOPPING_AGAINST,
    SHOPPING_FOR,
    SHOPPING_NEUTRAL,
    SPEECH_AGAINST,
    SPEECH_FOR,
    SPEECH_NEUTRAL,
    TONE,
    TONE_AND_AGAINST,
    WRONG,
    place_in,
)
from glasshouse.engine.tally import (
    NEUTRAL_MISREAD,
    NEUTRAL_READ,
    SANCTIONED,
    act_code,
)
from glasshouse.model.expression import Tones
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.record import LANES

# An end that no draw of 31 bits reaches.
NEVER = np.uint32(0xFFFF_FFFF)


@rule
def find_places(tables: Tables, scratch: Scratch) -> None:
    """Ends of the places of speech and of errands of 32 citizens."""
    f, n, ends = scratch.f, scratch.n, scratch.ends
    for lane in range(LANES):
        row = row_of(place_in(ACTIVITY, lane, n), place_in(MINORITY, lane, n)) * RATES
        f[SHARE_0 + lane] = tables.rates[row + CHANNELS]
        f[SHARE_1 + lane] = tables.rates[row + CHANNELS + 1]
        f[SHARE_2 + lane] = tables.rates[row + CHANNELS + 2]
        f[ERRAND_0 + lane] = tables.rates[row + ERRAND_KINDS]
        f[ERRAND_1 + lane] = tables.rates[row + ERRAND_KINDS + 1]
        f[ERRAND_2 + lane] = tables.rates[row + ERRAND_KINDS + 2]
        f[ERRAND_3 + lane] = tables.rates[row + ERRAND_KINDS + 3]
    for lane in range(LANES):
        free = Tones(f[FREE_AGAINST + lane], f[FREE_NEUTRAL + lane], f[FREE_FOR + lane])
        seen = Tones(f[SPEECH_AGAINST + lane], f[SPEECH_NEUTRAL + lane], f[SPEECH_FOR + lane])
        face = f[AT_FACE + lane]
        rest = 1.0 - face
        share_0, share_1, share_2 = f[SHARE_0 + lane], f[SHARE_1 + lane], f[SHARE_2 + lane]
        write_ends(0, lane, ends_of_channel(0.0, face, free), ends)
        write_ends(3, lane, ends_of_channel(face, rest * share_0, seen), ends)
        start = face + rest * share_0
        write_ends(6, lane, ends_of_channel(start, rest * (share_1 - share_0), seen), ends)
        start = face + rest * share_1
        write_ends(9, lane, ends_of_channel(start, rest * (share_2 - share_1), seen), ends)
        start = face + rest * share_2
        write_ends(12, lane, ends_of_channel(start, rest * (1.0 - share_2), seen), ends)
        ends[14 * LANES + lane] = NEVER
        ends[15 * LANES + lane] = NEVER
    for lane in range(LANES):
        bought = Tones(
            f[SHOPPING_AGAINST + lane], f[SHOPPING_NEUTRAL + lane], f[SHOPPING_FOR + lane]
        )
        write_ends(16, lane, ends_of_channel(0.0, f[ERRAND_0 + lane], bought), ends)
        ends[19 * LANES + lane] = threshold(f[ERRAND_1 + lane])
        ends[20 * LANES + lane] = threshold(f[ERRAND_2 + lane])
        ends[21 * LANES + lane] = threshold(f[ERRAND_3 + lane])
    turn_rows(ends, 0, scratch.places, 0)
    turn_rows(ends, 16 * LANES, scratch.places, 16 * LANES)


@rule
def write_ends(row: int, lane: int, ends: Ends, rows: NDArray[np.uint32]) -> None:
    """Write the ends of three places of one citizen, each into a row of its own."""
    rows[row * LANES + lane] = np.uint32(threshold(ends.against))
    rows[(row + 1) * LANES + lane] = np.uint32(threshold(ends.neutral))
    rows[(row + 2) * LANES + lane] = np.uint32(threshold(ends.for_))


@rule
def speak(tables: Tables, scratch: Scratch, tally: NDArray[np.int64]) -> None:
    """Political speech of the day, in a channel and a tone each."""
    n = scratch.n
    total = 0
    for lane in range(LANES):
        row, key = (
            row_of(place_in(ACTIVITY, lane, n), place_in(MINORITY, lane, n)),
            scratch.k[COUNTS_KEY + lane],
        )
        limit = row * LIMITS + SPOKEN_LIMITS
        count = exceeded(np.uint32(bits_at(key, 32, 32)), tables.limits, limit, MOST_SPOKEN)
        u = first_uniform(key)
        count = counted_fully(u, count, MOST_SPOKEN, row, SPOKEN_RATE, tables)
        count = count if n[CELL + lane] >= 0 else 0
        n[SAID + lane] = count
        total = list_acts(total, lane, count, SPOKEN, scratch)
    draw_acts(total, scratch)
    for place in range(total):
        key, lane = scratch.acts[place], int(scratch.who[place])
        draw = np.uint32(first_draw(key))
        what = reached(draw, scratch.places, lane * 16, 16)
        enter(lane, int(tables.spoken[what]), key, tables, scratch, tally)
    for lane in range(LANES):
        both = n[TONE_AND_AGAINST + lane]
        n[TONE + lane] = (both & 0xFFFF) - n[SAID + lane]


@rule
def say_more(
    terms: SchemeTerms, tables: Tables, parameters: Parameters, scratch: Scratch,
    tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """Recorded speech that is not political: taken for what it is, or for something against."""
    n = scratch.n
    for lane in range(LANES):
        if n[RECORDED + lane] == 0:
            continue
        key, cell = scratch.k[READINGS_KEY + lane], place_in(CELL, lane, n)
        row = row_of(place_in(ACTIVITY, lane, n), place_in(MINORITY, lane, n))
        limit = row * LIMITS + READ_LIMITS
        read = exceeded(np.uint32(bits_at(key, 32, 32)), tables.limits, limit, MOST_READ)
        u = first_uniform(key)
        read = counted_fully(u, read, MOST_READ, row, READ_RATE, tables)
        limit = row * LIMITS + MISREAD_LIMITS
        misread = exceeded(np.uint32(bits_at(key, 0, 32)), tables.limits, limit, MOST_MISREAD)
        u = second_uniform(key)
        misread = counted_fully(u, misread, MOST_MISREAD, row, MISREAD_RATE, tables)
        if tables.told_apart:
            for place in range(read):
                u = uniform(fold(scratch.k[ME + lane], READ_SPEECH + place))
                kind = kind_of(u, row, READ_KINDS, 4, tables)
                tally[cell, NEUTRAL_READ + kind] += 1
                scratch.f[POINTS + lane] += tables.points[act_code(kind, 0, 0)]
        else:
            tally[cell, NEUTRAL_READ] += read
        for place in range(misread):
            u = uniform(fold(scratch.k[ME + lane], MISREAD_SPEECH + place))
            kind = kind_of(u, row, MISREAD_KINDS, 4, tables)
            code = act_code(kind, 0, -1)
            tally[cell, NEUTRAL_MISREAD + kind] += 1
            scratch.f[POINTS + lane] += tables.points[code]
            scratch.f[WRONG + lane] += tables.wrong[code]
            n[TONE_AND_AGAINST + lane] += tables.against[code] << 16


@rule
def be_sanctioned(terms: SchemeTerms, scratch: Scratch, tally: NDArray[np.int64]) -> None:
    """Sanctions for what was taken for an act against; innocent acts only cost points."""
    n = scratch.n
    for lane in range(LANES):
        taken = n[TONE_AND_AGAINST + lane] >> 16
        if taken > 0:
            u = uniform(fold(scratch.k[ME + lane], SANCTION_COUNT))
            tally[place_in(CELL, lane, n), SANCTIONED] += binomial_count(
                u, taken, terms.sanction_chance
            )
