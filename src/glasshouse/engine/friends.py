"""Stage 6, friends: which tie is reviewed today, whether it is cut, and who is let in."""

from __future__ import annotations

import math

from glasshouse.chance.normal import standard_normal
from glasshouse.chance.rule import rule
from glasshouse.chance.streams import CUT, REVIEW, REVIEW_CHOICE, below, fold, uniform
from glasshouse.engine.arrays import Calendar, Folk, Links, Scratch, Sides, State
from glasshouse.engine.look import counts_for_score, is_pressed, keep_lowest
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
from glasshouse.society.record import feeling_of, nearest_step, score_of
from glasshouse.society.ties import KIN


@rule
def perceived_score(
    i: int, j: int, own: float, state: State, calendar: Calendar, terms: SchemeTerms,
    parameters: Parameters,
) -> float:  # fmt: skip
    """A friend's score as the map shows it, or as it is guessed where there is none."""
    if terms.map:
        return score_of(state.published[j], terms.low, terms.unit)
    normal = standard_normal(fold(fold(calendar.guessing_key, i), j))
    stance, theirs = feeling_of(state.stance[i]), feeling_of(state.stance[j])
    guess = guessed_score(own, stance, theirs, normal, parameters)
    return min(max(guess, terms.low), score_of(terms.top, terms.low, terms.unit))


@rule
def greatest_drag(
    i: int, own: float, state: State, links: Links, sides: Sides, calendar: Calendar,
    terms: SchemeTerms, parameters: Parameters, scratch: Scratch,
) -> tuple[int, float]:  # fmt: skip
    """Half-edge of the friend whom it would pay most to drop, and by how many points; -1: none."""
    perceived, lowest = scratch.perceived, scratch.lowest
    first = links.offsets[i]
    counted = held = 0
    total = strengths = 0.0
    keep = 2 if terms.aggregate == LOWEST else terms.lowest_k + 1
    for e in range(first, links.offsets[i + 1]):
        j = links.friend[e]
        if sides.alive[e] == 1 and counts_for_score(j, state, terms):
            score = perceived_score(i, j, own, state, calendar, terms, parameters)
            perceived[e - first] = score
            counted += 1
            strength = links.strength[e] if terms.aggregate == WEIGHTED else 1.0
            total += strength * score
            strengths += strength
            held = keep_lowest(lowest, held, keep, score)
    alone = terms.base if terms.friendless == BASE else own
    best, most = -1, 0.0
    for e in range(first, links.offsets[i + 1]):
        j = links.friend[e]
        if sides.alive[e] == 0 or not counts_for_score(j, state, terms):
            continue
        score = perceived[e - first]
        if counted == 1:
            gain = gain_from_cutting_only_friend(terms.share, alone, score)
        elif terms.aggregate == WEIGHTED:
            strength = links.strength[e]
            mean = total / strengths
            gain = gain_from_cutting_weighted(terms.share, mean, score, strength, strengths)
        elif terms.aggregate == MEAN or (terms.aggregate != LOWEST and counted < keep):
            gain = gain_from_cutting_mean(terms.share, total / strengths, score, counted)
        elif score > lowest[held - 2]:
            gain = 0.0
        elif terms.aggregate == LOWEST:
            gain = gain_from_cutting_lowest(terms.share, score, lowest[1])
        else:
            gain = gain_from_cutting_lowest_k(terms.share, lowest[held - 1], score, terms.lowest_k)
        if gain > most:
            best, most = e, gain
    return best, most


@rule
def living_tie(i: int, nth: int, links: Links, sides: Sides) -> int:
    """Half-edge of the nth living tie of a citizen."""
    passed = 0
    for e in range(links.offsets[i], links.offsets[i + 1]):
        if sides.alive[e] == 1:
            if passed == nth:
                return e
            passed += 1
    return -1


@rule
def review(
    i: int, me: int, friends: int, recorded: bool, state: State, links: Links, sides: Sides,
    folk: Folk, calendar: Calendar, terms: SchemeTerms, parameters: Parameters, scratch: Scratch,
) -> tuple[int, bool]:  # fmt: skip
    """Half-edge that is cut today, or -1, and whether the friend dragged the score."""
    if friends == 0 or uniform(fold(me, REVIEW)) >= parameters.reviews_per_day:
        return -1, False
    own = score_of(state.published[i], terms.low, terms.unit)
    chosen, gain = -1, 0.0
    if recorded and terms.share > 0.0 and parameters.cut_for_doors != 0.0:
        chosen, gain = greatest_drag(
            i, own, state, links, sides, calendar, terms, parameters, scratch
        )
    if chosen < 0:
        chosen = living_tie(i, below(fold(me, REVIEW_CHOICE), friends), links, sides)
    j = links.friend[chosen]
    theirs = score_of(state.published[j], terms.low, terms.unit)
    layer = links.layer[chosen]
    if counts_for_score(j, state, terms) and is_pressed(
        i, j, own, theirs, layer, calendar, terms, parameters
    ):
        return -1, False
    chance = chance_of_cutting(
        folk.ambition[i],
        terms.worth[nearest_step(own + gain, terms.low, terms.unit, terms.top)],
        terms.worth[state.published[i]],
        math.log(links.strength[chosen]),
        1 if layer == KIN else 0,
        abs(feeling_of(state.stance[i]) - feeling_of(state.stance[j])),
        parameters,
    )
    if uniform(fold(me, CUT)) < chance:
        return chosen, gain > 0.0
    return -1, False
