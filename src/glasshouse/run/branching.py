"""The nation on the eve of the introduction, from which every world is lived.

While worlds are still to come it is kept: in memory where that has room for a copy, eight bytes a
citizen with 32 slots, else on disk. The world that was lived is gone before the next one is made.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

from glasshouse.chance.rule import source_hash
from glasshouse.engine.calendar import Moment
from glasshouse.engine.nation import Nation
from glasshouse.run.folder import folder_whole
from glasshouse.run.nation_store import (
    Described,
    Rule,
    check_nation,
    moment_of,
    read_index,
    read_nation,
    write_index,
    write_nation,
)
from glasshouse.run.pieces import Bytes, Damaged
from glasshouse.scenario.scenario import Scenario


class BranchPoint:
    """A nation kept for lives to come.

    Parameters
    ----------
    scenario : Scenario
    seed : int
    rules : mapping of str to callable, optional
    place : Path or None
        Folder that its folder is in when it is put on disk; None for a temporary one.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        rules: Mapping[str, Rule] | None,
        place: Path | None,
    ) -> None:
        self.scenario = scenario
        self.seed = seed
        self.rules = rules
        self.place = place
        self._moment: Moment | None = None
        self._arrays: dict[str, Bytes] | None = None
        self._described: Described | None = None
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    @property
    def name(self) -> str:
        """Name of its folder."""
        return f"branch-seed{self.seed}"

    @property
    def folder(self) -> Path:
        """Its folder, once it is on disk."""
        if self.place is not None:
            return self.place / self.name
        if self._temporary is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="glasshouse-")
        return Path(self._temporary.name) / self.name

    def take(self, nation: Nation, *, in_memory: bool) -> None:
        """Keep a nation.

        Raises
        ------
        CannotWrite
            When it is to be on disk, and there is no space.
        """
        if in_memory:
            self._moment = nation.moment()
            self._arrays = {name: part.copy() for name, part in nation.remembered().items()}
        else:
            self._write(nation.moment(), nation.remembered())

    def nation(self) -> Nation:
        """The nation once more.

        Raises
        ------
        Damaged
            When what lies on disk is not what was written.
        """
        if self._arrays is None:
            if self._described is None:
                raise ValueError("no nation was kept")
            nation = self._described["nation"]
            return read_nation(self.folder, nation, self.scenario, self.seed, self.rules)
        assert self._moment is not None
        rules = dict(self.rules or {}) or None
        again = Nation.blank(self.scenario, self.seed, self._moment, rules)
        for name, into in again.remembered().items():
            into[:] = self._arrays[name]
        again.refilled()
        return again

    def described(self) -> Described:
        """Have it on disk, and describe it for an index.

        Raises
        ------
        CannotWrite
        """
        if self._described is None:
            if self._arrays is None or self._moment is None:
                raise ValueError("no nation was kept")
            self._write(self._moment, self._arrays)
        assert self._described is not None
        return {"folder": self.name, "hash": self._described["hash"]}

    def take_up(self, described: Described) -> None:
        """Have again what an index describes.

        Raises
        ------
        Damaged
        """
        content, hashed = read_index(self.folder)
        if hashed != described["hash"]:
            raise Damaged(self.folder, "it is another one than was kept")
        check_nation(self.folder, content["nation"])
        self._moment = moment_of(content["nation"]["moment"])
        self._described = {"nation": content["nation"], "hash": hashed}

    @property
    def on_disk(self) -> bool:
        """Whether it is on disk, in memory or not."""
        return self._described is not None

    def close(self) -> None:
        """Let go of it in memory and in a temporary folder; what a run's folder has stays."""
        self._arrays = None
        if self._temporary is not None:
            self._temporary.cleanup()
            self._temporary = None

    def _write(self, moment: Moment, remembered: Mapping[str, Bytes]) -> None:
        content: Described = {"seed": self.seed, "source": source_hash()}
        with folder_whole(self.folder) as partial:
            content["nation"] = write_nation(partial, moment, remembered)
            hashed = write_index(partial, content)
        self._described = {"nation": content["nation"], "hash": hashed}
