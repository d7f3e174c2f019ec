"""Civil violence: the grieved, the risk they run, cops who arrest, and outbursts.

Epstein (2002), Modeling civil violence: an agent-based computational approach, PNAS 99 suppl. 3,
model I. Willing is who has more grievance than net risk: hardship·(1 - L) - risk·P > T. The whole
number of cops for each active person in P is that of Wilensky's Rebellion (2004, NetLogo models
library) and gives the outbursts; without it there are none.

A step is taken together: everybody at large moves to a free place in sight, one after another;
then all decide on what all of them see; then each cop, in random order, arrests one active in
sight. Epstein lets one after another move and act at once (order ``one-by-one``): outbursts then
feed on themselves within a step, and more are active. Places hold a citizen or a cop by chance.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from glasshouse.lab.verification.finding import Finding, Readings, Say, exact, near, shape
from glasshouse.lab.verification.loops import chance_of
from glasshouse.lab.verification.published import Flag, Model, OneOf, Runs, Seed, Within, published
from glasshouse.lab.verification.torus import live, walk
from glasshouse.scenario.faults import BadInput

NAME = "civil-violence"
TOGETHER, ONE_BY_ONE = "together", "one-by-one"
BURST = 50
MOST_SEEN = 20_000_000
Actives = NDArray[np.int64]


def willing_without_cops(legitimacy: float, threshold: float) -> float:
    """Share of citizens who are willing where nobody is arrested.

    Equation: 1 - T/(1 - L), hardship being uniform; 0 if L >= 1 - T.
    """
    spare = 1.0 - legitimacy
    return max(0.0, 1.0 - threshold / spare) if spare > 0.0 else float(threshold < 0.0)


def outbursts(actives: Actives) -> int:
    """How often more than 50 became active at once who were not before."""
    over = actives > BURST
    return int(np.count_nonzero(over[1:] & ~over[:-1]))


def lived(
    *, size: int = 40, density: float = 0.7, cops: float = 0.04, vision: int = 7,
    legitimacy: float = 0.82, threshold: float = 0.1, jail: int = 30, arrest: float = 2.3,
    floor: bool = True, order: str = TOGETHER, steps: int = 1000, seed: int = 1,
) -> Actives:  # fmt: skip
    """Active citizens after each step of one run."""
    generator = np.random.default_rng([seed, size, vision])
    places = generator.permutation(size * size)
    kind = generator.random(size * size)
    citizens, officers = places[kind < density], places[kind >= 1.0 - cops]
    where = np.concatenate([citizens, officers]).astype(np.int64)
    hardship, risk = generator.random(len(citizens)), generator.random(len(citizens))
    walked = walk(size, vision)
    numbers = (legitimacy, threshold, arrest, jail, floor, order == TOGETHER)
    actives: Actives = live(where, hardship, risk, walked, numbers, steps, chance_of(seed, size))
    return actives


@published(NAME)
def civil_violence(
    *,
    size: Annotated[int, Within(3, 400, "side of the torus, in places")] = 40,
    density: Annotated[float, Within(0, 1, "chance that a place holds a citizen")] = 0.7,
    cops: Annotated[float, Within(0, 1, "chance that a place holds a cop")] = 0.04,
    vision: Annotated[int, Within(0, 50, "how far everybody sees, a circle")] = 7,
    legitimacy: Annotated[float, Within(0, 1, "legitimacy L of the regime")] = 0.82,
    threshold: Annotated[float, Within(-1, 1, "threshold T of acting")] = 0.1,
    jail: Annotated[int, Within(0, 100_000, "longest term in jail, steps")] = 30,
    arrest: Annotated[float, Within(0, 1000, "k of the chance of arrest")] = 2.3,
    floor: Annotated[bool, Flag("whether cops for each active are counted whole")] = True,
    order: Annotated[str, OneOf((TOGETHER, ONE_BY_ONE), "how a step is taken")] = TOGETHER,
    steps: Annotated[int, Within(1, 1_000_000, "steps of a run")] = 1000,
    runs: Runs = 1,
    seed: Seed = 1,
) -> Readings:
    """Let citizens and cops live on a torus.

    Returns
    -------
    dict
        ``active``: mean number of active citizens over steps and runs, with the standard
        deviation of the runs' means ``active_sd`` (None for one run); ``most`` ever active;
        ``outbursts`` above 50, for 1,000 steps; ``willing``: share willing if none were arrested.

    Examples
    --------
    >>> civil_violence(legitimacy=0.9, steps=20)["most"]
    0
    """
    if density + cops > 1.0:
        found = f"{cops:g} with density {density:g}"
        raise BadInput(field=f"{NAME}.cops", found=found, allowed="at most 1 together")
    if (size * vision) ** 2 > MOST_SEEN:
        found, most = str(vision), math.isqrt(MOST_SEEN) // size
        raise BadInput(field=f"{NAME}.vision", found=found, allowed=f"at most {most} in that size")
    ended = [
        lived(
            size=size, density=density, cops=cops, vision=vision, legitimacy=legitimacy,
            threshold=threshold, jail=jail, arrest=arrest, floor=floor, order=order, steps=steps,
            seed=seed + run,
        )
        for run in range(runs)
    ]  # fmt: skip
    means = [float(actives.mean()) for actives in ended]
    return {
        "active": float(np.mean(means)),
        "active_sd": float(np.std(means, ddof=1)) if runs > 1 else None,
        "most": int(max(actives.max() for actives in ended)),
        "outbursts": float(np.mean([outbursts(actives) for actives in ended])) * 1000.0 / steps,
        "willing": willing_without_cops(legitimacy, threshold),
    }


def check(full: bool, say: Say) -> Iterator[Finding]:
    """Shares willing, and ten runs of a thousand steps with and without whole numbers."""
    yield exact("share willing at P 0, L 0.82", 4 / 9, willing_without_cops(0.82, 0.1), 1e-12)
    counted = [lived(size=100, cops=0.0, steps=1, seed=seed)[0] / 7000.0 for seed in range(1, 11)]
    error = float(np.std(counted, ddof=1)) / len(counted) ** 0.5
    yield near("active where there are no cops", 4 / 9, float(np.mean(counted)), error)
    most = max(int(lived(legitimacy=0.9, steps=200, seed=seed).max()) for seed in (1, 2, 3))
    yield exact("ever active at L 0.9", 0, most, 0)
    steps = 1000
    runs: dict[tuple[bool, str], list[Actives]] = {}
    for floor, order in ((True, TOGETHER), (False, TOGETHER), (True, ONE_BY_ONE)):
        for seed in range(1, 11 if full or order == TOGETHER else 4):
            say(f"{order}, floor {floor}, seed {seed}")
            actives = lived(floor=floor, order=order, steps=steps, seed=seed)
            runs.setdefault((floor, order), []).append(actives)
    together = runs[True, TOGETHER]
    # The published spread over 10 seeds is the one its mean is uncertain by.
    got = float(np.mean([actives.mean() for actives in together]))
    yield near("mean active, 10 seeds (sd 8)", 26.0, got, 8.0 / 10**0.5)
    counts = [outbursts(actives) for actives in together]
    error = float(np.std(counts, ddof=1)) / len(counts) ** 0.5
    yield near(
        "outbursts over 50 in 1,000 steps", 27.0, float(np.mean(counts)), error, rounding=0.5
    )
    without = sum(outbursts(actives) for actives in runs[False, TOGETHER])
    yield exact("outbursts without the floor", 0, without, 0)
    alone = runs[True, ONE_BY_ONE]
    mean, most = float(np.mean([a.mean() for a in alone])), max(int(a.max()) for a in alone)
    told = f"{np.mean([outbursts(a) for a in alone]):.3g} (mean {mean:.3g}, most {most})"
    yield shape("one by one, as Epstein: outbursts", "some", told, outbursts(alone[0]) > 5)


MODEL = Model(NAME, "Epstein (2002), PNAS 99 suppl. 3, model I", civil_violence, check)
