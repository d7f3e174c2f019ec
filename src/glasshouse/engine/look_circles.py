"""Stage 1, look, in circles: what 32 citizens see of their friends at the end of yesterday.

The own circle and every sister circle is read once, each number written twice over, so that the
friends of 32 citizens in one slot are 32 numbers in a row, from the lane that the pair's turn says.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.chance.streams import fold
from glasshouse.engine.arrays import Calendar, Extra, Folk, Scratch, Tables
from glasshouse.engine.lanes import (
    ABSENT_TWICE,
    AGAINST_FAR,
    AGAINST_NEAR,
    CONSENT_TWICE,
    COUNT_OF_LAYER,
    COUNTED,
    FOR_FAR,
    FOR_NEAR,
    FRIENDS,
    OWN,
    PRESSERS,
    PRESSING_KEY,
    PUBLISHED,
    SCORE_TWICE,
    SCORES,
    STANCE_TWICE,
    STANCES,
    STEPS_OF_LAYER,
    STRENGTHS,
    TWICE,
    met_absent,
    met_score,
    met_stance,
)
from glasshouse.engine.lowest import keep_lowest
from glasshouse.engine.pressing import is_pressed
from glasshouse.engine.vector import (
    no_lanes,
    raised,
    read_bits,
    read_lanes,
    shifted,
    where_at_least,
    where_at_most,
    write_lanes,
)
from glasshouse.model.scoring import LOWEST, LOWEST_K, WEIGHTED
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.circles import shift_in_circle, shift_of
from glasshouse.society.layout import KIN_SLOTS, Layout
from glasshouse.society.record import LANES, Records, score_of
from glasshouse.society.ties import CIRCLE, KIN, NATION

# In the place of a pair's turn: the friends are those round one's own circle.
ROUND = -1


@rule
def read_circle(
    circle: int, words: int, yesterday: Records, extra: Extra, terms: SchemeTerms,
    scratch: Scratch,
) -> None:  # fmt: skip
    """Write a circle's numbers twice over."""
    pair = scratch.pair
    if len(extra.published) > 0:
        twice(read_lanes(extra.published, circle * LANES), SCORE_TWICE, pair)
    else:
        twice(read_lanes(yesterday.score, circle * (yesterday.size >> 1)), SCORE_TWICE, pair)
    twice(read_lanes(yesterday.feeling, circle * yesterday.size + 64), STANCE_TWICE, pair)
    if terms.opt_out:
        twice(read_lanes(extra.absent, circle * LANES), ABSENT_TWICE, pair)
    at = circle * (yesterday.size >> 2) + LANES
    for word in range(words):
        consent = read_lanes(yesterday.consent, at + word * LANES)
        twice(consent, CONSENT_TWICE + word * TWICE, pair)


@rule
def twice(lanes: Any, row: int, pair: NDArray[np.int32]) -> None:
    """Write 32 numbers and, behind them, the same again."""
    write_lanes(pair, row, lanes)
    write_lanes(pair, row + LANES, lanes)


@rule
def add_lanes(row: int, lanes: Any, numbers: NDArray[np.int32]) -> None:
    """Add 32 numbers to a row."""
    write_lanes(numbers, row, read_lanes(numbers, row) + lanes)


