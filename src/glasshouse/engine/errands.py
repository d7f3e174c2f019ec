"""Stage 3, act: the errands of 32 citizens: purchases, subscriptions, bills, innocent acts."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.chance.streams import (
    ERRANDS,
    bits_at,
    first_draw,
    fold,
    second_draw,
    second_uniform,
    threshold,
    uniform,
)
from glasshouse.engine.act_list import counted_fully, draw_acts, enter, list_acts
from glasshouse.engine.act_places import (
    ERRANDS_BY_PLACE,
    TONES,
    act_at,
)
from glasshouse.engine.act_tables import (
    ERRAND_LIMITS,
    ERRAND_RATE,
    LIMITS,
    MOST_ERRANDS,
    row_of,
)
from glasshouse.engine.arrays import Folk, Scratch, Tables
from glasshouse.engine.bounds import exceeded, reached
from glasshouse.engine.choose import chances_of_reading
from glasshouse.engine.lanes import (
    ACTIVITY,
    CELL,
    COUNTS_KEY,
    MINORITY,
    RECORDED,
    place_in,
)
from glasshouse.engine.tally import (
    SUBJECT,
)
from glasshouse.model.acts import (
    BILL,
    CARTOON,
    GRUMBLE,
    PURCHASE,
    SUBJECTS,
    SUBSCRIPTION,
    chance_of_late_bill,
)
from glasshouse.model.expression import READING
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.people import draw_traits
from glasshouse.society.record import LANES

SUBSCRIBING = ERRANDS_BY_PLACE.index(SUBSCRIPTION)
PAYING = ERRANDS_BY_PLACE.index(BILL)
GRUMBLING = ERRANDS_BY_PLACE.index(GRUMBLE)


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
