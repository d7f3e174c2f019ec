"""How fast a day is lived, beside the machine's own memory speed.

    python benchmarks/day.py [CITIZENS ...] [--stages] [--json FILE]

One line for each size, both kinds of society, without a scheme and under press-sesame, with one
thread and with all: citizen-days a second, bytes a citizen, how many times faster all threads are
than one, and the time of a day as a multiple of the memory floor (see ``memory.py``). The floor is
that of all threads, in every line. With ``--stages`` a table follows: seconds of a day by stage.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
from memory import GIBIBYTE, measured
from numpy.typing import NDArray

from glasshouse.chance.threads import cores, on_threads
from glasshouse.engine.nation import Nation
from glasshouse.scenario import Scenario

WARM_UP = 3
KINDS = ("circles", "graph")
HEAD = (
    " citizens  society  scheme        threads  citizen-days/s  bytes/citizen  all : one"
    "  day : floor"
)


class Lived(NamedTuple):
    """How days were lived: medians over them."""

    citizens: int
    society: str
    scheme: str
    threads: int
    seconds: float
    bytes_per_citizen: float
    all_to_one: float
    day_to_floor: float
    stages: dict[str, float]

    def line(self) -> str:
        """The line of the table."""
        faster = f"{self.all_to_one:.2f}" if self.all_to_one else "-"
        return (
            f"{self.citizens:>9}  {self.society:<7}  {self.scheme:<12}  {self.threads:>7}  "
            f"{self.citizens / self.seconds:>14,.0f}  {self.bytes_per_citizen:>13.1f}  "
            f"{faster:>9}  {self.day_to_floor:>11.2f}"
        )


def seconds_a_day(nation: Nation, days: int) -> float:
    """Median seconds of a day, after a few that are not counted."""
    taken = []
    for day in range(WARM_UP + days):
        start = time.perf_counter()
        nation.live_day()
        if day >= WARM_UP:
            taken.append(time.perf_counter() - start)
    return float(np.median(taken))


def seconds_by_stage(nation: Nation, days: int, seconds: float) -> dict[str, float]:
    """Seconds of a day by stage: those of the whole day, shared out by ticks of the processor."""
    nation.profile = True
    before = dict(nation.stage_ticks)
    for _ in range(days):
        nation.live_day()
    nation.profile = False
    ticks = {name: nation.stage_ticks[name] - before[name] for name in before}
    together = sum(ticks.values())
    return {name: seconds * spent / together for name, spent in ticks.items() if spent}


def ring_graph(citizens: int) -> NDArray[np.int64]:
    """A graph of mean degree 16: everybody knows the eight next, in shuffled order."""
    order = np.random.default_rng(1).permutation(citizens)
    pairs = [np.stack([order, np.roll(order, -k)], axis=1) for k in range(1, 9)]
    return np.concatenate(pairs)


def scenario_of(citizens: int, kind: str) -> Scenario:
    """The scheme press-sesame in a society of so many."""
    changes: dict[str, object] = {"population": citizens}
    if kind == "graph":
        changes["society"] = {"kind": "graph", "edges": ring_graph(citizens)}
    return Scenario.load("press-sesame").replace(**changes)


def lived(citizens: int, kind: str, days: int, stages: bool, floor: float) -> list[Lived]:
    """Live a nation, first without and then under the scheme; prints a line for each."""
    scenario = scenario_of(citizens, kind)
    nation = Nation.make(scenario, 1)
    rows: list[Lived] = []
    for scheme in ("none", "press-sesame"):
        if scheme != "none":
            nation.enact(scenario.scheme)
        one = 0.0
        for count in sorted({1, cores()}):
            with on_threads(count):
                seconds = seconds_a_day(nation, days)
                one = one or seconds
                last = count == cores()
                row = Lived(
                    citizens, kind, scheme, count, seconds, nation.bytes_per_citizen,
                    one / seconds if count > 1 else 0.0, seconds / floor,
                    seconds_by_stage(nation, days, seconds) if stages and last else {},
                )  # fmt: skip
            rows.append(row)
            print(row.line(), flush=True)
    return rows


def print_stages(rows: list[Lived]) -> None:
    """Print seconds of a day by stage, and nanoseconds for each citizen."""
    for row in rows:
        if not row.stages:
            continue
        title = f"{row.society}, {row.scheme}, {row.citizens:,} citizens, {row.threads} threads"
        print(f"\n{title}\nstage      seconds a day  ns/citizen  share")
        for name, seconds in sorted(row.stages.items(), key=lambda each: -each[1]):
            each, share = 1e9 * seconds / row.citizens, seconds / row.seconds
            print(f"{name:<9}  {seconds:>13.4f}  {each:>10.2f}  {share:>5.1%}")


def main() -> None:
    """Measure memory, then live days, and print a line for each way."""
    parser = argparse.ArgumentParser(description="How fast a day is lived.")
    parser.add_argument("citizens", type=float, nargs="*", default=[1e6])
    parser.add_argument("--days", type=int, default=10, help="days that count, of each")
    parser.add_argument("--society", choices=KINDS, action="append", help="both by default")
    parser.add_argument("--stages", action="store_true", help="seconds by stage too")
    parser.add_argument("--json", type=Path, help="file to write the same to")
    parser.add_argument("--gib", type=float, default=1.0, help="GiB that memory is measured on")
    given = parser.parse_args()
    speed = measured(int(given.gib * GIBIBYTE))
    print(f"{speed.said()}\n{HEAD}", flush=True)
    rows: list[Lived] = []
    for citizens in map(int, given.citizens):
        for kind in given.society or KINDS:
            rows += lived(citizens, kind, given.days, given.stages, speed.floor(citizens))
    print_stages(rows)
    if given.json:
        found = {"memory": speed._asdict(), "lived": [row._asdict() for row in rows]}
        given.json.write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
