"""Groups of people, and one group of one region as the measures see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from glasshouse.measures.census import Census
from glasshouse.measures.counters import CITIZENS
from glasshouse.measures.snapshot import Snapshot

Values = dict[str, float | None]
"""Values of measures by name; None where a measure is not defined."""

DAYS_OF_MONTH = 30

GROUPS = {
    "all": (0, 1, 2, 3),
    "majority": (0, 2),
    "minority": (1, 3),
    "dissenters": (2, 3),
    "others": (0, 1),
}
"""The groups, and the cells of the counters that each is made of."""
DISSENTING = GROUPS["dissenters"]


@dataclass(frozen=True)
class View:
    """One group of people in one region, ready to be measured.

    Attributes
    ----------
    snapshot : Snapshot
        What holds for the whole nation: the scheme and the parameters.
    cells : tuple of int
        The cells that make up the group.
    census : Census
        What was counted of all cells of the region tonight.
    total : float64 array, counters
        What the group did in the window of days.
    moves_known : bool
        Whether it is known in which quintile people stood 30 days before.
    other_total : float64 array, counters, optional
        What the group did in the other life; None when alone.
    """

    snapshot: Snapshot
    cells: tuple[int, ...]
    census: Census
    total: NDArray[np.float64]
    moves_known: bool = False
    other_total: NDArray[np.float64] | None = None

    @property
    def paired(self) -> bool:
        """Whether there is another life to compare with."""
        return self.other_total is not None

    def counted(self, what: int) -> int:
        """Count of the census over the group."""
        return int(self.census.counts[list(self.cells), what].sum())

    def counted_dissenting(self, what: int) -> int:
        """The same over those of the group who dissent."""
        return int(self.census.counts[self._dissenting(True), what].sum())

    @cached_property
    def steps_of_dissenters(self) -> NDArray[np.int64]:
        """How many of those present who dissent have which published score."""
        return self._steps(self._dissenting(True))

    @cached_property
    def steps_of_others(self) -> NDArray[np.int64]:
        """The same of those who do not."""
        return self._steps(self._dissenting(False))

    @cached_property
    def steps(self) -> NDArray[np.int64]:
        """The same of all who are present."""
        return self.steps_of_dissenters + self.steps_of_others

    @cached_property
    def present(self) -> int:
        """How many have not left the scheme."""
        return int(self.steps.sum())

    def _steps(self, cells: list[int]) -> NDArray[np.int64]:
        held = np.zeros(self.census.steps.shape[1], np.int64)
        for cell in cells:
            held += self.census.steps[cell]
        return held

    def _dissenting(self, dissents: bool) -> list[int]:
        return [cell for cell in self.cells if (cell in DISSENTING) == dissents]

    def sum(self, *counters: int) -> float:
        """Sum of some counters over the group and the window."""
        return float(sum(self.total[counter] for counter in counters))

    def daily(self, *counters: int) -> float | None:
        """The same per citizen and day."""
        return ratio(self.sum(*counters), self.sum(CITIZENS))

    def monthly(self, *counters: int) -> float | None:
        """The same per citizen in 30 days."""
        return ratio(DAYS_OF_MONTH * self.sum(*counters), self.sum(CITIZENS))


def ratio(part: float, whole: float) -> float | None:
    """Part by whole, None for a whole of 0.

    Examples
    --------
    >>> ratio(1, 4), ratio(0, 0)
    (0.25, None)
    """
    return None if whole == 0 else float(part) / float(whole)
