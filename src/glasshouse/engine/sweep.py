"""The day, in compiled loops over everybody; its stages in order:

1. look      (:mod:`~glasshouse.engine.look_circles`, :mod:`~glasshouse.engine.look_edges`) at
             friends, as they were at the end of yesterday
2. choose    (:mod:`~glasshouse.engine.choose`) the chances of the tones
3. act       (:mod:`~glasshouse.engine.act`) speak, shop, read, pay; and what of it is recorded
4. score     (:mod:`~glasshouse.engine.settling`) points, friends, forgetting; appeals
5. doors     open and shut by tonight's score
6. friends   (:mod:`~glasshouse.engine.friends`) review a tie and perhaps cut it; offers made
             tonight take effect after the sweep (:mod:`~glasshouse.engine.offering`)
7. drift     (:mod:`~glasshouse.engine.settling`) of stance and opinion

Everybody reads yesterday and writes today, 32 citizens at once, so neither their order nor the
number of threads matters. What is counted is counted in whole numbers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.engine.arrays import Calendar, Edges, Extra, Folk, Scratch, Tables
from glasshouse.engine.block import LOOK, REVIEW, clear, lie_down, live_block, tick
from glasshouse.engine.lanes import REVIEWS
from glasshouse.engine.look_circles import look_circle, sum_scores
from glasshouse.engine.look_edges import look_block
from glasshouse.engine.review_circles import review_in_circle
from glasshouse.engine.review_edges import review_along_edges
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.circles import Sisters, meet_sisters
from glasshouse.society.layout import Layout
from glasshouse.society.processor import CACHE_LINE, prefetch
from glasshouse.society.record import LANES, Records


@rule
def plan_circle(
    circle: int, folk: Folk, layout: Layout, yesterday: Records, coming: Sisters
) -> None:
    """Work out the sisters of a circle and ask for their records, which are far apart."""
    meet_sisters(folk.matching_key, circle, folk.circles, layout, coming)
    for group in range(layout.groups):
        partner = coming.partner[group]
        if partner >= 0:
            for line in range(0, yesterday.size, CACHE_LINE):
                prefetch(yesterday.feeling, partner * yesterday.size + line)


@rule
def turn_to_coming(scratch: Scratch) -> None:
    """What was planned for the next circle is now this circle's."""
    for group in range(len(scratch.sisters.partner)):
        scratch.sisters.partner[group] = scratch.coming.partner[group]
        scratch.sisters.turn[group] = scratch.coming.turn[group]


@rule
def keep_consent(circle: int, layout: Layout, yesterday: Records, today: Records) -> None:
    """Sides stay open or closed as they were."""
    at = circle * (today.size >> 2) + LANES
    for place in range(layout.words * LANES):
        today.consent[at + place] = yesterday.consent[at + place]


@compiled()
def sweep_circles(
    first: int, last: int, layout: Layout, yesterday: Records, today: Records, before: Extra,
    after: Extra, folk: Folk, calendar: Calendar, terms: SchemeTerms, parameters: Parameters,
    tables: Tables, scratch: Scratch, tally: NDArray[np.int64], clock: NDArray[np.int64],
) -> None:  # fmt: skip
    """The day of the circles ``first`` to ``last - 1``."""
    plan_circle(first, folk, layout, yesterday, scratch.coming)
    for circle in range(first, last):
        since = tick(LOOK, 0, clock)
        if len(clock) > 0:
            clock[LOOK] -= since
        turn_to_coming(scratch)
        if circle + 1 < last:
            plan_circle(circle + 1, folk, layout, yesterday, scratch.coming)
        people = min(LANES, folk.citizens - circle * LANES)
        clear(scratch)
        look_circle(circle, layout, yesterday, before, calendar, terms, parameters, tables, scratch)
        if calendar.in_force:
            sum_scores(layout, terms, tables, scratch)
        since = tick(LOOK, since, clock)
        since = live_block(
            circle, people, since, yesterday, before, after, folk, calendar, terms, parameters,
            tables, scratch, tally, clock,
        )  # fmt: skip
        lie_down(circle, people, today, before, after, calendar, scratch)
        keep_consent(circle, layout, yesterday, today)
        for lane in range(people):
            if scratch.n[REVIEWS + lane] == 1:
                slot = review_in_circle(
                    circle * LANES + lane, lane, layout, calendar, terms, parameters, tables,
                    scratch, tally,
                )  # fmt: skip
                if slot >= 0:
                    at = circle * (today.size >> 2) + LANES + (slot >> 5) * LANES + lane
                    today.consent[at] &= ~(np.uint32(1) << np.uint32(slot & 31))
        tick(REVIEW, since, clock)


@compiled()
def sweep_chosen(
    chosen: NDArray[np.int64], layout: Layout, yesterday: Records, today: Records, before: Extra,
    after: Extra, folk: Folk, calendar: Calendar, terms: SchemeTerms, parameters: Parameters,
    tables: Tables, scratch: Scratch, tally: NDArray[np.int64], clock: NDArray[np.int64],
) -> None:  # fmt: skip
    """The day of some circles only."""
    for place in range(len(chosen)):
        circle = chosen[place]
        sweep_circles(
            circle, circle + 1, layout, yesterday, today, before, after, folk, calendar, terms,
            parameters, tables, scratch, tally, clock,
        )  # fmt: skip


@compiled()
def sweep_edges(
    first: int, last: int, edges: Edges, cut: NDArray[np.int64], yesterday: Records,
    today: Records, before: Extra, after: Extra, folk: Folk, calendar: Calendar,
    terms: SchemeTerms, parameters: Parameters, tables: Tables, scratch: Scratch,
    tally: NDArray[np.int64], clock: NDArray[np.int64],
) -> None:  # fmt: skip
    """The day of the blocks ``first`` to ``last - 1`` of a graph; half-edges cut go to ``cut``."""
    for block in range(first, last):
        since = tick(LOOK, 0, clock)
        if len(clock) > 0:
            clock[LOOK] -= since
        people = min(LANES, folk.citizens - block * LANES)
        clear(scratch)
        look_block(block, people, before, edges, calendar, terms, parameters, tables, scratch)
        since = tick(LOOK, since, clock)
        since = live_block(
            block, people, since, yesterday, before, after, folk, calendar, terms, parameters,
            tables, scratch, tally, clock,
        )  # fmt: skip
        lie_down(block, people, today, before, after, calendar, scratch)
        for lane in range(people):
            i = block * LANES + lane
            cut[i] = -1
            if scratch.n[REVIEWS + lane] == 1:
                cut[i] = review_along_edges(
                    i, before, edges, calendar, terms, parameters, tables, scratch, tally
                )  # fmt: skip
        tick(REVIEW, since, clock)
