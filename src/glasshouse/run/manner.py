"""How a run is lived: threads, checkpoints, memory; nothing that changes what it comes to."""

from __future__ import annotations

from dataclasses import dataclass

from glasshouse.chance.threads import cores
from glasshouse.run.keepsakes import IN_MEMORY
from glasshouse.scenario.faults import BadInput, shown


@dataclass(frozen=True)
class Memory:
    """How much a run may hold in memory besides the nation that is lived.

    Attributes
    ----------
    keepsakes : int
        Bytes of numbers of everybody that wait for another day or life.
    branch : bool or None
        Whether the nation that worlds to come are lived from; None where it has room.
    """

    keepsakes: int = IN_MEMORY
    branch: bool | None = None


@dataclass(frozen=True)
class Manner:
    """How a run is lived: nothing in it changes what the run comes to.

    Attributes
    ----------
    threads : int or None
        Threads that loops run on; None for what is set, all processors at the start.
    checkpoint_every : float or None
        Seconds between checkpoints, 0 for one every day; None for seldom enough to cost little.
    by_stage : bool
        Whether to count the time of each stage of the day.
    memory : Memory
        How much may be held in memory besides the nation that is lived.

    Raises
    ------
    BadInput
    """

    threads: int | None = None
    checkpoint_every: float | None = None
    by_stage: bool = False
    memory: Memory = Memory()

    def __post_init__(self) -> None:
        most, asked = cores(), self.threads
        if asked is not None and (not _is_whole(asked) or not 1 <= asked <= most):
            allowed = f"a whole number from 1 to {most}, the processors there are"
            raise BadInput(field="threads", found=shown(asked), allowed=allowed)
        every = self.checkpoint_every
        if every is not None and (not _is_number(every) or not every >= 0):
            allowed = "seconds, 0 for a checkpoint every day"
            raise BadInput(field="checkpoint_every", found=shown(every), allowed=allowed)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
