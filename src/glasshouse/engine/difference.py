"""Lives that differ from a shared one in little: only what differs is lived anew.

A branch of a nation has the same past and, by one act of one citizen, another future. Draws of
chance are named by citizen and day, so whoever sees nothing that differs does as in the shared
life, to the letter. Each day only those circles are lived that differ themselves or that meet one
that does; everything else is taken over. The result is that of living the whole nation.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.engine.arrays import Extra
from glasshouse.engine.day import OFFERS_FIRST
from glasshouse.engine.lanes import scratch_for
from glasshouse.engine.lives_of_society import CircleLife
from glasshouse.engine.nation import Nation
from glasshouse.engine.offering import open_in_circles
from glasshouse.engine.tally import new_tally
from glasshouse.model.terms import SchemeTerms
from glasshouse.society.circles import Sisters, meet_sisters, no_sisters
from glasshouse.society.net import CircleNet
from glasshouse.society.record import LANES

NO_CLOCK: NDArray[np.int64] = np.zeros(0, np.int64)
Circles = NDArray[np.int64]


class SharedDay(NamedTuple):
    """One day of the shared life, as far as others need it.

    Attributes
    ----------
    day : int
        The day that was lived.
    evening : uint8 array
        All records at its end.
    extra : Extra
        What some schemes remember besides, at its end.
    offers : int64 array, offers x 3
        Ties offered with success.
    terms : SchemeTerms
        Of the scheme in force.
    """

    day: int
    evening: NDArray[np.uint8]
    extra: Extra
    offers: NDArray[np.int64]
    terms: SchemeTerms


class SharedLife:
    """A nation of circles whose days are kept, for lives that differ from it in little.

    Parameters
    ----------
    nation : Nation
        A society of circles; lived on by :meth:`live_day` alone from now on.

    Examples
    --------
    >>> from glasshouse.scenario import Scenario
    >>> scenario = Scenario.load("press-sesame").replace(population=256)
    >>> shared = SharedLife(Nation.make(scenario, seed=1))
    >>> other = DifferentLife(shared)
    >>> other.nation.records.feeling[64] = 127  # somebody shows more support
    >>> other.differs(citizen=0)
    >>> other.live_day(shared.live_day()) < 8  # circles lived anew, of eight
    True
    """

    def __init__(self, nation: Nation) -> None:
        if not isinstance(nation.life, CircleLife):
            raise ValueError("only in a society of circles is little different from afar")
        self.nation = nation

    def live_day(self) -> SharedDay:
        """Live a day of the shared life."""
        nation, day = self.nation, self.nation.day
        nation.set_ranks(nation.histogram)
        offers = offers_of(nation)
        nation.live_day()
        evening = nation.records.bytes.copy()
        return SharedDay(day, evening, nation.extra.copied(), offers, nation.terms)


class DifferentLife:
    """A life that differs from the shared one in some circles.

    Parameters
    ----------
    shared : SharedLife
        Whose nation, as it is tonight, this begins from.

    Attributes
    ----------
    nation : Nation
        Its nation. Whoever changes something in it says whom it concerns, by :meth:`differs`.
    circles : set of int
        Circles in which it differs from the shared life tonight.
    """

    def __init__(self, shared: SharedLife) -> None:
        self.nation = shared.nation.branch()
        self.circles: set[int] = set()

    def differs(self, citizen: int) -> None:
        """Say that something was changed about a citizen."""
        self.circles.add(citizen // LANES)

    def live_day(self, shared: SharedDay) -> int:
        """Live the day that the shared life has lived, from the same evening on.

        Parameters
        ----------
        shared : SharedDay

        Returns
        -------
        int
            How many circles were lived.
        """
        nation = self.nation
        if nation.day != shared.day:
            raise ValueError(f"day {shared.day} was lived, and here it is day {nation.day}")
        nation.set_ranks(nation.histogram)
        offers = offers_of(nation)
        chosen = self._chosen(shared, offers)
        self._live(chosen, shared, offers)
        return len(chosen)

    def _chosen(self, shared: SharedDay, offers: NDArray[np.int64]) -> Circles:
        """Circles whose day may be another than in the shared life."""
        net = self.nation.net
        assert isinstance(net, CircleNet)
        if not same_terms(self.nation.terms, shared.terms):
            return np.arange(net.circles)
        circles = np.fromiter(self.circles, np.int64, len(self.circles))
        meeting = meet(np.sort(circles), net)
        return np.unique(np.concatenate([meeting, touched(offers, shared.offers)]))

    def _live(self, chosen: Circles, shared: SharedDay, offers: NDArray[np.int64]) -> None:
        nation, life = self.nation, self.nation.life
        assert isinstance(life, CircleLife)
        net, layout = life.net, life.net.layout
        today, before = life.spare(), nation.extra
        np.copyto(today.bytes, shared.evening)
        after = shared.extra.copied()
        for mine, was in by_circle(after, before):
            mine[chosen] = was[chosen]
        nation.loops.sweep_chosen(
            chosen, layout, net.records, today, before, after, life.folk, nation.calendar(),
            nation.terms, nation.parameters, nation.tables,
            scratch_for(layout.slots, layout.groups, layout.slots), new_tally(1)[0], NO_CLOCK,
        )  # fmt: skip
        open_in_circles(offers, layout.ring, today, np.empty(len(offers), np.int64))
        self.circles = self._still(chosen, shared, today.bytes, after)
        nation.turn_to(life.on_the_evening(today), after)

    def _still(
        self, chosen: Circles, shared: SharedDay, today: NDArray[np.uint8], after: Extra
    ) -> set[int]:
        """Circles that differ tonight, of those that were lived."""
        size = self.nation.records.size
        there, here = shared.evening.reshape(-1, size)[chosen], today.reshape(-1, size)[chosen]
        differ = (there != here).any(axis=1)
        for mine, theirs in by_circle(after, shared.extra):
            differ |= (mine[chosen] != theirs[chosen]).any(axis=1)
        return set(chosen[differ].tolist())


def offers_of(nation: Nation) -> NDArray[np.int64]:
    """Ties that will be offered with success on the coming day, in the order of who offers."""
    net = nation.net
    assert isinstance(net, CircleNet)
    layout = net.layout
    offers = np.empty((net.circles, OFFERS_FIRST), np.int64)
    made = nation.loops.offer_in_circles(
        0, net.circles, net, nation.society.beginning, nation.extra, nation.calendar(),
        nation.terms, nation.parameters, scratch_for(layout.slots, layout.groups, layout.slots),
        offers,
    )  # fmt: skip
    return offers[:made].copy()


def touched(offers: NDArray[np.int64], others: NDArray[np.int64]) -> Circles:
    """Circles of those who offer a tie, or are offered one, in one of two lives only.

    Examples
    --------
    >>> here, there = np.array([[0, 5, 40], [64, 1, 70]]), np.array([[64, 1, -71], [0, 5, 40]])
    >>> touched(here, there).tolist()
    [2]
    """
    mine, theirs = ({tuple(each) for each in some.tolist()} for some in (offers, others))
    people = [
        person
        for first, _, second in mine ^ theirs
        for person in (first, second if second >= 0 else -1 - second)
    ]
    return np.unique(np.array(people, np.int64) // LANES)


def by_circle(here: Extra, there: Extra) -> Iterator[tuple[NDArray[Any], NDArray[Any]]]:
    """What some schemes remember besides the records, a row a circle, in two lives."""
    for name in Extra._fields:
        mine, theirs = getattr(here, name), getattr(there, name)
        if len(mine):
            yield mine.reshape(-1, LANES), theirs.reshape(-1, LANES)


def same_terms(here: SchemeTerms, there: SchemeTerms) -> bool:
    """Whether two schemes' terms are equal, thresholds by rank included."""
    names = SchemeTerms._fields
    return here is there or all(
        np.array_equal(getattr(here, name), getattr(there, name)) for name in names
    )


def meet(circles: Circles, net: CircleNet) -> Circles:
    """Some circles and all that meet one of them."""
    found = np.empty((len(circles), net.layout.groups + 1), np.int64)
    _meet(circles, net, no_sisters(net.layout.groups), found)
    return np.unique(found[found >= 0])


@compiled()
def _meet(circles: Circles, net: CircleNet, sisters: Sisters, found: NDArray[np.int64]) -> None:
    for place in range(len(circles)):
        meet_sisters(net.key, circles[place], net.circles, net.layout, sisters)
        found[place, 0] = circles[place]
        for group in range(net.layout.groups):
            found[place, group + 1] = sisters.partner[group]
