"""What everybody may see of a citizen of a graph, packed into four bytes.

Friends in a graph lie anywhere in memory, so each look at one costs a read from afar. Score and
stance, which records keep apart, are packed side by side once a day: one read for both.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.threads import share_out
from glasshouse.engine.arrays import Extra
from glasshouse.society.record import Records, score_at, stance_at

SLICE = 65_536
"""Citizens packed at once by one thread."""


@rule
def published_at(i: int, records: Records, extra: Extra) -> int:
    """Published score of a citizen, in steps."""
    if len(extra.published) > 0:
        return np.int64(extra.published[i])  # type: ignore[return-value]
    return score_at(records, i)


@rule
def step_of(seen: int) -> int:
    """Published score, in steps."""
    return np.int64(seen) >> 8  # type: ignore[return-value]


@rule
def stance_of(seen: int) -> int:
    """Public stance, in 127ths."""
    return np.int64(np.int8(seen & 255))  # type: ignore[return-value]


@compiled()
def _pack(first: int, last: int, records: Records, extra: Extra, seen: NDArray[np.uint32]) -> None:
    for i in range(first, last):
        step = np.int64(published_at(i, records, extra))
        seen[i] = np.uint32((step << 8) | (np.int64(stance_at(records, i)) & 255))


def seen_of(records: Records, extra: Extra, citizens: int) -> NDArray[np.uint32]:
    """What is seen of everybody.

    Parameters
    ----------
    records : Records
    extra : Extra
        With the published scores, where these are not the running ones.
    citizens : int

    Returns
    -------
    uint32 array, citizens
        See :func:`step_of` and :func:`stance_of`.
    """
    seen = np.empty(citizens, np.uint32)
    share_out(lambda first, last: _pack(first, last, records, extra, seen), 0, citizens, SLICE)
    return seen
