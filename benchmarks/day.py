"""How fast a day is lived: citizen-days a second, beside the machine's own memory speed.

    python benchmarks/day.py [CITIZENS ...]

For each size and both kinds of society: citizen-days a second without and under a scheme, with
one thread and all; bytes per citizen; and the time of a day as a multiple of the time it takes
to copy that many bytes once. Ratios within one run can be compared between machines; the bare
seconds cannot.
"""

from __future__ import annotations

import sys
import time

import numba
import numpy as np

from glasshouse.engine.nation import Nation
from glasshouse.scenario import Scenario

DAYS = 20
WARM_UP = 5


def copy_speed() -> float:
    """Bytes a second that this machine copies, the best of five."""
    source = np.ones(1 << 25)
    target = np.empty_like(source)
    best = float("inf")
    for _ in range(5):
        start = time.perf_counter()
        np.copyto(target, source)
        best = min(best, time.perf_counter() - start)
    return source.nbytes / best


def seconds_a_day(nation: Nation) -> float:
    """Median seconds of a day, after a few that are not counted."""
    taken = []
    for day in range(WARM_UP + DAYS):
        start = time.perf_counter()
        nation.live_day()
        if day >= WARM_UP:
            taken.append(time.perf_counter() - start)
    return float(np.median(taken))


def ring_graph(citizens: int) -> np.ndarray:
    """A graph of mean degree 16: everybody knows the eight next, in shuffled order."""
    order = np.random.default_rng(1).permutation(citizens)
    pairs = [np.stack([order, np.roll(order, -k)], axis=1) for k in range(1, 9)]
    return np.concatenate(pairs)


def main() -> None:
    """Print one line for each society, scheme and number of threads."""
    sizes = [int(float(word)) for word in sys.argv[1:]] or [20_000, 100_000]
    memory = copy_speed()
    threads = numba.config.NUMBA_NUM_THREADS
    print(f"memory copy {memory / 1e9:.1f} GB/s, {threads} threads")
    print("citizens  society  scheme        threads  citizen-days/s  bytes/citizen  day : copy")
    for citizens in sizes:
        base = Scenario.load("press-sesame")
        for kind in ("circles", "graph"):
            changes = {"population": citizens}
            if kind == "graph":
                changes["society"] = {"kind": "graph", "edges": ring_graph(citizens)}
            nation = Nation.make(base.replace(**changes), 1)
            for scheme in ("none", "press-sesame"):
                if scheme != "none":
                    nation.enact(base.scheme)
                for count in sorted({1, threads}):
                    numba.set_num_threads(count)
                    seconds = seconds_a_day(nation)
                    ratio = seconds / (nation.bytes_per_citizen * citizens / memory)
                    print(
                        f"{citizens:>8}  {kind:<7}  {scheme:<12}  {count:>7}  "
                        f"{citizens / seconds:>14,.0f}  {nation.bytes_per_citizen:>13.0f}  "
                        f"{ratio:>10.1f}",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
