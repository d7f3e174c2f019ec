"""Numbers as people read them: percentages, points, plurals, intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

from glasshouse.report.intervals import Interval

MINUS = "\u2212"
GROUPED = 10_000
"""From here on the digits of a whole number are grouped."""
ONE_NATION = "one nation"
"""What stands in the place of an interval that only one nation gives."""


def number(value: float, digits: int | None = None) -> str:
    """Write a number with as many digits as its size deserves.

    Examples
    --------
    >>> number(12345.6), number(9.876), number(0.01234), number(-3)
    ('12,346', '9.88', '0.012', '−3')
    """
    if digits is None:
        digits = _digits(abs(value))
    text = f"{value:,.{digits}f}"
    if not text.startswith("-"):
        return text
    return MINUS + text[1:] if text.strip("-0.,") else text[1:]


def _digits(size: float) -> int:
    if size >= 100 or size == int(size):
        return 0
    if size >= 10:
        return 1
    if size >= 0.1:
        return 2
    return min(1 - floor(log10(size)), 8)


@dataclass(frozen=True)
class Unit:
    """How the numbers of one kind are written.

    Attributes
    ----------
    scale
        What a value is multiplied by first (100 for percentages).
    suffix
        What stands behind the number.
    change
        Whether it is a difference, written with its sign.
    coarsest, finest
        The fewest and the most decimals, where the size of the number decides.
    lowest, highest
        Where the measure itself ends; an interval is cut off there.

    Examples
    --------
    >>> SHARE.text(0.768), SHARE.text(0.0183), SHARE.text(1), SHARE_CHANGE.text(-0.0042)
    ('77%', '1.8%', '100%', '−0.4 points')
    >>> SHARE.text(0.768, near=0.004), SCORE.text(612.4), SCORE_CHANGE.text(12.2)
    ('76.8%', '612', '+12.2')
    """

    scale: float = 1.0
    suffix: str = ""
    change: bool = False
    coarsest: int = 0
    finest: int = 8
    lowest: float | None = None
    highest: float | None = None

    def text(self, value: float, near: float | None = None) -> str:
        """Write one value; `near` is how far off it may be, which decides the decimals."""
        scaled = value * self.scale
        bare = number(scaled, self.digits(scaled, near))
        if self.change and bare.strip("0.,") and not bare.startswith(MINUS):
            bare = "+" + bare
        return bare + self.suffix

    def digits(self, scaled: float, near: float | None) -> int:
        """Count the decimals that a value, already scaled, is written with."""
        if near:
            least = self.coarsest if abs(scaled) < 10 else 0
            return min(max(-floor(log10(near * self.scale)), least), self.finest)
        size = abs(scaled)
        if self.scale != 100:
            return min(_digits(size), self.finest) if size < 100 else 0
        if abs(size - round(size)) < 1e-9 or 10 <= size <= 99:
            return 0
        return 2 if size < 0.1 else 1

    def shown(self, interval: Interval) -> Interval:
        """Cut an interval off where the measure ends."""
        low = float("-inf") if self.lowest is None else self.lowest
        high = float("inf") if self.highest is None else self.highest
        return interval.within(low, high)

    @property
    def zero(self) -> str:
        """How nothing is written on an axis."""
        return "0" + (self.suffix if self.suffix == "%" else "")

    def beside(self, interval: Interval, other: Interval) -> str:
        """Write the mean of an interval as exactly as another one that it stands beside.

        Examples
        --------
        >>> SHARE.beside(Interval(0.4, 0.39, 0.41, 5), Interval(0.327, 0.326, 0.328, 5))
        '40.0%'
        """
        if interval.mean is None:
            return "not defined"
        return self.text(interval.mean, _half_width(other))

    def bare(self, interval: Interval) -> str:
        """Write the mean of an interval without pretending to more than its size tells."""
        return "not defined" if interval.mean is None else self.text(interval.mean)

    def mean(self, interval: Interval) -> str:
        """Write the mean of an interval, as exactly as the interval allows."""
        if interval.mean is None:
            return "not defined"
        return self.text(interval.mean, _half_width(interval))

    def limits(self, interval: Interval) -> str:
        """Write the limits of an interval, or say why there are none.

        Examples
        --------
        >>> SHARE.limits(Interval(0.5, 0.4, 0.6, 5))
        '95% interval 40% to 60%'
        >>> SHARE.limits(Interval(0.5, None, None, 1))
        'one nation, so no interval'
        """
        interval = self.shown(interval)
        if interval.low is None or interval.high is None:
            return f"{ONE_NATION}, so no interval" if interval.known else "not defined in this run"
        return f"95% interval {self._span(interval.low, interval.high)}"

    def with_limits(self, interval: Interval) -> str:
        """Write a mean with its limits in brackets.

        Examples
        --------
        >>> SHARE.with_limits(Interval(0.5, 0.496, 0.504, 5))
        '50.0% (95% interval 49.6% to 50.4%)'
        """
        limits = self.limits(interval) if interval.certain else ONE_NATION
        return f"{self.mean(interval)} ({limits})" if interval.known else "not defined"

    def inside(self, interval: Interval) -> str:
        """Write a mean with its limits, for where brackets stand already."""
        limits = self.limits(interval) if interval.certain else ONE_NATION
        return f"{self.mean(interval)}; {limits}" if interval.known else "not defined"

    def cell(self, interval: Interval) -> str:
        """Write a mean with its limits, short, as a cell of a table."""
        if interval.mean is None:
            return "–"
        shown = self.shown(interval)
        if shown.low is None or shown.high is None:
            return self.mean(interval)
        return f"{self.mean(interval)} ({self._span(shown.low, shown.high)})"

    def _span(self, low: float, high: float) -> str:
        near = (high - low) / 2 or None
        first = self.text(low, near)
        if self.suffix.startswith(" "):
            first = first.removesuffix(self.suffix)
        return f"{first} to {self.text(high, near)}"


def _half_width(interval: Interval) -> float | None:
    if interval.low is None or interval.high is None:
        return None
    return (interval.high - interval.low) / 2 or None


PLAIN = Unit()
SHARE = Unit(scale=100, suffix="%", finest=2, lowest=0.0, highest=1.0)
SHARE_CHANGE = Unit(scale=100, suffix=" points", change=True, coarsest=1, finest=2)
RELATIVE_CHANGE = Unit(scale=100, suffix="%", change=True, finest=2)
SCORE = Unit(finest=1)
SCORE_CHANGE = Unit(change=True, finest=1)
FINE_CHANGE = Unit(change=True, finest=3)
COUNT = Unit(lowest=0.0)


def count_of(amount: float, one: str, many: str | None = None) -> str:
    """Write an amount with its noun.

    Examples
    --------
    >>> count_of(1, "nation"), count_of(20000, "citizen")
    ('1 nation', '20,000 citizens')
    """
    word = one if amount == 1 else (many or one + "s")
    return f"{number(amount)} {word}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listed(["travel", "loan", "house"])
    'travel, loan and house'
    """
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + f" {last} " + words[-1]


def setting_said(value: object) -> str:
    """Say the setting of a factor in short.

    Examples
    --------
    >>> setting_said(0.30), setting_said(1_000_000.0), setting_said("press")
    ('0.3', '1,000,000', 'press')
    """
    if not isinstance(value, float):
        return str(value)
    if value.is_integer() and abs(value) >= GROUPED:
        return f"{value:,.0f}"
    return f"{value:.6g}"
