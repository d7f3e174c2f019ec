"""Who the 32 citizens of a circle are: their traits, looked up by the fields of their keys."""

from __future__ import annotations

import numpy as np

from glasshouse.chance.normal import QUANTILES, normal_field
from glasshouse.chance.rule import rule
from glasshouse.chance.streams import (
    COUNTS,
    READINGS,
    REVIEWING,
    SETTLING,
    fold,
)
from glasshouse.engine.act_tables import LIMITS, RATES, READ_LIMITS, row_of
from glasshouse.engine.arrays import Calendar, Folk, Scratch, Tables
from glasshouse.engine.lanes import (
    ACTIVITY,
    AMBITION,
    COUNTS_KEY,
    EXPRESSIVENESS,
    FEAR,
    ME,
    MINORITY,
    MINORITY_NORMAL,
    PLACE_AMBITION,
    PLACE_EXPRESSIVENESS,
    PLACE_FEAR,
    PLACE_MINORITY,
    READINGS_KEY,
    REVIEWING_KEY,
    SETTLING_KEY,
    TRAITS_KEY,
    place_in,
)
from glasshouse.scenario.parameters import Parameters
from glasshouse.society import people
from glasshouse.society.people import FINER, is_minority, quantile
from glasshouse.society.processor import prefetch
from glasshouse.society.record import LANES

MINORITY_FIELD = people.MINORITY
ACTIVITY_FIELD = people.ACTIVITY
AMBITION_FIELD = people.AMBITION
FEAR_FIELD = people.FEAR
EXPRESSIVENESS_FIELD = people.EXPRESSIVENESS
MINORITY_OF_CIRCLE = people.MINORITY_OF_CIRCLE


@rule
def know_circle(
    circle: int, folk: Folk, calendar: Calendar, parameters: Parameters, tables: Tables,
    scratch: Scratch,
) -> None:  # fmt: skip
    """Work out the keys of the day and the traits of 32 citizens."""
    f, n, k = scratch.f, scratch.n, scratch.k
    first = np.uint64(circle) * np.uint64(LANES)
    for lane in range(LANES):
        me = fold(calendar.days_key, first + np.uint64(lane))
        k[ME + lane] = me
        k[COUNTS_KEY + lane] = fold(me, COUNTS)
        k[READINGS_KEY + lane] = fold(me, READINGS)
        k[SETTLING_KEY + lane] = fold(me, SETTLING)
        k[REVIEWING_KEY + lane] = fold(me, REVIEWING)
        k[TRAITS_KEY + lane] = fold(folk.traits_key, first + np.uint64(lane))
    for lane in range(LANES):
        key = k[TRAITS_KEY + lane]
        n[PLACE_EXPRESSIVENESS + lane] = normal_field(key, EXPRESSIVENESS_FIELD)
        n[PLACE_FEAR + lane] = normal_field(key, FEAR_FIELD)
        n[PLACE_AMBITION + lane] = normal_field(key, AMBITION_FIELD)
        n[ACTIVITY + lane] = normal_field(key, ACTIVITY_FIELD) // FINER
        n[PLACE_MINORITY + lane] = normal_field(key, MINORITY_FIELD)
    for lane in range(LANES):
        f[EXPRESSIVENESS + lane] = folk.traits.expressiveness[
            place_in(PLACE_EXPRESSIVENESS, lane, n)
        ]
        f[FEAR + lane] = folk.traits.fear[place_in(PLACE_FEAR, lane, n)]
        f[AMBITION + lane] = folk.traits.ambition[place_in(PLACE_AMBITION, lane, n)]
        f[MINORITY_NORMAL + lane] = QUANTILES[place_in(PLACE_MINORITY, lane, n)]
    together = quantile(fold(folk.circle_traits_key, circle), MINORITY_OF_CIRCLE)
    for lane in range(LANES):
        n[MINORITY + lane] = is_minority(
            f[MINORITY_NORMAL + lane], together, parameters, folk.shares
        )
    for lane in range(LANES):
        row = row_of(place_in(ACTIVITY, lane, n), place_in(MINORITY, lane, n))
        prefetch(tables.rates, row * RATES)
        prefetch(tables.limits, row * LIMITS)
        prefetch(tables.limits, row * LIMITS + READ_LIMITS)