@rule
def look_into_slots(
    first: int, count: int, turn: int, own_consent: int, layer: int, pressed: bool,
    yesterday: Records, terms: SchemeTerms, tables: Tables, scratch: Scratch,
) -> None:  # fmt: skip
    """Look at the friends of 32 citizens in consecutive slots of one layer and one circle.

    ``turn`` is the pair's, or ``ROUND`` within one's own circle. The slots share a word of consent
    and, where ``pressed``, the draws of who presses.
    """
    n, pair, met = scratch.n, scratch.pair, scratch.met
    word = (first >> 5) * LANES
    mine = read_lanes(yesterday.consent, own_consent + word)
    theirs_at = CONSENT_TWICE + (first >> 5) * TWICE
    alive = read_lanes(scratch.alive, word)
    living_ties = stances = visibly_for = visibly_against = no_lanes()
    counted = steps = pressers = no_lanes()
    own = read_lanes(n, PUBLISHED)
    pressing = tables.pressing
    for place in range(count):
        slot = first + place
        back, shift = slot, shift_in_circle(slot)
        if turn == ROUND:
            back = slot ^ 1
        else:
            shift = shift_of(turn, place)
        theirs = read_lanes(pair, theirs_at + shift)
        living = shifted(mine, slot & 31) & shifted(theirs, back & 31) & 1
        step = read_lanes(pair, SCORE_TWICE + shift)
        stance = read_lanes(pair, STANCE_TWICE + shift)
        write_lanes(met, met_score(slot), step)
        write_lanes(met, met_stance(slot), stance)
        alive = alive | raised(living, slot & 31)
        living_ties = living_ties + living
        stances = stances + living * stance
        visibly_for = visibly_for + where_at_least(living, stance, tables.visible_for)
        visibly_against = visibly_against + where_at_most(
            living, stance, tables.visible_against
        )
        if terms.opt_out:
            absent = read_lanes(pair, ABSENT_TWICE + shift)
            write_lanes(met, met_absent(slot), absent)
            living = living - living * absent
        if pressed:
            draw = read_lanes(scratch.draws, (back & 3) * TWICE + shift)
            ahead = where_at_least(living, step - own, pressing.least_lead)
            pressers = pressers + where_at_most(ahead, draw, pressing.reach[layer] - 1)
        counted = counted + living
        steps = steps + living * step
    near = layer <= CIRCLE
    write_lanes(scratch.alive, word, alive)
    add_lanes(FRIENDS, living_ties, n)
    add_lanes(STANCES, stances, n)
    add_lanes(FOR_NEAR if near else FOR_FAR, visibly_for, n)
    add_lanes(AGAINST_NEAR if near else AGAINST_FAR, visibly_against, n)
    add_lanes(COUNT_OF_LAYER + layer * LANES, counted, n)
    add_lanes(STEPS_OF_LAYER + layer * LANES, steps, n)
    add_lanes(PRESSERS, pressers, n)


@rule
def feel_pressure(
    slot: int, back: int, shift: int, layer: int, terms: SchemeTerms, parameters: Parameters,
    tables: Tables, scratch: Scratch,
) -> None:  # fmt: skip
    """Count who of the friends of 32 citizens in one slot presses them this month.

    For rules of a user's own that are asked each time; else it is done in passing.
    """
    n, met = scratch.n, scratch.met
    bit, word = np.uint32(slot & 31), (slot >> 5) * LANES
    draws = (back & 3) * TWICE + shift
    for lane in range(LANES):
        living = (scratch.alive[word + lane] >> bit) & np.uint32(1)
        if living == 0 or (terms.opt_out and met[met_absent(slot) + lane] == 1):
            continue
        lead = met[met_score(slot) + lane] - n[PUBLISHED + lane]
        draw = scratch.draws[draws + lane]
        if is_pressed(lead, draw, layer, tables.pressing, terms.unit, parameters):
            n[PRESSERS + lane] += 1


@rule
def draw_pressing(circle: int, slot: int, calendar: Calendar, scratch: Scratch) -> None:
    """Who of a circle's 32 citizens presses in the four slots around one: draws, twice over."""
    key, draws, keys = fold(calendar.pressing_key, slot >> 2), scratch.draws, scratch.k
    first = np.uint64(circle) * np.uint64(LANES)
    for lane in range(LANES):
        keys[PRESSING_KEY + lane] = fold(key, first + np.uint64(lane))
    for place in range(4):
        twice(read_bits(keys, PRESSING_KEY, 16 * place, 16), place * TWICE, draws)


@rule
def pressing_is_on(calendar: Calendar, terms: SchemeTerms, parameters: Parameters) -> bool:
    """Whether anybody presses anybody: there is a map, and friends weigh something."""
    return terms.map and terms.share > 0.0 and calendar.in_force


