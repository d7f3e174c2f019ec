"""Who there is: the traits of a citizen, drawn once from the seed and a handful of shares.

Traits of people of one circle (32 consecutive citizens) are correlated where the parameters say
so; in an explicit graph, where consecutive numbers mean nothing, everybody is drawn alone.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from scipy.special import ndtri

from glasshouse.chance.functions import exponential
from glasshouse.chance.normal import QUANTILES, normal_field
from glasshouse.chance.rule import rule
from glasshouse.chance.streams import (
    CIRCLE_TRAITS,
    CITY_TRAITS,
    TRAITS,
    Key,
    first_uniform,
    fold,
    second_uniform,
)
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.record import nearest_feeling

CIRCLE_SIZE = 32
# Fields of the keys that traits are drawn from, five in each: of a citizen's own key, of the
# second one, and of the keys of circle and city.
EXPRESSIVENESS, FEAR, AMBITION, ACTIVITY, MINORITY = range(5)
CAPACITY, WEALTH, OPINION = range(3)
MINORITY_OF_CIRCLE, CAPACITY_OF_CIRCLE, OPINION_OF_CIRCLE = range(3)
OPINION_OF_CITY = 0
# Activity has fewer different values than the other traits, as tables are made of all of them.
FINER = 4
ACTIVITY_PLACES = len(QUANTILES) // FINER
CITY_SIZE = 1_048_576
DISTRICT_SIZE = 4_096
# Citizens a thread draws at once.
STRETCH = 65_536


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
        quantile(fold(fold(seed, CITY_TRAITS), city), OPINION_OF_CITY) for city in range(len(sizes))
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
def activity_at(place: int, sd: float) -> float:
    """Activity of one of 1,024 places: the mean of the log-normal trait over four quantiles.

    Equation: mean of exp(sd·z - sd²/2) over the four quantiles z of the place.
    """
    total = 0.0
    for nth in range(FINER):
        total += log_normal(QUANTILES[FINER * place + nth], sd)
    return total / FINER


@rule
def shared_normal(own: float, circle: float, correlation: float) -> float:
    """Normal draw that correlates with those of one's circle.

    Equation: sqrt(r)·z_circle + sqrt(1 - r)·z_own, r the correlation.
    """
    return math.sqrt(correlation) * circle + math.sqrt(1.0 - correlation) * own


@rule
def draw_traits(seed: Key, citizen: int, parameters: Parameters, shares: Shares) -> Traits:
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
    more, luck = fold(own, 0), fold(own, 1)
    circle = fold(fold(seed, CIRCLE_TRAITS), citizen // CIRCLE_SIZE)
    p = parameters
    minority = is_minority(
        quantile(own, MINORITY), quantile(circle, MINORITY_OF_CIRCLE), parameters, shares
    )
    wealth_normal = quantile(more, WEALTH)
    return Traits(
        log_normal(quantile(own, EXPRESSIVENESS), p.expressiveness_sd),
        log_normal(quantile(own, FEAR), p.fear_sd),
        p.wealth_sd * wealth_normal
        - 0.5 * p.wealth_sd * p.wealth_sd
        + minority * shares.log_minority_wealth,
        log_normal(quantile(own, AMBITION), p.ambition_sd),
        activity_at(normal_field(own, ACTIVITY) // FINER, p.activity_sd),
        capacity_trait(seed, citizen, parameters, shares),
        first_uniform(luck),
        second_uniform(luck),
        minority,
        first_opinion(seed, citizen, parameters, shares),
    )


@rule
def quantile(key: int, field: int) -> float:
    """Standard normal number from one of the five fields of a key."""
    return float(QUANTILES[normal_field(key, field)])


@rule
def is_minority(own: float, circle: float, parameters: Parameters, shares: Shares) -> int:
    """1 for a member of the minority, clustered by circle.

    Equation: 1 where sqrt(r)·z_circle + sqrt(1 - r)·z_own is below the quantile of the share.
    """
    together = shares.circle_weight * parameters.minority_circle_correlation
    return 1 if shared_normal(own, circle, together) < shares.minority_quantile else 0


@rule
def capacity_trait(seed: Key, citizen: int, parameters: Parameters, shares: Shares) -> float:
    """How many ties a citizen has room for, before camps are balanced."""
    more = fold(fold(fold(seed, TRAITS), citizen), 0)
    circle = fold(fold(seed, CIRCLE_TRAITS), citizen // CIRCLE_SIZE)
    own, shared = quantile(more, CAPACITY), quantile(circle, CAPACITY_OF_CIRCLE)
    return capacity_of_normals(own, shared, parameters, shares)


@rule
def capacity_of_normals(own: float, circle: float, parameters: Parameters, shares: Shares) -> float:
    """How many ties somebody has room for, before camps are balanced.

    Equation: capacity_median·exp(capacity_sd·z), z correlated within the circle.
    """
    together = shares.circle_weight * parameters.capacity_circle_correlation
    normal = shared_normal(own, circle, together)
    return parameters.capacity_median * exponential(parameters.capacity_sd * normal)


@rule
def first_opinion(seed: Key, citizen: int, parameters: Parameters, shares: Shares) -> float:
    """Private opinion on the first day, -1 to 1."""
    more = fold(fold(fold(seed, TRAITS), citizen), 0)
    together = shared_opinion(seed, citizen, parameters, shares)
    return opinion_of_normals(quantile(more, OPINION), together, parameters, shares)


@rule
def shared_opinion(seed: Key, citizen: int, parameters: Parameters, shares: Shares) -> float:
    """The part of a first opinion that a citizen has in common with circle and city.

    Equation: sqrt(r_circle)·z_circle + sqrt(r_city)·(z_city - mean of the cities).
    """
    circle = fold(fold(seed, CIRCLE_TRAITS), citizen // CIRCLE_SIZE)
    city = fold(fold(seed, CITY_TRAITS), citizen // CITY_SIZE)
    of_circle = shares.circle_weight * parameters.opinion_circle_correlation
    of_city = shares.city_weight * parameters.opinion_city_correlation
    return math.sqrt(of_circle) * quantile(circle, OPINION_OF_CIRCLE) + math.sqrt(of_city) * (
        quantile(city, OPINION_OF_CITY) - shares.city_mean
    )


@rule
def opinion_of_normals(
    own: float, together: float, parameters: Parameters, shares: Shares
) -> float:
    """Private opinion on the first day of an own normal number and what one has in common.

    Equation: x = opinion_sd·(z + q), held to -1..1; q is set so that a share ``dissent_share`` has
    x < 0.
    """
    of_circle = shares.circle_weight * parameters.opinion_circle_correlation
    of_city = shares.city_weight * parameters.opinion_city_correlation
    normal = together + math.sqrt(1.0 - of_circle - of_city) * own
    return min(max(parameters.opinion_sd * (normal + shares.opinion_offset), -1.0), 1.0)


@rule
def first_stance(opinion: int, parameters: Parameters) -> int:
    """Public stance on the first day, in 127ths, of a stored opinion.

    Equation: a = stance_start·x.
    """
    return nearest_feeling(parameters.stance_start * opinion / 127.0)
