"""What is remembered of a citizen, eight bytes with 32 slots, and how numbers fit into them.

A score is a whole number of steps above the lowest score (16 bits); stance and opinion are whole
127ths (8 bits each); whether one's own side of each of 32 ties is open takes one bit each.

The records of one circle, 32 citizens, lie together, cache line by cache line: 32 scores, 32
stances, 32 opinions, then for every 32 slots a word of consent for each of the 32 citizens. Whom a
citizen meets, she meets 32 at once. In an explicit graph the words of consent are left out.
"""

from __future__ import annotations

import mmap
from contextlib import suppress
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import rule

STEPS_OF_FEELING = 127
LANES = 32
"""Citizens of a circle, lived at once."""
BYTES_WITHOUT_CONSENT = 128
BYTES_OF_WORD = 128


class Records(NamedTuple):
    """Everybody's record, one view for each width of number in them.

    Attributes
    ----------
    score : uint16 array
        Score of lane ``l`` of circle ``c`` at ``c * size // 2 + l``.
    feeling : int8 array
        Stance at ``c * size + 64 + l``, opinion at ``c * size + 96 + l``.
    consent : uint32 array
        Word ``w`` at ``c * size // 4 + 32 + 32 * w + l``: bit k is slot ``32 * w + k``.
    size : int
        Bytes of one circle.
    """

    score: NDArray[np.uint16]
    feeling: NDArray[np.int8]
    consent: NDArray[np.uint32]
    size: int

    @property
    def bytes(self) -> NDArray[np.uint8]:
        """All of it as plain bytes."""
        return self.score.view(np.uint8)


def circles_of(citizens: int) -> int:
    """Number of circles that hold so many citizens."""
    return (citizens + LANES - 1) // LANES


def record_size(slots: int) -> int:
    """Bytes of the record of one circle with so many slots a citizen.

    Examples
    --------
    >>> record_size(32), record_size(0)
    (256, 128)
    """
    return BYTES_WITHOUT_CONSENT + BYTES_OF_WORD * (slots // 32)


def empty_records(citizens: int, slots: int) -> Records:
    """Records of zeros, in huge pages where the system has them."""
    size = record_size(slots)
    return records_of(memory(circles_of(citizens) * size), size)


def records_of(block: NDArray[np.uint8], size: int) -> Records:
    """See a block of bytes as records."""
    return Records(block.view(np.uint16), block.view(np.int8), block.view(np.uint32), size)


def memory(size: int) -> NDArray[np.uint8]:
    """A block of zeros straight from the system, given back to it when nobody uses it any more."""
    if hasattr(mmap, "MAP_PRIVATE"):
        # Shared memory, which Python would take, comes in small pages only.
        block = mmap.mmap(-1, max(size, 1), flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    else:
        block = mmap.mmap(-1, max(size, 1))
    if hasattr(mmap, "MADV_HUGEPAGE"):
        # A system without huge pages is slower, not wrong.
        with suppress(OSError):
            block.madvise(mmap.MADV_HUGEPAGE)
    return np.frombuffer(block, np.uint8)[:size]


@rule
def score_at(records: Records, i: int) -> int:
    """Stored score of a citizen, in steps."""
    # An unsigned number would make differences of scores wrap around in compiled loops.
    return np.int64(records.score[(i >> 5) * (records.size >> 1) + (i & 31)])  # type: ignore[return-value]


@rule
def stance_at(records: Records, i: int) -> int:
    """Stored stance of a citizen, in 127ths."""
    return int(records.feeling[(i >> 5) * records.size + 64 + (i & 31)])


@rule
def opinion_at(records: Records, i: int) -> int:
    """Stored opinion of a citizen, in 127ths."""
    return int(records.feeling[(i >> 5) * records.size + 96 + (i & 31)])


@rule
def place_of_consent(records: Records, i: int, slot: int) -> int:
    """Place of the word that holds a citizen's side of a slot."""
    return (i >> 5) * (records.size >> 2) + 32 + 32 * (slot >> 5) + (i & 31)


@rule
def side_is_open(records: Records, i: int, slot: int) -> int:
    """1 where a citizen's own side of a slot is open, else 0."""
    return int(records.consent[place_of_consent(records, i, slot)] >> np.uint32(slot & 31)) & 1


def open_side(records: Records, i: int, slot: int) -> None:
    """Open a citizen's own side of a slot."""
    records.consent[place_of_consent(records, i, slot)] |= np.uint32(1 << (slot & 31))


def unpacked(records: Records, what: str, citizens: int) -> NDArray[Any]:
    """Copy of one number of everybody: ``score``, ``stance`` or ``opinion``."""
    whole = records.bytes.reshape(-1, records.size)
    first, last = {"score": (0, 64), "stance": (64, 96), "opinion": (96, 128)}[what]
    part = np.ascontiguousarray(whole[:, first:last])
    kind = np.uint16 if what == "score" else np.int8
    numbers: NDArray[Any] = part.view(kind).reshape(-1)[:citizens]
    return numbers


@rule
def score_of(step: float, low: float, unit: float) -> float:
    """Score in points of a stored step.

    Equation: s = low + unit·step.
    """
    return low + unit * step


@rule
def nearest_step(score: float, low: float, unit: float, top: int) -> int:
    """Stored step nearest to a score, held to 0..top."""
    return min(max(int((score - low) / unit + 0.5), 0), top)


@rule
def feeling_of(stored: int) -> float:
    """Stance or opinion, -1..1, of a stored whole number of 127ths."""
    return stored / 127.0


@rule
def nearest_feeling(value: float) -> int:
    """Stored 127ths nearest to a stance or opinion, held to -127..127."""
    held = min(max(value, -1.0), 1.0) * 127.0
    if held < 0.0:
        return -int(0.5 - held)
    return int(held + 0.5)
