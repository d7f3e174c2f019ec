"""The score's own recursion against linear algebra: DeGroot, Friedkin and Johnsen.

Friedkin and Johnsen (1990), Social Influence and Opinions; DeGroot (1974), Reaching a Consensus,
where the friends' share is 1. The rules are the model's own, :mod:`glasshouse.model.scoring`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from glasshouse.lab.verification.finding import Finding, Readings, Say, exact, shape
from glasshouse.lab.verification.graphs import KINDS, mean_of_friends, named_graph, ties_of
from glasshouse.lab.verification.published import Model, OneOf, Seed, Within, published
from glasshouse.lab.verification.relaxation import driven_error, shock_error
from glasshouse.model.scoring import forgetting_pull, friends_pull, next_score
from glasshouse.society.ties import PossibleTies

NAME = "recursion"
CLOSE = 1e-12
MOST_STEPS = 200_000
MOST_PEOPLE = 3_000
Vector = NDArray[np.float64]


def aggregate(ties: PossibleTies, scores: Vector, i: int) -> float:
    """Mean of the friends' scores; one's own where there are none."""
    friends = ties.friend[ties.offsets[i] : ties.offsets[i + 1]]
    return float(scores[friends].mean()) if len(friends) else float(scores[i])


def score_after(
    ties: PossibleTies, scores: Vector, own: Vector, i: int, share: float, forgetting: float
) -> float:
    """Tomorrow's score of one person who is drawn to a score of her own.

    Equation: s' = s + f·((1 - w)·b + w·A - s), by the rules of :mod:`glasshouse.model.scoring`.
    """
    score = float(scores[i])
    forgotten = forgetting_pull(score, float(own[i]), share, forgetting)
    friends = friends_pull(score, aggregate(ties, scores, i), share, forgetting)
    return next_score(score, 0.0, forgotten, friends)


def stepped(
    ties: PossibleTies, scores: Vector, own: Vector, share: float, forgetting: float,
    order: NDArray[np.int64] | None = None,
) -> Vector:  # fmt: skip
    """Everybody's next score: all together, or one after another in an order."""
    read = scores if order is None else scores.copy()
    after = scores.copy() if order is None else read
    for i in range(len(scores)) if order is None else order.tolist():
        after[i] = score_after(ties, read, own, i, share, forgetting)
    return after


def settled(
    ties: PossibleTies, own: Vector, share: float, forgetting: float = 1.0,
    order: NDArray[np.int64] | None = None,
) -> tuple[Vector, int]:  # fmt: skip
    """Scores after so many steps that none moves any more, from everybody's own score on."""
    scores: Vector = own.copy()
    for step in range(1, MOST_STEPS + 1):
        after = stepped(ties, scores, own, share, forgetting, order)
        moved = float(np.abs(after - scores).max())
        scores = after
        if moved <= CLOSE * max(1.0, float(np.abs(own).max())):
            return scores, step
    return scores, MOST_STEPS


def fixed_point(matrix: Vector, own: Vector, share: float) -> Vector:
    """The score at which nothing moves, by linear algebra.

    Equation: s = (1 - w)·(I - w·W)^-1·b; for w = 1 the consensus, the mean of b weighted by
    degree in every connected part, left unsolved here.
    """
    system = np.eye(len(own)) - share * matrix
    return np.asarray(np.linalg.solve(system, (1.0 - share) * own), np.float64)


def on_a_ring(shock: float, share: float, distance: int) -> float:
    """Score at a distance from one shock on a long ring.

    Equation: b·(1 - w)/sqrt(1 - w^2)·((1 - sqrt(1 - w^2))/w)^d.
    """
    root = math.sqrt(1.0 - share * share)
    return shock * (1.0 - share) / root * ((1.0 - root) / share) ** distance


@published(NAME)
def recursion(
    *,
    graph: Annotated[str, OneOf(KINDS, "who is tied to whom")] = "ring",
    people: Annotated[int, Within(2, MOST_PEOPLE, "people")] = 51,
    weight: Annotated[float, Within(0, 1, "friends' share w of the score")] = 0.3,
    shock: Annotated[float, Within(-1e6, 1e6, "own score of person 0, others 0")] = -100.0,
    forgetting: Annotated[float, Within(1e-4, 1, "share of the way moved in a step")] = 1.0,
    degree: Annotated[float, Within(1, 100, "mean degree of a random graph")] = 4.0,
    seed: Seed = 1,
) -> Readings:  # fmt: skip
    """Where scores settle after one person's own score is shifted.

    Returns
    -------
    dict
        ``at_distance``: mean score at distance 0, 1, ... from that person; ``mean`` of all;
        ``steps`` until nothing moves; ``off``: greatest difference from linear algebra, None for
        w = 1, where ``at_distance`` is the consensus; ``shrinking``: greatest ratio of the error
        after a step to the error before.

    Examples
    --------
    >>> found = recursion(graph="star", people=5, weight=0.5, shock=-90.0)
    >>> [round(score, 6) for score in found["at_distance"]]
    [-60.0, -30.0]
    """
    drawn = named_graph(graph, people, degree, seed, NAME)
    ties, own = ties_of(drawn), np.zeros(people)
    own[0] = shock
    start = own.copy()
    if weight == 1.0 and forgetting == 1.0:
        # Friends who only copy each other may swap scores for ever; half steps settle.
        forgetting = 0.5
    scores, steps = settled(ties, own, weight, forgetting)
    far = _distances(ties)
    reach = range(int(far.max()) + 1)
    readings: Readings = {
        "at_distance": [float(scores[far == distance].mean()) for distance in reach][:50],
        "mean": float(scores.mean()),
        "steps": steps,
        "off": None,
        "shrinking": None,
    }
    if weight < 1.0:
        solved = fixed_point(mean_of_friends(ties), own, weight)
        readings["off"] = float(np.abs(scores - solved).max())
        readings["shrinking"] = _shrinking(ties, start, own, solved, weight, forgetting)
    return readings


