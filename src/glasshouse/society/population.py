"""Traits of many people at once: as arrays, and as tables by the fields of their keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.normal import QUANTILES
from glasshouse.chance.rule import compiled
from glasshouse.chance.threads import share_out
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.people import STRETCH, Shares, Traits, draw_traits, log_normal
from glasshouse.society.record import nearest_feeling


@dataclass(frozen=True)
class People:
    """Traits of everybody: one array of length N for each trait of :class:`Traits`."""

    expressiveness: NDArray[np.float64]
    fear: NDArray[np.float64]
    log_wealth: NDArray[np.float64]
    ambition: NDArray[np.float64]
    activity: NDArray[np.float64]
    capacity: NDArray[np.float64]
    hardship: NDArray[np.float64]
    risk_aversion: NDArray[np.float64]
    minority: NDArray[np.uint8]
    opinion: NDArray[np.int8]

    @property
    def bytes(self) -> int:
        """Memory taken, in bytes."""
        return sum(part.nbytes for part in vars(self).values())


def make_people(seed: int, first: int, last: int, parameters: Parameters, shares: Shares) -> People:
    """Draw the citizens ``first`` to ``last - 1``.

    Parameters
    ----------
    seed, first, last : int
    parameters : Parameters
    shares : Shares
        From :func:`shares_of`.

    Returns
    -------
    People

    Examples
    --------
    >>> from glasshouse.scenario.defaults import default_parameters
    >>> from glasshouse.society.people import shares_of
    >>> parameters = default_parameters()
    >>> shares = shares_of(1, 128, parameters, clustered=True)
    >>> people = make_people(1, 0, 128, parameters, shares)
    >>> bool((people.fear > 0).all())
    True
    """
    citizens = last - first
    numbers = np.empty((8, citizens))
    minority = np.empty(citizens, np.uint8)
    opinion = np.empty(citizens, np.int8)

    def drawn(start: int, stop: int) -> None:
        _draw_stretch(
            np.uint64(seed), first, start, stop, parameters, shares, numbers, minority, opinion
        )

    share_out(drawn, 0, citizens, STRETCH)
    traits = dict(zip(Traits._fields, numbers, strict=False))
    return People(**traits, minority=minority, opinion=opinion)


@compiled()
def _draw_stretch(
    seed: Any, first: int, start: int, stop: int, parameters: Parameters, shares: Shares,
    numbers: NDArray[np.float64], minority: NDArray[np.uint8], opinion: NDArray[np.int8],
) -> None:  # fmt: skip
    for place in range(start, stop):
        t = draw_traits(seed, first + place, parameters, shares)
        numbers[0, place] = t.expressiveness
        numbers[1, place] = t.fear
        numbers[2, place] = t.log_wealth
        numbers[3, place] = t.ambition
        numbers[4, place] = t.activity
        numbers[5, place] = t.capacity
        numbers[6, place] = t.hardship
        numbers[7, place] = t.risk_aversion
        minority[place] = t.minority
        opinion[place] = nearest_feeling(t.opinion)


class TraitTables(NamedTuple):
    """Traits by their field of a citizen's own key, so that they are looked up and not worked out.

    Each of the three holds 4,096 numbers.
    """

    expressiveness: NDArray[np.float64]
    fear: NDArray[np.float64]
    ambition: NDArray[np.float64]


def trait_tables(parameters: Parameters) -> TraitTables:
    """Work the tables out; the numbers are those of :func:`draw_traits`, to the last bit."""
    sds = (parameters.expressiveness_sd, parameters.fear_sd, parameters.ambition_sd)
    return TraitTables(*(_log_normals(sd) for sd in sds))


@compiled()
def _log_normals(sd: float) -> Any:
    table = np.empty(len(QUANTILES))
    for place in range(len(table)):
        table[place] = log_normal(QUANTILES[place], sd)
    return table