@rule
def look_circle(
    circle: int, layout: Layout, yesterday: Records, extra: Extra, calendar: Calendar,
    terms: SchemeTerms, parameters: Parameters, tables: Tables, scratch: Scratch,
) -> None:  # fmt: skip
    """See the friends of a circle's citizens; the sisters are worked out already."""
    pressing = pressing_is_on(calendar, terms, parameters)
    sisters = scratch.sisters
    own_consent = circle * (yesterday.size >> 2) + LANES
    read_circle(circle, layout.words, yesterday, extra, terms, scratch)
    for lane in range(LANES):
        scratch.n[PUBLISHED + lane] = scratch.pair[SCORE_TWICE + lane]
        scratch.f[OWN + lane] = score_of(scratch.pair[SCORE_TWICE + lane], terms.low, terms.unit)
    compared = pressing and tables.pressing.compared
    for first in range(0, layout.ring, 4):
        layer = KIN if first < KIN_SLOTS else CIRCLE
        if pressing:
            draw_pressing(circle, first, calendar, scratch)
        look_into_slots(
            first, 4, ROUND, own_consent, layer, compared, yesterday, terms, tables, scratch
        )
        if pressing and not compared:
            for slot in range(first, first + 4):
                feel_pressure(
                    slot, slot ^ 1, shift_in_circle(slot), layer, terms, parameters, tables,
                    scratch,
                )  # fmt: skip
    for group in range(layout.groups):
        partner = sisters.partner[group]
        if partner < 0:
            continue
        layer, first = layout.group_layer[group], layout.group_slot[group]
        turn, people = sisters.turn[group], layout.group_people[group]
        read_circle(partner, layout.words, yesterday, extra, terms, scratch)
        if pressing:
            draw_pressing(partner, first, calendar, scratch)
        look_into_slots(
            first, people, turn, own_consent, layer, compared, yesterday, terms, tables, scratch
        )
        if pressing and not compared:
            for place in range(people):
                slot, shift = first + place, shift_of(turn, place)
                feel_pressure(slot, slot, shift, layer, terms, parameters, tables, scratch)


@rule
def sum_scores(
    layout: Layout, terms: SchemeTerms, tables: Tables, scratch: Scratch
) -> None:
    """Sums of friends' steps and of their weights, as the scheme's aggregate wants them."""
    f, n = scratch.f, scratch.n
    for lane in range(LANES):
        f[SCORES + lane] = 0.0
        f[STRENGTHS + lane] = 0.0
        n[COUNTED + lane] = 0
    for layer in range(NATION + 1):
        strength = tables.strength[layer] if terms.aggregate == WEIGHTED else 1.0
        steps_row, count_row = STEPS_OF_LAYER + layer * LANES, COUNT_OF_LAYER + layer * LANES
        for lane in range(LANES):
            f[SCORES + lane] += strength * n[steps_row + lane]
            f[STRENGTHS + lane] += strength * n[count_row + lane]
            n[COUNTED + lane] += n[count_row + lane]
    if terms.aggregate == LOWEST or terms.aggregate == LOWEST_K:
        most = 1 if terms.aggregate == LOWEST else terms.lowest_k
        for lane in range(LANES):
            sum_lowest(lane, most, layout.slots, terms, scratch)


@rule
def sum_lowest(lane: int, most: int, slots: int, terms: SchemeTerms, scratch: Scratch) -> None:
    """Sum of the lowest steps among one citizen's friends."""
    held = 0
    for slot in range(slots):
        word = scratch.alive[(slot >> 5) * LANES + lane]
        if (word >> np.uint32(slot & 31)) & np.uint32(1) == 0:
            continue
        if terms.opt_out and scratch.met[met_absent(slot) + lane] == 1:
            continue
        step = float(scratch.met[met_score(slot) + lane])
        held = keep_lowest(scratch.lowest, held, most, step)
    total = 0.0
    for place in range(held):
        total += scratch.lowest[place]
    scratch.f[SCORES + lane] = total
    scratch.f[STRENGTHS + lane] = float(held)
