"""The structure of a society, measured, with what is published about real ones beside it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.streams import SAMPLING, below, fold
from glasshouse.society.clustering import Around, look_around
from glasshouse.society.column import Column, by_citizen
from glasshouse.society.components import giant_component
from glasshouse.society.mixing import mix
from glasshouse.society.net import CircleNet, Net, possible
from glasshouse.society.paths import mean_of_sample, mean_path
from glasshouse.society.record import memory
from glasshouse.society.tally import Tally, take_tally
from glasshouse.society.ties import LAYERS

CLUSTERING_SAMPLE = 100_000
PATH_SOURCES = 48
ABOUT_TWENTY = (18, 22)


@dataclass(frozen=True)
class Structure:
    """Structure of one set of ties; None where a number is not defined.

    Attributes
    ----------
    citizens, ties : int
    degree, degree_sd : float
        Mean and standard deviation of the number of ties.
    degree_dissenters, degree_others : float or None
        Mean degree where opinion is below 0, and where it is not.
    opinion_degree_correlation : float or None
        Pearson correlation of opinion and degree; other than 0 it could pass for an effect.
    clustering, clustering_standard_error : float or None
        Mean share of pairs of one's friends who are friends (fewer than two friends: 0), from a
        sample of citizens; its error is 0 where everybody is looked at.
    clustering_at_20 : float or None
        The same for people with 18 to 22 ties, to compare with what is published at degree 20.
    transitivity : float or None
        Share of all pairs of friends of a common friend who are friends.
    degree_assortativity : float or None
        Correlation of the degrees of two friends.
    giant_component : float
        Share of citizens in the largest connected component.
    path, path_standard_error : float or None
        Mean steps between two people, from a sample of starts.
    cross_camp : float or None
        Share of ties between a dissenter and somebody who is not.
    by_layer : dict
        Mean number of ties a citizen has in each layer.
    """

    citizens: int
    ties: int
    degree: float
    degree_sd: float
    degree_dissenters: float | None
    degree_others: float | None
    opinion_degree_correlation: float | None
    clustering: float | None
    clustering_standard_error: float | None
    clustering_at_20: float | None
    transitivity: float | None
    degree_assortativity: float | None
    giant_component: float
    path: float | None
    path_standard_error: float | None
    cross_camp: float | None
    by_layer: dict[str, float]


def measure_structure(
    net: Net,
    opinion: Column,
    *,
    seed: int = 1,
    clustering_sample: int = CLUSTERING_SAMPLE,
    path_sources: int = PATH_SOURCES,
    room: NDArray[np.uint8] | None = None,
) -> Structure:
    """Measure the structure of the living ties.

    All is exact but clustering and paths, which are measured on samples.

    Parameters
    ----------
    net : Net
    opinion : Column
        Private opinions, in 127ths.
    seed : int
        Seed of the samples.
    clustering_sample, path_sources : int
        How many citizens to look at for clustering, and to measure paths from.
    room : uint8 array, optional
        Bytes to work in, 4 a citizen; without, they are taken from the system.

    Returns
    -------
    Structure

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> from glasshouse.society.net import graph_net
    >>> ties = graph_ties(64, np.arange(64), (np.arange(64) + 1) % 64)
    >>> ring = graph_net(ties, np.ones(128, np.uint8))
    >>> structure = measure_structure(ring, by_citizen(np.arange(-32, 32, dtype=np.int8)))
    >>> structure.degree, structure.clustering, structure.giant_component
    (2.0, 0.0, 1.0)
    """
    members = int(np.bitwise_count(giant_component(net, room)).sum(dtype=np.int64))
    degree = _room_for_degrees(net, room)
    tally = take_tally(net, opinion, degree)
    mixing = mix(net, opinion, by_citizen(degree))
    inside = mixing.camps().inside
    around = look_around(net, _sample(net.citizens, clustering_sample, seed))
    path, path_error = mean_path(net, _sample(net.citizens, path_sources, seed), room)
    local, local_error, at_twenty, transitivity = _clustering(around, net.citizens)
    return Structure(
        citizens=net.citizens,
        ties=tally.ends // 2,
        degree=tally.degree,
        degree_sd=tally.degree_sd,
        degree_dissenters=tally.degree_dissenters,
        degree_others=tally.degree_others,
        opinion_degree_correlation=tally.correlation,
        clustering=local,
        clustering_standard_error=local_error,
        clustering_at_20=at_twenty,
        transitivity=transitivity,
        degree_assortativity=mixing.value_assortativity(),
        giant_component=members / net.citizens,
        path=path,
        path_standard_error=path_error,
        cross_camp=None if inside is None else 1.0 - inside,
        by_layer=_by_layer(tally),
    )


def _room_for_degrees(net: Net, room: NDArray[np.uint8] | None) -> NDArray[np.int64]:
    """An array for everybody's degree: 16 bits are enough in circles."""
    if not isinstance(net, CircleNet):
        return np.empty(net.citizens, np.int64)
    size = 2 * net.citizens
    if room is None or len(room) < size:
        room = memory(size)
    return room[:size].view(np.uint16)


