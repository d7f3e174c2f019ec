"""Stage 1, look, in circles: what 32 citizens see of their friends at the end of yesterday.

The own circle and every sister circle is read once, each number written twice over, so that the
friends of 32 citizens in one slot are 32 numbers in a row, from the lane that the pair's turn says.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.chance.streams import fold, stepped
from glasshouse.engine.arrays import Calendar, Extra, Scratch, Tables
from glasshouse.engine.bounds import write_keys_twice
from glasshouse.engine.lanes import (
    AGAINST_FAR,
    AGAINST_NEAR,
    COUNT_OF_LAYER,
    COUNTED,
    FOR_FAR,
    FOR_NEAR,
    FRIENDS,
    OWN,
    OWN_CIRCLE,
    PRESSERS,
    PUBLISHED,
    SCORES,
    STANCES,
    STEPS_OF_LAYER,
    STRENGTHS,
    TWICE,
)
from glasshouse.engine.lowest import keep_lowest
from glasshouse.engine.pressing import is_pressed
from glasshouse.engine.vector import (
    no_lanes,
    raised,
    read_lanes,
    shifted,
    where_at_least,
    where_at_most,
    write_lanes,
)
from glasshouse.model.scoring import LOWEST, LOWEST_K, WEIGHTED
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.circles import (
    circle_of_slot,
    shift_in_circle,
    shift_of,
    shift_of_slot,
)
from glasshouse.society.layout import KIN_SLOTS, Layout, sister_slot
from glasshouse.society.record import LANES, Records, score_of
from glasshouse.society.ties import CIRCLE, KIN, NATION

# In the place of a pair's turn: the friends are those round one's own circle.
ROUND = -1


@rule
def read_circle(
    place: int, circle: int, words: int, yesterday: Records, extra: Extra, terms: SchemeTerms,
    scratch: Scratch,
) -> None:  # fmt: skip
    """Write a circle's numbers twice over, in the rows of the ``place``-th circle looked at."""
    row = place * TWICE
    if len(extra.published) > 0:
        twice(read_lanes(extra.published, circle * LANES), row, scratch.score)
    else:
        twice(read_lanes(yesterday.score, circle * (yesterday.size >> 1)), row, scratch.score)
    twice(read_lanes(yesterday.feeling, circle * yesterday.size + 64), row, scratch.stance)
    if terms.opt_out:
        twice(read_lanes(extra.absent, circle * LANES), row, scratch.absent)
    at = circle * (yesterday.size >> 2) + LANES
    for word in range(words):
        consent = read_lanes(yesterday.consent, at + word * LANES)
        twice(consent, (place * words + word) * TWICE, scratch.consent)


@rule
def twice(lanes: Any, row: int, numbers: NDArray[Any]) -> None:
    """Write 32 numbers and, behind them, the same again."""
    write_lanes(numbers, row, lanes)
    write_lanes(numbers, row + LANES, lanes)


@rule
def add_lanes(row: int, lanes: Any, numbers: NDArray[np.int32]) -> None:
    """Add 32 numbers to a row."""
    write_lanes(numbers, row, read_lanes(numbers, row) + lanes)


@rule
def look_into_slots(
    place: int, first: int, count: int, turn: int, layer: int, words: int, pressed: bool,
    terms: SchemeTerms, tables: Tables, scratch: Scratch,
) -> None:  # fmt: skip
    """Look at the friends of 32 citizens in consecutive slots of one layer and one circle.

    ``place`` says where the circle's numbers lie, ``turn`` is the pair's, or ``ROUND`` within one's
    own circle. The slots share a word of consent. Who presses is counted where ``pressed``.
    """
    n = scratch.n
    word, row = first >> 5, place * TWICE
    mine = read_lanes(scratch.consent, word * TWICE)
    theirs_at = (place * words + word) * TWICE
    alive = read_lanes(scratch.alive, word * LANES)
    living_ties = stances = visibly_for = visibly_against = no_lanes()
    counted = steps = pressers = no_lanes()
    own = read_lanes(n, PUBLISHED)
    pressing = tables.pressing
    for nth in range(count):
        slot = first + nth
        back, shift = slot, shift_in_circle(slot)
        if turn == ROUND:
            back = slot ^ 1
        else:
            shift = shift_of(turn, nth)
        theirs = read_lanes(scratch.consent, theirs_at + shift)
        living = shifted(mine, slot & 31) & shifted(theirs, back & 31) & 1
        step = read_lanes(scratch.score, row + shift)
        stance = read_lanes(scratch.stance, row + shift)
        write_lanes(scratch.met_score, slot * LANES, step)
        write_lanes(scratch.met_stance, slot * LANES, stance)
        alive = alive | raised(living, slot & 31)
        living_ties = living_ties + living
        stances = stances + living * stance
        visibly_for = visibly_for + where_at_least(living, stance, tables.visible_for)
        visibly_against = visibly_against + where_at_most(living, stance, tables.visible_against)
        if terms.opt_out:
            absent = read_lanes(scratch.absent, row + shift)
            write_lanes(scratch.met_absent, slot * LANES, absent)
            living = living - living * absent
        if pressed:
            draw = read_lanes(scratch.draws, back * TWICE + shift)
            ahead = where_at_least(living, step - own, pressing.least_lead)
            pressers = pressers + where_at_most(ahead, draw, pressing.reach[layer] - 1)
        counted = counted + living
        steps = steps + living * step
    near = layer <= CIRCLE
    write_lanes(scratch.alive, word * LANES, alive)
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
    n, row = scratch.n, slot * LANES
    bit, word = np.uint32(slot & 31), (slot >> 5) * LANES
    draws = back * TWICE + shift
    for lane in range(LANES):
        living = (scratch.alive[word + lane] >> bit) & np.uint32(1)
        if living == 0 or (terms.opt_out and scratch.met_absent[row + lane] == 1):
            continue
        lead = np.int64(scratch.met_score[row + lane]) - n[PUBLISHED + lane]
        draw = scratch.draws[draws + lane]
        if is_pressed(lead, draw, layer, tables.pressing, terms.unit, parameters):
            n[PRESSERS + lane] += 1


