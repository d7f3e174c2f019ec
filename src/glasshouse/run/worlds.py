"""One world while it is lived: what is measured, kept for other days and lives, and written down.

The first world, under no scheme, leaves behind what the others are compared with: what people did
and how many living ties each had, on every measuring day.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine.nation import Nation
from glasshouse.measures.degrees import keep_degrees
from glasshouse.measures.observe import observe
from glasshouse.measures.snapshot import Flows, OtherLife, Snapshot
from glasshouse.measures.standing import keep_quintiles
from glasshouse.model.revolt import joins
from glasshouse.run.clock import DIARY, LIVING, MEASURING, PAIRING, Clock
from glasshouse.run.districts import district_rows
from glasshouse.run.interrupts import Interrupts
from glasshouse.run.keepsakes import Keepsakes
from glasshouse.run.own import OwnMeasures
from glasshouse.run.plan import MOBILITY, WINDOW, Plan, World, has_scores
from glasshouse.run.rows import Rows
from glasshouse.run.sample import Sampled, diary_rows, ledgers_of
from glasshouse.society.net import most_friends

Rule = Callable[..., Any]


class Window:
    """Sums of the last days' counters."""

    def __init__(self, days: Sequence[NDArray[np.float64]] = ()) -> None:
        self.days = deque(days, maxlen=WINDOW)

    def add(self, totals: NDArray[np.float64]) -> None:
        """Take in another day."""
        self.days.append(totals)

    def flows(self) -> Flows:
        """Sum of the days in the window, added in the order in which they were lived."""
        total = np.zeros_like(self.days[0])
        for day in self.days:
            total += day
        return Flows(total, len(self.days))


@dataclass
class Surroundings:
    """What all worlds of one seed have in common while they are lived.

    Attributes
    ----------
    plan : Plan
    seed : int
    own : OwnMeasures
    rules : mapping of str to callable
        A user's own rules.
    rows : Rows
        Where rows of the tables go.
    keepsakes : Keepsakes
        Where one small number of everybody goes.
    clock : Clock
    interrupts : Interrupts
    yardsticks : dict of int to Flows
        What people did under no scheme, by measuring day.
    sample : list of Sampled
        Whose every day is written down.
    """

    plan: Plan
    seed: int
    own: OwnMeasures
    rules: Mapping[str, Rule]
    rows: Rows
    keepsakes: Keepsakes
    clock: Clock
    interrupts: Interrupts
    yardsticks: dict[int, Flows] = field(default_factory=dict)
    sample: list[Sampled] = field(default_factory=list)

    @property
    def joins(self) -> Rule:
        """The rule of joining a revolt, which is asked when the nation is measured."""
        return self.rules.get("joins", joins)

    def ties_of(self, day: int) -> str:
        """Name of the keepsake with everybody's ties under no scheme."""
        return f"ties-seed{self.seed}-day{day}"


