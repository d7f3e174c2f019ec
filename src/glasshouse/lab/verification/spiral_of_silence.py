"""The spiral of silence: those who see few of their mind speak fall silent, and are seen no more.

Ross, Pilz, Cabrera, Brachten, Neubaum and Stieglitz (2019), Are social bots a real threat?
European Journal of Information Systems 28(4). Confidence and thresholds are drawn from 0..1,
opinions are equally many, all move together until nobody's confidence does, and accounts that are
always on are added to the network by preferential attachment, each with as many ties as a
newcomer: as in the authors' published program. Theirs count as speaking, not as won.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule
from glasshouse.lab.verification.finding import Finding, Readings, Say, exact, inside, of_share
from glasshouse.lab.verification.loops import Chance, chance_of, loop, pick
from glasshouse.lab.verification.published import Model, Runs, Seed, Within, published
from glasshouse.scenario.faults import BadInput

NAME = "spiral-of-silence"
SETTLED = 1e-3
MOST_STEPS = 5_000
MOST_TIES = 5_000_000
Whole = NDArray[np.int64]
Numbers = NDArray[np.float64]


@rule
def willingness(confidence: float) -> float:
    """Willingness to speak.

    Equation: 2/(1 + e^-c) - 1.

    Examples
    --------
    >>> round(willingness(1.5), 6), round(willingness(1.0), 6)
    (0.635149, 0.462117)
    """
    return 2.0 / (1.0 + math.exp(-confidence)) - 1.0


@rule
def change_of_confidence(in_favour: float, against: float) -> float:
    """How confidence moves by those who are heard to speak.

    Equation: (for - against)/(for + against), 0 where nobody speaks.
    """
    heard = in_favour + against
    return (in_favour - against) / heard if heard > 0.0 else 0.0


@rule
def speaks(confidence: float, threshold: float) -> bool:
    """Whether somebody speaks.

    Equation: 2/(1 + e^-c) - 1 > threshold.
    """
    return willingness(confidence) > threshold


class Crowd(NamedTuple):
    """Ties as ends of pairs; everybody's opinion (1 or -1), confidence, threshold, always on."""

    one: Whole
    other: Whole
    opinion: Whole
    confidence: Numbers
    threshold: Numbers
    always: NDArray[np.uint8]


@loop
def attached(people: int, added: int, own: int, ends: Whole, chance: Chance) -> int:
    """Pairs of a network by preferential attachment; answers how many ends were written.

    The first ``own`` people stand alone, each newcomer is tied to ``own`` different people by
    their ties (Barabasi and Albert). The ``added`` come last and are tied to the others only, by
    the ties these had before.
    """
    written = 0
    for newcomer in range(own, people + added):
        open_ends = written if newcomer <= people else 2 * own * (people - own)
        for k in range(own):
            chosen = k if newcomer == own else ends[pick(chance, open_ends)]
            again = True
            while again:
                again = False
                for earlier in range(k):
                    if ends[written + 2 * earlier + 1] == chosen:
                        again = True
                        chosen = ends[pick(chance, open_ends)]
                        break
            ends[written + 2 * k] = newcomer
            ends[written + 2 * k + 1] = chosen
        written += 2 * own
    return written


@loop
def settle(crowd: Crowd, most: int) -> int:
    """Live until nobody's willingness moves any more; answers the steps."""
    people = len(crowd.opinion)
    speaking = np.zeros(people, np.uint8)
    balance, heard = np.zeros(people), np.zeros(people)
    for step in range(most):
        for i in range(people):
            on = crowd.always[i] == 1
            speaking[i] = 1 if on or speaks(crowd.confidence[i], crowd.threshold[i]) else 0
            balance[i], heard[i] = 0.0, 0.0
        for tie in range(len(crowd.one)):
            i, j = crowd.one[tie], crowd.other[tie]
            balance[i] += speaking[j] * crowd.opinion[j]
            heard[i] += speaking[j]
            balance[j] += speaking[i] * crowd.opinion[i]
            heard[j] += speaking[i]
        moved = False
        for i in range(people):
            sided = balance[i] * crowd.opinion[i]
            change = change_of_confidence((heard[i] + sided) / 2.0, (heard[i] - sided) / 2.0)
            before = willingness(crowd.confidence[i])
            crowd.confidence[i] += change
            if crowd.always[i] == 0:
                moved = moved or abs(willingness(crowd.confidence[i]) - before) > SETTLED
        if not moved:
            return step + 1
    return most


class Ended(NamedTuple):
    """How a run ended."""

    hub: int
    winner: int
    share: float
    steps: int


def drawn(people: int, own: int, always_on: int, seed: int) -> Crowd:
    """A crowd at the start; the always-on come last and are of opinion -1."""
    chance = chance_of(seed, people, own)
    everybody = people + always_on
    ends = np.zeros(2 * own * (everybody - own), np.int64)
    attached(people, always_on, own, ends, chance)
    generator = np.random.default_rng([seed, people, own])
    opinion = np.where(generator.random(everybody) < 0.5, 1, -1)
    opinion[people:] = -1
    return Crowd(
        ends[0::2].copy(), ends[1::2].copy(), opinion.astype(np.int64),
        generator.random(everybody), generator.random(everybody),
        (np.arange(everybody) >= people).astype(np.uint8),
    )  # fmt: skip


