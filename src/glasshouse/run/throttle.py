"""When the next checkpoint is due: seldom enough to cost little, often enough to lose little."""

from __future__ import annotations

import time
from collections.abc import Callable

FIRST = 60.0
"""Seconds of a run before its first checkpoint."""
BETWEEN = 300.0
"""Seconds between checkpoints."""
SHARE = 0.05
"""At most this share of the time goes into writing them."""
GUESSED_SPEED = 500e6
"""Bytes a second that a disk is taken to write before it was seen to."""


class Throttle:
    """Says when it is time for a checkpoint.

    Parameters
    ----------
    every : float, optional
        Seconds between checkpoints, 0 for one every day; without, as the constants of this file
        say.
    bytes_of_one : float
        About how large one is, for a guess at what the first costs.
    first, between : float
        Seconds before the first and between two, at least.
    now : callable
        Tells the time in seconds.

    Attributes
    ----------
    wait : float
        Seconds from the last checkpoint to the next, or to the first.

    Examples
    --------
    >>> seconds = iter([0.0, 59.0, 60.0, 61.0, 200.0, 361.0])
    >>> throttle = Throttle(now=lambda: next(seconds))
    >>> throttle.is_due(), throttle.is_due()
    (False, True)
    >>> throttle.wrote(cost=1.0)
    >>> throttle.is_due(), throttle.is_due()
    (False, True)
    """

    def __init__(
        self,
        every: float | None = None,
        bytes_of_one: float = 0.0,
        first: float = FIRST,
        between: float = BETWEEN,
        now: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.every = every
        self.between = between
        self._now = now
        self._last = now()
        self.wait = max(first, _worth_waiting(bytes_of_one / GUESSED_SPEED))

    def start(self) -> None:
        """Count from now on."""
        self._last = self._now()

    def is_due(self) -> bool:
        """Whether it is time."""
        return self._now() - self._last >= (self.wait if self.every is None else self.every)

    def wrote(self, cost: float) -> None:
        """Say that one was written, or could not be, and how many seconds that took."""
        self._last = self._now()
        self.wait = max(self.between, _worth_waiting(cost))


def _worth_waiting(cost: float) -> float:
    return cost * (1 - SHARE) / SHARE
