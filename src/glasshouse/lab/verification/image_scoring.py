"""Image scoring: help those who helped, and help others back.

Nowak and Sigmund (1998), Evolution of indirect reciprocity by image scoring, Nature 393, with the
two images and the chance q of knowing one of The dynamics of indirect reciprocity, J. Theoretical
Biology 194. Donor and receiver are drawn at random; helping costs c and gives b; a donor's image
is good after helping and bad after refusing. Who discriminates helps unless she knows the image
to be bad; who defects never helps. An image is known with chance q.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from glasshouse.chance.rule import rule
from glasshouse.lab.verification.finding import (
    Finding,
    Readings,
    Say,
    exact,
    shape,
    statistical,
)
from glasshouse.lab.verification.loops import Chance, chance_of, draw, loop, pick
from glasshouse.lab.verification.published import Model, Runs, Seed, Within, published
from glasshouse.scenario.faults import BadInput

NAME = "image-scoring"
DEFECTS, DISCRIMINATES, ALWAYS_HELPS = 0, 1, 2
Kinds = NDArray[np.int64]


@rule
def helps(kind: int, image_is_bad: bool, known: bool) -> bool:
    """Whether a donor helps.

    Equation: the discriminating help unless they know the image to be bad; the defecting never.

    Examples
    --------
    >>> helps(DISCRIMINATES, True, True), helps(DISCRIMINATES, True, False)
    (False, True)
    """
    if kind == DISCRIMINATES:
        return not (known and image_is_bad)
    return kind == ALWAYS_HELPS


@loop
def play(
    kind: Kinds, known: float, benefit: float, cost: float, rounds: int, skipped: int,
    payoff: NDArray[np.float64], chance: Chance,
) -> float:  # fmt: skip
    """Rounds of one donor and one receiver each; answers the share of rounds with help.

    Payoffs are summed into ``payoff`` after the first ``skipped`` rounds; all begin with a good
    image.
    """
    people, helped = len(kind), 0
    bad = np.zeros(people, np.uint8)
    for turn in range(rounds):
        donor = pick(chance, people)
        receiver = (donor + 1 + pick(chance, people - 1)) % people
        given = helps(kind[donor], bad[receiver] == 1, draw(chance) < known)
        bad[donor] = 0 if given else 1
        if given and turn >= skipped:
            helped += 1
            payoff[donor] -= cost
            payoff[receiver] += benefit
    return helped / (rounds - skipped)


@loop
def breed(kind: Kinds, payoff: NDArray[np.float64], mutation: float, chance: Chance) -> None:
    """A next generation of as many, by payoff above the least; a few are drawn anew."""
    people = len(kind)
    least = payoff.min()
    sums = np.cumsum(payoff - least + 1e-9)
    before = kind.copy()
    for child in range(people):
        parent = np.searchsorted(sums, draw(chance) * sums[people - 1], side="right")
        kind[child] = before[min(parent, people - 1)]
        if draw(chance) < mutation:
            kind[child] = pick(chance, 2)


def advantage(
    known: float, benefit: float, cost: float, share: float, people: int, rounds: int, seed: int
) -> float:
    """Mean payoff of the discriminating less that of the defecting, for each round played."""
    kind = np.full(people, DISCRIMINATES, np.int64)
    defectors = max(round(share * people), 1)
    kind[:defectors] = DEFECTS
    payoff = np.zeros(people)
    chance = chance_of(seed, people, round(known * 1e6))
    play(kind, known, benefit, cost, rounds, 20 * people, payoff, chance)
    played = (rounds - 20 * people) / people
    return float(payoff[kind == DISCRIMINATES].mean() - payoff[kind == DEFECTS].mean()) / played


def threshold_expected(benefit: float, cost: float, defectors: int, people: int) -> float:
    """The chance of knowing from which discriminating does better in a finite population.

    Of the others, a share x defect for who discriminates, and a share y discriminate for who
    defects. Discriminating people have a bad image with chance d = q·(x + (1 - x)·d), for refusing
    those whose image is bad. Tends to c/b for few who defect among many.

    Equation: b·((1 - x)·(1 - q·d) - y·(1 - q)) = c·(1 - d), solved for q.

    Examples
    --------
    >>> round(threshold_expected(1.0, 0.3, 1, 10**9), 6)
    0.3
    """
    x = defectors / (people - 1)
    y = (people - defectors) / (people - 1)

    def gain(q: float) -> float:
        d = q * x / (1.0 - q * (1.0 - x))
        return benefit * ((1.0 - x) * (1.0 - q * d) - y * (1.0 - q)) - cost * (1.0 - d)

    return float(brentq(gain, 0.0, 1.0 - 1e-12)) if gain(1.0 - 1e-12) > 0.0 else 1.0


def threshold_of_knowing(
    benefit: float, cost: float, share: float, people: int, rounds: int, seed: int
) -> float | None:
    """Chance of knowing from which the discriminating do better, by search among games played.

    Halves the interval until it is short, then draws a curve through games on either side. None
    where one kind does better for any chance.
    """
    fixed = (benefit, cost, share, people, rounds, seed)
    low, high = 0.0, 1.0
    if advantage(high, *fixed) <= 0.0 or advantage(low, *fixed) >= 0.0:
        return None
    while high - low > 0.25:
        middle = (low + high) / 2.0
        low, high = (middle, high) if advantage(middle, *fixed) < 0.0 else (low, middle)
    points = np.linspace(max(low - 0.05, 0.0), min(high + 0.05, 0.95), 12)
    curve = np.poly1d(np.polyfit(points, [advantage(float(q), *fixed) for q in points], 2))
    if curve(points[0]) >= 0.0 or curve(points[-1]) <= 0.0:
        return None
    return float(brentq(curve, points[0], points[-1]))


def evolved(
    known: float, benefit: float, cost: float, share: float, mutation: float, people: int,
    turns: int, generations: int, seed: int,
) -> tuple[float, float]:  # fmt: skip
    """Shares of help and of the discriminating, over the last half of the generations."""
    kind = np.full(people, DISCRIMINATES, np.int64)
    kind[: round(share * people)] = DEFECTS
    chance = chance_of(seed, people, generations)
    helped, discriminating = [], []
    for _ in range(generations):
        payoff = np.zeros(people)
        helped.append(float(play(kind, known, benefit, cost, turns * people, 0, payoff, chance)))
        discriminating.append(float((kind == DISCRIMINATES).mean()))
        breed(kind, payoff, mutation, chance)
    last = generations // 2
    return float(np.mean(helped[last:])), float(np.mean(discriminating[last:]))


@published(NAME)
def image_scoring(
    *,
    people: Annotated[int, Within(3, 10_000, "people")] = 100,
    benefit: Annotated[float, Within(1e-6, 1e6, "benefit b of being helped")] = 1.0,
    cost: Annotated[float, Within(0, 1e6, "cost c of helping")] = 0.1,
    known: Annotated[float, Within(0, 1, "chance q that an image is known")] = 0.5,
    defectors: Annotated[float, Within(0, 1, "share of defectors at the start")] = 0.05,
    turns: Annotated[int, Within(1, 10_000, "times each is a donor in a generation, mean")] = 20,
    generations: Annotated[int, Within(1, 100_000, "generations")] = 200,
    mutation: Annotated[float, Within(0, 1, "chance that a child is of either kind")] = 0.001,
    runs: Annotated[int, Runs.__metadata__[0]] = 5,
    seed: Seed = 1,
) -> Readings:
    """Let a population of discriminating and defecting people evolve.

    Returns
    -------
    dict
        ``helped``: share of rounds with help, ``discriminating``: share of people, both over the
        last half of the generations and all runs; ``threshold``: the chance of knowing from which
        discriminating does better than the one who defects, found by play (None where there is
        none); ``expected``: what it is in so small a population; ``among_many``: c/b.

    Examples
    --------
    >>> image_scoring(known=0.05, cost=0.5, generations=60, runs=1)["helped"] < 0.2
    True
    """
    if cost >= benefit:
        raise BadInput(
            field=f"{NAME}.cost", found=f"{cost:g}", allowed=f"below the benefit {benefit:g}"
        )
    ended = [
        evolved(known, benefit, cost, defectors, mutation, people, turns, generations, seed + run)
        for run in range(runs)
    ]
    found = threshold_of_knowing(benefit, cost, 1.0 / people, people, 4_000 * people, seed)
    return {
        "helped": float(np.mean([helped for helped, _ in ended])),
        "discriminating": float(np.mean([share for _, share in ended])),
        "threshold": found,
        "expected": threshold_expected(benefit, cost, 1, people),
        "among_many": cost / benefit,
    }  # fmt: skip


def check(full: bool, say: Say) -> Iterator[Finding]:
    """The threshold found by play at several costs, and populations on either side of it."""
    people, runs, turns = (200, 12, 20_000) if full else (100, 6, 3_000)
    share = 1.0 / people
    for cost in (0.1, 0.3, 0.5):
        say(f"threshold of knowing at cost {cost:g}")
        found = [
            threshold_of_knowing(1.0, cost, share, people, turns * people, seed)
            for seed in range(1, runs + 1)
        ]
        # A game without a threshold is no number, and no mean with it passes.
        known = [math.nan if value is None else value for value in found]
        finite = threshold_expected(1.0, cost, 1, people)
        what = f"threshold of knowing, c/b {cost:g}, 1 defector in {people}"
        yield statistical(what, finite, known)
        many = threshold_expected(1.0, cost, 1, 10**9)
        yield exact(f"the same among very many: c/b {cost:g}", cost, many, 1e-6)
    generations, repeats = (400, 10) if full else (150, 4)
    for times, word in ((0.5, "dies out"), (1.5, "stays")):
        say(f"evolution at {times:g} times the threshold")
        ended = [
            evolved(0.4 * times, 1.0, 0.4, 0.05, 0.001, 200, 30, generations, seed)[0]
            for seed in range(1, repeats + 1)
        ]
        passed = max(ended) < 0.1 if times < 1 else min(ended) > 0.8
        told = f"{min(ended):.3g} to {max(ended):.3g}"
        yield shape(f"help at q = {times:g}·c/b", word, told, passed)


MODEL = Model(NAME, "Nowak & Sigmund (1998), Nature 393", image_scoring, check)
