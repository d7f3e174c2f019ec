"""Opinions and ties that change together.

Holme and Newman (2006), Nonequilibrium phase transition in the coevolution of networks and
opinions, Physical Review E 74, 056108. Two people may have several ties, none has one to herself:
with these choices, and opinions drawn at random, the published sizes come out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.lab.verification.finding import Finding, Readings, Say, inside, shape, statistical
from glasshouse.lab.verification.loops import Chance, chance_of, draw, loop, pick
from glasshouse.lab.verification.published import Model, Runs, Seed, Within, published

NAME = "holme-newman"
# Consensus takes about two steps for each pair of people; some rare starts never come to rest.
MOST_STEPS = 1_000_000
MOST_FOR_PAIRS = 40
Whole = NDArray[np.int64]


class Net(NamedTuple):
    """Ties as pairs of half-ties: 2e and 2e + 1 are the ends of tie e, chained by person."""

    at: Whole
    after: Whole
    before: Whole
    first: Whole
    degree: Whole


class Holders(NamedTuple):
    """Who holds each opinion: the holders of one stand together, in a chain of places."""

    opinion: Whole
    members: NDArray[np.int32]
    number: Whole
    place: Whole


@rule
def rewires(draw: float, phi: float) -> bool:
    """Whether the chosen person moves a tie (else she takes a friend's opinion).

    Equation: u < phi.
    """
    return draw < phi


@rule
def attach(net: Net, half: int, person: int) -> None:
    """Put a half-tie at a person."""
    net.at[half] = person
    net.before[half] = -1
    net.after[half] = net.first[person]
    if net.first[person] >= 0:
        net.before[net.first[person]] = half
    net.first[person] = half
    net.degree[person] += 1


@rule
def detach(net: Net, half: int) -> None:
    """Take a half-tie away from its person."""
    person = net.at[half]
    if net.before[half] >= 0:
        net.after[net.before[half]] = net.after[half]
    else:
        net.first[person] = net.after[half]
    if net.after[half] >= 0:
        net.before[net.after[half]] = net.before[half]
    net.degree[person] -= 1


@rule
def half_of(net: Net, person: int, number: int) -> int:
    """One of a person's half-ties, counted from the first."""
    half = net.first[person]
    for _ in range(number):
        half = net.after[half]
    return half  # type: ignore[no-any-return]


@rule
def hold(holders: Holders, person: int, opinion: int) -> None:
    """Let a person hold an opinion, who held none."""
    holders.opinion[person] = opinion
    holders.place[person] = holders.number[opinion]
    holders.members[opinion, holders.number[opinion]] = person
    holders.number[opinion] += 1


@rule
def leave(holders: Holders, person: int) -> None:
    """Let a person hold no opinion any more."""
    opinion = holders.opinion[person]
    holders.number[opinion] -= 1
    last = holders.members[opinion, holders.number[opinion]]
    holders.members[opinion, holders.place[person]] = last
    holders.place[last] = holders.place[person]


@rule
def copy_opinion(net: Net, holders: Holders, person: int, opinion: int) -> int:
    """Take a friend's opinion over; answers by how much the ties of different minds change."""
    old, change, half = holders.opinion[person], 0, net.first[person]
    while half >= 0:
        other = holders.opinion[net.at[half ^ 1]]
        change += (1 if other == old else 0) - (1 if other == opinion else 0)
        half = net.after[half]
    leave(holders, person)
    hold(holders, person, opinion)
    return change


@loop
def live(net: Net, holders: Holders, phi: float, most: int, chance: Chance) -> int:
    """Live until no tie joins different minds; answers the steps taken, -1 if there were too many.

    A step, as published: a person i is chosen at random, and nothing happens if she has no tie.
    With chance phi one of her ties is moved to somebody else of her own opinion; else she takes
    the opinion of one friend.
    """
    people, different = len(net.first), 0
    for tie in range(len(net.at) // 2):
        if holders.opinion[net.at[2 * tie]] != holders.opinion[net.at[2 * tie + 1]]:
            different += 1
    for step in range(most):
        if different == 0:
            return step
        person = pick(chance, people)
        if net.degree[person] == 0:
            continue
        half = half_of(net, person, pick(chance, net.degree[person]))
        mine, friend = holders.opinion[person], net.at[half ^ 1]
        theirs = holders.opinion[friend]
        if rewires(draw(chance), phi):
            count = holders.number[mine]
            if count < 2:
                continue
            chosen = person
            while chosen == person:
                chosen = holders.members[mine, pick(chance, count)]
            detach(net, half ^ 1)
            attach(net, half ^ 1, chosen)
            different -= 1 if theirs != mine else 0
        elif theirs != mine:
            different += copy_opinion(net, holders, person, theirs)
    return -1


@loop
def begin(net: Net, holders: Holders, chance: Chance) -> None:
    """Draw everybody's opinion and ties at random; no tie to oneself."""
    people, opinions = len(net.first), len(holders.number)
    for person in range(people):
        hold(holders, person, pick(chance, opinions))
    for tie in range(len(net.at) // 2):
        one = pick(chance, people)
        other = one
        while other == one:
            other = pick(chance, people)
        attach(net, 2 * tie, one)
        attach(net, 2 * tie + 1, other)


@loop
def largest_part(net: Net) -> int:
    """People of the largest connected part."""
    people, most = len(net.first), 0
    seen, stack = np.zeros(people, np.uint8), np.empty(people, np.int64)
    for start in range(people):
        if seen[start] == 1:
            continue
        seen[start], stack[0], top, size = 1, start, 1, 0
        while top > 0:
            top -= 1
            size += 1
            half = net.first[stack[top]]
            while half >= 0:
                other = net.at[half ^ 1]
                if seen[other] == 0:
                    seen[other] = 1
                    stack[top] = other
                    top += 1
                half = net.after[half]
        most = max(most, size)
    return most


def made(people: int, degree: float, holders: int) -> tuple[Net, Holders]:
    """Room for so many people, without ties or opinions yet."""
    ties, opinions = round(people * degree / 2), max(people // holders, 1)
    chain = np.full((3, 2 * ties), -1, np.int64)
    first, place = np.full(people, -1, np.int64), np.zeros(people, np.int64)
    net = Net(chain[0], chain[1], chain[2], first, np.zeros(people, np.int64))
    members = np.zeros((opinions, people), np.int32)
    opinion = np.full(people, -1, np.int64)
    return net, Holders(opinion, members, np.zeros(opinions, np.int64), place)


def coevolved(people: int, degree: float, holders: int, phi: float, seed: int) -> tuple[float, int]:
    """One run to the end: share of people in the largest part of one mind, and steps."""
    net, holding = made(people, degree, holders)
    chance = chance_of(seed, people, round(phi * 1e9))
    begin(net, holding, chance)
    steps = live(net, holding, phi, MOST_STEPS + MOST_FOR_PAIRS * people * people, chance)
    return int(largest_part(net)) / people, int(steps)


@published(NAME)
def holme_newman(
    *,
    people: Annotated[int, Within(2, 20_000, "people")] = 3200,
    degree: Annotated[float, Within(0, 50, "mean ties a person")] = 4.0,
    holders: Annotated[int, Within(1, 20_000, "holders of an opinion at the start")] = 10,
    phi: Annotated[float, Within(0, 1, "chance to move a tie, not to change one's mind")] = 0.4,
    runs: Runs = 1,
    seed: Seed = 1,
) -> Readings:
    """Live until every connected part is of one mind.

    Returns
    -------
    dict
        ``largest``: share of people in the largest part of one mind, mean over runs, with its
        standard deviation ``largest_sd`` (None for one run); ``steps``, mean over runs, -1 for
        one that never rests, as when only ties move and two who are alone in their minds are tied.

    Examples
    --------
    >>> holme_newman(people=100, phi=1.0)["largest"] < 0.3
    True
    """
    ended = [coevolved(people, degree, holders, phi, seed + run) for run in range(runs)]
    sizes = np.array([size for size, _ in ended])
    return {
        "largest": float(sizes.mean()),
        "largest_sd": float(sizes.std(ddof=1)) if runs > 1 else None,
        "steps": float(np.mean([steps for _, steps in ended])),
    }


PUBLISHED = {0.0: 0.980, 0.2: 0.929, 0.5: 0.024, 1.0: 0.006}


def check(full: bool, say: Say) -> Iterator[Finding]:
    """Sizes of the largest part over 20 runs of 3,200 people; a small society in short."""
    sizes: dict[float, list[float]] = {}
    for phi in (1.0, 0.5, 0.4, 0.2, 0.0):
        whole = full or phi >= 0.5
        people, runs = (3200, 20) if whole else (400, 10)
        sizes[phi] = []
        for run in range(runs):
            say(f"phi {phi:g}, run {run + 1} of {runs}")
            sizes[phi].append(coevolved(people, 4.0, 10, phi, 1 + run)[0])
        if whole:
            what = f"phi {phi:g}: largest part, {runs} runs"
            if phi == 0.4:
                yield inside(what, 0.36, 0.48, float(np.mean(sizes[phi])))
            else:
                yield statistical(what, PUBLISHED[phi], sizes[phi], rounding=0.0005)
    means = {phi: float(np.mean(found)) for phi, found in sizes.items()}
    steps = " ".join(f"{means[phi]:.3g}" for phi in sorted(means))
    falling = bool(np.all(np.diff([means[phi] for phi in sorted(means)]) < 0))
    yield shape("largest part as phi rises 0 to 1", "falls", steps, falling)


MODEL = Model(NAME, "Holme & Newman (2006), Phys. Rev. E 74, 056108", holme_newman, check)
