"""What is remembered of a citizen: eight bytes, and how numbers fit into them.

A score is a whole number of steps above the lowest score (16 bits); stance and opinion are whole
127ths (8 bits each); whether one's own side of each of 32 ties is open takes one bit each.
"""

from __future__ import annotations

from glasshouse.chance.rule import rule

STEPS_OF_FEELING = 127


@rule
def score_of(step: int, low: float, unit: float) -> float:
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
