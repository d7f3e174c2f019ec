"""How active people are, counted: a trait of 1,024 possible values, of which nobody's is kept."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.normal import normal_field
from glasshouse.chance.rule import compiled
from glasshouse.chance.streams import TRAITS, Key, fold
from glasshouse.chance.threads import share_out
from glasshouse.society import people
from glasshouse.society.people import ACTIVITY_PLACES, FINER, activity_at

ACTIVITY = people.ACTIVITY
# Citizens that a thread counts together.
STRETCH = 1_048_576


@compiled()
def _count(first: int, last: int, key: Key, counts: NDArray[np.int64]) -> None:
    for i in range(first, last):
        counts[normal_field(fold(key, i), ACTIVITY) // FINER] += 1


@compiled()
def _activities(sd: float) -> Any:
    activity = np.empty(ACTIVITY_PLACES)
    for place in range(len(activity)):
        activity[place] = activity_at(place, sd)
    return activity


def share_of_most_active(seed: int, citizens: int, activity_sd: float, part: float) -> float:
    """Share of all activity that the most active people have.

    Parameters
    ----------
    seed, citizens : int
    activity_sd : float
        Spread of the logarithm of activity.
    part : float
        Which part of the people the most active are.

    Returns
    -------
    float

    Examples
    --------
    >>> share_of_most_active(1, 1000, 0.0, 0.1)
    0.1
    """
    key = np.uint64(fold(seed, TRAITS))
    counts = np.zeros((-(-citizens // STRETCH), ACTIVITY_PLACES), np.int64)

    def count(first: int, last: int) -> None:
        _count(first, last, key, counts[first // STRETCH])

    share_out(count, 0, citizens, STRETCH)
    held, activity = counts.sum(axis=0), _activities(activity_sd)
    # The places ascend with activity: from the last one down, as many as belong to the part.
    above = np.cumsum(held[::-1])[::-1] - held
    most = np.clip(citizens - round(citizens * (1.0 - part)) - above, 0, held)
    return float((most * activity).sum() / (held * activity).sum())
