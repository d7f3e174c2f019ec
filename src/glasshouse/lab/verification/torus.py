"""The ground of civil violence: places on a torus, who sees what, and one step after another."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.lab.verification.loops import Chance, loop, pick

Whole = NDArray[np.int64]
Numbers = tuple[float, float, float, int, bool, bool]
FREE = -1
TRIES = 2_000


class Walk(NamedTuple):
    """The places in sight of every place, itself among them."""

    places: NDArray[np.int32]


class Town(NamedTuple):
    """Who stands where; for every place how many cops and actives see, or are seen from, it."""

    where: Whole
    at: Whole
    active: NDArray[np.uint8]
    term: Whole
    cops_seen: Whole
    actives_seen: Whole


def walk(size: int, vision: int) -> Walk:
    """Places within a circle round every place of a torus."""
    reach = np.arange(-vision, vision + 1)
    across, down = (axis.ravel() for axis in np.meshgrid(reach, reach))
    near = across**2 + down**2 <= vision**2
    row, column = np.divmod(np.arange(size * size), size)
    rows = (row[:, None] + down[near]) % size
    columns = (column[:, None] + across[near]) % size
    places = np.sort(rows * size + columns, axis=1)
    # A circle wider than the torus sees a place once.
    if 2 * vision + 1 > size:
        return Walk(np.array([np.unique(each) for each in places], np.int32))
    return Walk(places.astype(np.int32))


@rule
def chance_of_arrest(cops: float, actives: float, arrest: float, floor: bool) -> float:
    """Chance of arrest as a citizen estimates it.

    Equation: P = 1 - exp(-k·C/A), or floor(C/A), A with herself.
    """
    ratio = cops / actives
    if floor:
        ratio = math.floor(ratio)
    return 1.0 - math.exp(-arrest * ratio)


@rule
def is_willing(
    hardship: float, risk: float, chance: float, legitimacy: float, threshold: float
) -> bool:
    """Whether a citizen becomes active.

    Equation: H·(1 - L) - R·P > T.
    """
    return hardship * (1.0 - legitimacy) - risk * chance > threshold


@rule
def shift(seen: Whole, walked: Walk, place: int, by: int) -> None:
    """Let one more, or one less, be seen from all places in sight."""
    for near in walked.places[place]:
        seen[near] += by


@rule
def place_in_sight(town: Town, walked: Walk, place: int, chance: Chance) -> int:
    """A free place in sight, at random; -1 where none is found."""
    near = walked.places[place]
    for _ in range(TRIES):
        chosen = near[pick(chance, len(near))]
        if town.at[chosen] == FREE:
            return int(chosen)
    return -1


@rule
def move(town: Town, walked: Walk, who: int, citizens: int, chance: Chance) -> None:
    """Rule M: to a free place in sight, at random."""
    here = town.where[who]
    there = place_in_sight(town, walked, here, chance)
    if there < 0:
        return
    if who >= citizens:
        shift(town.cops_seen, walked, here, -1)
        shift(town.cops_seen, walked, there, 1)
    elif town.active[who] == 1:
        shift(town.actives_seen, walked, here, -1)
        shift(town.actives_seen, walked, there, 1)
    town.at[here] = FREE
    town.at[there] = who
    town.where[who] = there


@rule
def decides(town: Town, who: int, hardship: float, risk: float, numbers: Numbers) -> bool:
    """Rule A: active if grievance outweighs net risk."""
    legitimacy, threshold, arrest, _, floor, _ = numbers
    here = town.where[who]
    actives = town.actives_seen[here] + (1 - town.active[who])
    feared = chance_of_arrest(town.cops_seen[here], actives, arrest, floor)
    return is_willing(hardship, risk, feared, legitimacy, threshold)


@rule
def become(town: Town, walked: Walk, who: int, active: bool) -> None:
    """Let a citizen be active or quiet from now on."""
    if (town.active[who] == 1) != active:
        town.active[who] = 1 if active else 0
        shift(town.actives_seen, walked, town.where[who], 1 if active else -1)


@rule
def arrest_one(
    town: Town, walked: Walk, cop: int, citizens: int, longest: int, chance: Chance
) -> None:
    """Rule C: arrest one active in sight, at random, for a term up to the longest."""
    here = town.where[cop]
    actives = town.actives_seen[here]
    if actives == 0:
        return
    number = pick(chance, actives)
    for place in walked.places[here]:
        who = town.at[place]
        if 0 <= who < citizens and town.active[who] == 1:
            if number == 0:
                become(town, walked, who, False)
                town.term[who] = pick(chance, longest) + 1 if longest > 0 else 0
                if town.term[who] > 0:
                    town.at[place] = FREE
                return
            number -= 1


@rule
def pass_terms(town: Town, walked: Walk, citizens: int, chance: Chance) -> None:
    """Let a step of every term pass; the released stand where they were arrested, or near."""
    for who in range(citizens):
        if town.term[who] == 0:
            continue
        town.term[who] -= 1
        if town.term[who] > 0:
            continue
        place = town.where[who]
        if town.at[place] != FREE:
            place = place_in_sight(town, walked, place, chance)
        if place < 0:
            town.term[who] = 1
            continue
        town.at[place] = who
        town.where[who] = place


@rule
def act_together(
    town: Town, walked: Walk, hardship: NDArray[np.float64], risk: NDArray[np.float64],
    numbers: Numbers, order: Whole, willing: NDArray[np.uint8], chance: Chance,
) -> None:  # fmt: skip
    """A step in which all move, then all decide on the same sight, then cops arrest."""
    citizens = len(hardship)
    for who in order:
        if who >= citizens or town.term[who] == 0:
            move(town, walked, who, citizens, chance)
    for who in range(citizens):
        free = town.term[who] == 0
        willing[who] = free and decides(town, who, hardship[who], risk[who], numbers)
    for who in range(citizens):
        become(town, walked, who, willing[who] == 1)
    for who in order:
        if who >= citizens:
            arrest_one(town, walked, who, citizens, numbers[3], chance)


@rule
def act_one_by_one(
    town: Town, walked: Walk, hardship: NDArray[np.float64], risk: NDArray[np.float64],
    numbers: Numbers, order: Whole, chance: Chance,
) -> None:  # fmt: skip
    """A step in which one after another moves and acts at once."""
    citizens = len(hardship)
    for who in order:
        if who >= citizens:
            move(town, walked, who, citizens, chance)
            arrest_one(town, walked, who, citizens, numbers[3], chance)
        elif town.term[who] == 0:
            move(town, walked, who, citizens, chance)
            active = decides(town, who, hardship[who], risk[who], numbers)
            become(town, walked, who, active)


@loop
def live(
    where: Whole, hardship: NDArray[np.float64], risk: NDArray[np.float64], walked: Walk,
    numbers: Numbers, steps: int, chance: Chance,
) -> Whole:  # fmt: skip
    """Active citizens after each step; citizens come first in ``where``, then cops."""
    everybody, citizens, places = len(where), len(hardship), len(walked.places)
    town = Town(
        where.copy(), np.full(places, FREE, np.int64), np.zeros(citizens, np.uint8),
        np.zeros(citizens, np.int64), np.zeros(places, np.int64), np.zeros(places, np.int64),
    )  # fmt: skip
    for who in range(everybody):
        town.at[where[who]] = who
        if who >= citizens:
            shift(town.cops_seen, walked, where[who], 1)
    order, actives = np.arange(everybody), np.zeros(steps, np.int64)
    willing = np.zeros(citizens, np.uint8)
    for step in range(steps):
        for i in range(everybody - 1, 0, -1):
            j = pick(chance, i + 1)
            order[i], order[j] = order[j], order[i]
        if numbers[5]:
            act_together(town, walked, hardship, risk, numbers, order, willing, chance)
        else:
            act_one_by_one(town, walked, hardship, risk, numbers, order, chance)
        pass_terms(town, walked, citizens, chance)
        actives[step] = town.active.sum()
    return actives
