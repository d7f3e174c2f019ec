"""The first day: which sides of which possible ties are open.

Everybody opens near slots first until their capacity is reached, and about two far ones whatever
it is. Of the pairs that differ in camp (opinion below zero or not) only a share is ever open. So
that dissenters and others start with equal mean degree, the capacity of one camp is scaled.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.chance.streams import TIE_START, first_uniform, fold, second_uniform
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.people import People
from glasshouse.society.ties import NATION, PossibleTies

BALANCING_ROUNDS = 12


@compiled(parallel=True)
def _open_sides(
    seed: Any,
    parameters: Parameters,
    offsets: NDArray[np.int64],
    friend: NDArray[np.int32],
    layer: NDArray[np.uint8],
    capacity: NDArray[np.float64],
    opinion: NDArray[np.int8],
    scale: NDArray[np.float64],
    consent: NDArray[np.uint8],
) -> None:
    for i in numba.prange(len(offsets) - 1):
        camp = 1 if opinion[i] < 0 else 0
        room = capacity[i] * scale[camp]
        key = fold(seed, TIE_START)
        for e in range(offsets[i], offsets[i + 1]):
            j = friend[e]
            pair = fold(fold(key, min(i, j)), max(i, j))
            far = layer[e] == NATION
            across = (opinion[j] < 0) != (opinion[i] < 0)
            kept = not across or first_uniform(pair) < parameters.cross_camp_openness
            if far and kept:
                kept = second_uniform(pair) < parameters.far_tie_openness
            consent[e] = 1 if kept else 0
            if far and consent[e] == 1:
                room -= 1.0
        for e in range(offsets[i], offsets[i + 1]):
            if layer[e] != NATION and consent[e] == 1:
                if room >= 0.5:
                    room -= 1.0
                else:
                    consent[e] = 0


def opening_sides(
    seed: int, parameters: Parameters, people: People, ties: PossibleTies
) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """Which sides are open on the first day, and everybody's capacity after balancing.

    Parameters
    ----------
    seed : int
    parameters : Parameters
    people : People
    ties : PossibleTies

    Returns
    -------
    consent : uint8 array, E
        1 where the citizen's own side of the half-edge is open.
    capacity : float64 array, N
        How many ties the citizen has room for.
    """
    consent = np.empty(len(ties.friend), np.uint8)
    scale = np.ones(2)
    dissents = people.opinion < 0
    for _ in range(BALANCING_ROUNDS):
        _open_sides(
            np.uint64(seed), parameters, ties.offsets, ties.friend, ties.layer,
            people.capacity, people.opinion, scale, consent,
        )  # fmt: skip
        living = np.concatenate([[0], np.cumsum(consent & consent[ties.back], dtype=np.int64)])
        degree = np.diff(living[ties.offsets])
        if not dissents.any() or dissents.all():
            break
        ratio = degree[~dissents].mean() / max(degree[dissents].mean(), 0.01)
        if abs(ratio - 1.0) < 0.002:
            break
        scale[1] *= min(max(ratio, 0.5), 2.0)
        scale[:] = np.minimum(scale / scale.max(), 1.0) if scale.max() > 1.0 else scale
    return consent, people.capacity * scale[dissents.astype(np.int64)]
