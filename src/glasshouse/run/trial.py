"""A short trial on this machine: what a day, a measurement and the making of a nation take."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from glasshouse.engine.nation import Nation
from glasshouse.measures.degrees import keep_degrees
from glasshouse.measures.standing import keep_quintiles
from glasshouse.run.clock import DIARY, LIVING, MAKING, MEASURING, Clock
from glasshouse.run.course import SPIN_UP
from glasshouse.run.interrupts import Interrupts
from glasshouse.run.keepsakes import Keepsakes
from glasshouse.run.own import OwnMeasures
from glasshouse.run.plan import Plan, on_small_scale
from glasshouse.run.rows import Rows
from glasshouse.run.sample import chosen_citizens
from glasshouse.run.throttle import GUESSED_SPEED
from glasshouse.run.worlds import Life, Surroundings
from glasshouse.society.net import most_friends

FEWEST, MOST, SHARE = 200_000, 8_000_000, 0.02
"""Citizens of the trial: a share of all, at least and at most so many, or as many as there are."""
WARM_UP, MEASURED_EVERY, MOST_DAYS = 1, 5, 30
"""Days of a world: not counted; from one that is measured to the next; at most."""
LONG_ENOUGH = 1.0
"""Seconds after which no more days of a world are tried."""
WRITTEN = 64 * 2**20
NET = ("mixing", "components", "revolt")
"""Parts of measuring that look at the net of ties, and are seldom taken."""


@dataclass(frozen=True)
class DayCost:
    """Seconds that one day of one life takes.

    Attributes
    ----------
    living, diary : float
        Of every day.
    ties, quintiles : float
        Of keeping everybody's number of ties, and everybody's quintile of scores.
    census, net : float
        Of measuring, without and with what looks at the net of ties.
    """

    living: float
    diary: float
    ties: float
    quintiles: float
    census: float
    net: float


@dataclass(frozen=True)
class Trial:
    """What was tried.

    Attributes
    ----------
    people : int
        Citizens of it.
    making : float
        Seconds it took to make them.
    days : dict of int to DayCost
        By number of the world; -1 is the spin-up.
    """

    people: int
    making: float
    days: dict[int, DayCost]


def try_out(plan: Plan, rules: Mapping[str, Any] | None = None) -> Trial:
    """Live a few days of a small nation, of each world of a plan.

    Parameters
    ----------
    plan : Plan
    rules : mapping of str to callable, optional

    Returns
    -------
    Trial
    """
    people = min(max(int(plan.population * SHARE), FEWEST), MOST)
    small = on_small_scale(plan, people, spin_up=MOST_DAYS, days=MOST_DAYS, every=MEASURED_EVERY)
    around = Surroundings(
        small, 1, OwnMeasures({}), rules or {}, Rows(None), Keepsakes(None), Clock(), Interrupts()
    )
    with around.clock.on(MAKING):
        nation = Nation.make(small.scenario, 1, dict(around.rules) or None)
    making = around.clock.seconds[MAKING]
    days = {SPIN_UP: _try_life(around, SPIN_UP, nation, MOST_DAYS)}
    while nation.day < 0:
        nation.pass_day()
    around.sample = chosen_citizens(nation, small.scenario.measured.citizens)
    most = MOST_DAYS
    for number in range(len(small.worlds)):
        world = nation.branch()
        days[number] = _try_life(around, number, world, most)
        # What comes after is compared with the first, day by day.
        most = min(most, world.day)
    around.keepsakes.close()
    return Trial(nation.citizens, making, days)


def _try_life(around: Surroundings, number: int, nation: Nation, most: int) -> DayCost:
    """Live a world for a while, at most so many days."""
    life, first = Life(around, number), nation.day
    life.live(nation, first + WARM_UP, lambda: None)
    around.clock = clock = Clock()
    start = time.perf_counter()
    while nation.day < first + most:
        life.live(nation, min(nation.day + MEASURED_EVERY, first + most), lambda: None)
        if time.perf_counter() - start > LONG_ENOUGH:
            break
    lived = range(first + WARM_UP, nation.day)
    measured = len(around.plan.measuring_days.intersection(lived))
    net = sum(clock.measuring[part] for part in NET)
    numbers = np.empty(nation.citizens, np.min_scalar_type(most_friends(nation.net)))
    return DayCost(
        living=clock.seconds[LIVING] / len(lived),
        diary=clock.seconds[DIARY] / len(lived),
        ties=_seconds(lambda: keep_degrees(nation.snapshot(), numbers)),
        quintiles=_seconds(lambda: keep_quintiles(nation.snapshot(), numbers.astype(np.uint8))),
        census=(clock.seconds[MEASURING] - net) / measured,
        net=net / measured,
    )


def _seconds(do: Callable[[], object]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def writing_speed(folder: Path) -> float:
    """Bytes a second that the disk of a folder writes, for good; a guess where it may not."""
    there = folder.absolute()
    while not there.exists() and there != there.parent:
        there = there.parent
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            content = os.urandom(2**20)
            start = time.perf_counter()
            for _ in range(WRITTEN // len(content)):
                file.write(content)
            file.flush()
            os.fsync(file.fileno())
            return WRITTEN / (time.perf_counter() - start)
    except OSError:
        return GUESSED_SPEED
