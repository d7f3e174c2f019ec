"""Stage 1, look, in circles: what 32 citizens see of their friends at the end of yesterday.

The own circle and every sister circle is read once, each number written twice over, so that the
friends of 32 citizens in one slot are 32 numbers in a row, from the lane that the pair's turn says.
"""

from __future__ import annotations

import numpy as np

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
from glasshouse.engine.pressing import sixteen_bits
from glasshouse.model.pressure import presses, would_press
from glasshouse.model.scoring import LOWEST, LOWEST_K, WEIGHTED
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.circles import shift_in_circle, shift_of
from glasshouse.society.layout import Layout
from glasshouse.society.record import LANES, Records, score_of
from glasshouse.society.ties import CIRCLE, NATION


@rule
def read_circle(
    circle: int, words: int, yesterday: Records, extra: Extra, terms: SchemeTerms,
    scratch: Scratch,
) -> None:  # fmt: skip
    """Write a circle's numbers twice over."""
    pair = scratch.pair
    at = circle * (yesterday.size >> 1)
    if len(extra.published) > 0:
        for lane in range(LANES):
            step = np.int32(extra.published[circle * LANES + lane])
            pair[SCORE_TWICE + lane] = step
            pair[SCORE_TWICE + LANES + lane] = step
    else:
        for lane in range(LANES):
            step = np.int32(yesterday.score[at + lane])
            pair[SCORE_TWICE + lane] = step
            pair[SCORE_TWICE + LANES + lane] = step
    at = circle * yesterday.size + 64
    for lane in range(LANES):
        stance = np.int32(yesterday.feeling[at + lane])
        pair[STANCE_TWICE + lane] = stance
        pair[STANCE_TWICE + LANES + lane] = stance
    if terms.opt_out:
        for lane in range(LANES):
            absent = np.int32(extra.absent[circle * LANES + lane])
            pair[ABSENT_TWICE + lane] = absent
            pair[ABSENT_TWICE + LANES + lane] = absent
    at = circle * (yesterday.size >> 2) + LANES
    for word in range(words):
        for lane in range(LANES):
            consent = np.int32(yesterday.consent[at + word * LANES + lane])
            pair[CONSENT_TWICE + word * TWICE + lane] = consent
            pair[CONSENT_TWICE + word * TWICE + LANES + lane] = consent


@rule
def look_into_slot(
    slot: int, back: int, shift: int, own_consent: int, yesterday: Records, layer: int,
    terms: SchemeTerms, tables: Tables, scratch: Scratch,
) -> None:  # fmt: skip
    """Look at the friends of 32 citizens in one slot."""
    n, pair, met, alive = scratch.n, scratch.pair, scratch.met, scratch.alive
    bit, back_bit = np.uint32(slot & 31), np.uint32(back & 31)
    word = (slot >> 5) * LANES
    back_word = CONSENT_TWICE + (back >> 5) * TWICE + shift
    score_row, stance_row = met_score(slot), met_stance(slot)
    near = layer <= CIRCLE
    for_row = FOR_NEAR if near else FOR_FAR
    against_row = AGAINST_NEAR if near else AGAINST_FAR
    steps_row, count_row = STEPS_OF_LAYER + layer * LANES, COUNT_OF_LAYER + layer * LANES
    visible_for, visible_against = np.int32(tables.visible_for), np.int32(tables.visible_against)
    for lane in range(LANES):
        living = np.int32(
            (yesterday.consent[own_consent + word + lane] >> bit)
            & (np.uint32(pair[back_word + lane]) >> back_bit)
            & np.uint32(1)
        )
        step = pair[SCORE_TWICE + shift + lane]
        stance = pair[STANCE_TWICE + shift + lane]
        met[score_row + lane] = step
        met[stance_row + lane] = stance
        alive[word + lane] |= np.uint32(living) << bit
        n[FRIENDS + lane] += living
        n[STANCES + lane] += living * stance
        n[for_row + lane] += living if stance >= visible_for else np.int32(0)
        n[against_row + lane] += living if stance <= visible_against else np.int32(0)
        n[steps_row + lane] += living * step
        n[count_row + lane] += living
    if terms.opt_out:
        absent_row = met_absent(slot)
        for lane in range(LANES):
            left = pair[ABSENT_TWICE + shift + lane]
            met[absent_row + lane] = left
            gone = left * np.int32((alive[word + lane] >> bit) & np.uint32(1))
            n[steps_row + lane] -= gone * met[score_row + lane]
            n[count_row + lane] -= gone


@rule
def feel_pressure(
    slot: int, back: int, shift: int, layer: int, terms: SchemeTerms, parameters: Parameters,
    scratch: Scratch,
) -> None:  # fmt: skip
    """Count who of the friends of 32 citizens in one slot presses them this month."""
    f, n, met, alive, keys = scratch.f, scratch.n, scratch.met, scratch.alive, scratch.keys
    bit, word = np.uint32(slot & 31), (slot >> 5) * LANES
    score_row, absent_row = met_score(slot), met_absent(slot)
    for lane in range(LANES):
        theirs = score_of(met[score_row + lane], terms.low, terms.unit)
        living = (alive[word + lane] >> bit) & np.uint32(1)
        u = sixteen_bits(keys[shift + lane], back)
        pressed = would_press(theirs, f[OWN + lane], parameters) & presses(u, layer, parameters)
        n[PRESSERS + lane] += np.int32(living) if pressed else np.int32(0)
    if terms.opt_out:
        for lane in range(LANES):
            theirs = score_of(met[score_row + lane], terms.low, terms.unit)
            living = np.int32((alive[word + lane] >> bit) & np.uint32(1))
            u = sixteen_bits(keys[shift + lane], back)
            pressed = would_press(theirs, f[OWN + lane], parameters) & presses(
                u, layer, parameters
            )
            n[PRESSERS + lane] -= living * met[absent_row + lane] if pressed else np.int32(0)


@rule
def draw_pressing(circle: int, slot: int, calendar: Calendar, scratch: Scratch) -> None:
    """Keys of who presses in the four slots around one, of a circle's 32 citizens, twice over."""
    key = fold(calendar.pressing_key, slot >> 2)
    for lane in range(LANES):
        drawn = fold(key, circle * LANES + lane)
        scratch.keys[lane] = drawn
        scratch.keys[lane + LANES] = drawn


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
        scratch.f[OWN + lane] = score_of(scratch.pair[SCORE_TWICE + lane], terms.low, terms.unit)
    for slot in range(layout.ring):
        layer, back, shift = layout.layer[slot], slot ^ 1, shift_in_circle(slot)
        look_into_slot(
            slot, back, shift, own_consent, yesterday, layer, terms, tables, scratch
        )
        if pressing:
            if slot & 3 == 0:
                draw_pressing(circle, slot, calendar, scratch)
            feel_pressure(slot, back, shift, layer, terms, parameters, scratch)
    for group in range(layout.groups):
        partner = sisters.partner[group]
        if partner < 0:
            continue
        layer, first = layout.group_layer[group], layout.group_slot[group]
        read_circle(partner, layout.words, yesterday, extra, terms, scratch)
        if pressing:
            draw_pressing(partner, first, calendar, scratch)
        for place in range(layout.group_people[group]):
            slot, shift = first + place, shift_of(sisters.turn[group], place)
            look_into_slot(
                slot, slot, shift, own_consent, yesterday, layer, terms, tables, scratch
            )
            if pressing:
                feel_pressure(slot, slot, shift, layer, terms, parameters, scratch)


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
