"""Whether a revolt would spread: asked on a copy, so nothing in the nation changes.

The rule :func:`glasshouse.model.revolt.joins` says whether a citizen joins when so many friends
have. More active friends never keep anybody back, so it comes down to a threshold for each
citizen, and a revolt to Granovetter's cascade over the living ties: in every round all those
join at once whose threshold was reached by the end of the round before, until nobody does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

import numba
import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.chance.streams import REVOLT_SEEDS, fold, uniform
from glasshouse.measures.snapshot import Snapshot
from glasshouse.model.revolt import joins
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.ties import PossibleTies

Rule = Callable[..., Any]

SEEDED_SHARES = (0.001, 0.003, 0.01, 0.03)
TIPPED = 0.1
# More active friends than anybody can have.
NEVER = np.iinfo(np.int32).max


@dataclass(frozen=True)
class Revolt:
    """What a revolt would come to.

    Attributes
    ----------
    active : bool array, N
        Who takes part when nobody is made to begin.
    tips : float or None
        Smallest share of people who, made to begin, bring more than a tenth of the nation out; 0
        if that happens by itself, None if not even 3% suffice.
    """

    active: NDArray[np.bool_]
    tips: float | None


def _filling_thresholds(rule: Rule, compiling: Rule) -> Rule:
    """The loop that tries a rule of joining on everybody."""

    @compiling
    def fill(
        hardship: NDArray[np.float64],
        opinion: NDArray[np.float64],
        risk_aversion: NDArray[np.float64],
        ambition: NDArray[np.float64],
        worth: NDArray[np.float64],
        degree: NDArray[np.int32],
        parameters: Parameters,
        thresholds: NDArray[np.int32],
    ) -> None:
        for i in range(len(degree)):
            traits = hardship[i], opinion[i], risk_aversion[i]
            stake = ambition[i], worth[i]
            thresholds[i] = NEVER
            if rule(*traits, degree[i], *stake, parameters):
                friends = 0
                while not rule(*traits, friends, *stake, parameters):
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


@compiled()
def _draw_seeds(seed: Any, share: float, active: NDArray[np.bool_]) -> None:
    key = fold(seed, REVOLT_SEEDS)
    for i in range(len(active)):
        active[i] = uniform(fold(key, i)) < share


@compiled()
def _spread(
    offsets: NDArray[np.int64],
    friend: NDArray[np.int32],
    alive: NDArray[np.bool_],
    thresholds: NDArray[np.int32],
    active: NDArray[np.bool_],
) -> None:
    citizens = len(active)
    active_friends = np.zeros(citizens, np.int32)
    joined = np.empty(citizens, np.int32)
    first = last = 0
    for i in range(citizens):
        active[i] |= thresholds[i] == 0
        if active[i]:
            joined[last] = i
            last += 1
    # everybody between first and last joined in the same round
    while first < last:
        stop = last
        for place in range(first, stop):
            i = joined[place]
            for e in range(offsets[i], offsets[i + 1]):
                if alive[e]:
                    active_friends[friend[e]] += 1
        for place in range(first, stop):
            i = joined[place]
            for e in range(offsets[i], offsets[i + 1]):
                j = friend[e]
                if alive[e] and not active[j] and active_friends[j] >= thresholds[j]:
                    active[j] = True
                    joined[last] = j
                    last += 1
        first = stop


def thresholds(snapshot: Snapshot, parameters: Parameters, rule: Rule = joins) -> NDArray[np.int32]:
    """Active friends that everybody needs to join; ``NEVER`` where all of them are too few.

    Parameters
    ----------
    snapshot : Snapshot
    parameters : Parameters
    rule : callable
        The rule of joining: the model's, or a user's own with the same arguments.

    Returns
    -------
    int32 array, N
    """
    people, needed = snapshot.people, np.empty(snapshot.citizens, np.int32)
    _loop_of(rule)(
        people.hardship,
        snapshot.opinion,
        people.risk_aversion,
        people.ambition,
        snapshot.worth,
        snapshot.degree,
        parameters,
        needed,
    )
    return needed


def seeds_of_revolt(seed: int, citizens: int, share: float) -> NDArray[np.bool_]:
    """Who is made to begin: a share drawn by hash; those of a smaller share are always among them.

    Examples
    --------
    >>> seeds_of_revolt(1, 4, 1.0).tolist(), seeds_of_revolt(1, 4, 0.0).any()
    ([True, True, True, True], np.False_)
    """
    active = np.zeros(citizens, np.bool_)
    _draw_seeds(np.uint64(seed), share, active)
    return active


def cascade(
    ties: PossibleTies,
    alive: NDArray[np.bool_],
    thresholds: NDArray[np.int32],
    seeds: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Who takes part in the end.

    Parameters
    ----------
    ties : PossibleTies
    alive : bool array, E
    thresholds : int32 array, N
        Active friends that everybody needs to join.
    seeds : bool array, N
        Who is made to begin.

    Returns
    -------
    bool array, N

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> line = graph_ties(4, np.arange(3), np.arange(1, 4))
    >>> needed = np.array([0, 1, 2, 1], np.int32)
    >>> cascade(line, np.ones(6, bool), needed, np.zeros(4, bool)).tolist()
    [True, True, False, False]
    """
    active = seeds.copy()
    _spread(ties.offsets, ties.friend, np.asarray(alive, np.bool_), thresholds, active)
    return active


def revolt(snapshot: Snapshot, parameters: Parameters, seed: int, rule: Rule = joins) -> Revolt:
    """What a revolt would come to tonight, and how small a push would start it.

    Parameters
    ----------
    snapshot : Snapshot
    parameters : Parameters
    seed : int
        Seed of the nation: the same people are pushed on every day and in every world.
    rule : callable
        The rule of joining: the model's, or a user's own with the same arguments.

    Returns
    -------
    Revolt
    """
    needed = thresholds(snapshot, parameters, rule)
    by_itself = _from_share(snapshot, needed, seed, 0.0)
    if by_itself.mean() > TIPPED:
        return Revolt(by_itself, 0.0)
    for share in SEEDED_SHARES:
        if _from_share(snapshot, needed, seed, share).mean() > TIPPED:
            return Revolt(by_itself, share)
    return Revolt(by_itself, None)


def _from_share(
    snapshot: Snapshot, needed: NDArray[np.int32], seed: int, share: float
) -> NDArray[np.bool_]:
    seeds = seeds_of_revolt(seed, snapshot.citizens, share)
    return cascade(snapshot.ties, snapshot.alive, needed, seeds)
