"""How fast this machine's memory is: what the speed of a day is held against.

    python benchmarks/memory.py [--gib 1]

Two figures, with all threads and in huge pages where the system has them: bytes a second that are
copied (each read once and written once), and blocks of 256 bytes a second that are read at places
drawn by chance, each asked for sixteen reads ahead. A record of a circle is such a block.

The memory floor of a citizen's day is the time these two take for what the day of circles must
move: six blocks far away for every 32 citizens, and one record of 8 bytes read and written each.
How many times longer a day takes can be compared between machines, which bare seconds cannot.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.chance.threads import share_out, threads
from glasshouse.society.processor import prefetch
from glasshouse.society.record import LANES, memory

BLOCK = 256
WORDS = BLOCK // 8
FAR_BLOCKS = 6
"""Records of circles far away that the day of one circle reads."""
RECORD = 8
"""Bytes remembered of a citizen."""
AHEAD = 16
READS = 4_000_000
ROUNDS = 3
GIBIBYTE = 1 << 30


class MemorySpeed(NamedTuple):
    """What memory does a second.

    Attributes
    ----------
    copied : float
        Bytes copied a second.
    blocks : float
        Blocks of 256 bytes read a second at places drawn by chance.
    """

    copied: float
    blocks: float

    def floor(self, citizens: float) -> float:
        """Seconds that so many citizens' day takes in memory alone."""
        return citizens * (FAR_BLOCKS / LANES / self.blocks + RECORD / self.copied)

    def said(self) -> str:
        """One line of it."""
        return (
            f"memory: {self.copied / 1e9:.1f} GB/s copied, {self.blocks / 1e6:.1f} million blocks "
            f"of {BLOCK} bytes/s read at random, floor {1e9 * self.floor(1):.2f} ns a citizen-day; "
            f"{threads()} threads"
        )


@compiled()
def read_blocks(words: NDArray[np.uint64], blocks: int, seed: int, reads: int) -> int:
    """Read blocks at places drawn by chance, every cache line of them; returns their sum."""
    mask = np.uint64(blocks - 1)
    drawn = np.uint64(88_172_645_463_325_252) + np.uint64(seed) * np.uint64(0x9E3779B97F4A7C15)
    coming = np.zeros(AHEAD, np.int64)
    total = np.uint64(0)
    for turn in range(reads + AHEAD):
        place = turn & (AHEAD - 1)
        if turn >= AHEAD:
            at = coming[place]
            total += words[at] + words[at + 8] + words[at + 16] + words[at + 24]
        drawn ^= drawn << np.uint64(13)
        drawn ^= drawn >> np.uint64(7)
        drawn ^= drawn << np.uint64(17)
        asked = int((drawn >> np.uint64(11)) & mask) * WORDS
        coming[place] = asked
        for line in range(0, WORDS, 8):
            prefetch(words, asked + line)
    return int(total)


def fastest(work: Callable[[], object]) -> float:
    """Seconds of the fastest of a few rounds, the first not counted."""
    work()
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def measured(size: int = GIBIBYTE) -> MemorySpeed:
    """Measure on two stretches of memory of ``size`` bytes, a power of two."""
    if size < BLOCK or size & (size - 1):
        raise ValueError(f"a power of two of at least {BLOCK} bytes, not {size}")
    source, target = memory(size), memory(size)
    source[:] = 1
    target[:] = 2
    words, blocks, piece = source.view(np.uint64), size // BLOCK, max(size // 64, BLOCK)

    def copy_stretch(first: int, last: int) -> None:
        np.copyto(target[first:last], source[first:last])

    def read_stretch(first: int, last: int) -> None:
        read_blocks(words, blocks, first + 1, READS)

    copying = fastest(lambda: share_out(copy_stretch, 0, size, piece))
    reading = fastest(lambda: share_out(read_stretch, 0, threads(), 1))
    return MemorySpeed(size / copying, threads() * READS / reading)


def main() -> None:
    """Print one line."""
    parser = argparse.ArgumentParser(description="How fast this machine's memory is.")
    parser.add_argument("--gib", type=float, default=1.0, help="GiB to read; as much is written")
    given = parser.parse_args()
    print(measured(int(given.gib * GIBIBYTE)).said())


if __name__ == "__main__":
    main()
