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
    FREE_FOR,
    FREE_NEUTRAL,
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
    SPEECH_FOR,
    SPEECH_NEUTRAL,
    TAKEN_AGAINST,
    TOLD,
    TOLD_AGAINST,
    TOLD_AT_FACE,
    TOLD_FOR,
    TOLD_FREE_AGAINST,
    TOLD_FREE_FOR,
    TOLD_FREE_NEUTRAL,
    TOLD_KIND,
    TOLD_MINORITY,
    TOLD_NEUTRAL,
    TOLD_RECORDED,
    TONE,
    WRONG,
)
from glasshouse.engine.tally import NEUTRAL_MISREAD, NEUTRAL_READ, SANCTIONED, SUBJECT, act_code
from glasshouse.engine.vector import FEW, exceeded, spread_few, write_few
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
def list_acts(total: int, lane: int, place: int, sort: int, scratch: Scratch) -> None:
    """Put the acts of one citizen from the ``place``-th on on the list.

    A few are always written: what is too much is written over by the next citizen, and there is no
    branch to guess. The same goes for what is told beside them: see :func:`tell`.
    """
    first = np.uint64(stepped(scratch.k[ME + lane], sort + place))
    write_few(scratch.acts, total + place, first, np.uint64(GOLDEN))
    spread_few(scratch.who, total + place, np.int32(lane))


@rule
def tell(row: int, value: float, total: int, told: NDArray[np.float64]) -> None:
    """Write a number of one citizen beside each of her acts on the list."""
    spread_few(told, row + total, value)


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
def wrongly(kind: int, lane: int, terms: SchemeTerms, parameters: Parameters, scratch: Scratch) -> float:
    """Chance that a neutral act of this citizen is taken for one against."""
    return chance_of_false_positive(
        terms.false_positive[kind], scratch.n[MINORITY + lane], parameters
    )


@rule
def enter(
    lane: int, code: int, tables: Tables, scratch: Scratch, tally: NDArray[np.int64]
) -> None:
    """Enter an act: count it, and add its points where it was recorded."""
    tally[scratch.n[CELL + lane], code] += 1
    add_points(lane, code, tables, scratch)


@rule
def add_points(lane: int, code: int, tables: Tables, scratch: Scratch) -> None:
    """Add an act's points, and what of them is for a wrong reading."""
    scratch.f[POINTS + lane] += tables.points[code]
    if tables.any_wrong:
        scratch.f[WRONG + lane] += tables.wrong[code]
    scratch.n[TAKEN_AGAINST + lane] += tables.against[code]


@rule
def tell_of_speech(
    total: int, lane: int, row: int, tables: Tables, scratch: Scratch
) -> None:
    """Write beside a few acts of speech of one citizen what they depend on."""
    f, n, told = scratch.f, scratch.n, scratch.told
    rates = row * RATES + CHANNELS
    tell(TOLD_AT_FACE, f[AT_FACE + lane], total, told)
    tell(TOLD_FREE_AGAINST, f[FREE_AGAINST + lane], total, told)
    tell(TOLD_FREE_NEUTRAL, f[FREE_NEUTRAL + lane], total, told)
    tell(TOLD_FREE_FOR, f[FREE_FOR + lane], total, told)
    tell(TOLD_AGAINST, f[SPEECH_AGAINST + lane], total, told)
    tell(TOLD_NEUTRAL, f[SPEECH_NEUTRAL + lane], total, told)
    tell(TOLD_FOR, f[SPEECH_FOR + lane], total, told)
    tell(TOLD_KIND, tables.rates[rates], total, told)
    tell(TOLD_KIND + TOLD, tables.rates[rates + 1], total, told)
    tell(TOLD_KIND + 2 * TOLD, tables.rates[rates + 2], total, told)
    tell(TOLD_MINORITY, float(n[MINORITY + lane]), total, told)
    tell(TOLD_RECORDED, float(n[RECORDED + lane]), total, told)


@rule
def list_speech(tables: Tables, scratch: Scratch) -> int:
    """List the political speech of 32 citizens, what it depends on beside; returns how much."""
    n = scratch.n
    total = 0
    for lane in range(LANES):
        row, key = row_of(n[ACTIVITY + lane], n[MINORITY + lane]), scratch.k[COUNTS_KEY + lane]
        limit = row * LIMITS + SPOKEN_LIMITS
        count = exceeded(np.uint32(bits_at(key, 32, 32)), tables.limits, limit, MOST_SPOKEN)
        u = first_uniform(key)
        count = counted_fully(u, count, MOST_SPOKEN, row, SPOKEN_RATE, tables)
        count = count if n[CELL + lane] >= 0 else 0
        n[SAID + lane] = count
        tell_of_speech(total, lane, row, tables, scratch)
        list_acts(total, lane, 0, SPOKEN, scratch)
        for place in range(FEW, count, FEW):
            tell_of_speech(total + place, lane, row, tables, scratch)
            list_acts(total, lane, place, SPOKEN, scratch)
        total += count
    return total


