"""Where the time of a run goes: seconds by what was done, and ticks by stage of the day."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

MAKING, LIVING, MEASURING = "making", "living", "measuring"
PAIRING, DIARY, CHECKPOINTING = "pairing", "diary", "checkpointing"
DOINGS = (MAKING, LIVING, MEASURING, PAIRING, DIARY, CHECKPOINTING)
"""What a run does: make the nation, live days, measure them, keep what other lives are compared
with, write the days of a few citizens down, write checkpoints."""


Amounts = dict[str, float]


def _nothing() -> Amounts:
    return defaultdict(float)


@dataclass
class Clock:
    """Seconds spent so far.

    Attributes
    ----------
    seconds : dict of str to float
        By what was done, one of ``DOINGS``.
    measuring : dict of str to float
        Seconds of measuring by part.
    ticks : dict of str to float
        Ticks of the processor by stage of the day; empty unless they were asked for.

    Examples
    --------
    >>> clock = Clock()
    >>> with clock.on(LIVING):
    ...     pass
    >>> clock.seconds["living"] >= 0
    True
    """

    seconds: Amounts = field(default_factory=_nothing)
    measuring: Amounts = field(default_factory=_nothing)
    ticks: Amounts = field(default_factory=_nothing)

    @contextmanager
    def on(self, doing: str) -> Iterator[None]:
        """Count the time inside the block."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[doing] += time.perf_counter() - start

    def add(self, other: Clock) -> None:
        """Take in the time of another."""
        for mine, more in zip(vars(self).values(), vars(other).values(), strict=True):
            for name, amount in more.items():
                mine[name] += amount

    def count_ticks(self, ticks: Mapping[str, int]) -> None:
        """Take in the ticks of some days."""
        for stage, count in ticks.items():
            self.ticks[stage] += count

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for an index."""
        return {name: dict(getattr(self, name)) for name in ("seconds", "measuring", "ticks")}

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Self:
        """The clock that gave these plain values."""
        clock = cls()
        for name, amounts in plain.items():
            getattr(clock, name).update(amounts)
        return clock
