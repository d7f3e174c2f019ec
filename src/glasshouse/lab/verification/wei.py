"""Scores from friends' signals: what a firm may infer, and what people then do to their ties.

Wei, Yildirim, Van den Bulte and Dellarocas (2016), Credit Scoring with Social Network Data,
Marketing Science 35(2). People are of high or low type and send a signal that is wrong with a
chance e. Two who meet are tied if their match is worth more than their types' distance: those of
one type always, those of two types with chance p. Strategic people add what a friend does to the
log odds of their own score; here matches are exponential, so that P(match > 1) = p, and the firm
knows the resulting chances of a tie, to which people answer until nothing changes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, NamedTuple

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.lab.verification.finding import Finding, Readings, Say, exact, near, shape
from glasshouse.lab.verification.published import Model, Seed, Within, published

NAME = "wei"
LEAST_IN_CELL = 200
MOST_LOG = 700.0


@rule
def likelihood_ratio(error: float, odds: float) -> float:
    """How much likelier a friend's high signal is for the low than for the high.

    Equation: r = (e + (1 - e)·p)/((1 - e) + e·p).
    """
    return (error + (1.0 - error) * odds) / ((1.0 - error) + error * odds)


@rule
def chance_of_high(own: int, high: int, low: int, error: float, odds: float) -> float:
    """Chance that somebody is of high type.

    Equation: 1/(1 + (e/(1 - e))^y·r^(H - L)), y the own signal, H and L friends' signals.

    Examples
    --------
    >>> round(chance_of_high(1, 5, 1, 0.2, 0.3), 6)
    0.983159
    """
    ratio = math.log(likelihood_ratio(error, odds))
    against = own * math.log(error / (1.0 - error)) + (high - low) * ratio
    return 1.0 / (1.0 + math.exp(min(against, MOST_LOG)))


class Society(NamedTuple):
    """Types and signals (1 high, -1 low), and the ties."""

    kind: NDArray[np.int64]
    signal: NDArray[np.int64]
    pairs: NDArray[np.int64]

    def heard(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """How many friends of each send a high signal, and how many a low one."""
        people = len(self.kind)
        ends = np.concatenate([self.pairs, self.pairs[:, ::-1]])
        signals = self.signal[ends[:, 1]]
        high = np.bincount(ends[signals > 0, 0], minlength=people)
        low = np.bincount(ends[signals < 0, 0], minlength=people)
        return high, low


class Chances(NamedTuple):
    """Chance that two who meet are tied: both high, high and low, both low."""

    high: float
    mixed: float
    low: float


def met(people: int, degree: float, generator: np.random.Generator) -> NDArray[np.int64]:
    """Pairs who meet: each person meets so many on average, nobody herself or anybody twice."""
    count = generator.poisson(people * degree / 2)
    pairs = np.sort(generator.integers(0, people, (count, 2)), axis=1)
    return np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)


def society(
    people: int, degree: float, error: float, chances: Chances, seed: int
) -> Society:  # fmt: skip
    """A society whose ties form upon meeting; the same draws for any chances."""
    generator = np.random.default_rng(seed)
    kind = np.where(generator.random(people) < 0.5, 1, -1)
    signal = np.where(generator.random(people) < error, -kind, kind)
    pairs = met(people, degree, generator)
    both = kind[pairs].sum(axis=1)
    tied = generator.random(len(pairs)) < np.choose(
        both // 2 + 1, [chances.low, chances.mixed, chances.high]
    )
    return Society(kind, signal, pairs[tied])


def gains(chances: Chances, error: float, weight: float) -> tuple[float, float]:
    """What a friend of high type, and one of low type, adds to the value of one's own score.

    Equation: alpha·E[change of ln(P/(1 - P))], the firm knowing the chances of ties.
    """
    right, wrong = 1.0 - error, error
    high = math.log(
        (right * chances.high + wrong * chances.mixed)
        / (right * chances.mixed + wrong * chances.low)
    )
    low = math.log(
        (wrong * chances.high + right * chances.mixed)
        / (wrong * chances.mixed + right * chances.low)
    )
    return weight * (right * high + wrong * low), weight * (right * low + wrong * high)


def strategic_chances(error: float, odds: float, weight: float) -> Chances:
    """Chances of ties when people care for their scores, at rest.

    Equation: tied iff match > distance - min(gain of the one, gain of the other).
    """
    steepness = -math.log(odds)
    chances = Chances(1.0, odds, 1.0)

    def tied(distance: float, gain: float) -> float:
        return math.exp(-steepness * max(distance - gain, 0.0))

    for _ in range(500):
        high, low = gains(chances, error, weight)
        # Of two, who gains less decides; meeting a low type never gains more than a high one.
        answer = Chances(tied(0.0, high), tied(1.0, min(high, low)), tied(0.0, low))
        chances = Chances(*((a + b) / 2.0 for a, b in zip(chances, answer, strict=True)))
    return chances


class Shape(NamedTuple):
    """Ties a person, share of ties among the same type, chance that two cannot reach each other."""

    ties: float
    similar: float
    fragmentation: float


def shape_of(found: Society) -> Shape:
    """How a society is tied."""
    people = len(found.kind)
    graph: nx.Graph[int] = nx.empty_graph(people)
    graph.add_edges_from(found.pairs.tolist())
    parts = np.array([len(part) for part in nx.connected_components(graph)], np.float64)
    same = np.prod(found.kind[found.pairs], axis=1) > 0
    similar = float(same.mean()) if len(same) else math.nan
    apart = 1.0 - float((parts * (parts - 1.0)).sum()) / (people * (people - 1.0))
    return Shape(2.0 * len(found.pairs) / people, similar, apart)


@published(NAME)
def wei(
    *,
    own: Annotated[int, Within(-1, 1, "own signal, 1 high and -1 low; 0 for none")] = 1,
    high: Annotated[int, Within(0, 10_000, "friends with a high signal")] = 5,
    low: Annotated[int, Within(0, 10_000, "friends with a low signal")] = 1,
    error: Annotated[float, Within(1e-6, 0.5, "chance e that a signal is wrong")] = 0.2,
    odds: Annotated[float, Within(1e-6, 1, "odds p of a tie between types")] = 0.3,
    weight: Annotated[float, Within(0, 10, "how much people care for their scores")] = 0.5,
    people: Annotated[int, Within(2, 200_000, "people whose ties form")] = 2_000,
    degree: Annotated[float, Within(0, 100, "meetings a person")] = 4.0,
    seed: Seed = 1,
) -> Readings:
    """What friends' signals say, and what caring for the score does to ties.

    Returns
    -------
    dict
        ``chance``, that the person is of high type, and ``ratio`` r; then ``ties``, ``similar``
        (share of ties among one type) and ``fragmentation`` (chance that two people cannot reach
        each other), each as a list: people who do not care for scores, people who do.

    Examples
    --------
    >>> round(wei(own=-1, people=2)["chance"], 6)
    0.78488
    """
    shapes = [
        shape_of(society(people, degree, error, chances, seed))
        for chances in (Chances(1.0, odds, 1.0), strategic_chances(error, odds, weight))
    ]
    return {
        "chance": chance_of_high(own, high, low, error, odds),
        "ratio": likelihood_ratio(error, odds),
        "ties": [each.ties for each in shapes],
        "similar": [None if math.isnan(each.similar) else each.similar for each in shapes],
        "fragmentation": [each.fragmentation for each in shapes],
    }


def check(full: bool, say: Say) -> Iterator[Finding]:
    """The formula, the shares it stands for in a drawn society, and ties of people who care."""
    for own, target in ((1, 0.983159), (-1, 0.784880)):
        got = chance_of_high(own, 5, 1, 0.2, 0.3)
        yield exact(f"chance of high at ({own:+d}, 5, 1)", target, got, 5e-7)
    people = 1_000_000 if full else 200_000
    say(f"a society of {people}")
    found = society(people, 8.0, 0.2, Chances(1.0, 0.3, 1.0), seed=1)
    yield from _shares_of_cells(found, 0.2, 0.3)
    runs = 20 if full else 6
    say(f"{runs} societies with and without care for scores")
    careless = [shape_of(society(2_000, 4.0, 0.2, Chances(1, 0.3, 1), run)) for run in range(runs)]
    chances = strategic_chances(0.2, 0.3, 0.5)
    caring = [shape_of(society(2_000, 4.0, 0.2, chances, run)) for run in range(runs)]
    words = ("ties a person", "share of similar ties", "fragmentation")
    for place, word in enumerate(words):
        before = float(np.mean([each[place] for each in careless]))
        after = float(np.mean([each[place] for each in caring]))
        up = word != "ties a person"
        passed = all((b[place] > a[place]) == up for a, b in zip(careless, caring, strict=True))
        told = f"{before:.4g} to {after:.4g}"
        yield shape(f"care for scores: {word}", "rises" if up else "falls", told, passed)


def _shares_of_cells(found: Society, error: float, odds: float) -> Iterator[Finding]:
    """Share of high types among all with the same signals, cell by cell and all together."""
    high, low = found.heard()
    cells, counts = np.unique(
        np.stack([found.signal, high, low]), axis=1, return_counts=True
    )  # fmt: skip
    squares, number = 0.0, 0
    for (own, h, n), count in zip(cells.T.tolist(), counts.tolist(), strict=True):
        if count < LEAST_IN_CELL:
            continue
        chosen = (found.signal == own) & (high == h) & (low == n)
        share = float((found.kind[chosen] > 0).mean())
        expected = chance_of_high(own, h, n, error, odds)
        deviation = math.sqrt(expected * (1.0 - expected) / count)
        if count * min(expected, 1.0 - expected) >= 5:
            squares, number = squares + ((share - expected) / deviation) ** 2, number + 1
        if (h, n) == (5, 1):
            yield near(f"share high among ({own:+d}, 5, 1)", expected, share, deviation)
    spread = math.sqrt(2.0 / number)
    yield near(f"mean square deviation, {number} cells", 1.0, squares / number, spread)


MODEL = Model(
    NAME, "Wei, Yildirim, Van den Bulte & Dellarocas (2016), Marketing Science 35", wei, check
)
