"""The numbers of a stretch of citizens, by the names under which a user's own measures ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.measures.districts import doors_by_step
from glasshouse.measures.snapshot import Snapshot
from glasshouse.society.column import opinions_of, stances_of, stretch_of
from glasshouse.society.degrees import degrees
from glasshouse.society.minority import minority_among, minority_of
from glasshouse.society.population import People, make_people
from glasshouse.society.record import STEPS_OF_FEELING, score_of

Numbers = Any
"""An array with a number for every citizen, or one number for all."""


class Stretch:
    """Some consecutive citizens; each of their numbers is worked out when it is first needed.

    Parameters
    ----------
    snapshot : Snapshot
    first, last : int
        The citizens ``first`` to ``last - 1``; ``first`` begins a block of 32.
    """

    def __init__(self, snapshot: Snapshot, first: int, last: int) -> None:
        self.snapshot = snapshot
        self.first = first
        self.last = last

    def __len__(self) -> int:
        return self.last - self.first

    def __getitem__(self, name: str) -> Numbers:
        """One number of the citizens by its name."""
        return STATE[name](self) if name in STATE else getattr(self._people, name)

    @cached_property
    def cell(self) -> NDArray[np.int64]:
        """Cell of every citizen: ``minority + 2 * (opinion < 0)``."""
        return self.minority + 2 * (stretch_of(opinions_of(self.snapshot.records), *self._ends) < 0)

    @cached_property
    def minority(self) -> NDArray[np.uint8]:
        """1 for members of the minority."""
        of = self.snapshot
        return minority_among(*self._ends, minority_of(of.seed, of.parameters, of.shares))

    @cached_property
    def steps(self) -> NDArray[np.uint16]:
        """Published scores in steps."""
        return stretch_of(self.snapshot.steps, *self._ends)

    @cached_property
    def present(self) -> NDArray[np.bool_]:
        """Who has not left the scheme."""
        if len(self.snapshot.absent) == 0:
            return np.ones(len(self), np.bool_)
        present: NDArray[np.bool_] = self.snapshot.absent[self.first : self.last] == 0
        return present

    @cached_property
    def degree(self) -> NDArray[np.int32]:
        """Living ties."""
        return degrees(self.snapshot.net, *self._ends)

    @property
    def score(self) -> NDArray[np.float64]:
        """Published scores in points."""
        terms = self.snapshot.terms
        return score_of(self.steps.astype(np.float64), terms.low, terms.unit)  # type: ignore[arg-type, return-value]

    @property
    def stance(self) -> NDArray[np.float64]:
        """Public stances, -1 to 1."""
        return stretch_of(stances_of(self.snapshot.records), *self._ends) / STEPS_OF_FEELING

    @property
    def opinion(self) -> NDArray[np.float64]:
        """Private opinions, -1 to 1."""
        return stretch_of(opinions_of(self.snapshot.records), *self._ends) / STEPS_OF_FEELING

    @property
    def worth(self) -> NDArray[np.float64]:
        """Share of what all doors are worth that the score promises; 0 where there are none."""
        terms = self.snapshot.terms
        if terms.worth_total == 0:
            return np.zeros(len(self))
        promised = np.where(self.present, terms.worth[self.steps], terms.worth_absent)
        return promised.astype(np.float64) / terms.worth_total

    @property
    def doors_open(self) -> NDArray[np.int64]:
        """How many doors everybody finds open."""
        by_step = doors_by_step(self.snapshot)
        return np.where(self.present, by_step[self.steps], by_step[-1])

    @cached_property
    def _people(self) -> People:
        of = self.snapshot
        return make_people(of.seed, *self._ends, of.parameters, of.shares)

    @property
    def _ends(self) -> tuple[int, int]:
        return self.first, self.last


def _high(snapshot: Snapshot) -> float:
    return score_of(snapshot.terms.top, snapshot.terms.low, snapshot.terms.unit)


STATE: dict[str, Callable[[Stretch], Numbers]] = {
    "score": lambda stretch: stretch.score,
    "stance": lambda stretch: stretch.stance,
    "opinion": lambda stretch: stretch.opinion,
    "degree": lambda stretch: stretch.degree,
    "worth": lambda stretch: stretch.worth,
    "minority": lambda stretch: stretch.minority,
    "present": lambda stretch: stretch.present,
    "doors": lambda stretch: len(stretch.snapshot.doors),
    "doors_open": lambda stretch: stretch.doors_open,
    "low": lambda stretch: stretch.snapshot.terms.low,
    "high": lambda stretch: _high(stretch.snapshot),
    "day": lambda stretch: stretch.snapshot.day,
}
"""What changes from day to day, by name."""
KNOWN = (*STATE, *(field.name for field in fields(People) if field.name not in STATE))
"""All that a measure may ask for."""