def lived(people: int, own: int, always_on: int, seed: int) -> Ended:
    """One run to the end: which opinion has more people speaking, the always-on left out."""
    crowd = drawn(people, own, always_on, seed)
    # The hub is the most connected of the people, by ties among themselves.
    inner = (crowd.one < people) & (crowd.other < people)
    ties = np.bincount(np.concatenate([crowd.one[inner], crowd.other[inner]]), minlength=people)
    hub = int(crowd.opinion[int(np.argmax(ties))])
    steps = int(settle(crowd, MOST_STEPS))
    willing = 2.0 / (1.0 + np.exp(-np.clip(crowd.confidence, -700, 700))) - 1.0
    speaking = (willing > crowd.threshold)[:people]
    in_favour = int(np.count_nonzero(speaking & (crowd.opinion[:people] > 0)))
    against = int(np.count_nonzero(speaking)) - in_favour
    winner = (in_favour > against) - (in_favour < against)
    return Ended(hub, winner, max(in_favour, against) / max(in_favour + against, 1), steps)


@published(NAME)
def spiral_of_silence(
    *,
    people: Annotated[int, Within(3, 100_000, "people")] = 1_000,
    ties: Annotated[int, Within(1, 1_000, "ties m of each newcomer")] = 5,
    always_on: Annotated[float, Within(0, 1, "accounts always on, for each of the people")] = 0.02,
    confidence: Annotated[float, Within(-700, 700, "confidence c of one citizen")] = 1.5,
    threshold: Annotated[float, Within(-1, 1, "threshold of that citizen")] = 0.6,
    in_favour: Annotated[int, Within(0, 10**6, "friends heard to speak for her opinion")] = 1,
    against: Annotated[int, Within(0, 10**6, "friends heard to speak against it")] = 3,
    runs: Annotated[int, Runs.__metadata__[0]] = 50,
    seed: Seed = 1,
) -> Readings:
    """One citizen's next step, and how often each side wins a network.

    Returns
    -------
    dict
        ``before`` and ``after``: the citizen's willingness, and whether she ``spoke`` and
        ``speaks``; ``hub_wins``: share of runs, without always-on accounts, won by the side of the
        most connected; ``always_on_win``: share won by the side of the accounts; ``consensus``:
        mean share of the winners among those who speak in the end, without accounts.

    Examples
    --------
    >>> found = spiral_of_silence(people=50, runs=2)
    >>> round(found["after"], 6), found["speaks"]
    (0.462117, False)
    """
    if ties >= people:
        raise BadInput(field=f"{NAME}.ties", found=str(ties), allowed="less than the people")
    if ties * people > MOST_TIES:
        found, most = f"{ties} for {people} people", f"at most {MOST_TIES} ties in all"
        raise BadInput(field=f"{NAME}.ties", found=found, allowed=most)
    later = confidence + change_of_confidence(in_favour, against)
    alone = [lived(people, ties, 0, seed + run) for run in range(runs)]
    added = [lived(people, ties, round(always_on * people), seed + run) for run in range(runs)]
    return {
        "before": willingness(confidence),
        "after": willingness(later),
        "spoke": speaks(confidence, threshold),
        "speaks": speaks(later, threshold),
        "hub_wins": float(np.mean([run.winner == run.hub for run in alone])),
        "always_on_win": float(np.mean([run.winner == -1 for run in added])),
        "consensus": float(np.mean([run.share for run in alone])),
    }


def check(full: bool, say: Say) -> Iterator[Finding]:
    """The worked case, then who wins in networks of 1,000 people."""
    yield exact("willingness at c 1.5", 0.635149, willingness(1.5), 5e-7)
    later = 1.5 + change_of_confidence(1.0, 3.0)
    yield exact("after 1 for and 3 against", 0.462117, willingness(later), 5e-7)
    silent = float(speaks(1.5, 0.6)) - float(speaks(later, 0.6))
    yield exact("falls silent at threshold 0.6", 1, silent, 0)
    runs = 400 if full else 40
    for own in (2, 5, 10, 20) if full else (3, 10):
        hubs, added = [], []
        for run in range(runs):
            say(f"m {own}, run {run + 1} of {runs}")
            hubs.append(lived(1_000, own, 0, run))
            added.append(lived(1_000, own, 20, run))
        wins = float(np.mean([each.winner == each.hub for each in hubs]))
        what = f"m {own}: the hub's side wins, {runs} runs"
        yield inside(what, 0.48, 0.70, wins, of_share(wins, runs))
        wins = float(np.mean([each.winner == -1 for each in added]))
        what = f"m {own}: 2% always on win, {runs} runs"
        yield inside(what, 0.63, 0.82, wins, of_share(wins, runs))


MODEL = Model(
    NAME, "Ross et al. (2019), Eur. J. Information Systems 28(4)", spiral_of_silence, check
)
