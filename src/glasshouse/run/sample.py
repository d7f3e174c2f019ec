"""The few citizens whose every day is kept: who they are, and what is written of them.

A quarter of the sample comes from each of four kinds of people (majority or minority, dissenter or
not, as they are on the day before the scheme), evenly spaced over the citizens of that kind by
number. A kind with too few people leaves its places to the others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from glasshouse.engine.nation import Nation
from glasshouse.measures.snapshot import Snapshot
from glasshouse.run.ledger import StoredRow, exact_sum, ledger_of, running_score

GROUPS = ("majority", "minority")
CAMPS = ("others", "dissenters")
DiaryRow = tuple[
    str, int, int, str, str, float | None, float, float, float, int, list[str], list[StoredRow]
]
"""world, citizen, day, group, camp, score, change, stance, opinion, ties, doors, ledger"""


@dataclass(frozen=True)
class Sampled:
    """A citizen whose days are kept."""

    citizen: int
    group: str
    camp: str


def chosen_citizens(snapshot: Snapshot, count: int) -> list[Sampled]:
    """Choose whose days are kept; see the top of this file for the rule.

    Parameters
    ----------
    snapshot : Snapshot
        The nation on the day before the scheme.
    count : int
        How many are wanted.

    Returns
    -------
    list of Sampled
        In the order of their numbers.
    """
    kind = (snapshot.minority != 0) + 2 * (snapshot.opinion < 0)
    people = [np.flatnonzero(kind == each) for each in range(4)]
    places = _places(count, [len(each) for each in people])
    chosen = [
        Sampled(int(who[(2 * place + 1) * len(who) // (2 * wanted)]), GROUPS[k % 2], CAMPS[k // 2])
        for k, (who, wanted) in enumerate(zip(people, places, strict=True))
        for place in range(wanted)
    ]
    return sorted(chosen, key=lambda each: each.citizen)


def _places(count: int, available: list[int]) -> list[int]:
    """Deal places out in turn to whoever has people left.

    Examples
    --------
    >>> _places(8, [100, 1, 50, 0])
    [4, 1, 3, 0]
    """
    places = [0] * len(available)
    while sum(places) < min(count, sum(available)):
        for kind, people in enumerate(available):
            if places[kind] < people and sum(places) < count:
                places[kind] += 1
    return places


class Diary:
    """The days of the sampled citizens in one world."""

    def __init__(self, world: str, sample: list[Sampled]) -> None:
        self.world = world
        self.sample = sample
        self.rows: list[DiaryRow] = []
        self._ledgers: list[list[StoredRow]] = []

    def before(self, nation: Nation) -> None:
        """Work out the coming day's ledgers, from the nation as it stands."""
        self._ledgers = [ledger_of(nation, each.citizen) for each in self.sample]

    def after(self, nation: Nation) -> None:
        """Write down the day that was lived."""
        for each, ledger in zip(self.sample, self._ledgers, strict=True):
            self.rows.append(self._row(nation, each, ledger))

    def _row(self, nation: Nation, who: Sampled, ledger: list[StoredRow]) -> DiaryRow:
        i, state, terms = who.citizen, nation.state, nation.terms
        offsets = nation.society.ties.offsets
        present = not (nation.scheme.opt_out and state.absent[i])
        opened = state.published[i] >= terms.door_step if present else terms.door_absent
        return (
            *(self.world, i, nation.day - 1, who.group, who.camp),
            running_score(nation, i),
            exact_sum(row["amount"] for row in ledger),
            *(float(state.stance[i]) / 127.0, float(state.opinion[i]) / 127.0),
            int(nation.sides.alive[offsets[i] : offsets[i + 1]].sum()),
            [name for name, is_open in zip(nation.scheme.doors, opened, strict=True) if is_open],
            ledger,
        )