def _by_layer(tally: Tally) -> dict[str, float]:
    return {layer: ends / tally.people for layer, ends in zip(LAYERS, tally.layers, strict=True)}


def _sample(citizens: int, size: int, seed: int) -> NDArray[np.int64]:
    """One citizen from each of ``size`` equal stretches of citizens; everybody if that few."""
    if citizens <= size:
        return np.arange(citizens)
    bounds = [citizens * k // size for k in range(size + 1)]
    key = fold(seed, SAMPLING)
    drawn = [bounds[k] + below(fold(key, k), bounds[k + 1] - bounds[k]) for k in range(size)]
    return np.array(drawn, np.int64)


def _clustering(
    around: Around, citizens: int
) -> tuple[float | None, float | None, float | None, float | None]:
    """Mean local clustering and its error, the same at about 20 ties, and transitivity."""
    friends, closed = around
    pairs = friends * (friends - 1) // 2
    local = closed / np.maximum(pairs, 1)
    twenty = local[(friends >= ABOUT_TWENTY[0]) & (friends <= ABOUT_TWENTY[1])]
    return (
        *mean_of_sample(local, len(local) == citizens),
        float(twenty.mean()) if len(twenty) else None,
        float(closed.sum() / pairs.sum()) if pairs.any() else None,
    )


@dataclass(frozen=True)
class SocietyStructure:
    """Structure of a society's possible ties and of those that live on the first day."""

    possible: Structure
    living: Structure

    def as_dict(self) -> dict[str, object]:
        """Both structures as plain values, for JSON."""
        return asdict(self)

    def table(self) -> str:
        """Both structures side by side with the published figures, as text."""
        return structure_table(self)


def society_structure(
    net: Net, opinion: Column, *, seed: int = 1, room: NDArray[np.uint8] | None = None
) -> SocietyStructure:
    """Measure the possible and the living ties of a society.

    Parameters
    ----------
    net : Net
        Which ties live.
    opinion : Column
        Private opinions, in 127ths.
    seed : int
        Seed of the samples.
    room : uint8 array, optional
        Bytes to work in, 4 a citizen.

    Returns
    -------
    SocietyStructure

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> from glasshouse.society.net import graph_net
    >>> ties = graph_ties(64, np.arange(64), (np.arange(64) + 1) % 64)
    >>> ring = graph_net(ties, np.ones(128, np.uint8))
    >>> both = society_structure(ring, by_citizen(np.arange(-32, 32, dtype=np.int8)))
    >>> both.table().splitlines()[0].split()
    ['measured', 'possible', 'living', 'published']
    """
    return SocietyStructure(
        measure_structure(possible(net), opinion, seed=seed, room=room),
        measure_structure(net, opinion, seed=seed, room=room),
    )


# Label, attribute, digits, and what is published (Facebook 2011: Ugander, Karrer, Backstrom and
# Marlow, "The anatomy of the Facebook social graph").
LINES = (
    ("citizens", "citizens", 0, ""),
    ("ties", "ties", 0, ""),
    ("degree, mean", "degree", 2, ""),
    ("degree, sd", "degree_sd", 2, ""),
    ("degree of dissenters", "degree_dissenters", 2, "equal at the start, by design"),
    ("degree of others", "degree_others", 2, "equal at the start, by design"),
    ("correlation of opinion and degree", "opinion_degree_correlation", 3, "0 wanted"),
    ("clustering, mean", "clustering", 3, ""),
    ("clustering, standard error", "clustering_standard_error", 4, ""),
    ("clustering at 18 to 22 ties", "clustering_at_20", 3, "about 0.4 at 20 (Facebook 2011)"),
    ("transitivity", "transitivity", 3, ""),
    ("degree assortativity", "degree_assortativity", 3, "positive (Facebook 2011: 0.23)"),
    ("giant component, share", "giant_component", 5, "above 0.999 (Facebook 2011: 0.9991)"),
    ("path, mean steps", "path", 2, "4.7 at mean degree 190 (Facebook 2011)"),
    ("path, standard error", "path_standard_error", 3, ""),
    ("ties across camps, share", "cross_camp", 3, "about 0.20 (proxy)"),
)


def structure_table(structure: SocietyStructure) -> str:
    """Structure of possible and living ties as a text table, published figures beside it."""
    rows = [("measured", "possible", "living", "published")]
    for label, attribute, digits, published in LINES:
        numbers = (getattr(part, attribute) for part in (structure.possible, structure.living))
        possible, living = ("-" if n is None else f"{n:,.{digits}f}" for n in numbers)
        rows.append((label, possible, living, published))
    for layer in LAYERS:
        possible, living = (
            f"{part.by_layer[layer]:.2f}" for part in (structure.possible, structure.living)
        )
        rows.append((f"ties a citizen, {layer}", possible, living, ""))
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        f"{row[0]:<{widths[0]}}  {row[1]:>{widths[1]}}  {row[2]:>{widths[2]}}  {row[3]}".rstrip()
        for row in rows
    )
