"""The lowest few of the scores one meets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule


@rule
def keep_lowest(lowest: NDArray[np.float64], held: int, most: int, score: float) -> int:
    """Keep the ``most`` lowest scores seen, in ascending order; returns how many are held."""
    place = held
    if held == most:
        if score >= lowest[most - 1]:
            return held
        place = most - 1
    while place > 0 and lowest[place - 1] > score:
        lowest[place] = lowest[place - 1]
        place -= 1
    lowest[place] = score
    return min(held + 1, most)
