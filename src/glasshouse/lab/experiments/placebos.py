"""Placebos: what should do nothing, if an explanation is right.

``points_shuffled`` gives the points of the scheme to other acts and tones, drawn from the seed: if
a measure does not change, what acts cost does not explain it. ``friends_drawn_anew`` gives
everybody as many friends as before, drawn from the whole nation: what is left of a likeness between
friends is contagion, and what went was that like people were friends from the start.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.scenario.edges import EdgeList
from glasshouse.scenario.faults import BadInput, nearest_word, shown
from glasshouse.scenario.scenario import Circles, Graph, Scenario
from glasshouse.scenario.scheme import Scheme

Ends = NDArray[Any]
MOST_WRITTEN_OUT = 500_000
"""Citizens whose ties are written out at most."""
ROUNDS = 100
PLACEBO = "placebo"
NONE, POINTS_SHUFFLED, FRIENDS_DRAWN_ANEW = "none", "points_shuffled", "friends_drawn_anew"
PLACEBOS = (NONE, POINTS_SHUFFLED, FRIENDS_DRAWN_ANEW)


def placebo_of(word: object) -> str:
    """A placebo by its word; empty for none.

    Raises
    ------
    BadInput

    Examples
    --------
    >>> placebo_of("none"), placebo_of("points_shuffled")
    ('', 'points_shuffled')
    """
    if word in ("", NONE):
        return ""
    if not isinstance(word, str) or word not in PLACEBOS:
        near = nearest_word(str(word), PLACEBOS)
        raise BadInput(field=PLACEBO, found=shown(word), allowed=", ".join(PLACEBOS), nearest=near)
    return word


def with_placebo(scenario: Scenario, placebo: str, seed: int) -> Scenario:
    """The scenario that a placebo makes of one, for a seed."""
    if placebo == POINTS_SHUFFLED:
        return scenario.replace({"scheme": points_shuffled(scenario.scheme, seed)})
    if placebo == FRIENDS_DRAWN_ANEW:
        return scenario.replace({"society": Graph(edges=friends_drawn_anew(scenario, seed))})
    return scenario


def points_shuffled(scheme: Scheme, seed: int) -> Scheme:
    """The scheme with its points given to other acts and tones.

    Examples
    --------
    >>> from glasshouse.scenario.reading import preset
    >>> there = points_shuffled(preset("press-sesame"), 1)
    >>> there.points == preset("press-sesame").points, there.doors == preset("press-sesame").doors
    (False, True)
    """
    points = scheme.points.model_dump(by_alias=True)
    places = [
        (act, tone)
        for act, each in points.items()
        for tone in (each if isinstance(each, dict) else [""])
    ]
    values = [points[act][tone] if tone else points[act] for act, tone in places]
    order = np.random.default_rng(seed).permutation(len(places))
    for (act, tone), place in zip(places, order, strict=True):
        if tone:
            points[act] = {**points[act], tone: values[place]}
        else:
            points[act] = values[place]
    return Scheme.model_validate({**scheme.model_dump(by_alias=True), "points": points})


def check_placebo(scenario: Scenario, placebo: str) -> None:
    """Refuse a placebo that a scenario cannot be given.

    Raises
    ------
    BadInput
        For friends drawn anew in a society that is a graph already, or too large to write its ties
        out.
    """
    if placebo != FRIENDS_DRAWN_ANEW:
        return
    if not isinstance(scenario.society, Circles):
        found = f"{FRIENDS_DRAWN_ANEW} in a society of kind graph"
        raise BadInput(field=PLACEBO, found=found, allowed="a society of circles")
    if scenario.population > MOST_WRITTEN_OUT:
        found = f"{FRIENDS_DRAWN_ANEW} with {scenario.population:,} citizens"
        raise BadInput(field=PLACEBO, found=found, allowed=f"at most {MOST_WRITTEN_OUT:,}")


def friends_drawn_anew(scenario: Scenario, seed: int) -> EdgeList:
    """Ties between people drawn anew: everybody has as many of each strength as on the first day.

    Nobody lives near anybody any more, so people are drawn each alone; how opinions are spread over
    the nation stays as it was.

    Raises
    ------
    BadInput
        As of :func:`check_placebo`.
    """
    from glasshouse.lab.experiments.first_ties import first_ties
    from glasshouse.society.ties import strength_of_layers

    check_placebo(scenario, FRIENDS_DRAWN_ANEW)
    ties = first_ties(scenario, seed)
    first, second = rewired(ties.first, ties.second, ties.layer, seed)
    return one_each(
        first, second, strength_of_layers(scenario.behaviour)[ties.layer], ties.citizens
    )


def one_each(first: Ends, second: Ends, strength: NDArray[np.float64], citizens: int) -> EdgeList:
    """Pairs as the edges of a graph, each once, the strongest kept; nobody is left out.

    Examples
    --------
    >>> edges = one_each(np.array([2, 0, 2]), np.array([0, 1, 0]), np.array([1.0, 2.0, 3.0]), 4)
    >>> edges.first.tolist(), edges.second.tolist(), edges.strength.tolist(), edges.citizens
    ([0, 0], [1, 2], [2.0, 3.0], 4)
    """
    low, high = np.minimum(first, second), np.maximum(first, second)
    order = np.lexsort((-strength, high, low))
    low, high, strength = low[order], high[order], strength[order]
    fresh = np.ones(len(low), bool)
    fresh[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    fresh &= low != high
    ends = low[fresh].astype(np.int32), high[fresh].astype(np.int32)
    return EdgeList(*ends, strength[fresh], citizens, merged=int((~fresh).sum()))


def rewired(first: Ends, second: Ends, layer: Ends, seed: int) -> tuple[Ends, Ends]:
    """The ends of pairs dealt out anew among those of the same layer.

    A pair of somebody with themselves, or one that is there already, is dealt out again together
    with as many others; few are left after some rounds, and a graph takes these for one tie.

    Parameters
    ----------
    first, second : int arrays
        The ends of each pair.
    layer : int array
        Of each pair.
    seed : int

    Examples
    --------
    >>> ring = np.arange(100)
    >>> there = rewired(ring, (ring + 1) % 100, np.zeros(100, int), 1)
    >>> np.bincount(np.concatenate(there)).tolist() == [2] * 100, bool((there[0] == there[1]).any())
    (True, False)
    """
    draw = np.random.default_rng(seed)
    one, two = np.asarray(first, np.int64).copy(), np.asarray(second, np.int64).copy()
    for each in np.unique(layer):
        again = np.flatnonzero(layer == each)
        for _ in range(ROUNDS):
            ends = draw.permutation(np.concatenate([one[again], two[again]]))
            one[again], two[again] = np.split(ends, 2)
            bad = _not_a_tie(one, two) & (layer == each)
            if not bad.any():
                break
            others = draw.choice(np.flatnonzero(layer == each), size=int(bad.sum()))
            again = np.unique(np.concatenate([np.flatnonzero(bad), others]))
    return one, two


def _not_a_tie(one: Ends, two: Ends) -> NDArray[np.bool_]:
    """Which pairs are of one person, or the same as another one."""
    keys = np.minimum(one, two) * (int(max(one.max(), two.max())) + 1) + np.maximum(one, two)
    _, place, often = np.unique(keys, return_inverse=True, return_counts=True)
    found: NDArray[np.bool_] = (often[place] > 1) | (one == two)
    return found
