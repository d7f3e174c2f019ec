"""The small model, and how every way of writing it is timed.

N agents on an undirected random graph of mean degree 16, scores at the start uniform from 350 to
950. Each step, for all at once:

1. score <- 0.8 own + 0.2 mean of friends + Normal(0, 5); who has no friends keeps her own score in
   the place of the mean;
2. everybody, with chance 0.01, drops the friend whose new score is lowest, on both sides.

Every script prints one JSON line. Mean and standard deviation of the scores and the number of ties
left after the last step say whether all simulate the same thing.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

DEGREE, OWN, FRIENDS, NOISE, DROP = 16, 0.8, 0.2, 5.0, 0.01
LOW, HIGH = 350.0, 950.0
WARM_UP = 2
KIBIBYTE = 1024


class Asked(NamedTuple):
    """How large, how long, from which seed, on how many threads."""

    agents: int
    steps: int
    seed: int
    threads: int


class Model(Protocol):
    """The small model in one tool."""

    def step(self) -> None:
        """Live one step."""

    def found(self) -> tuple[NDArray[Any], int]:
        """Scores of everybody, and the number of ties."""


def random_edges(asked: Asked) -> NDArray[np.int64]:
    """About eight distinct pairs for each agent, the lower number first."""
    n, chance = asked.agents, np.random.default_rng(asked.seed)
    pairs = chance.integers(0, n, size=(n * DEGREE // 2, 2), dtype=np.int64)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    pairs.sort(axis=1)
    key = np.unique(pairs[:, 0] * n + pairs[:, 1])
    return np.stack([key // n, key % n], axis=1)


def start_scores(asked: Asked) -> NDArray[np.float64]:
    """Everybody's score before the first step."""
    return np.random.default_rng(asked.seed + 1).uniform(LOW, HIGH, asked.agents)


def asked_for() -> Asked:
    """What the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--agents", type=int, default=10_000)
    parser.add_argument("--steps", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    return Asked(given.agents, given.steps, given.seed, given.threads)


def peak_bytes() -> int:
    """The most memory that this process has taken."""
    try:
        # The other figure begins with what the process took from which this one was started.
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * KIBIBYTE
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTE


def tell(tool: str, version: str, make: Callable[[Asked], Model], *, same: bool = True) -> None:
    """Time making and stepping a model, and print one JSON line.

    Parameters
    ----------
    tool, version : str
    make : callable
        Makes the model.
    same : bool
        Whether this is the small model, so that what it comes to can be compared.
    """
    asked = asked_for()
    start = time.perf_counter()
    model = make(asked)
    making = time.perf_counter() - start
    for _ in range(WARM_UP):
        model.step()
    taken = []
    for _ in range(asked.steps):
        start = time.perf_counter()
        model.step()
        taken.append(time.perf_counter() - start)
    scores, ties = model.found()
    line = {
        "tool": tool,
        "version": version,
        "agents": asked.agents,
        "making": making,
        "seconds": float(np.median(taken)),
        "peak_bytes": peak_bytes(),
        "mean": float(np.mean(scores)) if same else None,
        "sd": float(np.std(scores)) if same else None,
        "ties": int(ties) if same else None,
    }
    sys.stdout.write(json.dumps(line) + "\n")
