"""A society of circles written out: who could know whom, whose side is open, who is friends."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.society.layout import Layout, layout_of
from glasshouse.society.make import Society
from glasshouse.society.population import make_people
from glasshouse.society.record import Records, circles_of, unpacked
from glasshouse.society.start import capacity_of
from glasshouse.society.ties import PossibleTies, strength_of_layers
from glasshouse.society.written_ties import circle_ties, slots_of_circle


def sources(ties: PossibleTies) -> NDArray[np.int64]:
    """Whose each half-edge is."""
    return np.repeat(np.arange(ties.citizens), np.diff(ties.offsets))


def slots_of_all(seed: int, citizens: int, layout: Layout) -> NDArray[np.int64]:
    """Possible friend of everybody by slot; -1 for nobody."""
    parts = [slots_of_circle(seed, c, citizens, layout) for c in range(circles_of(citizens))]
    return np.concatenate(parts)[:citizens]


def sides_of_all(records: Records, citizens: int) -> NDArray[np.bool_]:
    """Whether everybody's own side is open, by slot."""
    words = records.bytes.reshape(-1, records.size)[:, 128:].copy().view(np.uint32)
    lanes = words.reshape(len(words), -1, 32).swapaxes(1, 2)
    bits = lanes[..., None] >> np.arange(32, dtype=np.uint32) & np.uint32(1)
    return bits.reshape(32 * len(words), -1)[:citizens].astype(bool)


class WrittenOut:
    """A society of circles and its first day, as half-edges and arrays by citizen.

    ``consent`` and ``alive`` are by half-edge of ``ties``; ``opinion`` and ``stance`` are stored
    127ths.
    """

    def __init__(self, society: Society, records: Records) -> None:
        beginning = society.beginning
        self.society, self.records = society, records
        self.citizens, self.seed = society.citizens, int(beginning.seed)
        parameters = beginning.parameters
        self.ties = circle_ties(
            self.seed, self.citizens, strength_of_layers(parameters), society.slots
        )
        self.source = sources(self.ties)
        slots = slots_of_all(self.seed, self.citizens, layout_of(society.slots))
        sides = sides_of_all(records, self.citizens)
        # Nobody's side is open towards nobody.
        assert not sides[slots < 0].any()
        self.consent = sides[slots >= 0]
        self.alive = self.consent & self.consent[self.ties.back]
        self.opinion = unpacked(records, "opinion", self.citizens)
        self.stance = unpacked(records, "stance", self.citizens)
        self.people = make_people(self.seed, 0, self.citizens, parameters, society.shares)
        self.capacity = np.array([capacity_of(i, beginning) for i in range(self.citizens)])

    @property
    def dissents(self) -> NDArray[np.bool_]:
        """Who thinks ill of the state."""
        return self.opinion < 0

    @property
    def degree(self) -> NDArray[np.int64]:
        """Living ties of everybody."""
        return np.bincount(self.source[self.alive], minlength=self.citizens)

    def across(self) -> NDArray[np.bool_]:
        """Whether each half-edge goes from one camp to the other."""
        return self.dissents[self.source] != self.dissents[self.ties.friend]
