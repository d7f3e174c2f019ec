"""The structure of a society, measured, with what is published about real ones beside it."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.streams import SAMPLING, below, fold
from glasshouse.society.clustering import triangles
from glasshouse.society.components import giant_component
from glasshouse.society.mixing import assortativity, living_degree, share_inside
from glasshouse.society.paths import mean_path
from glasshouse.society.ties import LAYERS, PossibleTies

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
    clustering : float or None
        Mean share of pairs of one's friends who are friends (fewer than two friends: 0).
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
    clustering_at_20: float | None
    transitivity: float | None
    degree_assortativity: float | None
    giant_component: float
    path: float | None
    path_standard_error: float | None
    cross_camp: float | None
    by_layer: dict[str, float]


def measure_structure(
    ties: PossibleTies,
    opinion: NDArray[np.float64],
    alive: NDArray[np.bool_] | None = None,
    *,
    seed: int = 1,
    clustering_sample: int = CLUSTERING_SAMPLE,
    path_sources: int = PATH_SOURCES,
) -> Structure:
    """Measure the structure of the living ties, or of all possible ones.

    Parameters
    ----------
    ties : PossibleTies
    opinion : float64 array, N
        Private opinion, -1 to 1.
    alive : bool array, E, optional
        Which half-edges live; without, all possible ties are measured.
    seed : int
        Seed of the samples.
    clustering_sample, path_sources : int
        How many citizens to look at for clustering, and to measure paths from.

    Returns
    -------
    Structure

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> ring = graph_ties(64, np.arange(64), (np.arange(64) + 1) % 64)
    >>> structure = measure_structure(ring, np.linspace(-1, 1, 64))
    >>> structure.degree, structure.clustering, structure.giant_component
    (2.0, 0.0, 1.0)
    """
    living = np.ones(len(ties.friend), np.bool_) if alive is None else np.asarray(alive, np.bool_)
    degree = living_degree(ties, living)
    dissents = opinion < 0
    clustering = _clustering(ties, living, degree, _sample(ties.citizens, clustering_sample, seed))
    inside, _ = share_inside(ties, living, dissents)
    path, error = mean_path(ties, living, _sample(ties.citizens, path_sources, seed))
    layers = np.bincount(ties.layer[living], minlength=len(LAYERS)) / ties.citizens
    return Structure(
        citizens=ties.citizens,
        ties=int(degree.sum()) // 2,
        degree=float(degree.mean()),
        degree_sd=float(degree.std()),
        degree_dissenters=_mean(degree[dissents]),
        degree_others=_mean(degree[~dissents]),
        opinion_degree_correlation=_correlation(opinion, degree),
        clustering=clustering[0],
        clustering_at_20=clustering[1],
        transitivity=clustering[2],
        degree_assortativity=assortativity(ties, living, degree.astype(np.float64)),
        giant_component=float(giant_component(ties, living).mean()),
        path=path,
        path_standard_error=error,
        cross_camp=None if inside is None else 1.0 - inside,
        by_layer=dict(zip(LAYERS, map(float, layers), strict=True)),
    )


def _sample(citizens: int, size: int, seed: int) -> NDArray[np.int64]:
    """One citizen from each of ``size`` equal stretches of citizens; everybody if that few."""
    if citizens <= size:
        return np.arange(citizens)
    bounds = [citizens * k // size for k in range(size + 1)]
    key = fold(seed, SAMPLING)
    drawn = [bounds[k] + below(fold(key, k), bounds[k + 1] - bounds[k]) for k in range(size)]
    return np.array(drawn, np.int64)


def _mean(values: NDArray[np.int64]) -> float | None:
    return float(values.mean()) if len(values) else None


def _correlation(first: NDArray[np.float64], second: NDArray[np.int64]) -> float | None:
    if first.min() == first.max() or second.min() == second.max():
        return None
    return float(np.corrcoef(first, second)[0, 1])


def _clustering(
    ties: PossibleTies,
    alive: NDArray[np.bool_],
    degree: NDArray[np.int64],
    sample: NDArray[np.int64],
) -> tuple[float | None, float | None, float | None]:
    """Mean local clustering, the same at about 20 ties, and transitivity."""
    closed = triangles(ties, alive, sample)
    friends = degree[sample]
    pairs = friends * (friends - 1) // 2
    local = closed / np.maximum(pairs, 1)
    twenty = local[(friends >= ABOUT_TWENTY[0]) & (friends <= ABOUT_TWENTY[1])]
    return (
        float(local.mean()) if len(local) else None,
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
    ties: PossibleTies,
    alive: NDArray[np.bool_],
    opinion: NDArray[np.float64],
    *,
    seed: int = 1,
) -> SocietyStructure:
    """Measure the possible and the living ties of a society.

    Parameters
    ----------
    ties : PossibleTies
    alive : bool array, E
        Which half-edges live on the first day.
    opinion : float64 array, N
    seed : int
        Seed of the samples.

    Returns
    -------
    SocietyStructure

    Examples
    --------
    >>> from glasshouse.society.graph import graph_ties
    >>> ring = graph_ties(64, np.arange(64), (np.arange(64) + 1) % 64)
    >>> both = society_structure(ring, np.ones(128, bool), np.linspace(-1, 1, 64))
    >>> both.table().splitlines()[0].split()
    ['measured', 'possible', 'living', 'published']
    """
    return SocietyStructure(
        measure_structure(ties, opinion, seed=seed),
        measure_structure(ties, opinion, alive, seed=seed),
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
