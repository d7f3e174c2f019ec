"""What is remembered of everybody: written, counted and hashed as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.chance.threads import share_out
from glasshouse.engine.arrays import Extra
from glasshouse.engine.seen import published_at
from glasshouse.scenario.scheme import Scheme
from glasshouse.society.record import Records

Kind = TypeVar("Kind", bound=np.generic)

# Citizens that a thread writes or counts at once, and bytes that are hashed as one piece.
STRETCH = 1 << 20
PIECE = 1 << 26


@compiled()
def _write_scores(first: int, last: int, step: int, records: Records) -> None:
    for i in range(first, last):
        records.score[(i >> 5) * (records.size >> 1) + (i & 31)] = step


def write_scores(records: Records, citizens: int, step: int) -> None:
    """Give everybody the same score."""

    def written(first: int, last: int) -> None:
        _write_scores(first, last, step, records)

    share_out(written, 0, citizens, STRETCH)


@compiled()
def _count_scores(
    first: int, last: int, records: Records, extra: Extra, counts: NDArray[np.int64]
) -> None:
    for i in range(first, last):
        if len(extra.absent) == 0 or extra.absent[i] == 0:
            counts[published_at(i, records, extra)] += 1


def histogram_of(records: Records, extra: Extra, citizens: int, top: int) -> NDArray[np.int64]:
    """How many of those present have each published score."""
    stretches = range(0, citizens, STRETCH)
    counts = np.zeros((min(len(stretches), 64), top + 1), np.int64)
    per_row = -(-len(stretches) // len(counts)) * STRETCH

    def counted(first: int, last: int) -> None:
        _count_scores(first, last, records, extra, counts[first // per_row])

    share_out(counted, 0, citizens, per_row)
    total: NDArray[np.int64] = counts.sum(axis=0)
    return total


def published_under(
    scheme: Scheme, published: NDArray[np.uint16], scores: Callable[[], NDArray[np.uint16]]
) -> NDArray[np.uint16]:
    """Published scores under a scheme: kept apart only where they are not the running ones."""
    if scheme.period == 1:
        return published[:0]
    return published if len(published) else scores()


def kept_if(wanted: bool, kept: NDArray[Kind], places: int) -> NDArray[Kind]:
    """What was remembered of everybody, zeros if nothing was, or no array where none is wanted."""
    size = places if wanted else 0
    return kept if len(kept) == size else np.zeros(size, kept.dtype)


def hashes_of(part: NDArray[np.uint8]) -> list[bytes]:
    """Hashes of the pieces of 64 MiB of a stretch of memory, worked out on all threads."""
    hashes: dict[int, bytes] = {}

    def hashed(first: int, last: int) -> None:
        hashes[first] = hashlib.blake2b(part[first:last].data, digest_size=16).digest()

    share_out(hashed, 0, len(part), PIECE)
    return [hashes[first] for first in sorted(hashes)]


def digest_of(day: int, parts: Mapping[str, NDArray[Any]]) -> str:
    """One hash of a day and of what is remembered of everybody."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(str(day).encode())
    for name, part in parts.items():
        digest.update(name.encode())
        for each in hashes_of(part):
            digest.update(each)
    return digest.hexdigest()
