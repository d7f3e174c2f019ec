"""Reviewing a tie in an explicit graph: the friends are those at the living half-edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.engine.arrays import Calendar, Edges, Extra, Scratch, Tables
from glasshouse.engine.friends import (
    Known,
    greatest_drag,
    is_cut,
    looks_for_drag,
    perceived_score,
    place_by_chance,
)
from glasshouse.engine.lanes import CELL
from glasshouse.engine.seen import stance_of, step_of
from glasshouse.engine.tally import CUT_FOR_SCORE, CUT_LAYER
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters


@rule
def list_edges(i: int, edges: Edges, scratch: Scratch) -> int:
    """Write a citizen's living half-edges, in order; returns how many they are."""
    count = 0
    for e in range(edges.offsets[i], edges.offsets[i + 1]):
        if edges.alive[e] == 1:
            scratch.friend[count] = e
            count += 1
    return count


@rule
def friend_at(i: int, e: int, extra: Extra, edges: Edges, terms: SchemeTerms) -> Known:
    """What is known of the friend at a half-edge."""
    j = edges.friend[e]
    return Known(
        int(j),
        int(e - edges.offsets[i]),
        int(edges.layer[e]),
        step_of(edges.seen[j]),
        stance_of(edges.seen[j]),
        int(extra.absent[j]) if terms.opt_out else 0,
        edges.strength[e],
        edges.log_strength[e],
    )


@rule
def review_along_edges(
    i: int, extra: Extra, edges: Edges, calendar: Calendar, terms: SchemeTerms,
    parameters: Parameters, tables: Tables, scratch: Scratch, tally: NDArray[np.int64],
) -> int:  # fmt: skip
    """Half-edge that a citizen cuts today, or -1."""
    lane = i & 31
    friends = list_edges(i, edges, scratch)
    chosen, gain = scratch.friend[place_by_chance(lane, scratch)], 0.0
    if looks_for_drag(lane, terms, parameters, scratch):
        for place in range(friends):
            known = friend_at(i, scratch.friend[place], extra, edges, terms)
            scratch.strength[place] = known.strength if known.absent == 0 else -1.0
            scratch.perceived[place] = perceived_score(
                i, lane, known, calendar, terms, parameters, scratch
            )
        place, gain = greatest_drag(friends, lane, terms, scratch)
        if place >= 0:
            chosen = scratch.friend[place]
    known = friend_at(i, chosen, extra, edges, terms)
    if not is_cut(i, lane, known, gain, calendar, terms, parameters, tables, scratch):
        return -1
    cell = scratch.n[CELL + lane]
    tally[cell, CUT_LAYER + known.layer] += 1
    tally[cell, CUT_FOR_SCORE] += 1 if gain > 0.0 else 0
    return int(chosen)
