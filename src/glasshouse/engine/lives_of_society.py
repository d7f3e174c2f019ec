"""Where a nation is remembered, yesterday and today, in each kind of society."""

from __future__ import annotations

import math
from copy import copy
from typing import Self

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.streams import CIRCLE_TRAITS, MATCHING, TRAITS, fold
from glasshouse.engine.arrays import Calendar, Edges, Extra, Folk, Tables
from glasshouse.engine.day import CircleDay, EdgeDay
from glasshouse.engine.own_rules import Loops
from glasshouse.model.terms import SchemeTerms
from glasshouse.society.make import Society
from glasshouse.society.net import CircleNet, GraphNet, circle_net, graph_net
from glasshouse.society.population import trait_tables
from glasshouse.society.record import Records, circles_of, empty_records, unpacked
from glasshouse.society.ties import exact_strength


def folk_of(society: Society) -> Folk:
    """What the traits of a society's people are drawn from."""
    seed = int(society.beginning.seed)
    return Folk(
        citizens=society.citizens,
        circles=circles_of(society.citizens),
        seed=np.uint64(seed),
        traits_key=np.uint64(fold(seed, TRAITS)),
        circle_traits_key=np.uint64(fold(seed, CIRCLE_TRAITS)),
        matching_key=np.uint64(fold(seed, MATCHING)),
        shares=society.shares,
        traits=trait_tables(society.beginning.parameters),
    )


class _Life:
    """The records of last night, and room for those of tonight."""

    def __init__(self, society: Society, records: Records) -> None:
        self.society = society
        self.records = records
        self.folk = folk_of(society)
        self._spare: Records | None = None

    def spare(self) -> Records:
        """The other buffer: what it holds is of no use to anybody."""
        if self._spare is None:
            self._spare = empty_records(self.society.citizens, self.society.slots)
        return self._spare

    def idle(self) -> NDArray[np.uint8]:
        """The other buffer as bytes; it is cleared where vacant places must be empty."""
        return self.spare().bytes

    def on_the_evening(self, today: Records) -> Self:
        """The same life when tonight has become last night; this one stays as it is."""
        later = copy(self)
        later._spare, later.records = self.records, today
        return later

    def _today(self) -> Records:
        """Room for tonight, the vacant places of the last circle empty."""
        today = self.spare()
        today.bytes[-today.size :] = 0
        return today

    def scores(self, places: int) -> NDArray[np.uint16]:
        """Everybody's running score, vacant places of the last circle included."""
        return unpacked(self.records, "score", places).astype(np.uint16, copy=False)

    def _copied(self) -> Records:
        copy = empty_records(self.society.citizens, self.society.slots)
        np.copyto(copy.bytes, self.records.bytes)
        return copy


class CircleLife(_Life):
    """A nation of circles."""

    @property
    def net(self) -> CircleNet:
        """The living ties of last night."""
        beginning = self.society.beginning
        return circle_net(int(beginning.seed), beginning.citizens, beginning.layout, self.records)

    @property
    def bytes(self) -> int:
        """Memory taken, in bytes: last night and tonight."""
        return 2 * self.records.bytes.nbytes

    def live_day(
        self, loops: Loops, before: Extra, after: Extra, calendar: Calendar, terms: SchemeTerms,
        tables: Tables, clock: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], CircleLife]:  # fmt: skip
        """Live a day; returns tallies by region, and the life as it then is."""
        today = self._today()
        day = CircleDay(
            loops, self.net, today, before, after, self.folk, calendar, terms,
            self.society.beginning, tables, clock,
        )  # fmt: skip
        return day.live(), self.on_the_evening(today)

    def copy(self) -> CircleLife:
        """The same life, to be lived on differently."""
        return CircleLife(self.society, self._copied())

    def remembered(self) -> dict[str, NDArray[np.uint8]]:
        """What is remembered besides records: nothing, consent is in them."""
        return {}

    def refilled(self) -> None:
        """Nothing follows from the records that is not worked out each time."""


class GraphLife(_Life):
    """A nation on an explicit graph."""

    def __init__(self, society: Society, records: Records, edges: Edges | None = None) -> None:
        super().__init__(society, records)
        self.edges = edges_of(society) if edges is None else edges

    @property
    def net(self) -> GraphNet:
        """The living ties of last night."""
        ties = self.society.ties
        assert ties is not None
        return graph_net(ties, self.edges.alive)

    @property
    def bytes(self) -> int:
        """Memory taken, in bytes: last night and tonight, and the possible ties."""
        edges = 2 * (self.edges.consent.nbytes + self.edges.alive.nbytes)
        return 2 * self.records.bytes.nbytes + edges + self.society.bytes

    def live_day(
        self, loops: Loops, before: Extra, after: Extra, calendar: Calendar, terms: SchemeTerms,
        tables: Tables, clock: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], GraphLife]:  # fmt: skip
        """Live a day; returns tallies of the one region, and the life as it then is."""
        today = self._today()
        day = EdgeDay(
            loops, self.edges, self.records, today, before, after, self.folk, calendar, terms,
            self.society.beginning, tables, clock,
        )  # fmt: skip
        later = self.on_the_evening(today)
        tally, later.edges = day.live()
        return tally, later

    def copy(self) -> GraphLife:
        """The same life, to be lived on differently."""
        return GraphLife(self.society, self._copied(), self.edges)

    def remembered(self) -> dict[str, NDArray[np.uint8]]:
        """What is remembered besides records: whose side of which tie is open."""
        return {"consent": self.edges.consent}

    def refilled(self) -> None:
        """Work out which ties live."""
        edges = self.edges
        np.copyto(edges.alive, edges.consent & edges.consent[edges.back])


def edges_of(society: Society) -> Edges:
    """The half-edges of a graph on the first day: all open."""
    ties = society.ties
    assert ties is not None
    strength = exact_strength(ties.strength)
    known, places = np.unique(strength, return_inverse=True)
    logarithms = np.array([math.log(each) for each in known])
    open_sides = np.ones(len(ties.friend), np.uint8)
    return Edges(
        ties.offsets, ties.friend, ties.back, ties.layer, strength, logarithms[places],
        open_sides, open_sides.copy(), np.zeros(0, np.uint32),
    )  # fmt: skip
