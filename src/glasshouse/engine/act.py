"""Stage 3, act: everything that 32 citizens do today, what was seen of it, and its points.

How many acts each does is looked up first; then all their acts are one list, so that the keys of
their draws are worked out many at once; then they are told one by one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.counts import binomial_count, counted, poisson_count
from glasshouse.chance.rule import rule
from glasshouse.chance.streams import (
    ERRANDS,
    MISREAD_SPEECH,
    READ_SPEECH,
    SANCTION_COUNT,
    SPOKEN,
    bits_at,
    first_uniform,
    fold,
    mixed,
    second_uniform,
    stepped,
    third_uniform,
    uniform,
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
    FREE_AGAINST,
    ME,
    MINORITY,
    MOST_ACTS,
    POINTS,
    READINGS_KEY,
    RECORDED,
    SAID,
    SHOPPING_AGAINST,
    SHOPPING_FOR,
    SHOPPING_NEUTRAL,
    SPEECH_AGAINST,
    TAKEN_AGAINST,
    TONE,
    WRONG,
)
from glasshouse.engine.tally import NEUTRAL_MISREAD, NEUTRAL_READ, SANCTIONED, SUBJECT, act_code
from glasshouse.model.acts import (
    BILL,
    FACE_TO_FACE,
    PURCHASE,
    SUBJECTS,
    SUBSCRIPTION,
    chance_of_late_bill,
)
from glasshouse.model.expression import READING, Tones, tone_of
from glasshouse.model.recording import UNRECORDED, chance_of_false_positive, taken_for
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.people import draw_traits
from glasshouse.society.record import LANES


@rule
def count_of(
    u: float, draw: int, row: int, first: int, most: int, rate: int, tables: Tables
) -> int:
    """A Poisson count, from its limits where it is small and from its rate where it is not."""
    count = counted(draw, tables.limits, row * LIMITS + first, most)
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
    """Put so many acts of one citizen on the list; returns its new length."""
    me = scratch.k[ME + lane]
    for place in range(count):
        scratch.who[total + place] = lane
        scratch.acts[total + place] = stepped(me, sort + place)
    return total + count


@rule
def draw_acts(total: int, scratch: Scratch) -> None:
    """Turn the counters on the list into keys."""
    acts = scratch.acts
    for place in range(total):
        acts[place] = mixed(acts[place])


@rule
def wrongly(kind: int, lane: int, terms: SchemeTerms, parameters: Parameters, scratch: Scratch) -> float:
    """Chance that a neutral act of this citizen is taken for one against."""
    return chance_of_false_positive(
        terms.false_positive[kind], scratch.n[MINORITY + lane], parameters
    )


@rule
def enter(
    lane: int, kind: int, tone: int, taken: int, terms: SchemeTerms, scratch: Scratch,
    tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """Enter an act, and its points where it was recorded."""
    n = scratch.n
    tally[n[CELL + lane], act_code(kind, tone, taken)] += 1
    if taken != UNRECORDED:
        enter_points(lane, kind, tone, taken, terms, scratch)


@rule
def enter_points(
    lane: int, kind: int, tone: int, taken: int, terms: SchemeTerms, scratch: Scratch
) -> None:
    """Points of an act that was recorded, and of a wrong reading of it."""
    points = terms.own[kind, taken + 1]
    scratch.f[POINTS + lane] += points
    if taken == -1 and kind < BILL:
        scratch.n[TAKEN_AGAINST + lane] += 1
        if tone != -1:
            scratch.f[WRONG + lane] += max(terms.own[kind, tone + 1] - points, 0.0)


@rule
def speak(
    terms: SchemeTerms, tables: Tables, parameters: Parameters, scratch: Scratch,
    tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """Political speech of the day, in a tone and a channel each."""
    f, n = scratch.f, scratch.n
    total = 0
    for lane in range(LANES):
        row, key = row_of(n[ACTIVITY + lane], n[MINORITY + lane]), scratch.k[COUNTS_KEY + lane]
        draw = bits_at(key, 32, 32)
        count = count_of(
            first_uniform(key), draw, row, SPOKEN_LIMITS, MOST_SPOKEN, SPOKEN_RATE, tables
        )
        count = count if n[CELL + lane] >= 0 else 0
        n[SAID + lane] = count
        total = list_acts(total, lane, count, SPOKEN, scratch)
    draw_acts(total, scratch)
    for place in range(total):
        key, lane = scratch.acts[place], scratch.who[place]
        u, where, at_face = third_uniform(key, 0), third_uniform(key, 1), f[AT_FACE + lane]
        face = where < at_face
        chances = (FREE_AGAINST if face else SPEECH_AGAINST) + lane
        tone = tone_of(u, Tones(f[chances], f[chances + LANES], f[chances + 2 * LANES]))
        n[TONE + lane] += tone
        kind, taken = FACE_TO_FACE, UNRECORDED
        if not face:
            row = row_of(n[ACTIVITY + lane], n[MINORITY + lane])
            kind = kind_of((where - at_face) / (1.0 - at_face), row, CHANNELS, 4, tables)
            if n[RECORDED + lane] == 1:
                wrong = wrongly(kind, lane, terms, parameters, scratch)
                taken = taken_for(
                    third_uniform(key, 2), tone, terms.coverage[kind], terms.false_negative, wrong
                )
        enter(lane, kind, tone, taken, terms, scratch, tally)


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
        key, cell = scratch.k[READINGS_KEY + lane], n[CELL + lane]
        row = row_of(n[ACTIVITY + lane], n[MINORITY + lane])
        read = count_of(
            first_uniform(key), bits_at(key, 32, 32), row, READ_LIMITS, MOST_READ, READ_RATE,
            tables,
        )  # fmt: skip
        misread = count_of(
            second_uniform(key), bits_at(key, 0, 32), row, MISREAD_LIMITS, MOST_MISREAD,
            MISREAD_RATE, tables,
        )  # fmt: skip
        if tables.told_apart:
            for place in range(read):
                u = uniform(fold(scratch.k[ME + lane], READ_SPEECH + place))
                kind = kind_of(u, row, READ_KINDS, 4, tables)
                tally[cell, NEUTRAL_READ + kind] += 1
                enter_points(lane, kind, 0, 0, terms, scratch)
        else:
            tally[cell, NEUTRAL_READ] += read
        for place in range(misread):
            u = uniform(fold(scratch.k[ME + lane], MISREAD_SPEECH + place))
            kind = kind_of(u, row, MISREAD_KINDS, 4, tables)
            tally[cell, NEUTRAL_MISREAD + kind] += 1
            enter_points(lane, kind, 0, -1, terms, scratch)


@rule
def run_errands(
    first: int, folk: Folk, terms: SchemeTerms, tables: Tables, parameters: Parameters,
    scratch: Scratch, tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """Purchases, subscriptions, bills, and the innocent acts: a grumble, a cartoon passed on."""
    n = scratch.n
    total = 0
    for lane in range(LANES):
        row, key = row_of(n[ACTIVITY + lane], n[MINORITY + lane]), scratch.k[COUNTS_KEY + lane]
        count = count_of(
            second_uniform(key), bits_at(key, 0, 32), row, ERRAND_LIMITS, MOST_ERRANDS,
            ERRAND_RATE, tables,
        )  # fmt: skip
        count = count if n[CELL + lane] >= 0 else 0
        total = list_acts(total, lane, count, ERRANDS, scratch)
    draw_acts(total, scratch)
    for place in range(total):
        key, lane = scratch.acts[place], scratch.who[place]
        row = row_of(n[ACTIVITY + lane], n[MINORITY + lane])
        kind = PURCHASE + kind_of(third_uniform(key, 1), row, ERRAND_KINDS, 5, tables)
        if kind == PURCHASE:
            shop(key, lane, terms, parameters, scratch, tally)
        elif kind == SUBSCRIPTION:
            subscribe(key, lane, terms, tables, parameters, scratch, tally)
        elif kind == BILL:
            pay(key, first + lane, lane, folk, terms, parameters, scratch, tally)
        elif n[RECORDED + lane] == 1 and third_uniform(key, 2) < terms.coverage[kind]:
            enter(lane, kind, -1, -1, terms, scratch, tally)


@rule
def shop(
    key: int, lane: int, terms: SchemeTerms, parameters: Parameters, scratch: Scratch,
    tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """A purchase: against where the good is imported, for where it is listed."""
    f = scratch.f
    chances = Tones(
        f[SHOPPING_AGAINST + lane], f[SHOPPING_NEUTRAL + lane], f[SHOPPING_FOR + lane]
    )
    tone = tone_of(third_uniform(key, 0), chances)
    coverage = terms.coverage[PURCHASE] if scratch.n[RECORDED + lane] == 1 else 0.0
    wrong = wrongly(PURCHASE, lane, terms, parameters, scratch)
    taken = taken_for(third_uniform(key, 2), tone, coverage, terms.false_negative, wrong)
    enter(lane, PURCHASE, tone, taken, terms, scratch, tally)


@rule
def subscribe(
    key: int, lane: int, terms: SchemeTerms, tables: Tables, parameters: Parameters,
    scratch: Scratch, tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """A subscription: the outlet's tone, and what it writes about."""
    chances = chances_of_reading(READING, lane, terms, parameters, scratch)
    tone = tone_of(third_uniform(key, 0), chances)
    u, subject = uniform(fold(key, 1)), 0
    while subject < SUBJECTS - 1 and u >= tables.subjects[tone + 1, subject]:
        subject += 1
    tally[scratch.n[CELL + lane], SUBJECT + subject] += 1
    coverage = terms.coverage[SUBSCRIPTION] if scratch.n[RECORDED + lane] == 1 else 0.0
    wrong = wrongly(SUBSCRIPTION, lane, terms, parameters, scratch)
    taken = taken_for(third_uniform(key, 2), tone, coverage, terms.false_negative, wrong)
    enter(lane, SUBSCRIPTION, tone, taken, terms, scratch, tally)


@rule
def pay(
    key: int, i: int, lane: int, folk: Folk, terms: SchemeTerms, parameters: Parameters,
    scratch: Scratch, tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """A bill, paid late or on time."""
    wealth = draw_traits(folk.seed, i, parameters, folk.shares).log_wealth
    late = third_uniform(key, 0) < chance_of_late_bill(wealth, parameters)
    tone = -1 if late else 1
    coverage = terms.coverage[BILL] if scratch.n[RECORDED + lane] == 1 else 0.0
    taken = tone if third_uniform(key, 2) < coverage else UNRECORDED
    enter(lane, BILL, tone, taken, terms, scratch, tally)


@rule
def be_sanctioned(terms: SchemeTerms, scratch: Scratch, tally: NDArray[np.int64]) -> None:
    """Sanctions for what was taken for an act against; innocent acts only cost points."""
    n = scratch.n
    for lane in range(LANES):
        taken = n[TAKEN_AGAINST + lane]
        if taken > 0:
            u = uniform(fold(scratch.k[ME + lane], SANCTION_COUNT))
            tally[n[CELL + lane], SANCTIONED] += binomial_count(u, taken, terms.sanction_chance)
