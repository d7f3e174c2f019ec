"""Stage 6, friends: which tie is reviewed today, and whether it is cut.

One in seven citizens reviews a tie on a day, so this is done one by one. The friends of a citizen
are the places ``0..friends-1`` of a list; what is known of the friend at a place is asked through
:func:`Known`, filled from circles or from edges.
"""

from __future__ import annotations

from typing import NamedTuple

from glasshouse.chance.normal import standard_normal
from glasshouse.chance.rule import rule
from glasshouse.chance.streams import (
    CUTTING,
    below_second,
    first_uniform,
    fold,
    uniform,
)
from glasshouse.engine.arrays import Calendar, Scratch, Tables
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
    place_in,
)
from glasshouse.engine.look_circles import pressing_is_on
from glasshouse.engine.lowest import keep_lowest
from glasshouse.engine.pressing import is_pressed, pressing_draw
from glasshouse.model.friendship import (
    chance_of_cutting,
    gain_from_cutting_lowest,
    gain_from_cutting_lowest_k,
    gain_from_cutting_mean,
    gain_from_cutting_only_friend,
    gain_from_cutting_weighted,
)
from glasshouse.model.pressure import guessed_score
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


@rule
def gains_by_mean(counted: int, terms: SchemeTerms) -> bool:
    """Whether what dropping a friend gains follows from the mean of all, not from the lowest."""
    if terms.aggregate == MEAN or terms.aggregate == WEIGHTED:
        return True
    return terms.aggregate != LOWEST and counted <= terms.lowest_k


@rule
def gain_by_lowest(score: float, held: int, terms: SchemeTerms, scratch: Scratch) -> float:
    """Points that dropping one friend would add where only the lowest scores count."""
    lowest, share = scratch.lowest, terms.share
    if score > lowest[held - 2]:
        return 0.0
    if terms.aggregate == LOWEST:
        return gain_from_cutting_lowest(share, score, lowest[1])
    return gain_from_cutting_lowest_k(share, lowest[held - 1], score, terms.lowest_k)


@rule
def greatest_drag(
    friends: int, lane: int, terms: SchemeTerms, scratch: Scratch
) -> tuple[int, float]:
    """Place of the friend whom it would pay most to drop, and by how many points; -1 for nobody.

    Perceived scores and strengths are in working memory, strength -1 for whom the score leaves out.
    """
    perceived, strength, share = scratch.perceived, scratch.strength, terms.share
    counted = held = 0
    total = strengths = 0.0
    for place in range(friends):
        if strength[place] >= 0.0:
            weight = strength[place] if terms.aggregate == WEIGHTED else 1.0
            counted += 1
            total += weight * perceived[place]
            strengths += weight
    by_mean = gains_by_mean(counted, terms)
    if not by_mean:
        keep = 2 if terms.aggregate == LOWEST else terms.lowest_k + 1
        for place in range(friends):
            if strength[place] >= 0.0:
                held = keep_lowest(scratch.lowest, held, keep, perceived[place])
    mean = total / (strengths if counted > 0 else 1.0)
    best, most = -1, 0.0
    for place in range(friends):
        if strength[place] < 0.0:
            continue
        score = perceived[place]
        if counted == 1:
            alone = terms.base if terms.friendless == BASE else scratch.f[OWN + lane]
            gain = gain_from_cutting_only_friend(share, alone, score)
        elif terms.aggregate == WEIGHTED:
            gain = gain_from_cutting_weighted(share, mean, score, strength[place], strengths)
        elif by_mean:
            gain = gain_from_cutting_mean(share, mean, score, counted)
        else:
            gain = gain_by_lowest(score, held, terms, scratch)
        if gain > most:
            best, most = place, gain
    return best, most


@rule
def is_cut(
    i: int, lane: int, known: Known, gain: float, calendar: Calendar, terms: SchemeTerms,
    parameters: Parameters, tables: Tables, scratch: Scratch,
) -> bool:  # fmt: skip
    """Whether a reviewed tie is cut: not while one presses the friend."""
    f, own = scratch.f, scratch.f[OWN + lane]
    if known.absent == 0 and pressing_is_on(calendar, terms, parameters):
        draw = pressing_draw(calendar.pressing_key, i, known.slot)
        lead = scratch.n[PUBLISHED + lane] - known.step
        if is_pressed(lead, draw, known.layer, tables.pressing, terms.unit, parameters):
            return False
    chance = chance_of_cutting(
        f[AMBITION + lane],
        float(terms.worth[nearest_step(own + gain, terms.low, terms.unit, terms.top)]),
        float(terms.worth[place_in(PUBLISHED, lane, scratch.n)]),
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
