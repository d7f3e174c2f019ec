"""The nation as arrays: what the loops are given."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.streams import Key


class Folk(NamedTuple):
    """Traits of everybody that the day needs; arrays of length N."""

    expressiveness: NDArray[np.float64]
    fear: NDArray[np.float64]
    log_wealth: NDArray[np.float64]
    ambition: NDArray[np.float64]
    activity: NDArray[np.float64]
    capacity: NDArray[np.float64]
    minority: NDArray[np.uint8]


class Links(NamedTuple):
    """Possible ties; see :class:`glasshouse.society.ties.PossibleTies`."""

    offsets: NDArray[np.int64]
    friend: NDArray[np.int32]
    back: NDArray[np.int64]
    layer: NDArray[np.uint8]
    strength: NDArray[np.float64]


class State(NamedTuple):
    """What is remembered at the end of a day.

    ``absent`` and ``waiting`` have length 0 unless the scheme lets people opt out or appeal;
    ``published`` is ``score`` itself where scores are published every day.
    """

    score: NDArray[np.uint16]
    published: NDArray[np.uint16]
    stance: NDArray[np.int8]
    opinion: NDArray[np.int8]
    absent: NDArray[np.uint8]
    waiting: NDArray[np.float64]


class Sides(NamedTuple):
    """Open sides of half-edges, and which of them are living ties (open on both sides)."""

    consent: NDArray[np.uint8]
    alive: NDArray[np.uint8]


class Calendar(NamedTuple):
    """Which day it is, and the keys of its draws."""

    day: int
    month: int
    days_key: Key
    calendar_key: Key
    pressing_key: Key
    guessing_key: Key
    opening_key: Key
    accepting_key: Key
    in_force: bool
    publish: bool


class Scratch(NamedTuple):
    """Working memory of one thread."""

    sums: NDArray[np.float64]
    perceived: NDArray[np.float64]
    lowest: NDArray[np.float64]