def _distances(ties: PossibleTies) -> NDArray[np.int64]:
    """Distance of everybody from person 0; -1 where there is no way."""
    far = np.full(len(ties.offsets) - 1, -1, np.int64)
    far[0], edge, distance = 0, [0], 0
    while edge:
        distance += 1
        found = {int(j) for i in edge for j in ties.friend[ties.offsets[i] : ties.offsets[i + 1]]}
        edge = [j for j in sorted(found) if far[j] < 0]
        far[edge] = distance
    return far


def _shrinking(
    ties: PossibleTies, start: Vector, own: Vector, solved: Vector, share: float, forgetting: float
) -> float:
    """Greatest ratio of the error after a step to the error before, over ten steps."""
    scores = np.asarray(start + 10.0 * (1.0 + float(np.abs(own).max())), np.float64)
    worst = 0.0
    for _ in range(10):
        before = float(np.abs(scores - solved).max())
        scores = stepped(ties, scores, own, share, forgetting)
        if before > 1e-6:
            worst = max(worst, float(np.abs(scores - solved).max()) / before)
    return worst


def check(full: bool, say: Say) -> Iterator[Finding]:
    """The reference to 1e-9, and a nation on a graph to the resolution of its scores."""
    own = np.zeros(51)
    own[0] = -100.0
    ring = settled(ties_of(named_graph("ring", 51)), own, 0.3)[0].tolist()
    for distance, target in enumerate((-73.380, -11.266, -1.7298)):
        half = 5e-5 if distance == 2 else 5e-4
        yield exact(f"ring, w 0.3, shock -100: at {distance}", target, ring[distance], half)
        closed = on_a_ring(-100.0, 0.3, distance)
        yield exact(f"the same in closed form: at {distance}", closed, ring[distance], 1e-9)
    generator = np.random.default_rng(1)
    yield from _stars_and_complete_graphs(generator)
    yield from _any_graph(generator, 400 if full else 120)
    say("a nation on a graph")
    for forgetting in (1.0, 0.02):
        found, bound = shock_error(people=65, share=0.3, forgetting=forgetting, shock=-100.0)
        what = f"nation on a ring, forgetting {forgetting:g}: relaxation"
        yield exact(what, 0.0, found, bound, 3)
    days = 60 if full else 20
    found, bound = driven_error(people=100, share=0.3, days=days, seed=1)
    yield exact(f"nation, points of every day, {days} days", 0.0, found, bound, 3)


def _stars_and_complete_graphs(generator: np.random.Generator) -> Iterator[Finding]:
    own, share = generator.normal(size=12), 0.4
    scores, _ = settled(ties_of(named_graph("star", 12)), own, share)
    centre = (own[0] + share * own[1:].mean()) / (1.0 + share)
    yield exact("star: centre (b + w·mean leaf)/(1 + w)", float(centre), float(scores[0]), 1e-9)
    scores, _ = settled(ties_of(named_graph("complete", 12)), own, share)
    yield exact("complete graph: mean is kept", float(own.mean()), float(scores.mean()), 1e-9)
    shrunk = (1.0 - share) / (1.0 + share / 11.0)
    off = float(np.abs((scores - scores.mean()) - shrunk * (own - own.mean())).max())
    yield exact("complete graph: deviations (1-w)/(1+w/(n-1))", 0.0, off, 1e-9, 2)


def _any_graph(generator: np.random.Generator, people: int) -> Iterator[Finding]:
    share, own = 0.7, generator.normal(size=people) * 100.0
    ties = ties_of(named_graph("random", people, 6.0, seed=1))
    solved = fixed_point(mean_of_friends(ties), own, share)
    together, _ = settled(ties, own, share)
    one_by_one, _ = settled(ties, own, share, order=generator.permutation(people))
    size = f"random graph of {people}, w 0.7"
    yield exact(
        f"{size}: linear algebra", 0.0, float(np.abs(together - solved).max()), 1e-9, 2
    )  # fmt: skip
    off = float(np.abs(together - one_by_one).max())
    yield exact(f"{size}: one by one, or together", 0.0, off, 1e-9, 2)
    ratio = _shrinking(ties, own, own, solved, share, 1.0)
    yield shape(f"{size}: error after a step", "at most w", f"{ratio:.6f}", ratio <= share + 1e-9)
    consensus, _ = settled(ties_of(named_graph("star", 9)), np.arange(9.0), 1.0, 0.5)
    yield exact("DeGroot on a star: mean weighted by degree", 36 / 16, float(consensus[4]), 1e-9)


MODEL = Model(
    NAME, "DeGroot (1974); Friedkin & Johnsen (1990), J. Math. Sociology 15", recursion, check
)
