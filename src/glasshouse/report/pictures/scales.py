"""Axes: where they begin and end, where their marks stand, and how those are written."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, log10

from glasshouse.report.wording import Unit

DAY_STEPS = (1, 2, 5, 10, 15, 30, 60, 90, 120, 180, 365, 730, 1825, 3650, 7300)


def nice_step(span: float, intervals: int) -> float:
    """Give the round step that cuts a span into about so many intervals.

    Examples
    --------
    >>> nice_step(0.83, 4), nice_step(470, 5)
    (0.25, 100.0)
    """
    rough = span / intervals
    power = 10.0 ** floor(log10(rough))
    for step in (1, 2, 2.5, 5, 10):
        if rough <= step * power * 1.0000001:
            return float(f"{step * power:.12g}")
    return 10 * power


def round_ends(low: float, high: float, intervals: int = 4) -> tuple[float, float, list[float]]:
    """Widen a span to round ends; give them with the marks between.

    Examples
    --------
    >>> round_ends(0.02, 0.83)
    (0.0, 1.0, [0.0, 0.25, 0.5, 0.75, 1.0])
    """
    if high - low < 1e-12:
        reach = abs(high) * 0.1
        low, high = (low - reach, high + reach) if reach else (0.0, 1.0)
    step = nice_step(high - low, intervals)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    marks = [float(f"{place * step:.12g}") for place in range(first, last + 1)]
    return marks[0], marks[-1], marks


def day_marks(first: int, last: int, most: int) -> list[int]:
    """Give the days to mark on an axis, day 0 among them where it is reached.

    Examples
    --------
    >>> day_marks(-170, 365, 7)
    [-90, 0, 90, 180, 270, 360]
    >>> day_marks(1, 7, 4)
    [2, 4, 6]
    """
    for step in DAY_STEPS:
        marks = list(range(ceil(first / step) * step, last + 1, step))
        if len(marks) <= most:
            return marks or [first]
    return [first, last]


def axis_words(marks: Sequence[float], unit: Unit) -> str:
    """Write the marks of an axis as a Vega expression: a bare zero, no sign on plain points.

    Examples
    --------
    >>> from glasshouse.report.wording import PLAIN
    >>> axis_words([0, 50, 100], PLAIN)
    "datum.value == 0 ? '0' : format(datum.value, ',.0f')"
    """
    number = f"format(datum.value, '{axis_format(marks, unit)}')"
    if unit.suffix != "%":
        number = f"replace({number}, '%', '')" if unit.scale == 100 else number
    return f"datum.value == 0 ? '{unit.zero}' : {number}"


def axis_format(marks: Sequence[float], unit: Unit) -> str:
    """Say how the marks of an axis are written, in the notation of D3, with no needless decimal.

    Examples
    --------
    >>> from glasshouse.report.wording import PLAIN, SHARE
    >>> axis_format([0, 0.025, 0.05], PLAIN), axis_format([0, 0.005, 0.01], SHARE)
    (',.3f', ',.1%')
    """
    step = min((b - a for a, b in pairwise(marks)), default=1.0)
    share = unit.scale == 100
    digits = 0
    while digits < 8 and not _whole(step * (100 if share else 1) * 10**digits):
        digits += 1
    sign = "+" if unit.change else ""
    return f"{sign},.{digits}{'%' if share else 'f'}"


def _whole(value: float) -> bool:
    return abs(value - round(value)) < 1e-6


def apart(values: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart so that they keep a gap, in order and near where they belong.

    Examples
    --------
    >>> apart([0.5, 0.5, 0.9], 0.1, 0, 1)
    [0.45, 0.55, 0.9]
    """
    order = sorted(range(len(values)), key=lambda place: values[place])
    groups: list[tuple[float, list[int]]] = []
    for place in order:
        groups.append((values[place], [place]))
        while len(groups) > 1 and _touch(groups[-2], groups[-1], gap):
            above, below = groups.pop(), groups.pop()
            members = below[1] + above[1]
            middle = (below[0] * len(below[1]) + above[0] * len(above[1])) / len(members)
            groups.append((_held(middle, len(members), gap, low, high), members))
    result = [0.0] * len(values)
    for middle, members in groups:
        bottom = middle - gap * (len(members) - 1) / 2
        for rank, place in enumerate(members):
            result[place] = float(f"{bottom + rank * gap:.12g}")
    return result


def _touch(below: tuple[float, list[int]], above: tuple[float, list[int]], gap: float) -> bool:
    reach = gap * (len(below[1]) + len(above[1])) / 2
    return above[0] - below[0] < reach * (1 - 1e-9)


def _held(middle: float, count: int, gap: float, low: float, high: float) -> float:
    half = gap * (count - 1) / 2
    return min(max(middle, low + half), high - half)
