"""Groups of people, and one group of one region as the measures see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from glasshouse.measures.counters import CITIZENS
from glasshouse.measures.snapshot import OtherLife, Snapshot
from glasshouse.scenario.parameters import Parameters

Element = TypeVar("Element", bound=np.generic)
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


@dataclass(frozen=True)
class View:
    """One group of people in one region, ready to be measured.

    Attributes
    ----------
    snapshot : Snapshot
    chosen : slice or int array
        The people of the group, as places in the arrays of the snapshot.
    total : float64 array, counters
        What they did in the window of days.
    parameters : Parameters
    moved : bool array, N, optional
        Who stands in another score quintile than 30 days before; None when not known.
    other : OtherLife, optional
        The other life of all citizens; None when alone.
    other_total : float64 array, counters, optional
        What the group did there.
    """

    snapshot: Snapshot
    chosen: slice | NDArray[np.int64]
    total: NDArray[np.float64]
    parameters: Parameters
    moved: NDArray[np.bool_] | None = None
    other: OtherLife | None = None
    other_total: NDArray[np.float64] | None = None

    def of(self, values: NDArray[Element]) -> NDArray[Element]:
        """The part of an array over all citizens that belongs to the group."""
        part: NDArray[Element] = values[self.chosen]
        return part

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


def mean(values: NDArray[Any]) -> float | None:
    """Mean of an array, None for an empty one.

    Examples
    --------
    >>> mean(np.array([True, False])), mean(np.array([]))
    (0.5, None)
    """
    return float(values.mean()) if len(values) else None
