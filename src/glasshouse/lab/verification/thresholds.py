"""Thresholds of joining: a crowd that grows as each joins who sees enough others do.

Granovetter (1978), Threshold Models of Collective Behavior, American Journal of Sociology 83;
Kuran (1989), Sparks and Prairie Fires, Public Choice 61. The rule of joining and the example of
normal thresholds are Granovetter's; the ten thresholds that begin with 0 and 20 are Kuran's.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import norm

from glasshouse.chance.rule import rule
from glasshouse.lab.verification.finding import Finding, Readings, Say, exact, shape
from glasshouse.lab.verification.graphs import KINDS, named_graph, ties_of
from glasshouse.lab.verification.published import Model, OneOf, Seed, Within, published
from glasshouse.scenario.faults import BadInput
from glasshouse.society.ties import PossibleTies

NAME = "thresholds"
PERCENT, COUNT = "percent", "people"
CROWD = "crowd"
Thresholds = NDArray[np.float64]


@rule
def joins(threshold: float, joined: float, seen: float) -> bool:
    """Whether somebody joins who sees so many of so many take part.

    Equation: 100·joined/seen >= threshold, the threshold in percent.

    Examples
    --------
    >>> joins(20.0, 1.0, 10.0), joins(10.0, 1.0, 10.0)
    (False, True)
    """
    return 100.0 * joined >= threshold * seen


def joined_of_crowd(thresholds: Thresholds) -> list[int]:
    """How many take part after each round, everybody seeing everybody, until none joins.

    Examples
    --------
    >>> joined_of_crowd(np.array([0.0, 50.0, 100.0]))
    [0, 1]
    """
    people = len(thresholds)
    joined = [0]
    while True:
        count = int(np.count_nonzero(100.0 * joined[-1] >= thresholds * people))
        if count <= joined[-1]:
            return joined
        joined.append(count)


def joined_on_graph(thresholds: Thresholds, ties: PossibleTies) -> list[int]:
    """The same where everybody sees their friends only; who has no friend sees nobody join."""
    people = len(thresholds)
    active = np.zeros(people, bool)
    joined = [0]
    while True:
        sums = np.zeros(people)
        source = np.repeat(np.arange(people), np.diff(ties.offsets))
        np.add.at(sums, source, active[ties.friend].astype(np.float64))
        seen = np.maximum(np.diff(ties.offsets), 1)
        after = active | (100.0 * sums >= thresholds * seen)
        if int(after.sum()) <= joined[-1]:
            return joined
        active = after
        joined.append(int(active.sum()))


def fixed_point_of_normal(mean: float, sd: float) -> float:
    """Percent of a large crowd that joins in the end, from nobody on.

    Equation: least r with r = 100·Phi((r - mean)/sd).
    """

    def gap(joined: float) -> float:
        return 100.0 * float(norm.cdf((joined - mean) / sd)) - joined

    turn = turning_point(mean, sd)
    if turn is not None and gap(turn) <= 0.0:
        return float(brentq(gap, 0.0, turn, xtol=1e-13))
    joined = 0.0 if turn is None else turn
    for _ in range(100_000):
        after = joined + gap(joined)
        if abs(after - joined) < 1e-12:
            break
        joined = after
    return joined


def turning_point(mean: float, sd: float) -> float | None:
    """Where below the mean the crowd is slowest to grow; None where there is no such place.

    Equation: the r < mean with 100·phi((r - mean)/sd)/sd = 1.
    """
    height = 100.0 / (sd * math.sqrt(2.0 * math.pi))
    if height <= 1.0:
        return None
    turn = mean - sd * math.sqrt(2.0 * math.log(height))
    return turn if turn > 0.0 else None


def jump_of_normal(mean: float) -> float | None:
    """Standard deviation at which the crowd jumps from few to most, by search.

    None where few never is an end for any standard deviation.
    """
    low, high = 1e-3, 100.0 / math.sqrt(2.0 * math.pi)

    def stays_small(sd: float) -> bool:
        turn = turning_point(mean, sd)
        return turn is not None and 100.0 * float(norm.cdf((turn - mean) / sd)) <= turn

    if not stays_small(low):
        return None
    while high - low > 1e-12:
        middle = (low + high) / 2.0
        low, high = (middle, high) if stays_small(middle) else (low, middle)
    return low


def normal_thresholds(people: int, mean: float, sd: float) -> Thresholds:
    """Thresholds of so many people at the even quantiles of a normal distribution, in percent."""
    quantiles = (np.arange(people) + 0.5) / people
    return np.asarray(norm.ppf(quantiles, mean, sd), np.float64)


@published(NAME)
def thresholds(
    *,
    thresholds: Annotated[tuple[float, ...], Within(-1e9, 1e9, "one each; none for normal")] = (),
    unit: Annotated[str, OneOf((PERCENT, COUNT), "what a threshold counts")] = PERCENT,
    normal_mean: Annotated[float, Within(-1e3, 1e3, "mean of normal thresholds, percent")] = 25.0,
    normal_sd: Annotated[float, Within(1e-3, 1e3, "their standard deviation")] = 12.2,
    people: Annotated[int, Within(1, 1_000_000, "people with normal thresholds")] = 100,
    graph: Annotated[str, OneOf((CROWD, *KINDS), "whom each one sees")] = CROWD,
    degree: Annotated[float, Within(1, 100, "mean degree of a random graph")] = 4.0,
    seed: Seed = 1,
) -> Readings:  # fmt: skip
    """How many join in the end.

    Returns
    -------
    dict
        ``joined`` people and their ``share`` in percent; how many after each of the ``rounds``. For
        normal thresholds in a crowd, as published, the fixed point of the distribution itself,
        which need not be whole, and the standard deviation at which it makes its ``jump``;
        ``whole_people`` is how many join of so many whole people at its even quantiles, and the
        rounds are theirs: a small crowd may halt where the distribution just passes.

    Examples
    --------
    >>> thresholds(thresholds=(0, 20, 20, 30, 40, 50, 60, 70, 80, 100))["share"]
    10.0
    """
    listed: Sequence[float] = thresholds
    normal = not len(listed)
    values = np.asarray(listed, np.float64)
    if normal:
        values = normal_thresholds(people, normal_mean, normal_sd)
    elif unit == COUNT:
        values = values * 100.0 / len(values)
    if graph == CROWD:
        rounds = [float(count) for count in joined_of_crowd(values)]
    elif unit == COUNT and not normal:
        raise BadInput(field=f"{NAME}.unit", found=unit, allowed="percent on a graph")
    else:
        # Who sits where must not follow the thresholds' order.
        shuffled = np.random.default_rng(seed).permutation(values)
        drawn = named_graph(graph, len(values), degree, seed, NAME)
        rounds = [float(count) for count in joined_on_graph(shuffled, ties_of(drawn))]
    readings: Readings = {"joined": int(rounds[-1]), "share": 100.0 * rounds[-1] / len(values)}
    if normal:
        fixed = fixed_point_of_normal(normal_mean, normal_sd)
        if graph == CROWD:
            readings = {"joined": people * fixed / 100.0, "share": fixed}
        readings["jump"] = jump_of_normal(normal_mean)
        readings["whole_people"] = int(rounds[-1])
    readings["rounds"] = rounds[:200]
    return readings


def check(full: bool, say: Say) -> Iterator[Finding]:
    """Granovetter's hundred, Kuran's ten, and the jump of normal thresholds."""
    hundred = np.arange(100.0)
    yield exact("thresholds 0..99 of 100", 100, joined_of_crowd(hundred)[-1], 0)
    hundred[1] = 2.0
    yield exact("the 1 replaced by a 2", 1, joined_of_crowd(hundred)[-1], 0)
    kuran = [0.0, 20, 20, 30, 40, 50, 60, 70, 80, 100]
    yield exact("Kuran's ten, percent", 10, 10 * joined_of_crowd(np.array(kuran))[-1], 0)
    kuran[1] = 10.0
    yield exact("second one 10: percent", 90, 10 * joined_of_crowd(np.array(kuran))[-1], 0)
    jump = jump_of_normal(25.0)
    assert jump is not None
    yield exact("normal, mean 25: jump at sd", 12.2221, jump, 5e-5)
    yield exact("fixed point just below", 6.2, fixed_point_of_normal(25.0, jump), 0.05)
    people = 1_000_000 if full else 100_000
    say(f"a crowd of {people} at the jump")
    ends = [
        100.0 * joined_of_crowd(normal_thresholds(people, 25.0, jump * times))[-1] / people
        for times in (0.99, 1.01)
    ]
    far = " and ".join(f"{end:.3g}" for end in ends)
    yield shape("crowd 1% below and above it", "few and most", far, ends[0] < 7 and ends[1] > 90)
    for times, end in zip((0.99, 1.01), ends, strict=True):
        expected = fixed_point_of_normal(25.0, jump * times)
        yield exact(f"crowd of {people} at {times:g} times the jump", expected, end, 0.01, 6)
    ties = ties_of(named_graph("complete", 100))
    same = joined_on_graph(np.arange(100.0), ties)[-1]
    yield exact("0..99 on a complete graph", 100, same, 0)


MODEL = Model(NAME, "Granovetter (1978), AJS 83; Kuran (1989), Public Choice 61", thresholds, check)
