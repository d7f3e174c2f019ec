"""The ties that live on the first day of a society of circles, as pairs."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.scenario.scenario import Scenario
from glasshouse.society.layout import sister_slot
from glasshouse.society.make import make_society
from glasshouse.society.record import LANES, circles_of
from glasshouse.society.written_ties import slots_of_circle


class FirstTies(NamedTuple):
    """Ties, each once.

    Attributes
    ----------
    first, second : int arrays
        Ends of each, ``first < second``.
    layer : int array
        0 kin, 1 circle, 2 district, 3 city, 4 nation.
    citizens : int
    """

    first: NDArray[Any]
    second: NDArray[Any]
    layer: NDArray[Any]
    citizens: int


def first_ties(scenario: Scenario, seed: int) -> FirstTies:
    """The living ties of the first day of a society of circles.

    Examples
    --------
    >>> ties = first_ties(Scenario.load("none").replace(population=128), seed=1)
    >>> bool((ties.first < ties.second).all()), ties.citizens
    (True, 128)
    """
    society, records = make_society(scenario, seed)
    layout, people = society.beginning.layout, society.citizens
    slots, circles = layout.slots, circles_of(people)
    friends = np.concatenate(
        [slots_of_circle(seed, each, people, layout) for each in range(circles)]
    )
    # Behind 32 other numbers, a record has a word for each citizen and 32 slots, a bit for each.
    words = records.consent.reshape(circles, -1)[:, LANES : LANES + slots]
    bits = np.arange(LANES, dtype=np.uint32)
    sides = (words.reshape(circles, slots // LANES, LANES)[..., None] >> bits) & 1
    own = sides.transpose(0, 2, 1, 3).reshape(-1, slots).astype(bool)
    one, slot = np.nonzero(own & (friends >= 0))
    two = friends[one, slot]
    # A tie lives where both sides are open: hers, and that of the slot that leads back.
    back = np.array([sister_slot(each, layout.ring) for each in range(slots)])
    here, there = (one * people + two) * slots + slot, (two * people + one) * slots + back[slot]
    once = np.isin(here, there) & (one < two)
    return FirstTies(one[once], two[once], np.asarray(layout.layer)[slot[once]], people)
