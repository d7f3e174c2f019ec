"""The nation as the reference asks about it: plain numbers, one citizen at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glasshouse.engine.lives import Person, Tie
from glasshouse.engine.lives_of_society import CircleLife, GraphLife
from glasshouse.society.layout import sister_slot
from glasshouse.society.people import draw_traits
from glasshouse.society.record import (
    feeling_of,
    opinion_at,
    score_of,
    side_is_open,
    stance_at,
)
from glasshouse.society.start import capacity_of
from glasshouse.society.ties import exact_strength, strength_of_layers
from glasshouse.society.written_ties import slots_of_circle

if TYPE_CHECKING:
    from glasshouse.engine.nation import Nation


class NationView:
    """A :class:`~glasshouse.engine.lives.Yesterday` over the records of a nation.

    It reads, never writes, and is good until the nation lives another day.
    """

    def __init__(self, nation: Nation) -> None:
        self.nation = nation
        self.citizens = nation.citizens
        self.terms = nation.terms
        self.parameters = nation.parameters
        self.calendar = nation.calendar()
        self._strength = exact_strength(strength_of_layers(self.parameters)).tolist()
        # Traits and possible ties never change: whoever was asked about once is known.
        self._people, self._slots = nation.asked_about
        self._published: dict[int, int] = {}

    def person(self, i: int) -> Person:
        """Traits of a citizen."""
        if i not in self._people:
            self._people[i] = self._drawn(i)
        return self._people[i]

    def _drawn(self, i: int) -> Person:
        seed, shares = self.nation.seed, self.nation.shares
        traits = draw_traits(seed, i, self.parameters, shares)
        ties = self.nation.society.ties
        if ties is None:
            capacity = capacity_of(i, self.nation.society.beginning)
        else:
            capacity = float(ties.offsets[i + 1] - ties.offsets[i])
        return Person(
            traits.expressiveness,
            traits.fear,
            traits.log_wealth,
            traits.ambition,
            traits.activity,
            capacity,
            traits.minority,
        )

    def ties(self, i: int) -> list[Tie]:
        """Possible ties of a citizen, in the order of slots."""
        life = self.nation.life
        return self._in_circles(i) if isinstance(life, CircleLife) else self._in_graph(i, life)

    def _in_circles(self, i: int) -> list[Tie]:
        nation = self.nation
        layout, records = nation.society.beginning.layout, nation.records
        circle = i >> 5
        if circle not in self._slots:
            slots = slots_of_circle(nation.seed, circle, self.citizens, layout)
            self._slots[circle] = slots.tolist()
        ties = []
        for slot, (j, layer) in enumerate(
            zip(self._slots[circle][i & 31], layout.layer.tolist(), strict=True)
        ):
            if j >= 0:
                back = sister_slot(slot, layout.ring)
                mine = side_is_open(records, i, slot) == 1
                both = mine and side_is_open(records, j, back) == 1
                ties.append(Tie(j, layer, self._strength[layer], mine, both, slot, back))
        return ties

    def _in_graph(self, i: int, life: GraphLife) -> list[Tie]:
        edges = life.edges
        return [
            Tie(
                int(edges.friend[e]),
                int(edges.layer[e]),
                float(edges.strength[e]),
                bool(edges.consent[e]),
                bool(edges.alive[e]),
                int(e - edges.offsets[i]),
                int(edges.back[e] - edges.offsets[edges.friend[e]]),
            )
            for e in range(int(edges.offsets[i]), int(edges.offsets[i + 1]))
        ]

    def score_step(self, i: int) -> int:
        """Running score, in steps."""
        return self.nation.score_step(i)

    def published_step(self, i: int) -> int:
        """Published score, in steps."""
        if i not in self._published:
            self._published[i] = self.nation.published_step(i)
        return self._published[i]

    def score(self, i: int) -> float:
        """Running score, in points."""
        return score_of(self.score_step(i), self.terms.low, self.terms.unit)

    def published(self, i: int) -> float:
        """Published score, in points."""
        return score_of(self.published_step(i), self.terms.low, self.terms.unit)

    def stance_stored(self, i: int) -> int:
        """Public stance, in 127ths."""
        return stance_at(self.nation.records, i)

    def opinion_stored(self, i: int) -> int:
        """Private opinion, in 127ths."""
        return opinion_at(self.nation.records, i)

    def stance(self, i: int) -> float:
        """Public stance, -1 to 1."""
        return feeling_of(self.stance_stored(i))

    def opinion(self, i: int) -> float:
        """Private opinion, -1 to 1."""
        return feeling_of(self.opinion_stored(i))

    def absent(self, i: int) -> bool:
        """Whether the citizen has opted out."""
        return self.nation.absent(i)

    def waiting(self, i: int) -> float:
        """Points that wait for an appeal."""
        waiting = self.nation.state.waiting
        return float(waiting[i]) if len(waiting) else 0.0
