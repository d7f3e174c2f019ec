"""The subjects people read about, as the table the loops draw from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.scenario.defaults import SUBJECTS


def subject_table() -> NDArray[np.float64]:
    """Cumulative chances of the subjects, one row for outlets against, neutral and for."""
    shares = np.array([[s.against, s.neutral, s.for_] for s in SUBJECTS]).T
    table: NDArray[np.float64] = np.cumsum(shares / shares.sum(axis=1, keepdims=True), axis=1)
    table[:, -1] = 1.0
    return table
