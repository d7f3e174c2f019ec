"""Stage 1, look, in an explicit graph: what 32 citizens see of their friends, edge by edge."""

from __future__ import annotations

import numpy as np

from glasshouse.chance.rule import rule
from glasshouse.engine.arrays import Calendar, Edges, Extra, Scratch, Tables
from glasshouse.engine.lanes import (
    AGAINST_FAR,
    AGAINST_NEAR,
    COUNTED,
    FOR_FAR,
    FOR_NEAR,
    FRIENDS,
    OWN,
    PRESSERS,
    SCORES,
    STANCES,
    STRENGTHS,
)
from glasshouse.engine.look_circles import pressing_is_on
from glasshouse.engine.lowest import keep_lowest
from glasshouse.engine.pressing import is_pressed, pressing_draw
from glasshouse.model.scoring import LOWEST, LOWEST_K, WEIGHTED
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.record import LANES, Records, score_at, score_of, stance_at
from glasshouse.society.ties import CIRCLE


@rule
def published_at(i: int, yesterday: Records, extra: Extra) -> int:
    """Published score of a citizen, in steps."""
    if len(extra.published) > 0:
        return np.int64(extra.published[i])  # type: ignore[return-value]
    return score_at(yesterday, i)


@rule
def look_along_edges(
    i: int, yesterday: Records, extra: Extra, edges: Edges, calendar: Calendar,
    terms: SchemeTerms, parameters: Parameters, tables: Tables, scratch: Scratch,
) -> None:  # fmt: skip
    """See one citizen's friends."""
    f, n, lane = scratch.f, scratch.n, i & 31
    pressing = pressing_is_on(calendar, terms, parameters)
    lowest = terms.aggregate == LOWEST or terms.aggregate == LOWEST_K
    most = 1 if terms.aggregate == LOWEST else terms.lowest_k
    held = 0
    mine = published_at(i, yesterday, extra)
    f[OWN + lane] = score_of(mine, terms.low, terms.unit)
    for e in range(edges.offsets[i], edges.offsets[i + 1]):
        if edges.alive[e] == 0:
            continue
        j = edges.friend[e]
        stance = stance_at(yesterday, j)
        n[FRIENDS + lane] += 1
        n[STANCES + lane] += stance
        near = edges.layer[e] <= CIRCLE
        if stance >= tables.visible_for:
            n[(FOR_NEAR if near else FOR_FAR) + lane] += 1
        elif stance <= tables.visible_against:
            n[(AGAINST_NEAR if near else AGAINST_FAR) + lane] += 1
        if terms.opt_out and extra.absent[j] == 1:
            continue
        step = published_at(j, yesterday, extra)
        n[COUNTED + lane] += 1
        if lowest:
            held = keep_lowest(scratch.lowest, held, most, float(step))
        else:
            strength = edges.strength[e] if terms.aggregate == WEIGHTED else 1.0
            f[SCORES + lane] += strength * step
            f[STRENGTHS + lane] += strength
        if pressing:
            slot = edges.back[e] - edges.offsets[j]
            draw = pressing_draw(calendar.pressing_key, j, slot)
            if is_pressed(
                step - mine, draw, edges.layer[e], tables.pressing, terms.unit, parameters
            ):
                n[PRESSERS + lane] += 1
    if lowest:
        for place in range(held):
            f[SCORES + lane] += scratch.lowest[place]
        f[STRENGTHS + lane] = float(held)


@rule
def look_block(
    block: int, people: int, yesterday: Records, extra: Extra, edges: Edges, calendar: Calendar,
    terms: SchemeTerms, parameters: Parameters, tables: Tables, scratch: Scratch,
) -> None:  # fmt: skip
    """See the friends of 32 consecutive citizens of a graph, or of fewer at the end."""
    for lane in range(LANES):
        scratch.f[SCORES + lane] = 0.0
        scratch.f[STRENGTHS + lane] = 0.0
        scratch.n[COUNTED + lane] = 0
        scratch.f[OWN + lane] = terms.low
    for i in range(block * LANES, block * LANES + people):
        look_along_edges(i, yesterday, extra, edges, calendar, terms, parameters, tables, scratch)
