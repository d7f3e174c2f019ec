"""The checkpoints of a run: all that it needs to go on, twice, each whole or not there.

``checkpoints/`` holds a numbered folder for each of the last two checkpoints, a folder for each
nation that worlds are still to be lived from, and in ``kept/`` what several checkpoints share:
keepsakes and rows, which are written once. The index of a checkpoint names every file with its
hash, and has one itself.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from glasshouse.engine.nation import Nation
from glasshouse.run.branching import BranchPoint
from glasshouse.run.folder import PARTIAL, folder_whole, writing
from glasshouse.run.keepsakes import IN_MEMORY, Keepsakes
from glasshouse.run.nation_store import (
    Described,
    read_arrays,
    read_index,
    write_arrays,
    write_index,
    write_nation,
)
from glasshouse.run.pieces import Damaged
from glasshouse.run.rows import Rows
from glasshouse.scenario.faults import BadInput

FORMAT = 1
KEPT_CHECKPOINTS = 2
CHECKPOINTS, SHARED = "checkpoints", "kept"
Arrays = dict[str, np.ndarray[Any, Any]]


@dataclass(frozen=True)
class Origin:
    """What a checkpoint was made by: it is of use to nothing else.

    Attributes
    ----------
    source : str
        Hash of all sources of the package.
    asked : str
        Hash of what the run was asked to do.
    """

    source: str
    asked: str


@dataclass(frozen=True)
class State:
    """What a run knows between two days.

    Attributes
    ----------
    plain : dict
        Plain values.
    arrays : dict of str to array
        Small arrays.
    nation : Nation or None
        The nation that is lived; None between two seeds.
    branch : BranchPoint or None
        The nation that worlds to come are lived from.
    """

    plain: Described
    arrays: Arrays
    nation: Nation | None = None
    branch: BranchPoint | None = None


@dataclass(frozen=True)
class Checkpoint:
    """A checkpoint on disk."""

    folder: Path
    index: Described

    @property
    def number(self) -> int:
        """Its number: a later one has a higher."""
        return int(self.folder.name)

    def files(self) -> set[str]:
        """Files in ``kept/`` that it needs."""
        keepsakes = {each[1] for each in self.index["keepsakes"]}
        return keepsakes | {each[2] for each in self.index["rows"]}

    def branches(self) -> set[str]:
        """Folders of nations that it needs."""
        branch = self.index["branch"]
        return {branch["folder"]} if branch else set()

    def arrays(self) -> Arrays:
        """Its small arrays.

        Raises
        ------
        Damaged
        """
        return read_arrays(self.folder, self.index["arrays"])


class Checkpoints:
    """The checkpoints of a run's folder, and what they share.

    Parameters
    ----------
    run : Path
        Folder of the run.
    origin : Origin
    in_memory : int
        Bytes of keepsakes that may be held in memory.
    """

    def __init__(self, run: Path, origin: Origin, in_memory: int = IN_MEMORY) -> None:
        self.place = run / CHECKPOINTS
        self.origin = origin
        self.in_memory = in_memory
        self._kept: list[Checkpoint] = []
        self._begin_again()

    def _begin_again(self) -> None:
        self.rows = Rows(self.place / SHARED)
        self.keepsakes = Keepsakes(self.place / SHARED, self.in_memory)

    def write(self, state: State) -> None:
        """Write a checkpoint; all but the last two are then removed.

        Raises
        ------
        CannotWrite
            Those from before are as they were.
        """
        with writing(self.place):
            self.place.mkdir(exist_ok=True)
        content: Described = {
            "format": FORMAT,
            "source": self.origin.source,
            "asked": self.origin.asked,
            "state": state.plain,
            "branch": state.branch.described() if state.branch else None,
            "keepsakes": self.keepsakes.described(),
            "rows": self.rows.described(),
            "nation": None,
        }
        number = max((int(each.name) for each in self._numbered()), default=0) + 1
        folder = self.place / f"{number:06d}"
        with folder_whole(folder) as partial:
            if state.nation is not None:
                nation = state.nation
                content["nation"] = write_nation(partial, nation.moment(), nation.remembered())
            content["arrays"] = write_arrays(partial, state.arrays)
            write_index(partial, content)
        self._kept = [*self._kept, Checkpoint(folder, content)][-KEPT_CHECKPOINTS:]
        self.clean()

    def take_up(self, use: Callable[[Checkpoint], None], warn: Callable[[str], None]) -> bool:
        """Go on from the newest checkpoint that is whole.

        Parameters
        ----------
        use : callable
            Takes a checkpoint up, or raises Damaged.
        warn : callable
            Told about every checkpoint that is damaged.

        Returns
        -------
        bool
            Whether there was one.

        Raises
        ------
        BadInput
            When a checkpoint is of another version or scenario.
        """
        damaged = 0
        for folder in sorted(self._numbered(), reverse=True):
            try:
                content, _ = read_index(folder)
                self._check(folder, content)
                checkpoint = Checkpoint(folder, content)
                self.rows.take_up(content["rows"])
                self.keepsakes.take_up(content["keepsakes"])
                use(checkpoint)
            except Damaged as fault:
                damaged += 1
                warn(f"the checkpoint {folder} is damaged ({fault})")
                self._begin_again()
                continue
            if damaged:
                warn(f"the run goes on from the one before it, {folder}")
            self._kept = [*self._older(checkpoint), checkpoint][-KEPT_CHECKPOINTS:]
            return True
        if damaged:
            warn("no checkpoint is whole: the run begins again")
        return False

    def clean(self) -> None:
        """Remove what neither the run nor a checkpoint that is kept needs any more."""
        numbers = {each.folder.name for each in self._kept}
        for folder in self._numbered():
            if folder.name not in numbers:
                shutil.rmtree(folder, ignore_errors=True)
        for path in self.place.glob(f".*{PARTIAL}"):
            shutil.rmtree(path, ignore_errors=True)
        needed = self.rows.files | self.keepsakes.files
        needed = needed.union(*(each.files() for each in self._kept))
        for path in (self.place / SHARED).glob("*"):
            if path.name not in needed:
                path.unlink(missing_ok=True)
        branches = set[str]().union(*(each.branches() for each in self._kept))
        for path in self.place.glob("branch-*"):
            if path.name not in branches:
                shutil.rmtree(path, ignore_errors=True)

    def _older(self, checkpoint: Checkpoint) -> Iterator[Checkpoint]:
        for folder in sorted(self._numbered()):
            if int(folder.name) < checkpoint.number:
                try:
                    yield Checkpoint(folder, read_index(folder)[0])
                except Damaged:
                    continue

    def _check(self, folder: Path, content: Described) -> None:
        """Refuse a checkpoint that something else made."""
        made = (content.get("format"), content.get("source"), content.get("asked"))
        here = (FORMAT, self.origin.source, self.origin.asked)
        if made == here:
            return
        what = next(
            name
            for name, one, other in zip(PARTS_OF_ORIGIN, made, here, strict=True)
            if one != other
        )
        found, allowed = PARTS_OF_ORIGIN[what]
        raise BadInput(place=str(folder), field=what, found=found.format(*made),
                       allowed=allowed.format(*here))  # fmt: skip

    def _numbered(self) -> list[Path]:
        return [each for each in self.place.glob("[0-9]*") if each.name.isdecimal()]


PARTS_OF_ORIGIN = {
    "format": ("format {0} of checkpoints", "format {0}; this version reads no other"),
    "source": (
        "a checkpoint of other sources ({1})",
        "the sources that began the run; these are {1}",
    ),
    "scenario": (
        "a checkpoint of another scenario ({2})",
        "the scenario that the run began with; this one is {2}",
    ),
}
"""What is said when a checkpoint is of another format, version or scenario."""