@rule
def draw_pressing(circle: int, slot: int, calendar: Calendar, scratch: Scratch) -> None:
    """Who of a circle's 32 citizens presses the friend in a slot: draws, twice over.

    Eight keys of 64 bits are 32 draws of 16, as they lie in memory.
    """
    first = stepped(fold(calendar.pressing_key, slot), circle * 8)
    write_keys_twice(scratch.draw_keys, slot * (TWICE // 4), np.uint64(first))


@rule
def pressing_is_on(calendar: Calendar, terms: SchemeTerms, parameters: Parameters) -> bool:
    """Whether anybody presses anybody: there is a map, and friends weigh something."""
    return terms.map and terms.share > 0.0 and calendar.in_force


@rule
def read_circles(
    circle: int, layout: Layout, pressing: bool, yesterday: Records, extra: Extra,
    calendar: Calendar, terms: SchemeTerms, scratch: Scratch,
) -> None:  # fmt: skip
    """Write the numbers of the own circle and of all sisters, and the draws of who presses.

    All are written before any is read, so that no reading has to wait for a writing.
    """
    read_circle(0, circle, layout.words, yesterday, extra, terms, scratch)
    for group in range(layout.groups):
        partner = scratch.sisters.partner[group]
        if partner >= 0:
            read_circle(group + 1, partner, layout.words, yesterday, extra, terms, scratch)
    if pressing:
        for slot in range(layout.slots):
            partner = circle_of_slot(slot, circle, layout, scratch.sisters)
            if partner >= 0:
                draw_pressing(partner, slot, calendar, scratch)


@rule
def look_circle(
    circle: int, layout: Layout, yesterday: Records, extra: Extra, calendar: Calendar,
    terms: SchemeTerms, parameters: Parameters, tables: Tables, scratch: Scratch,
) -> None:  # fmt: skip
    """See the friends of a circle's citizens; the sisters are worked out already."""
    pressing = pressing_is_on(calendar, terms, parameters)
    words, sisters = layout.words, scratch.sisters
    read_circles(circle, layout, pressing, yesterday, extra, calendar, terms, scratch)
    write_lanes(scratch.n, PUBLISHED, read_lanes(scratch.score, OWN_CIRCLE))
    for lane in range(LANES):
        scratch.f[OWN + lane] = score_of(scratch.n[PUBLISHED + lane], terms.low, terms.unit)
    compared = pressing and tables.pressing.compared
    for first in range(0, layout.ring, 4):
        layer = KIN if first < KIN_SLOTS else CIRCLE
        look_into_slots(0, first, 4, ROUND, layer, words, compared, terms, tables, scratch)
    for group in range(layout.groups):
        if sisters.partner[group] >= 0:
            look_into_slots(
                group + 1, layout.group_slot[group], layout.group_people[group],
                sisters.turn[group], layout.group_layer[group], words, compared, terms, tables,
                scratch,
            )  # fmt: skip
    if pressing and not compared:
        feel_all_pressure(layout, terms, parameters, tables, scratch)


@rule
def feel_all_pressure(
    layout: Layout, terms: SchemeTerms, parameters: Parameters, tables: Tables, scratch: Scratch
) -> None:
    """Count who presses, slot by slot."""
    for slot in range(layout.slots):
        group = layout.group[slot]
        back = sister_slot(slot, layout.ring)
        if group >= 0 and scratch.sisters.partner[group] < 0:
            continue
        shift = shift_of_slot(slot, layout, scratch.sisters)
        layer = layout.layer[slot]
        feel_pressure(slot, back, shift, layer, terms, parameters, tables, scratch)


@rule
def sum_scores(layout: Layout, terms: SchemeTerms, tables: Tables, scratch: Scratch) -> None:
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
        if terms.opt_out and scratch.met_absent[slot * LANES + lane] == 1:
            continue
        step = float(scratch.met_score[slot * LANES + lane])
        held = keep_lowest(scratch.lowest, held, most, step)
    total = 0.0
    for place in range(held):
        total += scratch.lowest[place]
    scratch.f[SCORES + lane] = total
    scratch.f[STRENGTHS + lane] = float(held)