@rule
def wrongly_of(kind: int, minority: float, terms: SchemeTerms, parameters: Parameters) -> float:
    """Chance that a neutral act of a kind is taken for one against."""
    listed = terms.false_positive[kind]
    return chance_of_false_positive(listed, 1 if minority > 0.5 else 0, parameters)


@rule
def tell_speech(
    total: int, terms: SchemeTerms, parameters: Parameters, scratch: Scratch
) -> None:
    """What each act of political speech on the list is: its channel, tone and reading."""
    acts, told, codes = scratch.acts, scratch.told, scratch.codes
    covered_0, covered_1 = terms.coverage[0], terms.coverage[1]
    covered_2, covered_3 = terms.coverage[2], terms.coverage[3]
    for place in range(padded(total)):
        key = acts[place]
        where, at_face = third_uniform(key, 1), told[TOLD_AT_FACE + place]
        face = where < at_face
        rest = 1.0 - at_face
        channel = (where - at_face) / (1.0 if face else rest)
        past_0 = channel >= told[TOLD_KIND + place]
        past_1 = channel >= told[TOLD_KIND + TOLD + place]
        past_2 = channel >= told[TOLD_KIND + 2 * TOLD + place]
        kind = 3 if past_2 else (2 if past_1 else (1 if past_0 else 0))
        coverage = covered_3 if past_2 else (
            covered_2 if past_1 else (covered_1 if past_0 else covered_0)
        )
        minority = told[TOLD_MINORITY + place]
        wrong_0 = wrongly_of(0, minority, terms, parameters)
        wrong_1 = wrongly_of(1, minority, terms, parameters)
        wrong_2 = wrongly_of(2, minority, terms, parameters)
        wrong_3 = wrongly_of(3, minority, terms, parameters)
        wrong = wrong_3 if past_2 else (wrong_2 if past_1 else (wrong_1 if past_0 else wrong_0))
        against = told[TOLD_FREE_AGAINST + place] if face else told[TOLD_AGAINST + place]
        neutral = told[TOLD_FREE_NEUTRAL + place] if face else told[TOLD_NEUTRAL + place]
        for_ = told[TOLD_FREE_FOR + place] if face else told[TOLD_FOR + place]
        tone = tone_of(third_uniform(key, 0), Tones(against, neutral, for_))
        seen = 0.0 if face else coverage * told[TOLD_RECORDED + place]
        taken = taken_for(third_uniform(key, 2), tone, seen, terms.false_negative, wrong)
        codes[place] = act_code(FACE_TO_FACE if face else kind, tone, taken)


