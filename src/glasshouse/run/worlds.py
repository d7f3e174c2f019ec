"""The lives of one seed: the spin-up once, then every world from the same past.

Worlds are lived in turn. The first, under no scheme, leaves behind what the others are compared
with: what people did and how many living ties each had, on every measuring day.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine.nation import Nation
from glasshouse.measures.observe import observe
from glasshouse.measures.snapshot import Flows, OtherLife, Snapshot
from glasshouse.model.revolt import joins
from glasshouse.run.districts import DistrictRow, district_rows
from glasshouse.run.own import OwnMeasures
from glasshouse.run.plan import MOBILITY, WINDOW, Plan, World
from glasshouse.run.progress import Watcher
from glasshouse.run.sample import Diary, chosen_citizens
from glasshouse.run.tables import Tables

Rule = Callable[..., Any]
MeasureRow = tuple[str, int, str, str, str, float | None]
"""world, day, measure, group, region, value"""


@dataclass(frozen=True)
class SeedResult:
    """All that the worlds of one seed leave.

    Attributes
    ----------
    seed : int
    citizens : int
        People of the nation.
    bytes_per_citizen : float
        Memory the largest world took.
    seconds_living : float
        Time spent in living days, without what is measured and written down between them.
    digests : dict of str to str
        Hash of what each world remembered at the end.
    tables : Tables
    """

    seed: int
    citizens: int
    bytes_per_citizen: float
    seconds_living: float
    digests: dict[str, str]
    tables: Tables


@dataclass(frozen=True)
class Yardstick:
    """What the life under no scheme leaves of a measuring day."""

    flows: Flows
    degree: NDArray[np.integer[Any]]

    def other_life(self) -> OtherLife:
        """The same, as the measures take it."""
        return OtherLife(self.flows, self.degree.astype(np.int32))


class Window:
    """Sums of the last days' counters."""

    def __init__(self) -> None:
        self._days: deque[NDArray[np.float64]] = deque(maxlen=WINDOW)

    def add(self, totals: NDArray[np.float64]) -> None:
        """Take in another day."""
        self._days.append(totals)

    def flows(self) -> Flows:
        """Sum of the days in the window, added in the order in which they were lived."""
        total = np.zeros_like(self._days[0])
        for day in self._days:
            total += day
        return Flows(total, len(self._days))


class Life:
    """One world while it is lived: what is measured, remembered and written down.

    Parameters
    ----------
    plan : Plan
    world : World or None
        None for the spin-up, whose measures belong to every world.
    seed : int
    own : OwnMeasures
    yardsticks : mapping of int to Yardstick, optional
        The life under no scheme; None while that is the one lived, or when there is none.
    joins : callable
        Rule of joining a revolt, which is asked when the nation is measured.
    """

    def __init__(
        self,
        plan: Plan,
        world: World | None,
        seed: int,
        own: OwnMeasures,
        yardsticks: Mapping[int, Yardstick] | None = None,
        joins: Rule = joins,
    ) -> None:
        self.plan = plan
        self.names = [world.name] if world else [each.name for each in plan.worlds]
        self.scenario = world.scenario if world else plan.scenario
        self.seed = seed
        self.own = own
        self.others = yardsticks
        self.joins = joins
        self.yardsticks: dict[int, Yardstick] = {}
        self.measures: list[MeasureRow] = []
        self.districts: list[DistrictRow] = []
        self.seconds_living = 0.0
        self._window = Window()
        self._past: dict[int, NDArray[np.float64]] = {}

    def live_day(self, nation: Nation) -> None:
        """Live one day, and measure at its end what is to be measured."""
        day = nation.day
        start = time.perf_counter()
        self._window.add(nation.live_day())
        self.seconds_living += time.perf_counter() - start
        if day in self.plan.measuring_days or day in self.plan.remembered_days:
            snapshot = nation.snapshot()
            if day in self.plan.remembered_days:
                self._past[day] = snapshot.score.copy()
            if day in self.plan.measuring_days:
                self._measure(day, snapshot)

    def _measure(self, day: int, snapshot: Snapshot) -> None:
        flows = self._window.flows()
        here = Yardstick(flows, snapshot.degree.astype(np.min_scalar_type(snapshot.degree.max())))
        if self.others is None:
            self.yardsticks[day] = here
        known = self.yardsticks if self.others is None else self.others
        other = known[day].other_life() if self.plan.paired else None
        rows = observe(
            snapshot,
            flows,
            other=other,
            past_score=self._past.pop(day - MOBILITY, None),
            structure=day in self.plan.structure_days,
            parameters=self.scenario.behaviour,
            seed=self.seed,
            joins=self.joins,
        )
        found = [(row.measure, row.group, row.region, row.value) for row in rows]
        found += [(name, group, "nation", value) for name, group, value in self.own.means(snapshot)]
        for world in self.names:
            self.measures += [(world, day, *row) for row in found]
        if day in self.plan.district_days:
            degree = other.degree if other else None
            self.districts += district_rows(self.names[0], day, snapshot, degree)


def live_seed(
    plan: Plan,
    seed: int,
    watcher: Watcher,
    *,
    rules: Mapping[str, Rule] | None = None,
    own: OwnMeasures | None = None,
    diary: bool = False,
) -> SeedResult:
    """Live all worlds of one seed.

    Parameters
    ----------
    plan : Plan
    seed : int
    watcher : Watcher
        Told about every day.
    rules : mapping of str to callable, optional
        A user's own rules, by the name of the rule they replace.
    own : OwnMeasures, optional
    diary : bool
        Whether to keep the days of a few citizens.

    Returns
    -------
    SeedResult
    """
    own = own or OwnMeasures({})
    watcher.begins(f"seed {seed}, making the nation")
    nation = Nation.make(plan.scenario, seed, dict(rules) if rules else None)
    asked = (rules or {}).get("joins", joins)
    past = Life(plan, None, seed, own, joins=asked)
    watcher.begins(f"seed {seed}, before the scheme")
    while nation.day < 0:
        past.live_day(nation)
        watcher.day()
    sample = chosen_citizens(nation.snapshot(), plan.scenario.measured.citizens) if diary else []
    lives, diaries, digests, size = [past], [], {}, 0.0
    yardsticks: Mapping[int, Yardstick] | None = None
    for number, world in enumerate(plan.worlds):
        watcher.begins(f"seed {seed}, {world.name}")
        lived = nation if number == len(plan.worlds) - 1 else nation.branch()
        life, kept = Life(plan, world, seed, own, yardsticks, asked), Diary(world.name, sample)
        _live_world(lived, plan, world, life, kept, watcher)
        if plan.paired and yardsticks is None:
            yardsticks = life.yardsticks
        lives.append(life)
        diaries.append(kept)
        digests[world.name] = lived.digest()
        size = max(size, lived.bytes_per_citizen)
    tables = Tables.of_seed(
        seed,
        [row for life in lives for row in life.measures],
        [row for life in lives for row in life.districts],
        [row for kept in diaries for row in kept.rows],
    )
    seconds = sum(life.seconds_living for life in lives)
    return SeedResult(seed, nation.citizens, size, seconds, digests, tables)


def _live_world(
    nation: Nation, plan: Plan, world: World, life: Life, kept: Diary, watcher: Watcher
) -> None:
    """Live one world from the introduction to the last day."""
    while nation.day <= plan.last_day:
        if nation.day in world.schemes:
            nation.enact(world.schemes[nation.day])
        kept.before(nation)
        life.live_day(nation)
        kept.after(nation)
        watcher.day()
