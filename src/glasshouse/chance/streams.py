"""Counter-based random streams: any draw of any citizen on any day, without any order.

A key is 64 bits. :func:`fold` folds one more number into a key by the finaliser of SplitMix64
(Stafford's variant 13), so ``fold(fold(fold(seed, process), day), citizen)`` names one draw. No
generator has a state: a draw depends on its name alone, never on what was drawn before it, on a
thread or on a shard. Turning one process on therefore moves no draw of another.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba.extending import overload

from glasshouse.chance.rule import INLINED, rule

MASK = 0xFFFF_FFFF_FFFF_FFFF
GOLDEN = 0x9E37_79B9_7F4A_7C15
FIRST = 0xBF58_476D_1CE4_E5B9
SECOND = 0x94D0_49BB_1331_11EB

Key = int | np.uint64
"""A key; compiled loops are handed it as ``uint64``, as it may exceed a signed number."""

# Processes of a nation: drawn once, or once a month. Their numbers are part of every result.
TRAITS = 1
CIRCLE_TRAITS = 2
CITY_TRAITS = 3
TIE_START = 4
MATCHING = 5
DAYS = 6
PRESSING = 7
GUESSING = 8
OPENING = 9
ACCEPTING = 10
CALENDAR = 11
REVOLT_SEEDS = 12
SAMPLING = 13

# Draws of one citizen on one day. One key gives two numbers of 32 bits, or two of 31.
COUNTS = 0
READINGS = 1
SETTLING = 2
REVIEWING = 3
CUTTING = 4
APPEAL = 5
ROUND_OPINION = 6
RECONSIDERATION = 7
SANCTION_COUNT = 8
# Acts take one key each: political speech, errands, neutral speech misread, neutral speech read.
ACTS_OF_ONE_SORT = 1024
SPOKEN = 1024
ERRANDS = 2048
MISREAD_SPEECH = 3072
READ_SPEECH = 4096


def fold(key: Key, value: Key) -> int:
    """Fold one more number into a key.

    Parameters
    ----------
    key : int or uint64
        A 64-bit key: a seed, or the result of another fold.
    value : int
        0 to 2**64 - 1: a process, day, citizen, slot or act.

    Returns
    -------
    int
        A 64-bit key, uniform over its whole range for any counter.

    Examples
    --------
    >>> fold(1, 0) != fold(1, 1) != fold(2, 0)
    True
    """
    return mixed(stepped(key, value))


def stepped(key: Key, value: Key) -> int:
    """First half of :func:`fold`: the counter of a draw, not yet mixed."""
    return (int(key) + GOLDEN * (int(value) + 1)) & MASK


def mixed(x: int) -> int:
    """Second half of :func:`fold`: the finaliser."""
    x = int(x)
    x = ((x ^ (x >> 30)) * FIRST) & MASK
    x = ((x ^ (x >> 27)) * SECOND) & MASK
    return x ^ (x >> 31)


@overload(stepped, jit_options=INLINED)
def _compiled_stepped(key: Any, value: Any) -> Any:
    one, golden = np.uint64(1), np.uint64(GOLDEN)

    def compiled(key: Any, value: Any) -> Any:
        return np.uint64(key) + golden * (np.uint64(value) + one)

    return compiled


@overload(mixed, jit_options=INLINED)
def _compiled_mixed(x: Any) -> Any:
    first, second = np.uint64(FIRST), np.uint64(SECOND)
    a, b, c = np.uint64(30), np.uint64(27), np.uint64(31)

    def compiled(x: Any) -> Any:
        y = np.uint64(x)
        y = (y ^ (y >> a)) * first
        y = (y ^ (y >> b)) * second
        return y ^ (y >> c)

    return compiled


@overload(fold, jit_options=INLINED)
def _compiled_fold(key: Any, value: Any) -> Any:
    def compiled(key: Any, value: Any) -> Any:
        return mixed(stepped(key, value))

    return compiled


def high_bits(key: int, bits: int) -> int:
    """Highest ``bits`` bits of a key as a small integer."""
    return key >> (64 - bits)


@overload(high_bits, jit_options=INLINED)
def _compiled_high_bits(key: Any, bits: Any) -> Any:
    def compiled(key: Any, bits: Any) -> Any:
        return np.int64(np.uint64(key) >> np.uint64(64 - bits))

    return compiled


def low_bits(key: int, bits: int) -> int:
    """Lowest ``bits`` bits of a key as a small integer."""
    return key & ((1 << bits) - 1)


@overload(low_bits, jit_options=INLINED)
def _compiled_low_bits(key: Any, bits: Any) -> Any:
    one = np.uint64(1)

    def compiled(key: Any, bits: Any) -> Any:
        return np.int64(np.uint64(key) & ((one << np.uint64(bits)) - one))

    return compiled


def bits_at(key: int, place: int, bits: int) -> int:
    """``bits`` bits of a key from bit ``place`` on, as a small integer."""
    return (int(key) >> place) & ((1 << bits) - 1)


@overload(bits_at, jit_options=INLINED)
def _compiled_bits_at(key: Any, place: Any, bits: Any) -> Any:
    one = np.uint64(1)

    def compiled(key: Any, place: Any, bits: Any) -> Any:
        return np.int64((np.uint64(key) >> np.uint64(place)) & ((one << np.uint64(bits)) - one))

    return compiled


@rule
def uniform(key: int) -> float:
    """Uniform number in [0, 1) from the upper 53 bits of a key.

    Examples
    --------
    >>> 0.0 <= uniform(fold(1, 2)) < 1.0
    True
    """
    return high_bits(key, 53) * (1.0 / 9007199254740992.0)


@rule
def first_uniform(key: int) -> float:
    """Uniform number in [0, 1) from the upper 32 bits of a key."""
    return high_bits(key, 32) * (1.0 / 4294967296.0)


@rule
def second_uniform(key: int) -> float:
    """Uniform number in [0, 1) from the lower 32 bits of a key, independent of the first."""
    return low_bits(key, 32) * (1.0 / 4294967296.0)


@rule
def below(key: int, limit: int) -> int:
    """Whole number in 0..limit-1 from a key; ``limit`` at most 2**31.

    Examples
    --------
    >>> all(0 <= below(fold(3, k), 5) < 5 for k in range(100))
    True
    """
    return (high_bits(key, 32) * limit) >> 32


@rule
def below_second(key: int, limit: int) -> int:
    """Whole number in 0..limit-1 from the lower 32 bits of a key, independent of :func:`below`."""
    return (low_bits(key, 32) * limit) >> 32


DRAWS = 1 << 31
"""How many different draws of 31 bits there are; thresholds are whole numbers from 0 to this."""


@rule
def first_draw(key: int) -> int:
    """Whole number of 31 bits from the upper half of a key."""
    return bits_at(key, 33, 31)


@rule
def second_draw(key: int) -> int:
    """Whole number of 31 bits from the lower half of a key, independent of the first."""
    return bits_at(key, 1, 31)


@rule
def threshold(chance: float) -> int:
    """What a draw of 31 bits is below with this chance, 0 to 2**31: never for 0, always for 1.

    Examples
    --------
    >>> threshold(0.0), threshold(0.5), threshold(1.0) == DRAWS
    (0, 1073741824, True)
    """
    scaled = min(max(chance, 0.0), 1.0) * 2147483648.0
    whole = int(scaled)
    if whole < scaled:
        whole += 1
    return whole
