"""The few citizens whose every day is kept: who they are, and what is written of them.

A quarter of the sample comes from each of four kinds of people (majority or minority, dissenter or
not, as they are on the day before the scheme), evenly spaced over the citizens of that kind by
number. A kind with too few people leaves its places to the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.chance.threads import share_out
from glasshouse.engine.nation import Nation
from glasshouse.run.ledger import StoredRow, exact_sum, ledger_of, running_score
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.people import Shares, draw_traits
from glasshouse.society.record import Records, opinion_at

GROUPS = ("majority", "minority")
CAMPS = ("others", "dissenters")
KINDS = len(GROUPS) * len(CAMPS)
STRETCH = 65_536
"""Citizens whose kinds are known at once."""
DiaryRow = tuple[
    str, int, int, str, str, float | None, float, float, float, int, list[str], list[StoredRow]
]
"""world, citizen, day, group, camp, score, change, stance, opinion, ties, doors, ledger"""


class Sampled(NamedTuple):
    """A citizen whose days are kept."""

    citizen: int
    group: str
    camp: str


def chosen_citizens(nation: Nation, count: int) -> list[Sampled]:
    """Choose whose days are kept; see the top of this file for the rule.

    People are counted in stretches, and looked at again only where somebody is chosen.

    Parameters
    ----------
    nation : Nation
        As it is on the day before the scheme.
    count : int
        How many are wanted.

    Returns
    -------
    list of Sampled
        In the order of their numbers.
    """
    if count == 0:
        return []
    stretches = -(-nation.citizens // STRETCH)
    counts = np.zeros((KINDS, stretches), np.int64)

    def look(first: int, last: int) -> None:
        for stretch in range(first, last):
            counts[:, stretch] = np.bincount(_kinds(nation, stretch), minlength=KINDS)

    share_out(look, 0, stretches, 1)
    available = [int(each) for each in counts.sum(axis=1)]
    chosen = [
        _somebody(nation, counts[kind], kind, (2 * place + 1) * available[kind] // (2 * wanted))
        for kind, wanted in enumerate(_places(count, available))
        for place in range(wanted)
    ]
    return sorted(chosen)


def _kinds(nation: Nation, stretch: int) -> NDArray[np.uint8]:
    """Kind of everybody in a stretch."""
    first = stretch * STRETCH
    kinds = np.empty(min(STRETCH, nation.citizens - first), np.uint8)
    seed = np.uint64(nation.seed)
    _write_kinds(seed, first, nation.parameters, nation.shares, nation.records, kinds)
    return kinds


@compiled()
def _write_kinds(
    seed: Any, first: int, parameters: Parameters, shares: Shares, records: Records,
    kinds: NDArray[np.uint8],
) -> None:  # fmt: skip
    for place in range(len(kinds)):
        minority = draw_traits(seed, first + place, parameters, shares).minority
        dissents = 1 if opinion_at(records, first + place) < 0 else 0
        kinds[place] = minority + 2 * dissents


def _somebody(nation: Nation, counts: NDArray[np.int64], kind: int, rank: int) -> Sampled:
    """The citizen before whom there are ``rank`` others of the kind."""
    before = np.cumsum(counts) - counts
    stretch = int(np.searchsorted(before, rank, side="right")) - 1
    there = np.flatnonzero(_kinds(nation, stretch) == kind)
    citizen = stretch * STRETCH + int(there[rank - int(before[stretch])])
    return Sampled(citizen, GROUPS[kind % 2], CAMPS[kind // 2])


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


def ledgers_of(nation: Nation, sample: Sequence[Sampled]) -> list[list[StoredRow]]:
    """The coming day's ledgers of the sampled, from the nation as it stands."""
    return [ledger_of(nation, each.citizen) for each in sample]


def diary_rows(
    nation: Nation, world: str, sample: Sequence[Sampled], ledgers: Sequence[list[StoredRow]]
) -> list[DiaryRow]:
    """What is written down of the sampled on the day that was lived last."""
    return [_row(nation, world, each, ledger) for each, ledger in zip(sample, ledgers, strict=True)]


def _row(nation: Nation, world: str, who: Sampled, ledger: list[StoredRow]) -> DiaryRow:
    i, terms = who.citizen, nation.terms
    opened = nation.published_step(i) >= terms.door_step
    if nation.scheme.opt_out and nation.absent(i):
        opened = terms.door_absent
    return (
        *(world, i, nation.day - 1, who.group, who.camp),
        running_score(nation, i),
        exact_sum(row["amount"] for row in ledger),
        *(nation.stance(i), nation.opinion(i), nation.degree(i)),
        [name for name, is_open in zip(nation.scheme.doors, opened, strict=True) if is_open],
        ledger,
    )
