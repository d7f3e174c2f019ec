"""How sure a number is: means over seeds with Student's intervals.

The unit of uncertainty is the seed. Citizens of one nation influence each other, so their spread
says nothing about how another nation would have fared; only nations drawn anew do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from math import sqrt

from scipy.stats import t as student_t

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """A mean over seeds with the limits of its confidence interval.

    Attributes
    ----------
    mean
        The mean, or None where no seed has a value.
    low, high
        The limits, or None with fewer than two seeds.
    seeds
        How many seeds have a value.
    """

    mean: float | None
    low: float | None
    high: float | None
    seeds: int

    @property
    def known(self) -> bool:
        """Whether at least one seed has a value."""
        return self.mean is not None

    @property
    def certain(self) -> bool:
        """Whether there are limits to show."""
        return self.low is not None and self.high is not None

    def scaled(self, factor: float) -> Interval:
        """Give the same interval in another unit.

        Examples
        --------
        >>> over_seeds([0.25, 0.25]).scaled(100)
        Interval(mean=25.0, low=25.0, high=25.0, seeds=2)
        """
        limits = [None if end is None else end * factor for end in (self.low, self.high)]
        if factor < 0:
            limits.reverse()
        mean = None if self.mean is None else self.mean * factor
        return Interval(mean, limits[0], limits[1], self.seeds)

    def within(self, lowest: float, highest: float) -> Interval:
        """Cut the limits off where the measure cannot go, such as a share below nothing."""
        low = None if self.low is None else min(max(self.low, lowest), highest)
        high = None if self.high is None else max(min(self.high, highest), lowest)
        return Interval(self.mean, low, high, self.seeds)

    def excludes(self, value: float) -> bool:
        """Whether the interval lies wholly to one side of a value."""
        return (self.low is not None and self.low > value) or (
            self.high is not None and self.high < value
        )


@cache
def student_factor(seeds: int, confidence: float = CONFIDENCE) -> float:
    """How many standard errors reach from the mean to the limit, for so many seeds.

    Examples
    --------
    >>> round(student_factor(5), 3)
    2.776
    """
    return float(student_t.ppf((1 + confidence) / 2, seeds - 1))


def over_seeds(values: Iterable[float | None], confidence: float = CONFIDENCE) -> Interval:
    """Take the mean over seeds and its Student interval; seeds without a value are left out.

    Examples
    --------
    >>> interval = over_seeds([1.0, 2.0, 3.0, None])
    >>> interval.mean, round(interval.low, 3), round(interval.high, 3), interval.seeds
    (2.0, -0.484, 4.484, 3)
    >>> over_seeds([0.4])
    Interval(mean=0.4, low=None, high=None, seeds=1)
    """
    known = [float(value) for value in values if value is not None and value == value]
    count = len(known)
    if count == 0:
        return Interval(None, None, None, 0)
    mean = sum(known) / count
    if count == 1:
        return Interval(mean, None, None, 1)
    variance = sum((value - mean) ** 2 for value in known) / (count - 1)
    reach = student_factor(count, confidence) * sqrt(variance / count)
    return Interval(mean, mean - reach, mean + reach, count)


def paired(
    here: Mapping[int, float | None], there: Mapping[int, float | None], *, ratio: bool = False
) -> Interval:
    """Compare two lives of the same nations, seed by seed.

    Parameters
    ----------
    here, there
        A value for each seed, in the two lives.
    ratio
        Give the relative change (here / there - 1) instead of the difference (here - there).

    Examples
    --------
    >>> paired({1: 9.0, 2: 8.0}, {1: 10.0, 2: 10.0}).mean
    -1.5
    >>> round(paired({1: 9.0, 2: 8.0}, {1: 10.0, 2: 10.0}, ratio=True).mean, 3)
    -0.15
    """
    changes: list[float | None] = []
    for seed, value in here.items():
        other = there.get(seed)
        if value is None or other is None or (ratio and other == 0):
            continue
        changes.append(value / other - 1 if ratio else value - other)
    return over_seeds(changes)
