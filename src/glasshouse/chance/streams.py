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

from glasshouse.chance.rule import rule

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

# Draws of one citizen on one day. Those with many acts take one number for each act after them.
POLITICAL_COUNT = 0
OTHER_COUNT = 16
MISREADINGS = 32
SHOPPING_COUNT = 48
READING_COUNT = 49
BILL_COUNT = 50
GRUMBLE_COUNT = 51
CARTOON_COUNT = 52
SANCTION_COUNT = 53
REVIEW = 54
REVIEW_CHOICE = 55
CUT = 56
APPEAL = 57
ROUND_SCORE = 58
ROUND_STANCE = 59
ROUND_OPINION = 60
RECONSIDERATION = 61
RECORDED_GRUMBLES = 62
RECORDED_CARTOONS = 63
ACTS = 1024
ACTS_OF_ONE_KIND = 1024


def fold(key: Key, value: int) -> int:
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
    x = (int(key) + GOLDEN * (value + 1)) & MASK
    x = ((x ^ (x >> 30)) * FIRST) & MASK
    x = ((x ^ (x >> 27)) * SECOND) & MASK
    return x ^ (x >> 31)


@overload(fold, inline="always")
def _compiled_fold(key: Any, value: Any) -> Any:
    one = np.uint64(1)
    golden, first, second = np.uint64(GOLDEN), np.uint64(FIRST), np.uint64(SECOND)
    a, b, c = np.uint64(30), np.uint64(27), np.uint64(31)

    def compiled(key: Any, value: Any) -> Any:
        x = np.uint64(key) + golden * (np.uint64(value) + one)
        x = (x ^ (x >> a)) * first
        x = (x ^ (x >> b)) * second
        return x ^ (x >> c)

    return compiled


def high_bits(key: int, bits: int) -> int:
    """Highest ``bits`` bits of a key as a small integer."""
    return key >> (64 - bits)


@overload(high_bits, inline="always")
def _compiled_high_bits(key: Any, bits: Any) -> Any:
    def compiled(key: Any, bits: Any) -> Any:
        return np.int64(np.uint64(key) >> np.uint64(64 - bits))

    return compiled


def low_bits(key: int, bits: int) -> int:
    """Lowest ``bits`` bits of a key as a small integer."""
    return key & ((1 << bits) - 1)


@overload(low_bits, inline="always")
def _compiled_low_bits(key: Any, bits: Any) -> Any:
    one = np.uint64(1)

    def compiled(key: Any, bits: Any) -> Any:
        return np.int64(np.uint64(key) & ((one << np.uint64(bits)) - one))

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
