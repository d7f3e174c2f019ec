"""The day of 32 citizens, in order, whatever kind of society they live in:

2. choose   (:mod:`~glasshouse.engine.choose`) the chances of the tones
3. act      (:mod:`~glasshouse.engine.act`) speak, shop, read, pay; and what of it is recorded
4. score    (:mod:`~glasshouse.engine.settling`) points, friends, forgetting; appeals
7. drift    (:mod:`~glasshouse.engine.settling`) of stance and opinion

Stage 1, look, comes before and stage 6, friends, after, in the way of the society: see
:mod:`~glasshouse.engine.sweep`. Doors (5) open and shut by tonight's score, with nothing to do.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.engine.act import be_sanctioned, find_places, say_more, speak
from glasshouse.engine.act_places import ACTS
from glasshouse.engine.arrays import Calendar, Extra, Folk, Scratch, Tables
from glasshouse.engine.choose import choose
from glasshouse.engine.errands import run_errands
from glasshouse.engine.friends import draw_reviews
from glasshouse.engine.lanes import (
    ABSENT,
    CELL,
    MINORITY,
    OPINION,
    OPINION_STEP,
    OWN_DAY,
    POINTS,
    PUBLISHED,
    READER,
    RECORDED,
    RUNNING,
    STANCE,
    STANCE_STEP,
    STEP,
    WRONG,
)
from glasshouse.engine.settling import (
    draw_own_days,
    settle_opinion,
    settle_presence,
    settle_scores,
    settle_stances,
)
from glasshouse.engine.tally import count_everybody, count_variety
from glasshouse.engine.ticks import ticks
from glasshouse.engine.traits import know_circle
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.record import LANES, Records, feeling_of, score_of

# Stages told apart by the clock.
STAGES = ("look", "traits", "choose", "act", "score", "drift", "friends", "count", "offers")
LOOK, TRAITS, CHOOSE, ACT, SCORE, DRIFT, REVIEW, COUNT, OFFER = range(9)


@rule
def clear(scratch: Scratch) -> None:
    """Forget the citizens before."""
    scratch.n[:] = 0
    scratch.alive[:] = 0


@rule
def tick(stage: int, since: int, clock: NDArray[np.int64]) -> int:
    """Enter the ticks since the last stage, where somebody asks; returns the time now."""
    if len(clock) == 0:
        return 0
    now = ticks()
    clock[stage] += now - since
    return int(now)


@rule
def wake(
    block: int, people: int, yesterday: Records, before: Extra, calendar: Calendar,
    terms: SchemeTerms, scratch: Scratch,
) -> None:  # fmt: skip
    """Take in what is remembered of 32 citizens."""
    f, n = scratch.f, scratch.n
    score_at, feeling_at = block * (yesterday.size >> 1), block * yesterday.size
    for lane in range(LANES):
        n[STEP + lane] = np.int32(yesterday.score[score_at + lane])
    for lane in range(LANES):
        n[STANCE_STEP + lane] = np.int32(yesterday.feeling[feeling_at + 64 + lane])
        n[OPINION_STEP + lane] = np.int32(yesterday.feeling[feeling_at + 96 + lane])
    for lane in range(LANES):
        f[RUNNING + lane] = score_of(n[STEP + lane], terms.low, terms.unit)
        f[STANCE + lane] = feeling_of(n[STANCE_STEP + lane])
        f[OPINION + lane] = feeling_of(n[OPINION_STEP + lane])
        f[POINTS + lane] = 0.0
        f[WRONG + lane] = 0.0
        n[PUBLISHED + lane] = n[STEP + lane]
        n[RECORDED + lane] = 1 if calendar.in_force else 0
    first = block * LANES
    if len(before.published) > 0:
        for lane in range(people):
            n[PUBLISHED + lane] = np.int32(before.published[first + lane])
    if terms.opt_out:
        for lane in range(people):
            n[ABSENT + lane] = np.int32(before.absent[first + lane])
            if n[ABSENT + lane] == 1:
                n[RECORDED + lane] = 0
    for lane in range(people, LANES):
        n[RECORDED + lane] = 0


@rule
def place_in_cells(people: int, scratch: Scratch) -> None:
    """Cell of each of 32 citizens, -1 for a vacant place, and how her acts are read."""
    n = scratch.n
    for lane in range(LANES):
        dissents = 1 if n[OPINION_STEP + lane] < 0 else 0
        n[CELL + lane] = n[MINORITY + lane] + 2 * dissents
        n[READER + lane] = (n[MINORITY + lane] if n[RECORDED + lane] == 1 else 2) * ACTS
    for lane in range(people, LANES):
        n[CELL + lane] = -1


@rule
def live_block(
    block: int, people: int, since: int, yesterday: Records, before: Extra, after: Extra,
    folk: Folk, calendar: Calendar, terms: SchemeTerms, parameters: Parameters, tables: Tables,
    scratch: Scratch, tally: NDArray[np.int64], clock: NDArray[np.int64],
) -> int:  # fmt: skip
    """Stages 2 to 5 and 7, and who reviews a tie; the friends have been looked at."""
    first = block * LANES
    know_circle(block, folk, calendar, parameters, tables, scratch)
    wake(block, people, yesterday, before, calendar, terms, scratch)
    place_in_cells(people, scratch)
    since = tick(TRAITS, since, clock)
    choose(calendar.in_force, terms, tables, parameters, scratch)
    since = tick(CHOOSE, since, clock)
    find_places(tables, scratch)
    speak(tables, scratch, tally)
    if calendar.in_force:
        say_more(terms, tables, parameters, scratch, tally)
    run_errands(first, folk, terms, tables, parameters, scratch, tally)
    if terms.sanction_chance > 0.0:
        be_sanctioned(terms, scratch, tally)
    since = tick(ACT, since, clock)
    if calendar.in_force:
        settle_scores(first, before, after, terms, scratch, tally)
    if terms.opt_out:
        for lane in range(people):
            after.absent[first + lane] = settle_presence(
                first + lane, lane, calendar, terms, parameters, scratch
            )
    since = tick(SCORE, since, clock)
    settle_stances(parameters, scratch)
    draw_own_days(first, calendar, scratch)
    for lane in range(people):
        if scratch.n[OWN_DAY + lane] == 1:
            settle_opinion(lane, terms, parameters, scratch)
            count_variety(lane, terms, tables, parameters, scratch, tally)
    draw_reviews(parameters, scratch)
    since = tick(DRIFT, since, clock)
    count_everybody(people, scratch, tally)
    return tick(COUNT, since, clock)


@rule
def lie_down(
    block: int, people: int, today: Records, before: Extra, after: Extra, calendar: Calendar,
    scratch: Scratch,
) -> None:  # fmt: skip
    """Write what is remembered of 32 citizens tonight; vacant places stay empty."""
    n = scratch.n
    score_at, feeling_at = block * (today.size >> 1), block * today.size
    if people == LANES:
        for lane in range(LANES):
            today.score[score_at + lane] = np.uint16(n[STEP + lane])
        for lane in range(LANES):
            today.feeling[feeling_at + 64 + lane] = np.int8(n[STANCE_STEP + lane])
            today.feeling[feeling_at + 96 + lane] = np.int8(n[OPINION_STEP + lane])
    else:
        for lane in range(people):
            today.score[score_at + lane] = np.uint16(n[STEP + lane])
            today.feeling[feeling_at + 64 + lane] = np.int8(n[STANCE_STEP + lane])
            today.feeling[feeling_at + 96 + lane] = np.int8(n[OPINION_STEP + lane])
    if len(after.published) > 0:
        first = block * LANES
        for lane in range(people):
            step = n[STEP + lane] if calendar.publish else n[PUBLISHED + lane]
            after.published[first + lane] = np.uint16(step)
