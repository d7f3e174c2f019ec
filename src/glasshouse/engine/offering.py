"""After the sweep: the day's offers are worked out, then cuts and openings take effect."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.streams import below, first_uniform, fold, uniform
from glasshouse.engine.arrays import Calendar, Folk, Links, Sides, State
from glasshouse.measures.counters import OPENED
from glasshouse.model.friendship import chance_of_accepting, may_reopen
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.people import CIRCLE_SIZE, DISTRICT_SIZE
from glasshouse.society.record import feeling_of


@rule
def offered_tie(
    i: int, key: int, calendar: Calendar, links: Links, sides: Sides
) -> int:  # fmt: skip
    """Half-edge of one of a citizen's closed sides, drawn among those that may reopen; or -1."""
    eligible = 0
    chosen = -1
    for count in range(2):
        nth = below(fold(key, 1), max(eligible, 1))
        passed = 0
        for e in range(links.offsets[i], links.offsets[i + 1]):
            j = links.friend[e]
            pair = fold(fold(calendar.accepting_key, min(i, j)), max(i, j))
            if sides.consent[e] == 0 and may_reopen(calendar.month, below(pair, 12)):
                if count == 0:
                    eligible += 1
                elif passed == nth:
                    chosen = e
                passed += 1
    return chosen


@rule
def accepted_offer(
    block: int, state: State, folk: Folk, links: Links, sides: Sides, degree: NDArray[np.int32],
    calendar: Calendar, terms: SchemeTerms, parameters: Parameters,
) -> int:  # fmt: skip
    """Half-edge that somebody of 32 consecutive citizens offers tonight with success; or -1."""
    key = fold(calendar.opening_key, block)
    if first_uniform(key) >= CIRCLE_SIZE * parameters.openings_per_day:
        return -1
    i = block * CIRCLE_SIZE + below(fold(key, 0), CIRCLE_SIZE)
    if i >= len(degree) or degree[i] >= folk.capacity[i]:
        return -1
    edge = offered_tie(i, key, calendar, links, sides)
    if edge < 0:
        return -1
    j = links.friend[edge]
    chance = chance_of_accepting(
        abs(feeling_of(state.stance[i]) - feeling_of(state.stance[j])),
        (float(state.published[i]) - float(state.published[j])) * terms.unit,
        terms.status,
        parameters,
    )
    return edge if uniform(fold(key, 2)) < chance else -1


@compiled()
def settle_ties(
    state: State, folk: Folk, links: Links, sides: Sides, cut: NDArray[np.int64],
    degree: NDArray[np.int32], calendar: Calendar, terms: SchemeTerms, parameters: Parameters,
    totals: NDArray[np.float64],
) -> None:  # fmt: skip
    """After the sweep: offers of the day are worked out, then openings and cuts take effect.

    Of every 32 consecutive citizens at most one makes an offer on a day. Each of the two opens
    their own side if they have room; the tie lives once both sides are open. All offers are made
    before any side opens, so that their order does not matter.
    """
    citizens = len(degree)
    blocks = (citizens + CIRCLE_SIZE - 1) // CIRCLE_SIZE
    offered = np.empty(blocks, np.int64)
    for block in range(blocks):
        offered[block] = accepted_offer(
            block, state, folk, links, sides, degree, calendar, terms, parameters
        )
    for edge in offered:
        if edge >= 0:
            sides.consent[edge] = 1
            j = links.friend[edge]
            if degree[j] < folk.capacity[j]:
                sides.consent[links.back[edge]] = 1
    for edge in offered:
        if edge < 0 or sides.alive[edge] == 1:
            continue
        back = links.back[edge]
        if sides.consent[back] == 1:
            sides.alive[edge] = 1
            sides.alive[back] = 1
            i = links.friend[back]
            cell = folk.minority[i] + 2 * (1 if state.opinion[i] < 0 else 0)
            totals[i // DISTRICT_SIZE, cell, OPENED] += 1.0
    for i in range(citizens):
        if cut[i] >= 0:
            sides.consent[cut[i]] = 0
            sides.alive[cut[i]] = 0
            sides.alive[links.back[cut[i]]] = 0
