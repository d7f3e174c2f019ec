"""What a killed run would have left: copies of its folder, taken while it goes on undisturbed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from glasshouse.run import asked, branching, checkpoints, keeper
from glasshouse.run.living import Manner, live
from glasshouse.run.plan import Plan, plan_of_comparison
from glasshouse.run.progress import Quiet
from glasshouse.run.result import Run
from glasshouse.run.resuming import resume
from glasshouse.scenario import Scenario

EVERY_DAY = Manner(checkpoint_every=0)
SPIN_UP, DAYS, WORLDS = 4, 35, 3
A_SEED = SPIN_UP + WORLDS * DAYS


def plan(population: int = 192, replicates: int = 2) -> Plan:
    """Three worlds of two seeds, long enough for mobility to be measured."""
    shared = {
        "population": population,
        "days": DAYS,
        "replicates": replicates,
        "timeline": {"spin_up": SPIN_UP},
        "measured": {"every": 3, "structure_every": 9, "citizens": 3},
    }
    names = ("watched", "press-sesame")
    return plan_of_comparison([Scenario.load(name).replace(**shared) for name in names])


class Says(Quiet):
    """Collects warnings."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def warn(self, message: str) -> None:
        self.warnings.append(message)


class Copies(Quiet):
    """Copies a folder at the end of some days, counted over all worlds and seeds."""

    def __init__(self, folder: Path, into: Path, days: Mapping[int, str]) -> None:
        self.folder, self.into, self.days = folder, into, days
        self.lived = 0

    def day(self) -> None:
        self.lived += 1
        if self.lived in self.days:
            copy(self.folder, self.into / self.days[self.lived])


def copy(folder: Path, to: Path) -> None:
    """The folder as a process that is killed now would leave it."""
    shutil.copytree(folder, to)


def lived(folder: Path | None, what: Plan | None = None, **ways: Any) -> Run:
    """Live the plan in one go."""
    return live(
        what or plan(), ways.pop("watcher", Quiet()), run_id="run", folder=folder,
        manner=ways.pop("manner", EVERY_DAY), **ways,
    )  # fmt: skip


def gone_on_with(folder: Path, watcher: Quiet | None = None, **ways: Any) -> Run:
    """Resume what is in a folder."""

    @contextmanager
    def watching(days: int) -> Iterator[Quiet]:
        yield watcher or Quiet()

    return resume(folder, watching, manner=ways.pop("manner", Manner()), **ways)


def assert_same(run: Run, other: Run) -> None:
    """Two runs came to the same, row by row."""
    assert run.digest == other.digest
    for name in ("seeds", "digests", "citizen_days", "bytes_per_citizen"):
        assert run.manifest[name] == other.manifest[name]
    for name in ("measures", "districts", "citizens"):
        assert getattr(run.tables, name).equals(getattr(other.tables, name))


def manifest_of(folder: Path) -> dict[str, Any]:
    """The manifest as it stands."""
    told: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return told


def newest(folder: Path) -> Path:
    """The newest checkpoint of a run."""
    return max((folder / "checkpoints").glob("[0-9]*"))


DAYS_OF = {
    1: "after the first day",
    SPIN_UP - 1: "in the spin-up",
    SPIN_UP: "on the eve of the introduction",
    SPIN_UP + 1: "on the first day of the first world",
    SPIN_UP + 33: "in the first world",
    SPIN_UP + DAYS: "at the end of the first world",
    SPIN_UP + DAYS + 7: "in the second world",
    SPIN_UP + 2 * DAYS + 33: "in the last world",
    A_SEED: "at the end of the first seed",
    A_SEED + SPIN_UP + DAYS + 30: "in the second seed",
    2 * A_SEED: "on the last day",
}
WRITING = {
    "before the scenarios": (asked, "write_text", 1),
    "while the first checkpoint is written": (checkpoints, "write_index", 1),
    "while a later checkpoint is written": (checkpoints, "write_index", 40),
    "while the branch point is written": (branching, "write_index", 1),
    "while what is too old is removed": (shutil, "rmtree", 60),
    "before the tables": (keeper, "write_table", 4),
    "between the tables": (keeper, "write_table", 5),
    "before the folder is tidied": (keeper, "tidy", 1),
}
MOMENTS = [*DAYS_OF.values(), *WRITING, "after the end"]


class Stopped:
    """A run lived in one go, and copies of its folder by the moment they were taken at."""

    def __init__(self, run: Run, copies: Path) -> None:
        self.run = run
        self.copies = copies


def copying(
    do: Callable[..., object], number: int, folder: Path, to: Path
) -> Callable[..., object]:
    """The same function, which copies the folder before it does its work for the nth time."""
    calls = 0

    def doing(*given: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == number:
            copy(folder, to)
        return do(*given, **named)

    return doing
