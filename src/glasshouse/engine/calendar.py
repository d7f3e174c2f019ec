"""Which day it is for a nation, and the keys of the day's draws."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from glasshouse.chance.streams import (
    ACCEPTING,
    CALENDAR,
    DAYS,
    GUESSING,
    OPENING,
    PRESSING,
    fold,
)
from glasshouse.engine.arrays import Calendar
from glasshouse.model.drift import MONTH
from glasshouse.scenario.scheme import Scheme


class Moment(NamedTuple):
    """All that is remembered of a nation besides its people: what a checkpoint has to keep.

    Attributes
    ----------
    day : int
        The coming day; 0 is the introduction of the scheme.
    first_day : int
        The day the nation was made on.
    enacted : int
        The day from which the scheme in force holds.
    scheme : Scheme
        The scheme in force; one that does nothing before an introduction and after an abolition.
    """

    day: int
    first_day: int
    enacted: int
    scheme: Scheme


def calendar_of(seed: int, moment: Moment) -> Calendar:
    """The coming day, with the keys of its draws."""
    elapsed = moment.day - moment.first_day
    month = elapsed // MONTH
    since = moment.day - moment.enacted + 1
    return Calendar(
        day=elapsed,
        month=month,
        days_key=np.uint64(fold(fold(seed, DAYS), elapsed)),
        calendar_key=np.uint64(fold(seed, CALENDAR)),
        pressing_key=np.uint64(fold(fold(seed, PRESSING), month)),
        guessing_key=np.uint64(fold(fold(seed, GUESSING), month)),
        opening_key=np.uint64(fold(fold(seed, OPENING), elapsed)),
        accepting_key=np.uint64(fold(seed, ACCEPTING)),
        in_force=not moment.scheme.is_none(),
        publish=since % moment.scheme.period == 0,
    )
