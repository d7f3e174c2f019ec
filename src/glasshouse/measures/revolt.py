"""Whether a revolt would spread: asked on a copy, so nothing in the nation changes.

The rule :func:`glasshouse.model.revolt.joins` says whether a citizen joins when so many friends
have. More active friends never keep anybody back, so it comes down to a threshold for each
citizen, and a revolt to a cascade over the living ties. A larger push brings everybody out whom a
smaller one does, so one cascade, pushed further and further, answers for all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple, cast

import numba
import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.normal import normal_field
from glasshouse.chance.rule import compiled
from glasshouse.chance.streams import TRAITS, Key, first_uniform, fold, second_uniform
from glasshouse.chance.threads import share_out
from glasshouse.measures.cascade import Cascade, cascade_over
from glasshouse.measures.members import members_by_cell
from glasshouse.measures.snapshot import Snapshot
from glasshouse.measures.standing import is_present
from glasshouse.model.revolt import joins
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society import people
from glasshouse.society.column import Column, number_at, opinions_of
from glasshouse.society.population import trait_tables
from glasshouse.society.record import LANES, circles_of, feeling_of

Rule = Callable[..., Any]

SEEDED_SHARES = (0.001, 0.003, 0.01, 0.03)
# A revolt has tipped once more than one in so many are out.
TIPPED_PART = 10
AMBITION = people.AMBITION
# Blocks of 32 that a thread looks at together.
STRETCH = 2_048


@dataclass(frozen=True)
class Revolt:
    """What a revolt would come to.

    Attributes
    ----------
    active : int64 array, 4
        By cell, how many take part when nobody is made to begin.
    tips : float or None
        Smallest share of people who, made to begin, bring more than a tenth of the nation out; 0
        if that happens by itself, None if not even 3% suffice.
    """

    active: NDArray[np.int64]
    tips: float | None


class Asked(NamedTuple):
    """What the rule is told about everybody, as a compiled loop takes it."""

    citizens: int
    traits: Key
    ambition: NDArray[np.float64]
    opinions: Column
    steps: Column
    absent: NDArray[np.uint8]
    terms: SchemeTerms
    parameters: Parameters


def _filling_thresholds(rule: Rule, compiling: Rule) -> Rule:
    """The loop that tries a rule of joining on the citizens of a stretch."""

    @compiling
    def fill(
        first: int, asked: Asked, degree: NDArray[np.int32], never: int, thresholds: NDArray[Any]
    ) -> None:
        for place in range(min(len(degree), asked.citizens - first)):
            i = first + place
            own = fold(asked.traits, i)
            luck = fold(own, 1)
            traits = (
                first_uniform(luck),
                feeling_of(number_at(asked.opinions, i)),
                second_uniform(luck),
            )
            worth = 0.0
            if asked.terms.worth_total > 0.0:
                step, given = number_at(asked.steps, i), is_present(asked.absent, i)
                promised = float(asked.terms.worth[step]) if given else asked.terms.worth_absent
                worth = promised / asked.terms.worth_total
            stake = asked.ambition[normal_field(own, AMBITION)], worth
            thresholds[i] = never
            if rule(*traits, degree[place], *stake, asked.parameters):
                friends = 0
                while not rule(*traits, friends, *stake, asked.parameters):
                    friends += 1
                thresholds[i] = friends

    return cast(Rule, fill)


_fill_thresholds = _filling_thresholds(joins, compiled())


@cache
def _loop_of(rule: Rule) -> Rule:
    if rule is joins:
        return _fill_thresholds
    plain = numba.njit(error_model="numpy", nogil=True)
    return _filling_thresholds(plain(rule), plain)


def poised(snapshot: Snapshot, rule: Rule = joins) -> Cascade:
    """The cascade of a revolt that nobody has begun: everybody's threshold is worked out.

    Parameters
    ----------
    snapshot : Snapshot
    rule : callable
        The rule of joining: the model's, or a user's own with the same arguments.

    Returns
    -------
    Cascade
        Works in the idle memory of the nation.
    """
    cascade = cascade_over(snapshot.net, snapshot.idle())
    cascade.thresholds[:] = cascade.never
    asked = Asked(
        snapshot.citizens,
        np.uint64(fold(snapshot.seed, TRAITS)),
        trait_tables(snapshot.parameters).ambition,
        opinions_of(snapshot.records),
        snapshot.steps,
        snapshot.absent,
        snapshot.terms,
        snapshot.parameters,
    )
    fill = _loop_of(rule)

    def filled(first: int, last: int) -> None:
        degree = cascade.degrees(first, last)
        fill(first * LANES, asked, degree, cascade.never, cascade.thresholds)

    share_out(filled, 0, circles_of(snapshot.citizens), STRETCH)
    return cascade


def revolt(snapshot: Snapshot, rule: Rule = joins) -> Revolt:
    """What a revolt would come to tonight, and how small a push would start it.

    Parameters
    ----------
    snapshot : Snapshot
        The same people are pushed on every day and in every world of a seed.
    rule : callable
        The rule of joining: the model's, or a user's own with the same arguments.

    Returns
    -------
    Revolt
    """
    return course(snapshot, poised(snapshot, rule))


def course(snapshot: Snapshot, cascade: Cascade) -> Revolt:
    """The same for a cascade that is poised: by itself, then pushed further and further."""
    tipping = snapshot.citizens // TIPPED_PART
    cascade.begin()
    out = cascade.spread(snapshot.citizens)
    active = members_by_cell(snapshot, cascade.active())
    if out > tipping:
        return Revolt(active, 0.0)
    for share in SEEDED_SHARES:
        cascade.push(snapshot.seed, share)
        if cascade.spread(tipping) > tipping:
            return Revolt(active, share)
    return Revolt(active, None)
