"""The draw that decides once a month whether somebody presses the friend in one of her slots."""

from __future__ import annotations

from glasshouse.chance.rule import rule
from glasshouse.chance.streams import bits_at, fold


@rule
def pressing_draw(key: int, presser: int, slot: int) -> float:
    """Uniform number in [0, 1) of 16 bits for a presser and the slot that names the pressed.

    Both sides of a tie can work it out: the pressed knows in which of the presser's slots she is.
    Four slots share a key.

    Parameters
    ----------
    key : int
        The month's key for pressing.
    presser, slot : int

    Returns
    -------
    float
    """
    return sixteen_bits(fold(fold(key, slot >> 2), presser), slot)


@rule
def sixteen_bits(key: int, slot: int) -> float:
    """The 16 bits of a slot in the key of its four slots, as a uniform number in [0, 1)."""
    return bits_at(key, 16 * (slot & 3), 16) * (1.0 / 65536.0)
