"""What a nation remembers of everybody, as plain arrays by citizen or by half-edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine.nation import Nation
from glasshouse.society.record import unpacked
from glasshouse.society.start import capacity_of
from glasshouse.society.ties import PossibleTies, strength_of_layers
from glasshouse.society.written_ties import circle_ties
from tests.society.written_out import sides_of_all, slots_of_all, sources

Numbers = NDArray[np.int64]


def scores(nation: Nation) -> Numbers:
    """Running scores, in steps."""
    return unpacked(nation.records, "score", nation.citizens).astype(np.int64)


def published(nation: Nation) -> Numbers:
    """Published scores, in steps."""
    kept = nation.state.published
    return kept.astype(np.int64) if len(kept) else scores(nation)


def stances(nation: Nation) -> Numbers:
    """Public stances, in 127ths."""
    return unpacked(nation.records, "stance", nation.citizens).astype(np.int64)


def opinions(nation: Nation) -> Numbers:
    """Private opinions, in 127ths."""
    return unpacked(nation.records, "opinion", nation.citizens).astype(np.int64)


@dataclass(frozen=True)
class Everybody:
    """All possible ties of a nation as half-edges, in the order of citizens and slots.

    ``used`` says which slots of everybody name somebody; None in a graph.
    """

    ties: PossibleTies
    source: Numbers
    used: NDArray[np.bool_] | None

    def open(self, nation: Nation) -> NDArray[np.bool_]:
        """Whether the own side of each half-edge is open."""
        if self.used is None:
            return nation.remembered()["consent"].astype(bool)
        return sides_of_all(nation.records, nation.citizens)[self.used]

    def alive(self, nation: Nation) -> NDArray[np.bool_]:
        """Whether both sides of each half-edge are open."""
        mine = self.open(nation)
        return mine & mine[self.ties.back]

    def degree(self, nation: Nation) -> Numbers:
        """Living ties of everybody."""
        return np.bincount(self.source[self.alive(nation)], minlength=nation.citizens)


def everybody_of(nation: Nation) -> Everybody:
    """Write out the possible ties of a nation."""
    ties = nation.society.ties
    if ties is not None:
        return Everybody(ties, sources(ties), None)
    beginning = nation.society.beginning
    seed, citizens = int(beginning.seed), nation.citizens
    strength = strength_of_layers(nation.parameters)
    ties = circle_ties(seed, citizens, strength, beginning.layout.slots)
    used = slots_of_all(seed, citizens, beginning.layout) >= 0
    return Everybody(ties, sources(ties), used)


def capacities(nation: Nation) -> NDArray[np.float64]:
    """How many ties everybody has room for."""
    if nation.society.ties is not None:
        return np.diff(nation.society.ties.offsets).astype(float)
    beginning = nation.society.beginning
    return np.array([capacity_of(i, beginning) for i in range(nation.citizens)])


def kept(nation: Nation) -> dict[str, Any]:
    """All that is remembered, copied."""
    return {name: part.copy() for name, part in nation.remembered().items()}
