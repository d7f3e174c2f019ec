"""The lives of one seed: the spin-up once, then every world in turn from the same past.

A course can be kept and taken up again between any two days, and then ends as it would have.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from glasshouse.engine.nation import Nation
from glasshouse.measures.snapshot import Flows
from glasshouse.run.branching import BranchPoint
from glasshouse.run.checkpoints import Checkpoint, State
from glasshouse.run.clock import MAKING, PAIRING, Clock
from glasshouse.run.nation_store import read_nation
from glasshouse.run.pieces import Damaged
from glasshouse.run.progress import Watcher
from glasshouse.run.sample import Sampled, chosen_citizens
from glasshouse.run.worlds import Life, Surroundings, Window

SPIN_UP = -1


@dataclass(frozen=True)
class SeedResult:
    """What the lives of one seed came to, besides their rows.

    Attributes
    ----------
    seed : int
    citizens : int
        People of the nation.
    bytes_per_citizen : float
        Memory the largest world took.
    digests : dict of str to str
        Hash of what each world remembered at the end.
    clock : Clock
    """

    seed: int
    citizens: int
    bytes_per_citizen: float
    digests: dict[str, str]
    clock: Clock

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for an index."""
        return {**vars(self), "clock": self.clock.as_dict()}

    @classmethod
    def of(cls, plain: dict[str, Any]) -> SeedResult:
        """The result that gave these plain values."""
        return cls(**{**plain, "clock": Clock.of(plain["clock"])})