class Life:
    """One world while it is lived.

    Parameters
    ----------
    around : Surroundings
    number : int
        Which world of the plan; -1 for the spin-up, whose measures belong to every world.
    window : Window, optional
        The last days' counters, for a life that goes on.
    enacted : int, optional
        The day for which a scheme was last enacted, for a life that goes on.

    Attributes
    ----------
    settled : bool
        False while a day is not lived and measured to its end.
    """

    def __init__(
        self,
        around: Surroundings,
        number: int,
        window: Window | None = None,
        enacted: int | None = None,
    ) -> None:
        plan = around.plan
        self.around = around
        self.number = number
        self.world: World | None = plan.worlds[number] if number >= 0 else None
        self.names = [self.world.name] if self.world else [each.name for each in plan.worlds]
        self.window = window or Window()
        self.enacted = enacted
        self.scored = self.world is not None and has_scores(self.world)
        self.settled = True

    def live(self, nation: Nation, until: int, each_day: Callable[[], None]) -> None:
        """Live until the eve of a day, schemes enacted as they come.

        Parameters
        ----------
        nation : Nation
        until : int
            The first day that is not lived.
        each_day : callable
            Called at the end of every day.

        Raises
        ------
        KeyboardInterrupt
            With ``settled`` true, the nation is as it was on some evening, and all that belongs
            to its past was measured and written down.
        """
        while nation.day < until:
            self._enact(nation)
            self._live_day(nation)
            each_day()

    def _enact(self, nation: Nation) -> None:
        day = nation.day
        if self.world and day in self.world.schemes and self.enacted != day:
            nation.enact(self.world.schemes[day])
            self.enacted = day

    def _live_day(self, nation: Nation) -> None:
        around, day = self.around, nation.day
        with around.clock.on(DIARY):
            ledgers = ledgers_of(nation, around.sample)
        before = _standing(nation)
        self.settled = False
        try:
            with around.interrupts.let_in(), around.clock.on(LIVING):
                totals = nation.live_day()
        except KeyboardInterrupt:
            self.settled = _standing(nation) == before
            raise
        self.window.add(totals)
        plan = around.plan
        if day in plan.remembered_days and self.scored:
            with around.clock.on(PAIRING):
                self._keep(self._quintiles_of(day), np.dtype(np.uint8), keep_quintiles, nation)
        if day in plan.measuring_days:
            self._measure(day, nation)
        with around.clock.on(DIARY):
            days = diary_rows(nation, self.names[0], around.sample, ledgers)
            around.rows.add("citizens", around.seed, days)
        self.settled = True

    def _measure(self, day: int, nation: Nation) -> None:
        around, plan = self.around, self.around.plan
        snapshot, flows = nation.snapshot(), self.window.flows()
        other = self._other_life(day, flows, nation) if plan.paired else None
        past = self._quintiles_of(day - MOBILITY)
        known = past in around.keepsakes
        with around.clock.on(MEASURING):
            rows = observe(
                snapshot,
                flows,
                other=other,
                past=around.keepsakes[past] if known else None,
                structure=day in plan.structure_days,
                joins=around.joins,
                costs=around.clock.measuring,
            )
            found = [(row.measure, row.group, row.region, row.value) for row in rows]
            found += [(*each[:2], "nation", each[2]) for each in around.own.means(snapshot)]
            for world in self.names:
                around.rows.add("measures", around.seed, [(world, day, *row) for row in found])
            if day in plan.district_days:
                degree = other.degree if other else None
                rows_of_districts = district_rows(self.names[0], day, snapshot, degree)
                around.rows.add("districts", around.seed, rows_of_districts)
        around.keepsakes.drop(past)
        self._drop_ties(day)

    def _other_life(self, day: int, flows: Flows, nation: Nation) -> OtherLife:
        """The same people under no scheme: this life itself, or what that one has left."""
        around = self.around
        if self.number < 1:
            with around.clock.on(PAIRING):
                kind = np.min_scalar_type(most_friends(nation.net))
                self._keep(around.ties_of(day), kind, keep_degrees, nation)
            around.yardsticks[day] = flows
        return OtherLife(around.yardsticks[day], around.keepsakes[around.ties_of(day)])

    def _drop_ties(self, day: int) -> None:
        """Keep what this life leaves only while another is to be compared with it."""
        last = len(self.around.plan.worlds) - 1
        if self.number in (-1, last):
            self.around.yardsticks.pop(day, None)
            self.around.keepsakes.drop(self.around.ties_of(day))

    def _keep(
        self,
        name: str,
        kind: np.dtype[Any],
        fill: Callable[[Snapshot, NDArray[Any]], None],
        nation: Nation,
    ) -> None:
        snapshot = nation.snapshot()
        self.around.keepsakes.keep(name, nation.citizens, kind, lambda out: fill(snapshot, out))

    def _quintiles_of(self, day: int) -> str:
        return f"quintiles-seed{self.around.seed}-world{self.number}-day{day}"


def _standing(nation: Nation) -> tuple[object, ...]:
    """Which evening a nation is at: the day, and where in memory what it remembers is.

    A day ends in another place than it began in, so that a nation interrupted between the two
    steps in which it turns from one to the other is known.
    """
    places = [(name, part.ctypes.data) for name, part in nation.remembered().items()]
    return (nation.day, *places)
