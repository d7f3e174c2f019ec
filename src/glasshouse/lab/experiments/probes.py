"""Further numbers that experiments take of a nation, besides the measures of every run."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from glasshouse.measures.dictionary import Measure
from glasshouse.measures.snapshot import Snapshot
from glasshouse.run.columns import Stretch

FAMILY = "probes"
STRETCH = 262_144
PROBES = {
    "conformity.degree": Measure(
        "conformity.degree", "correlation",
        "How far people who show support have more living ties than those who show dissent.",
        FAMILY, by_group=False,
    ),
    "ambition.degree": Measure(
        "ambition.degree", "correlation",
        "How far ambitious people have more living ties than others.", FAMILY, by_group=False,
    ),
    "doors.gini": Measure(
        "doors.gini", "0 to 1",
        "Inequality of the number of doors that people find open: 0 when all find the same.",
        FAMILY, by_group=False,
    ),
}  # fmt: skip
"""What each says, by name."""


def probe(snapshot: Snapshot) -> Iterator[tuple[str, float | None]]:
    """Take all of them; None where one is not defined.

    Parameters
    ----------
    snapshot : Snapshot

    Yields
    ------
    (str, float or None)
    """
    conformity, ambition = Correlation(), Correlation()
    doors = np.zeros(len(snapshot.doors) + 1, np.int64)
    for first in range(0, snapshot.citizens, STRETCH):
        people = Stretch(snapshot, first, min(first + STRETCH, snapshot.citizens))
        conformity.add(people["stance"], people["degree"])
        ambition.add(np.log(people["ambition"]), people["degree"])
        if len(doors) > 1:
            doors += np.bincount(people["doors_open"], minlength=len(doors))
    yield "conformity.degree", conformity.value()
    yield "ambition.degree", ambition.value()
    yield "doors.gini", gini(doors) if len(doors) > 1 else None


class Correlation:
    """Pearson's correlation of two numbers, over people who come in stretches.

    Examples
    --------
    >>> both = Correlation()
    >>> both.add(np.array([1.0, 2.0]), np.array([10, 20]))
    >>> both.add(np.array([3.0]), np.array([30]))
    >>> round(both.value(), 12)
    1.0
    """

    def __init__(self) -> None:
        self._people = 0
        self._sums = np.zeros(5)

    def add(self, one: NDArray[np.floating], other: NDArray[np.generic]) -> None:
        """Take in some people."""
        x, y = np.asarray(one, np.float64), np.asarray(other, np.float64)
        self._people += len(x)
        self._sums += [x.sum(), y.sum(), x @ x, y @ y, x @ y]

    def value(self) -> float | None:
        """The correlation; None where one of them is the same for all."""
        if not self._people:
            return None
        x, y, xx, yy, xy = (self._sums / self._people).tolist()
        spread = (xx - x * x) * (yy - y * y)
        return float((xy - x * y) / spread**0.5) if spread > 1e-18 else None


def gini(counts: NDArray[np.int64]) -> float | None:
    """Gini coefficient of whole numbers, from how many people have 0, 1, 2, ...

    Examples
    --------
    >>> gini(np.array([0, 4])), gini(np.array([1, 1]))
    (0.0, 0.5)
    """
    values, people = np.arange(len(counts)), counts.sum()
    total = float((values * counts).sum())
    if total == 0.0:
        return None
    below = np.cumsum(counts) - counts
    ranks = below + (counts + 1) / 2
    return float(2.0 * (ranks * values * counts).sum() / (people * total) - (people + 1) / people)
