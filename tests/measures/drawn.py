"""Nations drawn at random: any records are a nation, as long as ties are ones that could live."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from glasshouse.measures.cascade_of_circles import keep_living
from glasshouse.measures.snapshot import Snapshot
from glasshouse.society.layout import layout_of
from glasshouse.society.living import scratch_for
from glasshouse.society.net import circle_net, friends_of, graph_net, possible
from glasshouse.society.people import shares_of
from glasshouse.society.population import make_people
from glasshouse.society.record import Records, circles_of, empty_records, unpacked
from glasshouse.society.written_ties import circle_ties
from tests.measures.written import parameters_with, terms_of_press_sesame, write

MOST_STEP = 60_000


def drawn_circles(seed: int, citizens: int, slots: int = 32, openness: float = 0.7) -> Snapshot:
    """A society of circles in which each side that could be open is so with some chance."""
    draws = np.random.default_rng(seed)
    records = empty_records(citizens, slots)
    net = circle_net(seed, citizens, layout_of(slots), records)
    could = np.zeros(circles_of(citizens) * slots, np.uint32)
    keep_living(0, circles_of(citizens), possible(net), scratch_for(net), could)
    open_sides = np.zeros(len(could), np.uint32)
    for bit in range(32):
        open_sides |= (draws.random(len(could)) < openness).astype(np.uint32) << np.uint32(bit)
    rows = records.bytes.reshape(-1, records.size)
    rows[:, 128:] = (could & open_sides).view(np.uint8).reshape(len(rows), -1)
    return _with_people(draws, seed, citizens, records, net, clustered=True)


def drawn_graph(seed: int, citizens: int, share: float = 0.2) -> Snapshot:
    """A graph in which each pair may know each other with some chance, and most such ties live."""
    from glasshouse.society.graph import graph_ties

    draws = np.random.default_rng(seed)
    first, second = np.triu_indices(citizens, 1)
    chosen = draws.random(len(first)) < share
    ties = graph_ties(citizens, first[chosen].astype(np.int64), second[chosen].astype(np.int64))
    lives = draws.random(len(ties.friend)) < 0.9
    net = graph_net(ties, (lives & lives[ties.back]).astype(np.uint8))
    return _with_people(draws, seed, citizens, empty_records(citizens, 0), net, clustered=False)


def _with_people(
    draws: np.random.Generator, seed: int, citizens: int, records: Records, net, clustered: bool
) -> Snapshot:  # type: ignore[no-untyped-def]
    write(records, "score", np.clip(draws.normal(25_000, 9_000, citizens), 0, MOST_STEP))
    write(records, "stance", draws.integers(-127, 128, citizens))
    write(records, "opinion", draws.integers(-127, 128, citizens))
    parameters = parameters_with((1,))._replace(minority_share=0.3)
    return Snapshot(
        day=30,
        citizens=citizens,
        seed=seed,
        records=records,
        net=net,
        published=np.zeros(0, np.uint16),
        absent=np.zeros(0, np.uint8),
        terms=terms_of_press_sesame(),
        parameters=parameters,
        shares=shares_of(seed, citizens, parameters, clustered=clustered),
        doors=("a", "b", "c", "d", "e")[: len(terms_of_press_sesame().door_step)],
        in_force=True,
        clustered=clustered,
        idle=lambda: np.full(len(records.bytes), 77, np.uint8),
    )


def with_some_away(snapshot: Snapshot, seed: int) -> Snapshot:
    """The same nation with some people who have left, and scores published now and then."""
    draws, citizens = np.random.default_rng(seed), snapshot.citizens
    return replace(
        snapshot,
        absent=(draws.random(citizens) < 0.2).astype(np.uint8),
        published=draws.integers(0, MOST_STEP, citizens).astype(np.uint16),
    )


@st.composite
def nations(draw: st.DrawFn) -> Snapshot:
    """Small nations of either kind, of any number of slots, with and without people away."""
    seed = draw(st.integers(1, 1_000))
    if draw(st.booleans()):
        snapshot = drawn_graph(seed, draw(st.integers(2, 150)))
    else:
        slots = draw(st.sampled_from([32, 32, 64, 128]))
        snapshot = drawn_circles(seed, draw(st.integers(64, 400)), slots, draw(st.floats(0.2, 1)))
    return with_some_away(snapshot, seed) if draw(st.booleans()) else snapshot


class Plainly:
    """A snapshot as plain arrays, a number for every citizen."""

    def __init__(self, snapshot: Snapshot) -> None:
        citizens = snapshot.citizens
        people = make_people(snapshot.seed, 0, citizens, snapshot.parameters, snapshot.shares)
        self.people = people
        self.minority = people.minority != 0
        self.stance = unpacked(snapshot.records, "stance", citizens).astype(np.int64)
        self.opinion = unpacked(snapshot.records, "opinion", citizens).astype(np.int64)
        self.step = unpacked(snapshot.records, "score", citizens).astype(np.int64)
        if len(snapshot.published):
            self.step = snapshot.published.astype(np.int64)
        self.present = np.ones(citizens, bool)
        if len(snapshot.absent):
            self.present = snapshot.absent == 0
        self.friends = [friends_of(snapshot.net, i) for i in range(citizens)]
        self.degree = np.array([len(friends) for friends in self.friends])
        self.cell = self.minority + 2 * (self.opinion < 0)

    def half_edges(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Both ends of every tie, each tie in both directions."""
        first = np.repeat(np.arange(len(self.friends)), self.degree)
        second = np.array([j for friends in self.friends for j in friends], np.int64)
        return first, second


def same_ties_as_graph(snapshot: Snapshot) -> Snapshot:
    """A society of circles with its ties read from half-edges instead of computed."""
    slots = snapshot.net.layout.slots  # type: ignore[union-attr]
    ties = circle_ties(snapshot.seed, snapshot.citizens, np.ones(5), slots)
    alive = np.zeros(len(ties.friend), np.uint8)
    for i in range(snapshot.citizens):
        mine = slice(ties.offsets[i], ties.offsets[i + 1])
        alive[mine] = np.isin(ties.friend[mine], friends_of(snapshot.net, i))
    return replace(snapshot, net=graph_net(ties, alive))
