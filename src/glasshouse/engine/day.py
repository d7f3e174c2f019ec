"""A day in the society of circles: stretches of circles on several threads."""

from __future__ import annotations

from threading import Lock

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.threads import share_out, threads
from glasshouse.engine.arrays import Calendar, Edges, Extra, Folk, Tables
from glasshouse.engine.lanes import scratch_for
from glasshouse.engine.offering import count_opened, open_in_circles
from glasshouse.engine.own_rules import Loops
from glasshouse.engine.seen import seen_of
from glasshouse.engine.tally import new_tally
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.circles import CITY_CIRCLES
from glasshouse.society.net import CircleNet
from glasshouse.society.people import CITY_SIZE
from glasshouse.society.record import Records
from glasshouse.society.start import Beginning

# Circles that a thread lives in one go: a power of two, so that none lies in two cities.
LONGEST, SHORTEST = 2_048, 16
OFFERS_FIRST = 3


def stretch_of(circles: int) -> int:
    """Circles in one stretch: several stretches for each thread, where there are enough."""
    size = LONGEST
    while size > SHORTEST and circles < 4 * size * threads():
        size //= 2
    return size


class CircleDay:
    """One day of a nation of circles.

    Parameters
    ----------
    loops : Loops
    net : CircleNet
        Yesterday's living ties and records.
    today : Records
        Where tonight is written.
    before, after : Extra
    folk : Folk
    calendar : Calendar
    terms : SchemeTerms
    beginning : Beginning
    tables : Tables
    clock : int64 array
        Ticks by stage, added up; length 0 where nobody asks.
    """

    def __init__(
        self, loops: Loops, net: CircleNet, today: Records, before: Extra, after: Extra,
        folk: Folk, calendar: Calendar, terms: SchemeTerms, beginning: Beginning, tables: Tables,
        clock: NDArray[np.int64],
    ) -> None:  # fmt: skip
        self.loops = loops
        self.net = net
        self.today = today
        self.before, self.after = before, after
        self.folk, self.calendar, self.terms, self.tables = folk, calendar, terms, tables
        self.beginning = beginning
        self.parameters: Parameters = beginning.parameters
        self.clock = clock
        self.tally = new_tally(-(-net.citizens // CITY_SIZE))
        self._offers: list[NDArray[np.int64]] = []
        self._lock = Lock()

    def live(self) -> NDArray[np.int64]:
        """Live the day; returns tallies by region."""
        share_out(self._stretch, 0, self.net.circles, stretch_of(self.net.circles))
        self._take_effect()
        return self.tally

    def _stretch(self, first: int, last: int) -> None:
        net, layout = self.net, self.net.layout
        scratch = scratch_for(layout.slots, layout.groups, layout.slots)
        tally, clock = new_tally(1)[0], np.zeros_like(self.clock)
        self.loops.sweep_circles(
            first, last, layout, net.records, self.today, self.before, self.after, self.folk,
            self.calendar, self.terms, self.parameters, self.tables, scratch, tally, clock,
        )  # fmt: skip
        offers = np.empty((last - first, OFFERS_FIRST), np.int64)
        made = self.loops.offer_in_circles(
            first, last, net, self.beginning, self.before, self.calendar, self.terms,
            self.parameters, scratch, offers,
        )  # fmt: skip
        with self._lock:
            self.tally[first // CITY_CIRCLES] += tally
            self.clock += clock
            if made:
                self._offers.append(offers[:made].copy())

    def _take_effect(self) -> None:
        """Open the sides of tonight's offers, in the order of who offers."""
        if not self._offers:
            return
        offers = np.concatenate(self._offers)
        offers = offers[np.argsort(offers[:, 0], kind="stable")]
        opened = np.empty(len(offers), np.int64)
        count = open_in_circles(offers, self.net.layout.ring, self.today, opened)
        opened = opened[:count]
        for region in np.unique(opened // CITY_SIZE):
            of_region = opened[opened // CITY_SIZE == region]
            count_opened(
                of_region, self.beginning.seed, self.net.records, self.beginning,
                self.tally[region],
            )  # fmt: skip


class EdgeDay:
    """One day of a nation on an explicit graph; arguments as for :class:`CircleDay`."""

    def __init__(
        self, loops: Loops, edges: Edges, yesterday: Records, today: Records, before: Extra,
        after: Extra, folk: Folk, calendar: Calendar, terms: SchemeTerms, beginning: Beginning,
        tables: Tables, clock: NDArray[np.int64],
    ) -> None:  # fmt: skip
        self.loops = loops
        self.edges = edges._replace(seen=seen_of(yesterday, before, folk.citizens))
        self.yesterday, self.today = yesterday, today
        self.before, self.after = before, after
        self.folk, self.calendar, self.terms, self.tables = folk, calendar, terms, tables
        self.beginning = beginning
        self.parameters: Parameters = beginning.parameters
        self.clock = clock
        self.tally = new_tally(1)
        self.cut = np.full(folk.citizens, -1, np.int64)
        self.most_friends = int(np.diff(edges.offsets).max(initial=0)) + 1
        self._lock = Lock()

    def live(self) -> tuple[NDArray[np.int64], Edges]:
        """Live the day; returns tallies, and the half-edges as they are tonight."""
        share_out(self._stretch, 0, self.folk.circles, stretch_of(self.folk.circles))
        edges = self.edges._replace(
            consent=self.edges.consent.copy(),
            alive=self.edges.alive.copy(),
            seen=np.zeros(0, np.uint32),
        )
        opened = np.empty(self.folk.circles, np.int64)
        count = self.loops.settle_edges(
            self.folk.citizens, edges, self.cut, self.yesterday, self.before, self.calendar,
            self.terms, self.parameters, scratch_for(0, 0, self.most_friends), opened,
        )  # fmt: skip
        count_opened(
            opened[:count], self.beginning.seed, self.yesterday, self.beginning, self.tally[0]
        )
        return self.tally, edges

    def _stretch(self, first: int, last: int) -> None:
        scratch = scratch_for(0, 0, self.most_friends)
        tally, clock = new_tally(1)[0], np.zeros_like(self.clock)
        self.loops.sweep_edges(
            first, last, self.edges, self.cut, self.yesterday, self.today, self.before,
            self.after, self.folk, self.calendar, self.terms, self.parameters, self.tables,
            scratch, tally, clock,
        )  # fmt: skip
        with self._lock:
            self.tally[0] += tally
            self.clock += clock
