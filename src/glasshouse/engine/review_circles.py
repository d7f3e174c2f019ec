"""Reviewing a tie in circles: the friends are those met in the slots."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.engine.arrays import Calendar, Scratch, Tables
from glasshouse.engine.friends import (
    Known,
    greatest_drag,
    is_cut,
    looks_for_drag,
    perceived_score,
    place_by_chance,
)
from glasshouse.engine.lanes import CELL
from glasshouse.engine.tally import CUT_FOR_SCORE, CUT_LAYER
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.circles import friend_in_slot
from glasshouse.society.layout import Layout
from glasshouse.society.processor import lowest_one
from glasshouse.society.record import LANES, score_of


@rule
def list_friends(lane: int, layout: Layout, scratch: Scratch) -> int:
    """Write the slots of a citizen's living ties, in order; returns how many they are."""
    count = 0
    for word in range(layout.words):
        living = np.int64(scratch.alive[word * LANES + lane])
        while living != 0:
            scratch.friend[count] = word * 32 + lowest_one(living)
            living &= living - 1
            count += 1
    return count


@rule
def friend_met(
    i: int, lane: int, slot: int, layout: Layout, terms: SchemeTerms, tables: Tables,
    scratch: Scratch,
) -> Known:  # fmt: skip
    """What is known of the friend in a slot."""
    layer, at = layout.layer[slot], slot * LANES + lane
    return Known(
        friend_in_slot(i, slot, layout, scratch.sisters),
        slot,
        layer,
        int(scratch.met_score[at]),
        int(scratch.met_stance[at]),
        int(scratch.met_absent[at]) if terms.opt_out else 0,
        tables.strength[layer],
        tables.log_strength[layer],
    )


@rule
def see_friend(
    i: int, lane: int, place: int, layout: Layout, calendar: Calendar, terms: SchemeTerms,
    parameters: Parameters, tables: Tables, scratch: Scratch,
) -> None:  # fmt: skip
    """Write the score of a listed friend as it is perceived, and the strength of the tie."""
    slot = scratch.friend[place] & 0x7F
    at = slot * LANES + lane
    scratch.strength[place] = tables.slot_strength[slot]
    if terms.opt_out and scratch.met_absent[at] == 1:
        scratch.strength[place] = -1.0
    if terms.map:
        step = np.int64(scratch.met_score[at])
        scratch.perceived[place] = score_of(float(step), terms.low, terms.unit)
    else:
        known = friend_met(i, lane, slot, layout, terms, tables, scratch)
        scratch.perceived[place] = perceived_score(
            i, lane, known, calendar, terms, parameters, scratch
        )


@rule
def review_in_circle(
    i: int, lane: int, layout: Layout, calendar: Calendar, terms: SchemeTerms,
    parameters: Parameters, tables: Tables, scratch: Scratch, tally: NDArray[np.int64],
) -> int:  # fmt: skip
    """Slot whose tie a citizen cuts today, or -1."""
    friends = list_friends(lane, layout, scratch)
    chosen, gain = scratch.friend[place_by_chance(lane, scratch)], 0.0
    if looks_for_drag(lane, terms, parameters, scratch):
        for place in range(friends):
            see_friend(i, lane, place, layout, calendar, terms, parameters, tables, scratch)
        place, gain = greatest_drag(friends, lane, terms, scratch)
        if place >= 0:
            chosen = scratch.friend[place]
    known = friend_met(i, lane, chosen & 0x7F, layout, terms, tables, scratch)
    if not is_cut(i, lane, known, gain, calendar, terms, parameters, tables, scratch):
        return -1
    cell = scratch.n[CELL + lane]
    tally[cell, CUT_LAYER + known.layer] += 1
    tally[cell, CUT_FOR_SCORE] += 1 if gain > 0.0 else 0
    return int(chosen)
