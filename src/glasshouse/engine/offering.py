"""After the sweep: the offers of the day, and how they and the cuts take effect.

Of every 32 consecutive citizens at most one makes an offer on a day. Each of the two opens their
own side if they have room; the tie lives once both sides are open. All offers are made from
yesterday, before any side opens, so that their order does not matter.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.streams import below, first_uniform, fold, uniform
from glasshouse.engine.arrays import Calendar, Edges, Extra, Scratch
from glasshouse.engine.seen import published_at
from glasshouse.engine.tally import TIES_OPENED
from glasshouse.model.friendship import chance_of_accepting, may_reopen
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.circles import friend_in_slot, slot_is_used
from glasshouse.society.layout import sister_slot
from glasshouse.society.net import CircleNet, living_friends, visit
from glasshouse.society.people import draw_traits
from glasshouse.society.record import (
    LANES,
    Records,
    feeling_of,
    opinion_at,
    side_is_open,
    stance_at,
)
from glasshouse.society.start import Beginning, capacity_of


@rule
def offering_citizen(block: int, citizens: int, calendar: Calendar, parameters: Parameters) -> int:
    """Who of 32 consecutive citizens may make an offer today; -1 for nobody."""
    key = fold(calendar.opening_key, block)
    if first_uniform(key) >= LANES * parameters.openings_per_day:
        return -1
    i = block * LANES + below(fold(key, 0), LANES)
    return i if i < citizens else -1


@rule
def turn_to_reopen(i: int, j: int, calendar: Calendar) -> bool:
    """Whether this is the pair's month of the year."""
    pair = fold(fold(calendar.accepting_key, min(i, j)), max(i, j))
    return may_reopen(calendar.month, below(pair, 12))


@rule
def is_accepted(
    i: int, j: int, yesterday: Records, extra: Extra, calendar: Calendar, terms: SchemeTerms,
    parameters: Parameters,
) -> bool:  # fmt: skip
    """Whether j accepts what i offers."""
    key = fold(calendar.opening_key, i >> 5)
    mine, theirs = published_at(i, yesterday, extra), published_at(j, yesterday, extra)
    chance = chance_of_accepting(
        abs(feeling_of(stance_at(yesterday, i)) - feeling_of(stance_at(yesterday, j))),
        (float(mine) - float(theirs)) * terms.unit,
        terms.status,
        parameters,
    )
    return uniform(fold(key, 2)) < chance


@rule
def offered_slot(i: int, net: CircleNet, calendar: Calendar, scratch: Scratch) -> int:
    """One of a citizen's closed slots, drawn among those that may reopen; -1 for none."""
    layout, sisters = net.layout, scratch.sisters
    eligible = 0
    for slot in range(layout.slots):
        if side_is_open(net.records, i, slot) == 1 or not slot_is_used(slot, layout, sisters):
            continue
        j = friend_in_slot(i, slot, layout, sisters)
        if j < net.citizens and turn_to_reopen(i, j, calendar):
            scratch.friend[eligible] = slot
            eligible += 1
    if eligible == 0:
        return -1
    key = fold(calendar.opening_key, i >> 5)
    return int(scratch.friend[below(fold(key, 1), eligible)])


@compiled()
def offer_in_circles(
    first: int, last: int, net: Any, beginning: Beginning, extra: Extra, calendar: Calendar,
    terms: SchemeTerms, parameters: Parameters, scratch: Scratch, offers: NDArray[np.int64],
) -> int:  # fmt: skip
    """Offers with success of some circles' citizens; returns how many they are."""
    count = 0
    layout = net.layout
    for circle in range(first, last):
        i = offering_citizen(circle, net.citizens, calendar, parameters)
        if i < 0:
            continue
        visit(net, circle, scratch.sisters)
        degree = living_friends(net, i, scratch.sisters, scratch.friend)
        if degree >= capacity_of(i, beginning):
            continue
        slot = offered_slot(i, net, calendar, scratch)
        if slot < 0:
            continue
        j = friend_in_slot(i, slot, layout, scratch.sisters)
        if not is_accepted(i, j, net.records, extra, calendar, terms, parameters):
            continue
        visit(net, j >> 5, scratch.sisters)
        degree = living_friends(net, j, scratch.sisters, scratch.friend)
        offers[count, 0], offers[count, 1] = i, slot
        offers[count, 2] = j if degree < capacity_of(j, beginning) else -1 - j
        count += 1
    return count


