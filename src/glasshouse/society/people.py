"""Who there is: the traits of a citizen, drawn once from the seed and a handful of shares.

Traits of people of one circle (32 consecutive citizens) are correlated where the parameters say
so; in an explicit graph, where consecutive numbers mean nothing, everybody is drawn alone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from glasshouse.chance.functions import exponential
from glasshouse.chance.normal import standard_normal
from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.streams import CIRCLE_TRAITS, CITY_TRAITS, TRAITS, fold, uniform
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.record import nearest_feeling

CIRCLE_SIZE = 32
CITY_SIZE = 1_048_576
DISTRICT_SIZE = 4_096


class Traits(NamedTuple):
    """One citizen's traits and opinion on the first day."""

    expressiveness: float
    fear: float
    log_wealth: float
    ambition: float
    activity: float
    capacity: float
    hardship: float
    risk_aversion: float
    minority: int
    opinion: float


class Shares(NamedTuple):
    """What the drawing of traits needs besides the parameters, worked out once."""

    minority_quantile: float
    opinion_offset: float
    log_minority_wealth: float
    circle_weight: float
    city_weight: float
    city_mean: float


def shares_of(seed: int, citizens: int, parameters: Parameters, *, clustered: bool) -> Shares:
    """Work out thresholds from shares; ``clustered=False`` draws everybody alone.

    What cities have in common is taken relative to the mean of the nation's cities, so that the
    share of dissenters does not hang on the luck of a few cities; one city alone has no such part.
    """
    sizes = [min(CITY_SIZE, citizens - first) for first in range(0, citizens, CITY_SIZE)]
    normals = [
        standard_normal(fold(fold(fold(seed, CITY_TRAITS), city), 2)) for city in range(len(sizes))
    ]
    mean = sum(size * z for size, z in zip(sizes, normals, strict=True)) / citizens
    return Shares(
        minority_quantile=round(float(ndtri(parameters.minority_share)), 9),
        opinion_offset=round(-float(ndtri(parameters.dissent_share)), 9),
        log_minority_wealth=round(math.log(parameters.minority_wealth_ratio), 9),
        circle_weight=1.0 if clustered else 0.0,
        city_weight=1.0 if clustered and len(sizes) > 1 else 0.0,
        city_mean=mean,
    )


@rule
def log_normal(normal: float, sd: float) -> float:
    """Log-normal trait with mean 1.

    Equation: exp(sd·z - sd²/2).

    Examples
    --------
    >>> log_normal(0.0, 0.0)
    1.0
    """
    return exponential(sd * normal - 0.5 * sd * sd)


@rule
def shared_normal(own: float, circle: float, correlation: float) -> float:
    """Normal draw that correlates with those of one's circle.

    Equation: sqrt(r)·z_circle + sqrt(1 - r)·z_own, r the correlation.
    """
    return math.sqrt(correlation) * circle + math.sqrt(1.0 - correlation) * own


@rule
def draw_traits(seed: int, citizen: int, parameters: Parameters, shares: Shares) -> Traits:
    """Draw the traits of one citizen.

    Equation: every trait is a function of one keyed draw; log-normal ones have mean 1 (capacity:
    median ``capacity_median``); opinion x = opinion_sd·(z + q), q set so that a share
    ``dissent_share`` has x < 0; z correlated within circle and city.

    Parameters
    ----------
    seed, citizen : int
    parameters : Parameters
    shares : Shares
        From :func:`shares_of`.

    Returns
    -------
    Traits
    """
    own = fold(fold(seed, TRAITS), citizen)
    circle = fold(fold(seed, CIRCLE_TRAITS), citizen // CIRCLE_SIZE)
    city = fold(fold(seed, CITY_TRAITS), citizen // CITY_SIZE)
    p = parameters
    together = shares.circle_weight
    minority_normal = shared_normal(
        standard_normal(fold(own, 0)),
        standard_normal(fold(circle, 0)),
        together * p.minority_circle_correlation,
    )
    minority = 1 if minority_normal < shares.minority_quantile else 0
    capacity_normal = shared_normal(
        standard_normal(fold(own, 1)),
        standard_normal(fold(circle, 1)),
        together * p.capacity_circle_correlation,
    )
    of_circle = together * p.opinion_circle_correlation
    of_city = shares.city_weight * p.opinion_city_correlation
    opinion_normal = (
        math.sqrt(of_circle) * standard_normal(fold(circle, 2))
        + math.sqrt(of_city) * (standard_normal(fold(city, 2)) - shares.city_mean)
        + math.sqrt(1.0 - of_circle - of_city) * standard_normal(fold(own, 2))
    )
    opinion = min(max(p.opinion_sd * (opinion_normal + shares.opinion_offset), -1.0), 1.0)
    wealth_normal = standard_normal(fold(own, 5))
    return Traits(
        log_normal(standard_normal(fold(own, 3)), p.expressiveness_sd),
        log_normal(standard_normal(fold(own, 4)), p.fear_sd),
        p.wealth_sd * wealth_normal
        - 0.5 * p.wealth_sd * p.wealth_sd
        + minority * shares.log_minority_wealth,
        log_normal(standard_normal(fold(own, 6)), p.ambition_sd),
        log_normal(standard_normal(fold(own, 7)), p.activity_sd),
        p.capacity_median * exponential(p.capacity_sd * capacity_normal),
        uniform(fold(own, 8)),
        uniform(fold(own, 9)),
        minority,
        opinion,
    )


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


def make_people(seed: int, citizens: int, parameters: Parameters, *, clustered: bool) -> People:
    """Draw everybody.

    Parameters
    ----------
    seed : int
    citizens : int
    parameters : Parameters
    clustered : bool
        Whether consecutive citizens are neighbours (circles) or not (an explicit graph).

    Returns
    -------
    People

    Examples
    --------
    >>> from glasshouse.scenario.defaults import default_parameters
    >>> people = make_people(1, 128, default_parameters(), clustered=True)
    >>> bool((people.fear > 0).all())
    True
    """
    numbers = np.empty((8, citizens))
    minority = np.empty(citizens, np.uint8)
    opinion = np.empty(citizens, np.int8)
    shares = shares_of(seed, citizens, parameters, clustered=clustered)
    _draw_everybody(np.uint64(seed), parameters, shares, numbers, minority, opinion)
    traits = dict(zip(Traits._fields, numbers, strict=False))
    return People(**traits, minority=minority, opinion=opinion)


@compiled(parallel=True)
def _draw_everybody(
    seed: Any,
    parameters: Parameters,
    shares: Shares,
    numbers: NDArray[np.float64],
    minority: NDArray[np.uint8],
    opinion: NDArray[np.int8],
) -> None:
    for i in numba.prange(len(minority)):
        t = draw_traits(seed, i, parameters, shares)
        numbers[0, i] = t.expressiveness
        numbers[1, i] = t.fear
        numbers[2, i] = t.log_wealth
        numbers[3, i] = t.ambition
        numbers[4, i] = t.activity
        numbers[5, i] = t.capacity
        numbers[6, i] = t.hardship
        numbers[7, i] = t.risk_aversion
        minority[i] = t.minority
        opinion[i] = nearest_feeling(t.opinion)
