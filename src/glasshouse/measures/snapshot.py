"""What is measured: the nation at the end of a day, and what was counted on the days before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.column import Column, by_citizen, scores_of
from glasshouse.society.net import Net
from glasshouse.society.people import Shares
from glasshouse.society.record import Records


@dataclass(frozen=True)
class Snapshot:
    """The nation at the end of a day: nothing is copied, so it is good until the next is lived.

    Attributes
    ----------
    day : int
        Days since the introduction of the scheme; negative before it.
    citizens, seed : int
    records : Records
        Scores, stances and opinions.
    net : Net
        Living ties.
    published : uint16 array
        Published scores by citizen, in steps; of length 0 where the scores in the records are.
    absent : uint8 array
        1 for those who have left the scheme; of length 0 where nobody can.
    terms : SchemeTerms
    parameters : Parameters
    shares : Shares
        With the seed, all that traits are drawn from.
    doors : tuple of str
        Names of the doors.
    in_force : bool
        Whether a scheme is in force: without one, scores are not measured and all doors are open.
    clustered : bool
        Whether consecutive citizens are neighbours, so that districts and cities mean something.
    idle : callable
        Gives a block of bytes to work in, 4 a citizen or more, of which nothing is remembered.
    """

    day: int
    citizens: int
    seed: int
    records: Records
    net: Net
    published: NDArray[np.uint16]
    absent: NDArray[np.uint8]
    terms: SchemeTerms
    parameters: Parameters
    shares: Shares
    doors: tuple[str, ...]
    in_force: bool
    clustered: bool
    idle: Callable[[], NDArray[np.uint8]]

    @property
    def steps(self) -> Column:
        """Everybody's published score, in steps."""
        return by_citizen(self.published) if len(self.published) else scores_of(self.records)


@dataclass(frozen=True)
class Flows:
    """What was counted in a window of days.

    Attributes
    ----------
    total : float64 array, regions x 4 cells x counters
        Sums over the days; see :mod:`glasshouse.measures.counters`. Regions are the cities.
    days : int
        Days in the window.
    """

    total: NDArray[np.float64]
    days: int


class ByCitizen(Protocol):
    """One small whole number of each citizen, read in stretches: an array, or one on disk."""

    def __getitem__(self, stretch: slice, /) -> Any:
        """The numbers of a stretch of citizens."""
        ...


@dataclass(frozen=True)
class OtherLife:
    """The same citizens on the same day under no scheme.

    Attributes
    ----------
    flows : Flows
        The same window of days.
    degree : uint8 or uint16 by citizen
        Living ties there.
    """

    flows: Flows
    degree: ByCitizen
