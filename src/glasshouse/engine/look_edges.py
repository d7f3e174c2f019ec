"""Stage 1, look, in an explicit graph: what 32 citizens see of their friends, edge by edge."""

from __future__ import annotations

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
from glasshouse.engine.pressing import could_press, is_pressed, pressing_draw
from glasshouse.engine.seen import stance_of, step_of
from glasshouse.model.scoring import LOWEST, LOWEST_K, WEIGHTED
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.record import LANES, score_of
from glasshouse.society.ties import CIRCLE


@rule
def look_along_edges(
    i: int, extra: Extra, edges: Edges, calendar: Calendar, terms: SchemeTerms,
    parameters: Parameters, tables: Tables, scratch: Scratch,
) -> None:  # fmt: skip
    """See one citizen's friends; whom she counts is added up without asking, which is faster."""
    f, n, lane = scratch.f, scratch.n, i & 31
    pressing = pressing_is_on(calendar, terms, parameters)
    lowest = terms.aggregate == LOWEST or terms.aggregate == LOWEST_K
    most = 1 if terms.aggregate == LOWEST else terms.lowest_k
    mine = step_of(edges.seen[i])
    friends, stances, counted, pressers, held = 0, 0, 0, 0, 0
    for_all, for_near, against_all, against_near = 0, 0, 0, 0
    scores, strengths = 0.0, 0.0
    for e in range(edges.offsets[i], edges.offsets[i + 1]):
        if edges.alive[e] == 0:
            continue
        j = edges.friend[e]
        stance, step = stance_of(edges.seen[j]), step_of(edges.seen[j])
        near = int(edges.layer[e] <= CIRCLE)
        is_for = int(stance >= tables.visible_for)
        is_against = int(stance <= tables.visible_against)
        friends += 1
        stances += stance
        for_all += is_for
        for_near += is_for & near
        against_all += is_against
        against_near += is_against & near
        if terms.opt_out and extra.absent[j] == 1:
            continue
        counted += 1
        if lowest:
            held = keep_lowest(scratch.lowest, held, most, float(step))
        else:
            strength = edges.strength[e] if terms.aggregate == WEIGHTED else 1.0
            scores += strength * step
            strengths += strength
        if pressing and could_press(step - mine, tables.pressing):
            slot = edges.back[e] - edges.offsets[j]
            draw = pressing_draw(calendar.pressing_key, j, slot)
            if is_pressed(
                step - mine, draw, edges.layer[e], tables.pressing, terms.unit, parameters
            ):
                pressers += 1
    if lowest:
        for place in range(held):
            scores += scratch.lowest[place]
        strengths = float(held)
    n[FRIENDS + lane], n[STANCES + lane] = friends, stances
    n[FOR_NEAR + lane], n[FOR_FAR + lane] = for_near, for_all - for_near
    n[AGAINST_NEAR + lane], n[AGAINST_FAR + lane] = against_near, against_all - against_near
    n[COUNTED + lane], n[PRESSERS + lane] = counted, pressers
    f[OWN + lane] = score_of(mine, terms.low, terms.unit)
    f[SCORES + lane], f[STRENGTHS + lane] = scores, strengths


@rule
def look_block(
    block: int, people: int, extra: Extra, edges: Edges, calendar: Calendar, terms: SchemeTerms,
    parameters: Parameters, tables: Tables, scratch: Scratch,
) -> None:  # fmt: skip
    """See the friends of 32 consecutive citizens of a graph, or of fewer at the end."""
    for lane in range(LANES):
        scratch.f[SCORES + lane] = 0.0
        scratch.f[STRENGTHS + lane] = 0.0
        scratch.n[COUNTED + lane] = 0
        scratch.f[OWN + lane] = terms.low
    for i in range(block * LANES, block * LANES + people):
        look_along_edges(i, extra, edges, calendar, terms, parameters, tables, scratch)
