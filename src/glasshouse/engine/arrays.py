"""What the loops are given, beside the records of yesterday and today."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.streams import Key
from glasshouse.engine.pressing import Pressing
from glasshouse.society.circles import Sisters
from glasshouse.society.people import Shares
from glasshouse.society.population import TraitTables


class Extra(NamedTuple):
    """What some schemes remember besides the records, by citizen; length 0 where they do not.

    Attributes
    ----------
    published : uint16 array
        Published score, where scores are not published every day.
    absent : uint8 array
        1 for those who have opted out.
    waiting : float64 array
        Points that wait for an appeal.
    """

    published: NDArray[np.uint16]
    absent: NDArray[np.uint8]
    waiting: NDArray[np.float64]

    def copied(self) -> Extra:
        """The same in other memory."""
        return Extra(self.published.copy(), self.absent.copy(), self.waiting.copy())


class Edges(NamedTuple):
    """The half-edges of an explicit graph; see :class:`glasshouse.society.ties.PossibleTies`.

    ``seen`` is what may be seen of each citizen while a day is lived; see
    :mod:`glasshouse.engine.seen`.
    """

    offsets: NDArray[np.int64]
    friend: NDArray[np.int32]
    back: NDArray[np.int64]
    layer: NDArray[np.uint8]
    strength: NDArray[np.float64]
    log_strength: NDArray[np.float64]
    consent: NDArray[np.uint8]
    alive: NDArray[np.uint8]
    seen: NDArray[np.uint32]


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


class Folk(NamedTuple):
    """Who there is: what traits are drawn from.

    Attributes
    ----------
    citizens, circles : int
    seed, traits_key, circle_traits_key, matching_key : uint64
    shares : Shares
    traits : TraitTables
    """

    citizens: int
    circles: int
    seed: Key
    traits_key: Key
    circle_traits_key: Key
    matching_key: Key
    shares: Shares
    traits: TraitTables


class Tables(NamedTuple):
    """What is worked out once for a scheme and looked up ever after.

    Attributes
    ----------
    limits : uint32 array
        Limits of counts, by place of activity and minority; see
        :mod:`~glasshouse.engine.act_tables`.
    rates : float64 array
        Rates and cumulative shares of kinds, likewise.
    points, wrong : float64 arrays, by code of an act
        What an act adds to the doer's score, and what of it is for a wrong reading.
    against : int32 array, by code of an act
        1 where it was taken for something against.
    tone_and_against : int32 array, by code of an act
        True tone plus 1 in the lower 16 bits, ``against`` in the upper ones: two sums in one.
    any_wrong : bool
        Whether wrong points matter: there are appeals.
    readings : uint32 array
        What a draw must reach to be taken for another thing, by minority (2 for those of whom
        nothing is recorded) and act; four for each.
    spoken : uint32 array
        Act by place of speech.
    subjects : float64 array, 3 x subjects
        Cumulative chances of subjects by tone of the outlet.
    strength, log_strength : float64 arrays, layers
        Of ties in circles.
    slot_strength : float64 array, slots
        Strength by slot.
    visible_for, visible_against : int
        Least and greatest stored stance that is seen as for and as against.
    pressing : Pressing
        Who presses whom, as whole numbers.
    told_apart : bool
        Whether neutral speech of different kinds has points, so that its kind matters.
    """

    limits: NDArray[np.uint32]
    rates: NDArray[np.float64]
    points: NDArray[np.float64]
    wrong: NDArray[np.float64]
    against: NDArray[np.int32]
    tone_and_against: NDArray[np.int32]
    any_wrong: bool
    readings: NDArray[np.uint32]
    spoken: NDArray[np.uint32]
    subjects: NDArray[np.float64]
    strength: NDArray[np.float64]
    slot_strength: NDArray[np.float64]
    log_strength: NDArray[np.float64]
    visible_for: int
    visible_against: int
    pressing: Pressing
    told_apart: bool


class Scratch(NamedTuple):
    """Working memory of one thread for 32 citizens; the names of its rows are in
    :mod:`~glasshouse.engine.lanes`.

    Attributes
    ----------
    f, n, k : float64, int32 and uint64 arrays
        Rows of 32 numbers.
    score, stance, absent, consent : uint16, int8, uint8 and uint32 arrays
        Numbers of the circles that are looked at, each row of 32 written twice over, so that 32 of
        them can be read from any lane on.
    draw_keys, draws : uint64 and uint16 arrays
        Draws for pressing of who is named in each slot, likewise: the same memory seen twice.
    met_score, met_stance, met_absent : uint16, int8 and uint8 arrays
        The same of the friend in each slot, as each of the 32 citizens sees her.
    alive : uint32 array
        Words of living ties.
    acts, who : uint64 and uint32 arrays
        Acts of the day, one after the other, and whose they are.
    ends, places : uint32 arrays
        Ends of the places that a draw may fall into: row by row, then citizen by citizen.
    friend : int64 array
        The friends of one citizen under review: their slots or half-edges.
    perceived, strength : float64 arrays
        Their scores as she sees them, and the strengths of the ties.
    lowest : float64 array
        The lowest few of some scores.
    sisters, coming : Sisters
        Sister circles of this circle and of the next one.
    """

    f: NDArray[np.float64]
    n: NDArray[np.int32]
    k: NDArray[np.uint64]
    score: NDArray[np.uint16]
    stance: NDArray[np.int8]
    absent: NDArray[np.uint8]
    consent: NDArray[np.uint32]
    draw_keys: NDArray[np.uint64]
    draws: NDArray[np.uint16]
    met_score: NDArray[np.uint16]
    met_stance: NDArray[np.int8]
    met_absent: NDArray[np.uint8]
    alive: NDArray[np.uint32]
    acts: NDArray[np.uint64]
    who: NDArray[np.uint32]
    ends: NDArray[np.uint32]
    places: NDArray[np.uint32]
    friend: NDArray[np.int64]
    perceived: NDArray[np.float64]
    strength: NDArray[np.float64]
    lowest: NDArray[np.float64]
    sisters: Sisters
    coming: Sisters
