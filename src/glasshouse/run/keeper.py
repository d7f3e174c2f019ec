"""What lives the seeds of a run and keeps what they leave: rows, checkpoints, the manifest."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from glasshouse.chance.rule import source_hash
from glasshouse.run.asked import hash_of_asked, scenario_files, write_edges, write_scenarios
from glasshouse.run.checkpoints import Checkpoint, Checkpoints, Origin, State
from glasshouse.run.clock import CHECKPOINTING, Clock
from glasshouse.run.course import Course, SeedResult
from glasshouse.run.folder import MANIFEST, CannotWrite, write_table, write_text
from glasshouse.run.interrupts import Interrupts
from glasshouse.run.keepsakes import Keepsakes
from glasshouse.run.manifest import FAILED, FINISHED, INTERRUPTED, Progressing, manifest
from glasshouse.run.manner import Manner
from glasshouse.run.needs import branch_fits
from glasshouse.run.own import OwnMeasures
from glasshouse.run.pieces import Damaged
from glasshouse.run.plan import Plan
from glasshouse.run.progress import Quiet, Watcher
from glasshouse.run.ready import get_ready
from glasshouse.run.result import Comparison, Run
from glasshouse.run.room import peak_memory
from glasshouse.run.rows import Rows
from glasshouse.run.tables import SCHEMAS
from glasshouse.run.throttle import Throttle
from glasshouse.run.tidying import tidy
from glasshouse.run.worlds import Surroundings

BYTES_REMEMBERED = 8
"""About what is remembered of a citizen, for a guess at what the first checkpoint costs."""


class Interrupted(KeyboardInterrupt):
    """A run was interrupted; ``run`` holds the seeds that were finished."""

    def __init__(self, run: Run) -> None:
        super().__init__(f"{len(run.seeds)} of {len(run.manifest['seeds_asked'])} seeds finished")
        self.run = run


class Keeper:
    """Lives the seeds of a plan and keeps what they leave.

    Parameters
    ----------
    plan : Plan
    run_id : str
    folder : Path or None
        Folder of the run.
    rules : dict of str to callable
    own : OwnMeasures
    manner : Manner
    """

    def __init__(
        self,
        plan: Plan,
        run_id: str,
        folder: Path | None,
        rules: dict[str, Callable[..., Any]],
        own: OwnMeasures,
        manner: Manner,
    ) -> None:
        self.plan = plan
        self.run_id = run_id
        self.folder = folder
        self.rules = rules
        self.own = own
        self.manner = manner
        self.so_far = Progressing()
        self.interrupts = Interrupts()
        self.checkpoints: Checkpoints | None = None
        self.rows, self.keepsakes = Rows(None), Keepsakes(None, manner.memory.keepsakes)
        if folder is not None:
            origin = Origin(source_hash(), hash_of_asked(plan, rules, own.functions))
            self._use(Checkpoints(folder, origin, manner.memory.keepsakes))
        branch = manner.memory.branch
        self._branch_in_memory = branch_fits(plan) if branch is None else branch
        size = plan.population * BYTES_REMEMBERED
        self._checkpoint_due = Throttle(manner.checkpoint_every, size)
        self._tables_due = Throttle(first=0.0, between=0.0)
        self._course: Course | None = None
        self._watcher: Watcher = Quiet()
        self._since: float | None = None
        self._warned = False

    def begin(self) -> None:
        """Write down what is asked, before anything is lived."""
        if self.folder is not None:
            write_edges(self.folder, self.plan)
            self._keep_manifest()
            write_scenarios(self.folder, self.plan)

    def take_up(self, watcher: Watcher) -> None:
        """Stand where the last checkpoint was written, if there is one.

        Raises
        ------
        BadInput
            When it is of another version or scenario.
        """
        assert self.folder is not None and self.checkpoints is not None
        self._watcher = watcher
        watcher.begins("reading the last checkpoint")
        if not self.checkpoints.take_up(self._take_up, watcher.warn):
            self.so_far, self._course = Progressing(), None
        self._use(self.checkpoints)
        write_scenarios(self.folder, self.plan)
        watcher.lived(self._days_lived())

    def live(self, watcher: Watcher) -> Run:
        """Live all seeds that are not finished.

        Raises
        ------
        Interrupted
        CannotWrite
        """
        self._watcher = watcher
        with self.interrupts:
            try:
                watcher.begins("getting ready; on first use this compiles for half a minute")
                with self.interrupts.let_in():
                    get_ready(self.plan, self.own, self.rules, profile=self.manner.by_stage)
                self._since = time.perf_counter()
                self._checkpoint_due.start()
                for number in range(len(self.so_far.results), len(self.plan.seeds)):
                    self._live_seed(number)
                return self._closed(FINISHED)
            except KeyboardInterrupt:
                raise Interrupted(self._stopped()) from None
            except CannotWrite as fault:
                fault.run = self.folder
                with suppress(CannotWrite):
                    self._keep_manifest(INTERRUPTED)
                raise
            except BaseException:
                with suppress(CannotWrite):
                    self._closed(FAILED)
                raise
            finally:
                self.keepsakes.close()

    def _live_seed(self, number: int) -> None:
        course = self._course or self._new_course(number)
        self._course = course
        self.so_far.results.append(course.live(self._day_over))
        self._course = None
        if number < len(self.plan.seeds) - 1 and self._tables_due.is_due():
            start = time.perf_counter()
            self._checkpoint()
            self._keep_tables()
            self._tables_due.wrote(time.perf_counter() - start)

    def _new_course(self, number: int) -> Course:
        around = Surroundings(
            self.plan,
            self.plan.seeds[number],
            self.own,
            self.rules,
            self.rows,
            self.keepsakes,
            Clock(),
            self.interrupts,
        )
        return Course(
            around,
            self._watcher,
            place=self.checkpoints.place if self.checkpoints else None,
            diary=number == 0,
            profile=self.manner.by_stage,
            branch_in_memory=self._branch_in_memory,
        )

    def _use(self, checkpoints: Checkpoints) -> None:
        self.checkpoints = checkpoints
        self.rows, self.keepsakes = checkpoints.rows, checkpoints.keepsakes

    def _day_over(self) -> None:
        self.interrupts.check()
        if self.checkpoints is not None and self._checkpoint_due.is_due():
            self._checkpoint()

    def _checkpoint(self) -> None:
        """Write a checkpoint; where there is no space for it that is said once, and tried again."""
        if self.checkpoints is None:
            return
        start = time.perf_counter()
        try:
            self.checkpoints.write(self._state())
            self._warned = False
        except CannotWrite as fault:
            if not self._warned:
                self._watcher.warn(f"no checkpoint: {fault}; the run goes on and tries again")
            self._warned = True
        cost = time.perf_counter() - start
        if self._course is not None:
            self._course.around.clock.seconds[CHECKPOINTING] += cost
        self._checkpoint_due.wrote(cost)

    def _stopped(self) -> Run:
        """Keep all there is when a run is asked to stop."""
        if self._course is None or self._course.settled:
            self._checkpoint()
        try:
            return self._closed(INTERRUPTED)
        except CannotWrite as fault:
            fault.run = self.folder
            raise

    def _state(self) -> State:
        course = self._course.state() if self._course else State({}, {})
        plain = {
            "course": course.plain if self._course else None,
            "results": [each.as_dict() for each in self.so_far.results],
            "seconds": self._seconds(),
            "peak_memory": self._peak_memory(),
        }
        return State(plain, course.arrays, course.nation, course.branch)

    def _take_up(self, checkpoint: Checkpoint) -> None:
        """Stand where a checkpoint was written."""
        assert self.checkpoints is not None
        self._use(self.checkpoints)
        self._course = None
        state = checkpoint.index["state"]
        try:
            results = [SeedResult.of(each) for each in state["results"]]
            self.so_far = Progressing(
                seconds=state["seconds"], results=results, peak_memory=state["peak_memory"]
            )
        except (KeyError, TypeError) as fault:
            raise Damaged(checkpoint.folder, f"parts of it are missing ({fault})") from fault
        if state["course"] is not None:
            course = self._new_course(len(results))
            course.take_up(checkpoint)
            self._course = course

    def _days_lived(self) -> int:
        return len(self.so_far.results) * self.plan.days_lived + (
            self._course.days_lived if self._course else 0
        )

    def _seconds(self) -> float:
        here = 0.0 if self._since is None else time.perf_counter() - self._since
        return self.so_far.seconds + here

    def _peak_memory(self) -> int:
        return max(self.so_far.peak_memory, peak_memory())

    def _closed(self, state: str) -> Run:
        """Keep tables and manifest in their last form; the result."""
        self._keep_tables(state)
        files = scenario_files(self.plan)
        scenarios = {each.name: each.scenario for each in self.plan.worlds if each.name in files}
        tables = self.rows.tables([each.seed for each in self.so_far.results])
        kind = Comparison if self.plan.kind == "comparison" else Run
        run = kind(scenarios, self._manifest(state), tables, self.folder, self.rules)
        if state == FINISHED and self.checkpoints is not None and self.folder is not None:
            self.checkpoints.clean()
            tidy(self.folder)
        return run

    def _manifest(self, state: str) -> dict[str, Any]:
        so_far = Progressing(state, self._seconds(), self.so_far.results, self._peak_memory())
        return manifest(
            self.plan, self.run_id, so_far, rules=self.rules, measures=self.own.functions
        )

    def _keep_manifest(self, state: str | None = None) -> None:
        if self.folder is not None:
            said = self._manifest(state or self.so_far.state)
            text = json.dumps(said, indent=2, ensure_ascii=False)
            write_text(self.folder / MANIFEST, text + "\n")

    def _keep_tables(self, state: str | None = None) -> None:
        """Keep the tables first and then the manifest, which never tells of more than there is."""
        if self.folder is not None:
            seeds = [each.seed for each in self.so_far.results]
            for name in SCHEMAS:
                write_table(self.folder / f"{name}.parquet", self.rows.table(name, seeds))
            self._keep_manifest(state)
