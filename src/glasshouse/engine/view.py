"""The nation's arrays as the reference asks about them: plain numbers, one citizen at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glasshouse.engine.lives import Person, Tie
from glasshouse.society.record import feeling_of, score_of

if TYPE_CHECKING:
    from glasshouse.engine.nation import Nation


class NationView:
    """A :class:`~glasshouse.engine.lives.Yesterday` over the arrays of a nation.

    It reads, never writes, and is good until the nation lives another day.
    """

    def __init__(self, nation: Nation) -> None:
        self.nation = nation
        self.citizens = nation.citizens
        self.terms = nation.terms
        self.parameters = nation.parameters
        self.calendar = nation.calendar()

    def person(self, i: int) -> Person:
        """Traits of a citizen."""
        people = self.nation.society.people
        return Person(
            float(people.expressiveness[i]),
            float(people.fear[i]),
            float(people.log_wealth[i]),
            float(people.ambition[i]),
            float(people.activity[i]),
            float(self.nation.society.capacity[i]),
            int(people.minority[i]),
        )

    def ties(self, i: int) -> list[Tie]:
        """Possible ties of a citizen, in the order of slots."""
        ties, sides = self.nation.society.ties, self.nation.sides
        return [
            Tie(
                int(ties.friend[e]),
                int(ties.layer[e]),
                float(ties.strength[e]),
                bool(sides.consent[e]),
                bool(sides.consent[e] and sides.consent[ties.back[e]]),
            )
            for e in range(int(ties.offsets[i]), int(ties.offsets[i + 1]))
        ]

    def score_step(self, i: int) -> int:
        """Running score, in steps."""
        return int(self.nation.state.score[i])

    def published_step(self, i: int) -> int:
        """Published score, in steps."""
        return int(self.nation.state.published[i])

    def score(self, i: int) -> float:
        """Running score, in points."""
        return score_of(self.score_step(i), self.terms.low, self.terms.unit)

    def published(self, i: int) -> float:
        """Published score, in points."""
        return score_of(self.published_step(i), self.terms.low, self.terms.unit)

    def stance_stored(self, i: int) -> int:
        """Public stance, in 127ths."""
        return int(self.nation.state.stance[i])

    def opinion_stored(self, i: int) -> int:
        """Private opinion, in 127ths."""
        return int(self.nation.state.opinion[i])

    def stance(self, i: int) -> float:
        """Public stance, -1 to 1."""
        return feeling_of(self.stance_stored(i))

    def opinion(self, i: int) -> float:
        """Private opinion, -1 to 1."""
        return feeling_of(self.opinion_stored(i))

    def absent(self, i: int) -> bool:
        """Whether the citizen has opted out."""
        return bool(self.terms.opt_out and self.nation.state.absent[i] == 1)

    def waiting(self, i: int) -> float:
        """Points that wait for an appeal."""
        waiting = self.nation.state.waiting
        return float(waiting[i]) if len(waiting) else 0.0
