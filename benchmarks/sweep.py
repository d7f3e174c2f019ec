"""A sweep of many cells: what workers are worth, and that killing them changes nothing.

    python benchmarks/sweep.py                      # 200 cells of 1e5 citizens x 100 days
    python benchmarks/sweep.py --killed             # the same with workers killed at random times

Shares of friends' scores are swept over a few seeds, so that cells share pasts. The busy share is
the time that cells and pasts took by their own clocks over what the workers had: how little they
waited. Parallel efficiency is what one thread needs by hand for all cells, over what the workers
had: what they cost each other too. One worker alone has all processors, so the speed beside it
says what workers gain over threads. The overhead of a cell is how much longer that one worker took
for it, its start left out, than one process that lives the same cells by hand on all threads. With
``--killed`` the table of a sweep whose workers were killed must be that of one whose were not, to
the digest.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import signal
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import polars

import glasshouse as gh
from glasshouse.chance.threads import on_threads
from glasshouse.lab.experiments.cells import Cell
from glasshouse.lab.experiments.lives import KeptPast, live_cell, live_past
from glasshouse.lab.experiments.points import points_of

OF_TIME = ("seconds", "past_seconds")


def sweep_of(given: argparse.Namespace, cells: int) -> gh.Experiment:
    """An experiment of about so many cells."""
    points = max(cells // given.seeds, 1)
    scenario = gh.Scenario.load("press-sesame").replace(
        population=given.citizens, days=given.days, timeline={"spin_up": given.spin_up}
    )
    shares = [round(0.5 * number / points, 6) for number in range(points)]
    return gh.Experiment(
        name="sweep",
        question="What does it cost to live many cells?",
        scenario=scenario,
        factors={"scheme.friends.share": shares},
        seeds=given.seeds,
    )


def conducted(asked: gh.Experiment, out: Path, workers: int) -> tuple[gh.Findings, float]:
    """Conduct a sweep; what it found, and the seconds that it took."""
    start = time.perf_counter()
    found = gh.experiment(asked, out=out, workers=workers)
    return found, time.perf_counter() - start


def busy(table: polars.DataFrame) -> float:
    """Seconds that cells and pasts took by their own clocks."""
    cells = table.group_by("cell").agg(polars.col("seconds").first())["seconds"].sum()
    pasts = table.group_by("past").agg(polars.col("past_seconds").first())["past_seconds"].sum()
    return float(cells + pasts)


def by_hand(asked: gh.Experiment) -> float:
    """Seconds to live all cells of a sweep in this process, one after another."""
    cells = [
        Cell.of(point, asked.scenario.seed + number, asked.at)
        for number in range(asked.seeds)
        for point in points_of(asked)
    ]
    kept: dict[str, KeptPast] = {}
    start = time.perf_counter()
    for cell in cells:
        if cell.past.name not in kept:
            kept = {cell.past.name: live_past(cell.past)}
        live_cell(cell, kept[cell.past.name])
    return time.perf_counter() - start


class Killer(threading.Thread):
    """Kills a worker now and then.

    Parameters
    ----------
    most : int
    every : float
        Mean seconds between two kills.
    seed : int
    """

    def __init__(self, most: int, every: float, seed: int) -> None:
        super().__init__(daemon=True)
        self.most, self.every = most, every
        self.chance = random.Random(seed)
        self.killed = 0
        self.over = threading.Event()

    def run(self) -> None:
        """Kill until there were enough kills, or the sweep is over."""
        while self.killed < self.most and not self.over.wait(
            self.chance.uniform(0, 2 * self.every)
        ):
            workers = [each.pid for each in multiprocessing.active_children() if each.pid]
            if workers:
                os.kill(self.chance.choice(workers), signal.SIGKILL)
                self.killed += 1


def plain(given: argparse.Namespace, place: Path) -> None:
    """Measure what workers are worth."""
    whole = sweep_of(given, given.cells)
    part = whole.replace(seeds=1)
    # What is left to compile is compiled by it, and not while anything is timed.
    tiny = whole.replace(seeds=1, scenario={"population": 64, "days": 2})
    conducted(tiny.replace(factors={"days": [1]}), place / "compiled", 1)
    least, starting = conducted(tiny.replace(factors={"days": [2]}), place / "tiny", 1)
    starting -= busy(least.table)
    found, seconds = conducted(whole, place / "whole", given.workers)
    one, seconds_of_one = conducted(part, place / "part", 1)
    with on_threads(os.cpu_count() or 1):
        seconds_by_hand = by_hand(part)
    with on_threads(1):
        on_one_thread = by_hand(part)
    cells, few = found.cells, one.cells
    overhead = seconds_of_one - starting - seconds_by_hand
    faster = (cells / seconds) / (few / seconds_of_one)
    efficiency = on_one_thread / few * cells / (given.workers * seconds)
    rows: list[tuple[str, Any]] = [
        ("cells, pasts", f"{cells}, {found.table['past'].n_unique()}"),
        ("citizens x days", f"{given.citizens:,} x {given.days}"),
        ("workers", given.workers),
        ("wall clock", f"{seconds:.1f} s"),
        ("busy share of the workers", f"{busy(found.table) / (given.workers * seconds):.1%}"),
        ("starting a worker", f"{starting:.1f} s"),
        ("one worker, cells of one seed", f"{seconds_of_one:.1f} s for {few} cells"),
        ("speed beside one worker", f"{faster:.2f} x"),
        ("by hand, the same cells", f"{seconds_by_hand:.1f} s"),
        ("by hand, on one thread", f"{on_one_thread:.1f} s"),
        ("parallel efficiency", f"{efficiency:.2f}"),
        ("overhead of a cell", f"{overhead / few * 1000:.0f} ms"),
        ("not lived", len(found.faults)),
    ]
    told(rows)


def killed(given: argparse.Namespace, place: Path) -> None:
    """See that a sweep whose workers are killed comes to the same table."""
    asked = sweep_of(given, given.cells)
    reference, seconds = conducted(asked, place / "whole", given.workers)
    killer = Killer(given.kills, seconds / (given.kills + 1), given.seed)
    killer.start()
    found, longer = conducted(asked, place / "killed", given.workers)
    killer.over.set()
    killer.join()
    calls = 1
    while found.faults:
        found, more = conducted(asked, place / "killed", given.workers)
        calls, longer = calls + 1, longer + more
    same = found.table.drop(OF_TIME).equals(reference.table.drop(OF_TIME))
    left = [each.name for each in (place / "killed").rglob("*.partial")]
    rows: list[tuple[str, Any]] = [
        ("cells, pasts", f"{found.cells}, {found.table['past'].n_unique()}"),
        ("workers killed", killer.killed),
        ("wall clock", f"{longer:.1f} s beside {seconds:.1f} s"),
        ("calls", calls),
        ("the same table and digests", "yes" if same else "NO"),
    ]
    told(rows)
    if not same or left or killer.killed == 0:
        raise SystemExit(f"something was lost, or nobody was killed: {left}")


def told(rows: list[tuple[str, Any]]) -> None:
    """Print a small table."""
    width = max(len(name) for name, _ in rows)
    print("\n".join(f"{name:<{width}}  {value}" for name, value in rows), flush=True)


def main() -> None:
    """Live the sweep and print what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=200)
    parser.add_argument("--citizens", type=lambda word: int(float(word)), default=100_000)
    parser.add_argument("--days", type=int, default=100)
    parser.add_argument("--spin-up", type=int, default=30)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--killed", action="store_true")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1, help="of the times of the kills")
    given = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="glasshouse-sweep-"))
    try:
        (killed if given.killed else plain)(given, place)
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
