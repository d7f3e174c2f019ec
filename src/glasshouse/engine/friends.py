"""Stage 6, friends: which tie is reviewed today, and whether it is cut.

One in seven citizens reviews a tie on a day, so this is done one by one. The friends of a citizen
are the places ``0..friends-1`` of a list; what is known of the friend at a place is asked through
:func:`Known`, filled from circles or from edges.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from glasshouse.chance.normal import standard_normal
from glasshouse.chance.rule import rule
from glasshouse.chance.streams import (
    CUTTING,
    below_second,
    first_uniform,
    fold,
    uniform,
)
from glasshouse.engine.arrays import Calendar, Scratch
from glasshouse.engine.lanes import (
    AMBITION,
    FRIENDS,
    ME,
    OWN,
    PUBLISHED,
    RECORDED,
    REVIEWING_KEY,
    REVIEWS,
    STANCE,
)
from glasshouse.engine.look_circles import pressing_is_on
from glasshouse.engine.lowest import keep_lowest
from glasshouse.engine.pressing import pressing_draw
from glasshouse.model.friendship import (
    chance_of_cutting,
    gain_from_cutting_lowest,
    gain_from_cutting_lowest_k,
    gain_from_cutting_mean,
    gain_from_cutting_only_friend,
    gain_from_cutting_weighted,
)
from glasshouse.model.pressure import guessed_score, presses, would_press
from glasshouse.model.scoring import LOWEST, MEAN, WEIGHTED
from glasshouse.model.terms import BASE, SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.record import LANES, feeling_of, nearest_step, score_of
from glasshouse.society.ties import KIN


class Known(NamedTuple):
    """One friend, as a citizen who reviews her ties knows her."""

    friend: int
    slot: int
    layer: int
    step: int
    stance: int
    absent: int
    strength: float
    log_strength: float


@rule
def draw_reviews(parameters: Parameters, scratch: Scratch) -> None:
    """Who of 32 citizens reviews a tie today."""
    n, k = scratch.n, scratch.k
    for lane in range(LANES):
        u = first_uniform(k[REVIEWING_KEY + lane])
        asked = u < parameters.reviews_per_day and n[FRIENDS + lane] > 0
        n[REVIEWS + lane] = 1 if asked else 0


@rule
def looks_for_drag(lane: int, terms: SchemeTerms, parameters: Parameters, scratch: Scratch) -> bool:
    """Whether a citizen who reviews looks for the friend who drags her score most."""
    recorded = scratch.n[RECORDED + lane] == 1
    return recorded and terms.share > 0.0 and parameters.cut_for_doors != 0.0


@rule
def perceived_score(
    i: int, lane: int, known: Known, calendar: Calendar, terms: SchemeTerms,
    parameters: Parameters, scratch: Scratch,
) -> float:  # fmt: skip
    """A friend's score as the map shows it, or as it is guessed where there is none."""
    if terms.map:
        return score_of(known.step, terms.low, terms.unit)
    normal = standard_normal(fold(fold(calendar.guessing_key, i), known.friend))
    own, stance = scratch.f[OWN + lane], scratch.f[STANCE + lane]
    guess = guessed_score(own, stance, feeling_of(known.stance), normal, parameters)
    return min(max(guess, terms.low), score_of(terms.top, terms.low, terms.unit))


class Drag(NamedTuple):
    """Sums over the friends who count for the score, for what dropping one of them would gain."""

    counted: int
    held: int
    total: float
    strengths: float


@rule
def lowest_kept(terms: SchemeTerms) -> int:
    """How many of the lowest scores it takes to know what dropping one of them would gain."""
    return 2 if terms.aggregate == LOWEST else terms.lowest_k + 1


@rule
def add_to_drag(
    drag: Drag, score: float, strength: float, terms: SchemeTerms, scratch: Scratch
) -> Drag:
    """Take in another friend."""
    weight = strength if terms.aggregate == WEIGHTED else 1.0
    held = keep_lowest(scratch.lowest, drag.held, lowest_kept(terms), score)
    return Drag(
        drag.counted + 1, held, drag.total + weight * score, drag.strengths + weight
    )


@rule
def gain_from_cutting(
    lane: int, score: float, strength: float, drag: Drag, terms: SchemeTerms, scratch: Scratch
) -> float:
    """Points that dropping one friend would add in the long run."""
    lowest, share = scratch.lowest, terms.share
    if drag.counted == 1:
        alone = terms.base if terms.friendless == BASE else scratch.f[OWN + lane]
        return gain_from_cutting_only_friend(share, alone, score)
    mean = drag.total / drag.strengths
    if terms.aggregate == WEIGHTED:
        return gain_from_cutting_weighted(share, mean, score, strength, drag.strengths)
    keep = lowest_kept(terms)
    if terms.aggregate == MEAN or (terms.aggregate != LOWEST and drag.counted < keep):
        return gain_from_cutting_mean(share, mean, score, drag.counted)
    if score > lowest[drag.held - 2]:
        return 0.0
    if terms.aggregate == LOWEST:
        return gain_from_cutting_lowest(share, score, lowest[1])
    return gain_from_cutting_lowest_k(share, lowest[drag.held - 1], score, terms.lowest_k)


@rule
def is_cut(
    i: int, lane: int, known: Known, gain: float, calendar: Calendar, terms: SchemeTerms,
    parameters: Parameters, scratch: Scratch,
) -> bool:  # fmt: skip
    """Whether a reviewed tie is cut: not while one presses the friend."""
    f, own = scratch.f, scratch.f[OWN + lane]
    if known.absent == 0 and pressing_is_on(calendar, terms, parameters):
        theirs = score_of(known.step, terms.low, terms.unit)
        if would_press(own, theirs, parameters):
            u = pressing_draw(calendar.pressing_key, i, known.slot)
            if presses(u, known.layer, parameters):
                return False
    chance = chance_of_cutting(
        f[AMBITION + lane],
        float(terms.worth[nearest_step(own + gain, terms.low, terms.unit, terms.top)]),
        float(terms.worth[scratch.n[PUBLISHED + lane]]),
        known.log_strength,
        1 if known.layer == KIN else 0,
        abs(f[STANCE + lane] - feeling_of(known.stance)),
        parameters,
    )
    return uniform(fold(scratch.k[ME + lane], CUTTING)) < chance


@rule
def place_by_chance(lane: int, scratch: Scratch) -> int:
    """Which of her living ties a citizen reviews who finds nobody that drags."""
    return below_second(scratch.k[REVIEWING_KEY + lane], scratch.n[FRIENDS + lane])
