"""Stage 3, act: everything that 32 citizens do today, what was seen of it, and its points.

How many acts each does is looked up first; then all their acts are one list, so that the keys of
their draws are worked out many at once; then they are told one by one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.counts import binomial_count, poisson_count
from glasshouse.chance.rule import rule
from glasshouse.chance.streams import (
    ERRANDS,
    GOLDEN,
    MISREAD_SPEECH,
    READ_SPEECH,
    SANCTION_COUNT,
    SPOKEN,
    bits_at,
    first_draw,
    first_uniform,
    fold,
    mixed,
    second_draw,
    second_uniform,
    stepped,
    threshold,
    uniform,
)
from glasshouse.engine.act_places import (
    ERRANDS_BY_PLACE,
    TONES,
    Ends,
    act_at,
    ends_of_channel,
)
from glasshouse.engine.act_tables import (
    CHANNELS,
    ERRAND_KINDS,
    ERRAND_LIMITS,
    ERRAND_RATE,
    LIMITS,
    MISREAD_KINDS,
    MISREAD_LIMITS,
    MISREAD_RATE,
    MOST_ERRANDS,
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
from glasshouse.engine.arrays import Folk, Scratch, Tables
from glasshouse.engine.choose import chances_of_reading
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
    MOST_ACTS,
    POINTS,
    READER,
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
    READINGS,
    SANCTIONED,
    SUBJECT,
    act_code,
)
from glasshouse.engine.vector import FEW, exceeded, reached, spread_few, turn_rows, write_few
from glasshouse.model.acts import (
    BILL,
    CARTOON,
    GRUMBLE,
    PURCHASE,
    SUBJECTS,
    SUBSCRIPTION,
    chance_of_late_bill,
)
from glasshouse.model.expression import READING, Tones
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.people import draw_traits
from glasshouse.society.record import LANES

SUBSCRIBING = ERRANDS_BY_PLACE.index(SUBSCRIPTION)
PAYING = ERRANDS_BY_PLACE.index(BILL)
GRUMBLING = ERRANDS_BY_PLACE.index(GRUMBLE)
# An end that no draw of 31 bits reaches.
NEVER = np.uint32(0xFFFF_FFFF)


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
def run_errands(
    first: int, folk: Folk, terms: SchemeTerms, tables: Tables, parameters: Parameters,
    scratch: Scratch, tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """Purchases, subscriptions, bills, and the innocent acts: a grumble, a cartoon passed on."""
    n = scratch.n
    total = 0
    for lane in range(LANES):
        row, key = (
            row_of(place_in(ACTIVITY, lane, n), place_in(MINORITY, lane, n)),
            scratch.k[COUNTS_KEY + lane],
        )
        limit = row * LIMITS + ERRAND_LIMITS
        count = exceeded(np.uint32(bits_at(key, 0, 32)), tables.limits, limit, MOST_ERRANDS)
        u = second_uniform(key)
        count = counted_fully(u, count, MOST_ERRANDS, row, ERRAND_RATE, tables)
        count = count if n[CELL + lane] >= 0 else 0
        total = list_acts(total, lane, count, ERRANDS, scratch)
    draw_acts(total, scratch)
    for place in range(total):
        key, lane = scratch.acts[place], int(scratch.who[place])
        draw = np.uint32(first_draw(key))
        what = reached(draw, scratch.places, 16 * LANES + lane * 16, 8)
        if what < TONES:
            enter(lane, act_at(PURCHASE, what - 1), key, tables, scratch, tally)
        elif what == SUBSCRIBING:
            subscribe(key, lane, terms, tables, parameters, scratch, tally)
        elif what == PAYING:
            pay(key, first + lane, lane, folk, tables, parameters, scratch, tally)
        elif n[RECORDED + lane] == 1:
            kind = GRUMBLE if what == GRUMBLING else CARTOON
            if second_draw(key) < threshold(terms.coverage[kind]):
                enter(lane, act_at(kind, -1), key, tables, scratch, tally)


@rule
def subscribe(
    key: int, lane: int, terms: SchemeTerms, tables: Tables, parameters: Parameters,
    scratch: Scratch, tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """A subscription: the outlet's tone, and what it writes about."""
    chances = chances_of_reading(READING, lane, terms, parameters, scratch)
    more = fold(key, 1)
    draw, tone = first_draw(more), 1
    if draw < threshold(chances.against):
        tone = -1
    elif draw < threshold(chances.against + chances.neutral):
        tone = 0
    u, subject = second_uniform(more), 0
    while subject < SUBJECTS - 1 and u >= tables.subjects[tone + 1, subject]:
        subject += 1
    tally[place_in(CELL, lane, scratch.n), SUBJECT + subject] += 1
    enter(lane, act_at(SUBSCRIPTION, tone), key, tables, scratch, tally)


@rule
def pay(
    key: int, i: int, lane: int, folk: Folk, tables: Tables, parameters: Parameters,
    scratch: Scratch, tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """A bill, paid late or on time."""
    wealth = draw_traits(folk.seed, i, parameters, folk.shares).log_wealth
    late = uniform(fold(key, 1)) < chance_of_late_bill(wealth, parameters)
    enter(lane, act_at(BILL, -1 if late else 1), key, tables, scratch, tally)


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
