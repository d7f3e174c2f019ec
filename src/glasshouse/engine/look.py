"""Stage 1, look: what a citizen sees of her friends at the end of yesterday."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.chance.streams import fold, uniform
from glasshouse.engine.arrays import Calendar, Links, Sides, State
from glasshouse.model.pressure import presses, would_press
from glasshouse.model.scoring import LOWEST, LOWEST_K, MEAN, WEIGHTED
from glasshouse.model.terms import BASE, SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.record import feeling_of, score_of
from glasshouse.society.ties import CIRCLE

MOST_LOWEST = 9


class Look(NamedTuple):
    """What was seen over the living ties."""

    friends: int
    counted: int
    aggregate: float
    for_near: int
    against_near: int
    for_far: int
    against_far: int
    pressers: int
    stance_of_friends: float


@rule
def keep_lowest(lowest: NDArray[np.float64], held: int, most: int, score: float) -> int:
    """Keep the ``most`` lowest scores seen, in ascending order; returns how many are held."""
    place = held
    if held == most:
        if score >= lowest[most - 1]:
            return held
        place = most - 1
    while place > 0 and lowest[place - 1] > score:
        lowest[place] = lowest[place - 1]
        place -= 1
    lowest[place] = score
    return min(held + 1, most)


@rule
def counts_for_score(j: int, state: State, terms: SchemeTerms) -> bool:
    """Whether a friend's score counts: those who opted out are left out."""
    return not (terms.opt_out and state.absent[j] == 1)


@rule
def is_pressed(
    presser: int, pressed: int, presser_score: float, pressed_score: float, layer: int,
    calendar: Calendar, terms: SchemeTerms, parameters: Parameters,
) -> bool:  # fmt: skip
    """Whether one friend presses another this month; both sides work it out alike."""
    if not (terms.map and terms.share > 0.0 and calendar.in_force):
        return False
    if not would_press(presser_score, pressed_score, parameters):
        return False
    key = fold(fold(calendar.pressing_key, presser), pressed)
    return presses(uniform(key), layer, parameters)


@rule
def look(
    i: int, state: State, links: Links, sides: Sides, calendar: Calendar, terms: SchemeTerms,
    parameters: Parameters, lowest: NDArray[np.float64],
) -> Look:  # fmt: skip
    """See one's friends.

    Aggregate: mean, strength-weighted mean, lowest, or mean of the lowest k of their published
    scores; without friends one's own score or the base.
    """
    own = score_of(state.published[i], terms.low, terms.unit)
    friends = counted = held = pressers = 0
    for_near = against_near = for_far = against_far = 0
    total = strengths = stances = 0.0
    for e in range(links.offsets[i], links.offsets[i + 1]):
        if sides.alive[e] == 0:
            continue
        j = links.friend[e]
        friends += 1
        stance = feeling_of(state.stance[j])
        stances += stance
        near = links.layer[e] <= CIRCLE
        if stance > parameters.stance_seen:
            if near:
                for_near += 1
            else:
                for_far += 1
        elif stance < -parameters.stance_seen:
            if near:
                against_near += 1
            else:
                against_far += 1
        if not counts_for_score(j, state, terms):
            continue
        counted += 1
        score = score_of(state.published[j], terms.low, terms.unit)
        if terms.aggregate == MEAN:
            total += score
            strengths += 1.0
        elif terms.aggregate == WEIGHTED:
            total += links.strength[e] * score
            strengths += links.strength[e]
        else:
            most = 1 if terms.aggregate == LOWEST else terms.lowest_k
            held = keep_lowest(lowest, held, most, score)
        if is_pressed(j, i, score, own, links.layer[e], calendar, terms, parameters):
            pressers += 1
    aggregate = terms.base if terms.friendless == BASE else own
    if counted > 0:
        if terms.aggregate == LOWEST or terms.aggregate == LOWEST_K:
            for place in range(held):
                total += lowest[place]
            strengths = float(held)
        aggregate = total / strengths
    return Look(
        friends, counted, aggregate, for_near, against_near, for_far, against_far, pressers,
        stances / friends if friends > 0 else 0.0,
    )  # fmt: skip