@rule
def speak(
    terms: SchemeTerms, tables: Tables, parameters: Parameters, scratch: Scratch,
    tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """Political speech of the day, in a tone and a channel each."""
    n = scratch.n
    total = list_speech(tables, scratch)
    draw_acts(total, scratch)
    tell_speech(total, terms, parameters, scratch)
    for place in range(total):
        lane, code = scratch.who[place], scratch.codes[place]
        tally[n[CELL + lane], code] += 1
        scratch.f[POINTS + lane] += tables.points[code]
        n[TONE + lane] += tables.tone_and_against[code]
        if tables.any_wrong:
            scratch.f[WRONG + lane] += tables.wrong[code]
    for lane in range(LANES):
        both = n[TONE + lane]
        n[TAKEN_AGAINST + lane] += both >> 16
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
        key, cell = scratch.k[READINGS_KEY + lane], n[CELL + lane]
        row = row_of(n[ACTIVITY + lane], n[MINORITY + lane])
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
            add_points(lane, code, tables, scratch)


@rule
def tell_of_purchases(
    total: int, lane: int, row: int, tables: Tables, scratch: Scratch
) -> None:
    """Write beside a few errands of one citizen what they depend on if they are purchases."""
    f, n, told = scratch.f, scratch.n, scratch.told
    tell(TOLD_KIND, tables.rates[row * RATES + ERRAND_KINDS], total, told)
    tell(TOLD_AGAINST, f[SHOPPING_AGAINST + lane], total, told)
    tell(TOLD_NEUTRAL, f[SHOPPING_NEUTRAL + lane], total, told)
    tell(TOLD_FOR, f[SHOPPING_FOR + lane], total, told)
    tell(TOLD_MINORITY, float(n[MINORITY + lane]), total, told)
    tell(TOLD_RECORDED, float(n[RECORDED + lane]), total, told)


@rule
def list_errands(tables: Tables, scratch: Scratch) -> int:
    """List the errands of 32 citizens, what a purchase depends on beside; returns how many."""
    n = scratch.n
    total = 0
    for lane in range(LANES):
        row, key = row_of(n[ACTIVITY + lane], n[MINORITY + lane]), scratch.k[COUNTS_KEY + lane]
        limit = row * LIMITS + ERRAND_LIMITS
        count = exceeded(np.uint32(bits_at(key, 0, 32)), tables.limits, limit, MOST_ERRANDS)
        u = second_uniform(key)
        count = counted_fully(u, count, MOST_ERRANDS, row, ERRAND_RATE, tables)
        count = count if n[CELL + lane] >= 0 else 0
        tell_of_purchases(total, lane, row, tables, scratch)
        list_acts(total, lane, 0, ERRANDS, scratch)
        for place in range(FEW, count, FEW):
            tell_of_purchases(total + place, lane, row, tables, scratch)
            list_acts(total, lane, place, ERRANDS, scratch)
        total += count
    return total


@rule
def tell_purchases(
    total: int, terms: SchemeTerms, parameters: Parameters, scratch: Scratch
) -> None:
    """What each errand on the list is if it is a purchase: its tone and reading; -1 for others."""
    acts, told, codes = scratch.acts, scratch.told, scratch.codes
    coverage = terms.coverage[PURCHASE]
    for place in range(padded(total)):
        key = acts[place]
        chances = Tones(
            told[TOLD_AGAINST + place], told[TOLD_NEUTRAL + place], told[TOLD_FOR + place]
        )
        tone = tone_of(third_uniform(key, 0), chances)
        wrong = wrongly_of(PURCHASE, told[TOLD_MINORITY + place], terms, parameters)
        seen = coverage * told[TOLD_RECORDED + place]
        taken = taken_for(third_uniform(key, 2), tone, seen, terms.false_negative, wrong)
        is_purchase = third_uniform(key, 1) < told[TOLD_KIND + place]
        codes[place] = act_code(PURCHASE, tone, taken) if is_purchase else -1


@rule
def run_errands(
    first: int, folk: Folk, terms: SchemeTerms, tables: Tables, parameters: Parameters,
    scratch: Scratch, tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """Purchases, subscriptions, bills, and the innocent acts: a grumble, a cartoon passed on."""
    n = scratch.n
    total = list_errands(tables, scratch)
    draw_acts(total, scratch)
    tell_purchases(total, terms, parameters, scratch)
    for place in range(total):
        code, lane = scratch.codes[place], scratch.who[place]
        if code >= 0:
            enter(lane, code, tables, scratch, tally)
            continue
        key, row = scratch.acts[place], row_of(n[ACTIVITY + lane], n[MINORITY + lane])
        kind = PURCHASE + kind_of(third_uniform(key, 1), row, ERRAND_KINDS, 5, tables)
        if kind == SUBSCRIPTION:
            subscribe(key, lane, terms, tables, parameters, scratch, tally)
        elif kind == BILL:
            pay(key, first + lane, lane, folk, terms, tables, parameters, scratch, tally)
        elif n[RECORDED + lane] == 1 and third_uniform(key, 2) < terms.coverage[kind]:
            enter(lane, act_code(kind, -1, -1), tables, scratch, tally)


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
    enter(lane, act_code(SUBSCRIPTION, tone, taken), tables, scratch, tally)


@rule
def pay(
    key: int, i: int, lane: int, folk: Folk, terms: SchemeTerms, tables: Tables,
    parameters: Parameters, scratch: Scratch, tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """A bill, paid late or on time."""
    wealth = draw_traits(folk.seed, i, parameters, folk.shares).log_wealth
    late = third_uniform(key, 0) < chance_of_late_bill(wealth, parameters)
    tone = -1 if late else 1
    coverage = terms.coverage[BILL] if scratch.n[RECORDED + lane] == 1 else 0.0
    taken = tone if third_uniform(key, 2) < coverage else UNRECORDED
    enter(lane, act_code(BILL, tone, taken), tables, scratch, tally)


@rule
def be_sanctioned(terms: SchemeTerms, scratch: Scratch, tally: NDArray[np.int64]) -> None:
    """Sanctions for what was taken for an act against; innocent acts only cost points."""
    n = scratch.n
    for lane in range(LANES):
        taken = n[TAKEN_AGAINST + lane]
        if taken > 0:
            u = uniform(fold(scratch.k[ME + lane], SANCTION_COUNT))
            tally[n[CELL + lane], SANCTIONED] += binomial_count(u, taken, terms.sanction_chance)
