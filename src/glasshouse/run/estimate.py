"""What a run will take of memory, disk and time, said before anything of it is begun."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glasshouse.chance.threads import on_threads, threads
from glasshouse.run.clock import CHECKPOINTING, DIARY, LIVING, MAKING, MEASURING, PAIRING
from glasshouse.run.course import SPIN_UP
from glasshouse.run.living import Manner
from glasshouse.run.needs import (
    REPORTING,
    branch_fits,
    check_disk,
    check_room,
    checkpoints_expected,
    disk_needs,
    memory_needs,
    rows_of_measures,
    sizes_of,
)
from glasshouse.run.own import OwnMeasures
from glasshouse.run.plan import Plan, has_scores
from glasshouse.run.ready import get_ready
from glasshouse.run.room import free_disk, free_memory, sized
from glasshouse.run.trial import Trial, try_out, writing_speed
from glasshouse.scenario.scenario import Circles
from glasshouse.society.people import CITY_SIZE

SLOWER = ((1_000_000, 1.0), (16_000_000, 1.03), (100_000_000, 1.12), (1_300_000_000, 1.25))
"""How much longer a citizen's day takes in a nation of so many than in a small one, as measured:
the larger, the less of it is near the processor."""
BALANCING = 7.0
"""How much longer than making a citizen it takes to balance the camps, once for each citizen of
the first city."""
COPIED = 1.5e9
"""Bytes a second in which a nation is copied into memory that was not in use before."""
SECONDS_OF_ROW = 3e-6
"""For a row of measures, from its making to the tables."""


@dataclass(frozen=True)
class Estimate:
    """What a run will take.

    Attributes
    ----------
    memory, disk : dict of str to int
        Bytes, by what for, where most is taken.
    seconds : dict of str to float
        By what is done; compiling on first use left out.
    free_memory, free_disk : int
        Bytes that there are; 0 where the system does not say.
    """

    memory: dict[str, int]
    disk: dict[str, int]
    seconds: dict[str, float]
    free_memory: int
    free_disk: int

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {
            "memory_bytes": _with_sum(self.memory),
            "disk_bytes": _with_sum(self.disk),
            "seconds": {name: round(each, 2) for name, each in _with_sum(self.seconds).items()},
            "free_memory_bytes": self.free_memory,
            "free_disk_bytes": self.free_disk,
        }

    def table(self) -> str:
        """The same for people to read; lines end in a newline."""
        rows = [("memory", ""), *_sizes(self.memory), ("  free now", sized(self.free_memory))]
        rows += [("disk", ""), *_sizes(self.disk), ("  free now", sized(self.free_disk))]
        rows += [("time", "")]
        rows += [(f"  {name}", _time(each)) for name, each in _with_sum(self.seconds).items()]
        width = max(len(name) for name, _ in rows)
        return "".join(f"{name:<{width}}  {said:>12}".rstrip() + "\n" for name, said in rows)


def estimate(plan: Plan, folder: Path, manner: Manner) -> Estimate:
    """Say what a run will take, from its plan and a short trial on this machine.

    Parameters
    ----------
    plan : Plan
    folder : Path
        Where it is to be kept; nothing is left there.
    manner : Manner

    Returns
    -------
    Estimate

    Raises
    ------
    BadInput
        When it cannot fit.
    """
    check_room(plan, folder)
    with on_threads(manner.threads or threads()):
        get_ready(plan, OwnMeasures({}), {})
        trial = try_out(plan)
    sizes = sizes_of(plan)
    memory = memory_needs(plan, sizes)
    in_memory = branch_fits(plan, sizes)
    speed = writing_speed(folder)
    seconds = seconds_needed(plan, trial, sizes.spin_up)
    size = sizes.kept + memory.counters
    checkpoints = checkpoints_expected(sum(seconds.values()), size, speed)
    if manner.checkpoint_every is not None:
        days = plan.days_lived * len(plan.seeds)
        most = sum(seconds.values()) / max(manner.checkpoint_every, 1e-9)
        checkpoints = min(days, int(most))
    seconds[CHECKPOINTING] = (checkpoints * size + sizes.spin_up * bool(checkpoints)) / speed
    disk = disk_needs(plan, sizes, checkpoints=checkpoints, branch_in_memory=in_memory)
    check_disk(folder, disk)
    parts = memory.parts(branch=in_memory)
    # The report is drawn when the nation is gone: only what goes beyond that is added.
    parts["report"] = max(REPORTING + memory.program - sum(parts.values()), 0)
    return Estimate(parts, disk, seconds, free_memory() or 0, free_disk(folder))


def seconds_needed(plan: Plan, trial: Trial, copied: int) -> dict[str, float]:
    """Seconds that a run takes by what is done, checkpoints left out.

    Parameters
    ----------
    plan : Plan
    trial : Trial
    copied : int
        Bytes of the nation that worlds are lived from.
    """
    people = plan.population
    larger = people / trial.people
    slower = slower_by(people) / slower_by(trial.people)
    worlds = range(SPIN_UP, len(plan.worlds))
    days = {number: plan.spin_up if number == SPIN_UP else plan.scenario.days for number in worlds}
    measured = {number: _in_life(plan.measuring_days, number) for number in worlds}
    net = {number: _in_life(plan.structure_days, number) for number in worlds}
    living = sum(trial.days[number].living * days[number] for number in worlds)
    measuring = sum(
        trial.days[number].census * measured[number] + trial.days[number].net * net[number]
        for number in worlds
    )
    pairing = 0.0
    if plan.paired:
        pairing = sum(trial.days[number].ties * measured[number] for number in (SPIN_UP, 0))
    scored = [number for number, world in enumerate(plan.worlds) if has_scores(world)]
    pairing += sum(trial.days[number].quintiles * len(plan.remembered_days) for number in scored)
    copies = len(plan.worlds) if len(plan.worlds) > 1 else 0
    diary = sum(trial.days[number].diary * days[number] for number in worlds if number >= 0)
    seeds = len(plan.seeds)
    making = trial.making * _work_of_making(plan, people) / _work_of_making(plan, trial.people)
    return {
        MAKING: seeds * making,
        LIVING: seeds * living * larger * slower,
        MEASURING: seeds * (measuring * larger * slower + SECONDS_OF_ROW * rows_of_measures(plan)),
        PAIRING: seeds * (pairing * larger * slower + copies * copied / COPIED),
        DIARY: diary,
    }


def slower_by(people: int) -> float:
    """How much longer a citizen's day takes in a nation of so many, relative to a small one.

    Examples
    --------
    >>> slower_by(1000)
    1.0
    """
    sizes, factors = zip(*SLOWER, strict=True)
    place = math.log(max(people, 1))
    for left, right in zip(range(len(sizes)), range(1, len(sizes)), strict=False):
        low, high = math.log(sizes[left]), math.log(sizes[right])
        if place <= high:
            share = max(place - low, 0.0) / (high - low)
            return float(factors[left] + share * (factors[right] - factors[left]))
    return float(factors[-1])


def _work_of_making(plan: Plan, people: int) -> float:
    """What making so many takes, in citizens made."""
    balanced = min(people, CITY_SIZE) if isinstance(plan.scenario.society, Circles) else 0
    return people + BALANCING * balanced


def _in_life(days: set[int], number: int) -> int:
    """How many of some days lie before the introduction, or after it."""
    return sum((day < 0) == (number == SPIN_UP) for day in days)


def _with_sum(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {**parts, "together": sum(parts.values())}


def _sizes(parts: Mapping[str, int]) -> list[tuple[str, str]]:
    return [(f"  {name}", sized(size)) for name, size in _with_sum(parts).items()]


def _time(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:,.1f} s"
    return f"{seconds / 60:,.0f} min" if seconds < 7200 else f"{seconds / 3600:,.1f} h"