class Course:
    """The lives of one seed, on their way.

    Parameters
    ----------
    around : Surroundings
    watcher : Watcher
        Told about every day.
    place : Path, optional
        Folder for the nation that worlds are lived from, where memory has no room for it.
    diary : bool
        Whether to write down the days of a few citizens.
    profile : bool
        Whether to count the ticks of each stage of the day.
    branch_in_memory : bool
        Whether memory has room for the nation that worlds to come are lived from.
    """

    def __init__(
        self,
        around: Surroundings,
        watcher: Watcher,
        *,
        place: Path | None = None,
        diary: bool = False,
        profile: bool = False,
        branch_in_memory: bool = True,
    ) -> None:
        self.around = around
        self.watcher = watcher
        self.place = place
        self.diary = diary
        self.profile = profile
        self.branch_in_memory = branch_in_memory
        self.nation: Nation | None = None
        self.branch: BranchPoint | None = None
        self.life = Life(around, SPIN_UP)
        self.digests: dict[str, str] = {}
        self.bytes_per_citizen = 0.0

    @property
    def settled(self) -> bool:
        """Whether it stands between two days, all that belongs to the past being done."""
        return self.nation is not None and self.life.settled

    @property
    def days_lived(self) -> int:
        """Days lived so far, over all worlds."""
        plan, number = self.around.plan, self.life.number
        day = self.nation.day if self.nation is not None else -plan.spin_up
        return plan.spin_up + day + max(number, 0) * plan.scenario.days

    def live(self, each_day: Callable[[], None]) -> SeedResult:
        """Live to the end.

        Parameters
        ----------
        each_day : callable
            Called at the end of every day.

        Raises
        ------
        KeyboardInterrupt
        """
        plan, seed = self.around.plan, self.around.seed
        if self.nation is None:
            self._make()
        if self.life.number == SPIN_UP:
            self.watcher.begins(f"seed {seed}, before the scheme")
            self._live(0, each_day)
            self._branch_off()
        while True:
            number = self.life.number
            self.watcher.begins(f"seed {seed}, {plan.worlds[number].name}")
            self._live(plan.last_day + 1, each_day)
            citizens = self._end_world()
            if number == len(plan.worlds) - 1:
                break
            self._next_world(number + 1)
        if self.branch:
            self.branch.close()
        clock = self.around.clock
        return SeedResult(seed, citizens, self.bytes_per_citizen, self.digests, clock)

    def _make(self) -> None:
        around = self.around
        self.watcher.begins(f"seed {around.seed}, making the nation")
        with around.interrupts.let_in(), around.clock.on(MAKING):
            scenario = around.plan.scenario
            self.nation = Nation.make(scenario, around.seed, dict(around.rules) or None)
        self.nation.profile = self.profile

    def _live(self, until: int, each_day: Callable[[], None]) -> None:
        assert self.nation is not None

        def day_over() -> None:
            self.watcher.day()
            each_day()

        self.life.live(self.nation, until, day_over)

    def _branch_off(self) -> None:
        """Keep the nation as it is on the eve of the introduction, if it will be needed again."""
        nation, around = self.nation, self.around
        assert nation is not None
        if self.diary:
            around.sample = chosen_citizens(nation, around.plan.scenario.measured.citizens)
        if len(around.plan.worlds) > 1:
            branch = self._branch_point()
            with around.clock.on(PAIRING):
                branch.take(nation, in_memory=self.branch_in_memory)
            self.branch = branch
        self.life = Life(around, 0)

    def _branch_point(self) -> BranchPoint:
        around = self.around
        return BranchPoint(around.plan.scenario, around.seed, around.rules, self.place)

    def _end_world(self) -> int:
        nation, life = self.nation, self.life
        assert nation is not None and life.world is not None
        self.digests[life.world.name] = nation.digest()
        self.bytes_per_citizen = max(self.bytes_per_citizen, nation.bytes_per_citizen)
        self._count_ticks(self.around.clock)
        return nation.citizens

    def _count_ticks(self, clock: Clock) -> None:
        if self.nation is not None and self.profile:
            clock.count_ticks(self.nation.stage_ticks)

    def _next_world(self, number: int) -> None:
        assert self.branch is not None
        # The world that was lived is let go of first: two do not fit together everywhere.
        self.nation = None
        with self.around.clock.on(PAIRING):
            self.nation = self.branch.nation()
        self.nation.profile = self.profile
        if number == len(self.around.plan.worlds) - 1:
            # Nobody lives from it any more; on disk it serves days that are asked about later.
            self.branch.close()
            self.branch = self.branch if self.branch.on_disk and self.place else None
        self.life = Life(self.around, number)

    def state(self) -> State:
        """All that is known, for a checkpoint; only while the course is settled."""
        around, life = self.around, self.life
        clock = Clock.of(around.clock.as_dict())
        self._count_ticks(clock)
        days = sorted(around.yardsticks)
        plain = {
            "seed": around.seed,
            "world": life.number,
            "enacted": life.enacted,
            "sample": around.sample,
            "digests": self.digests,
            "bytes_per_citizen": self.bytes_per_citizen,
            "clock": clock.as_dict(),
            "days_in_window": len(life.window.days),
            "yardsticks": {str(day): around.yardsticks[day].days for day in days},
        }
        arrays = {}
        if life.window.days:
            arrays["window"] = np.stack(list(life.window.days))
        if days:
            arrays["yardsticks"] = np.stack([around.yardsticks[day].total for day in days])
        return State(plain, arrays, self.nation, self.branch)

    def take_up(self, checkpoint: Checkpoint) -> None:
        """Stand again where a checkpoint was written.

        Raises
        ------
        Damaged
        """
        around, content = self.around, checkpoint.index
        plain, arrays = content["state"]["course"], checkpoint.arrays()
        try:
            around.sample = [Sampled(*each) for each in plain["sample"]]
            around.clock.add(Clock.of(plain["clock"]))
            days = {int(day): count for day, count in plain["yardsticks"].items()}
            totals = arrays.get("yardsticks", ())
            for (day, count), total in zip(days.items(), totals, strict=True):
                around.yardsticks[day] = Flows(total, count)
            window = Window(list(arrays.get("window", ())))
            self.life = Life(around, plain["world"], window, plain["enacted"])
            self.digests = dict(plain["digests"])
            self.bytes_per_citizen = plain["bytes_per_citizen"]
        except (KeyError, TypeError, ValueError) as fault:
            raise Damaged(checkpoint.folder, f"parts of it are missing ({fault})") from fault
        if content["branch"]:
            self.branch = self._branch_point()
            self.branch.take_up(content["branch"])
        scenario, rules = around.plan.scenario, around.rules
        self.nation = read_nation(
            checkpoint.folder, content["nation"], scenario, around.seed, rules
        )
        self.nation.profile = self.profile
