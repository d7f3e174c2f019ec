"""What is measured: the nation at the end of a day, and what was counted on the days before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glasshouse.society.people import People
from glasshouse.society.ties import PossibleTies


@dataclass(frozen=True)
class Snapshot:
    """The nation at the end of a day.

    Attributes
    ----------
    day : int
        Days since the introduction of the scheme; negative before it.
    score : float64 array, N
        Published scores, in points.
    low, high : float
        Range of the scores.
    stance, opinion : float64 array, N
        What people show and what they think, -1 to 1.
    minority : uint8 array, N
        1 for the minority.
    present : bool array, N
        False for those who have left the scheme.
    people : People
        Traits.
    ties : PossibleTies
    alive : bool array, E
        Which half-edges live: both ends consent.
    degree : int32 array, N
        Living ties.
    worth : float64 array, N
        Share of what all doors are worth that the score promises; 0 where there is no scheme.
    doors : tuple of str
        Names of the doors.
    doors_open : bool array, N x doors
    in_force : bool
        Whether a scheme is in force: without one, scores are not measured.
    clustered : bool
        Whether consecutive citizens are neighbours, so that districts and cities mean something.
    """

    day: int
    score: NDArray[np.float64]
    low: float
    high: float
    stance: NDArray[np.float64]
    opinion: NDArray[np.float64]
    minority: NDArray[np.uint8]
    present: NDArray[np.bool_]
    people: People
    ties: PossibleTies
    alive: NDArray[np.bool_]
    degree: NDArray[np.int32]
    worth: NDArray[np.float64]
    doors: tuple[str, ...]
    doors_open: NDArray[np.bool_]
    in_force: bool = True
    clustered: bool = True

    @property
    def citizens(self) -> int:
        """Number of citizens."""
        return len(self.score)


@dataclass(frozen=True)
class Flows:
    """What was counted in a window of days.

    Attributes
    ----------
    total : float64 array, districts x 4 cells x counters
        Sums over the days; see :mod:`glasshouse.measures.counters`.
    days : int
        Days in the window.
    """

    total: NDArray[np.float64]
    days: int


@dataclass(frozen=True)
class OtherLife:
    """The same citizens on the same day under no scheme.

    Attributes
    ----------
    flows : Flows
        The same window of days.
    degree : int32 array, N
        Living ties there.
    doors_open : bool array, N x doors, optional
        Doors open there; without, all are.
    """

    flows: Flows
    degree: NDArray[np.int32]
    doors_open: NDArray[np.bool_] | None = None