@compiled()
def open_in_circles(
    offers: NDArray[np.int64], ring: int, today: Records, opened: NDArray[np.int64]
) -> int:
    """Open the sides of offers; returns how many ties came to live, who offered in ``opened``."""
    count = 0
    for place in range(len(offers)):
        i, slot, j = offers[place, 0], offers[place, 1], offers[place, 2]
        both = j >= 0
        j = j if both else -1 - j
        back = sister_slot(slot, ring)
        alive = side_is_open(today, i, slot) & side_is_open(today, j, back)
        set_side(today, i, slot)
        if both:
            set_side(today, j, back)
        if alive == 0 and side_is_open(today, j, back) == 1:
            opened[count] = i
            count += 1
    return count


@rule
def set_side(records: Records, i: int, slot: int) -> None:
    """Open a citizen's own side of a slot."""
    at = (i >> 5) * (records.size >> 2) + 32 + 32 * (slot >> 5) + (i & 31)
    records.consent[at] |= np.uint32(1) << np.uint32(slot & 31)


@rule
def offered_edge(i: int, edges: Edges, calendar: Calendar, scratch: Scratch) -> int:
    """One of a citizen's closed half-edges, drawn among those that may reopen; -1 for none."""
    eligible = 0
    for e in range(edges.offsets[i], edges.offsets[i + 1]):
        if edges.consent[e] == 0 and turn_to_reopen(i, edges.friend[e], calendar):
            scratch.friend[eligible] = e
            eligible += 1
    if eligible == 0:
        return -1
    key = fold(calendar.opening_key, i >> 5)
    return int(scratch.friend[below(fold(key, 1), eligible)])


@rule
def living_edges(i: int, edges: Edges) -> int:
    """Living ties of a citizen of a graph."""
    count = 0
    for e in range(edges.offsets[i], edges.offsets[i + 1]):
        count += edges.alive[e]
    return count


@compiled()
def settle_edges(
    citizens: int, edges: Edges, cut: NDArray[np.int64], yesterday: Records, extra: Extra,
    calendar: Calendar, terms: SchemeTerms, parameters: Parameters, scratch: Scratch,
    opened: NDArray[np.int64],
) -> int:  # fmt: skip
    """Offers, openings and cuts of a graph; returns how many ties came to live."""
    blocks = (citizens + LANES - 1) // LANES
    offers = np.empty((blocks, 2), np.int64)
    made = count = 0
    for block in range(blocks):
        i = offering_citizen(block, citizens, calendar, parameters)
        # There is room for every possible tie of a graph.
        if i < 0 or living_edges(i, edges) >= edges.offsets[i + 1] - edges.offsets[i]:
            continue
        e = offered_edge(i, edges, calendar, scratch)
        if e < 0:
            continue
        j = int(edges.friend[e])
        if is_accepted(i, j, yesterday, extra, calendar, terms, parameters):
            room = living_edges(j, edges) < edges.offsets[j + 1] - edges.offsets[j]
            offers[made, 0], offers[made, 1] = e, 1 if room else 0
            made += 1
    for place in range(made):
        e = offers[place, 0]
        edges.consent[e] = 1
        if offers[place, 1] == 1:
            edges.consent[edges.back[e]] = 1
    for place in range(made):
        e = offers[place, 0]
        back = edges.back[e]
        if edges.alive[e] == 0 and edges.consent[back] == 1:
            edges.alive[e] = 1
            edges.alive[back] = 1
            opened[count] = edges.friend[back]
            count += 1
    for i in range(citizens):
        if cut[i] >= 0:
            edges.consent[cut[i]] = 0
            edges.alive[cut[i]] = 0
            edges.alive[edges.back[cut[i]]] = 0
    return count


@compiled()
def count_opened(
    opened: NDArray[np.int64], seed: Any, yesterday: Records, beginning: Beginning,
    tally: NDArray[np.int64],
) -> None:  # fmt: skip
    """Count ties that came to live, with those who offered."""
    for place in range(len(opened)):
        i = opened[place]
        minority = draw_traits(seed, i, beginning.parameters, beginning.shares).minority
        dissents = 1 if opinion_at(yesterday, i) < 0 else 0
        tally[minority + 2 * dissents, TIES_OPENED] += 1
