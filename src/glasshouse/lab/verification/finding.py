"""A finding: one published statement about a model, what was got here, and the verdict."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Reading = float | int | str | bool | None | list[float] | list[float | None]
Readings = dict[str, Reading]
"""What one run of a model gives, by name."""

Say = Callable[[str], None]
"""Told what is being run now."""

STANDARD_ERRORS = 3.0


@dataclass(frozen=True)
class Finding:
    """One row of the table.

    Attributes
    ----------
    what : str
        What is compared, in a few words.
    kind : str
        ``exact``, ``statistical`` or ``shape``.
    target, got, tolerance : str
        As they are printed.
    passed : bool
    model : str
        Name of the model; set by the suite.
    seconds : float
        How long it took; set by the suite.
    """

    what: str
    kind: str
    target: str
    got: str
    tolerance: str
    passed: bool
    model: str = ""
    seconds: float = 0.0

    @property
    def verdict(self) -> str:
        """``pass`` or ``FAIL``."""
        return "pass" if self.passed else "FAIL"

    def as_dict(self) -> dict[str, Any]:
        """The row as plain values, for JSON."""
        return {
            "model": self.model, "what": self.what, "kind": self.kind, "target": self.target,
            "got": self.got, "tolerance": self.tolerance, "verdict": self.verdict,
            "seconds": round(self.seconds, 3),
        }  # fmt: skip


Check = Callable[[bool, Say], Iterator[Finding]]


def exact(what: str, target: float, got: float, tolerance: float, digits: int = 9) -> Finding:
    """A number that must be met to a tolerance.

    Examples
    --------
    >>> exact("a half", 0.5, 0.5, 1e-9).verdict
    'pass'
    """
    passed = abs(got - target) <= tolerance
    return Finding(
        what, "exact", short(target, digits), short(got, digits), f"{tolerance:.2g}", passed
    )


def statistical(
    what: str, target: float, values: Sequence[float], *, rounding: float = 0.0
) -> Finding:
    """A mean over runs that must lie within 3 standard errors of the target.

    Parameters
    ----------
    what : str
    target : float
    values : sequence of float
        One number a run, two runs at least.
    rounding : float
        Half a unit of the last digit to which the target is published.

    Examples
    --------
    >>> statistical("a mean", 1.0, [0.9, 1.1, 1.0]).verdict
    'pass'
    """
    numbers = np.asarray(values, np.float64)
    error = float(numbers.std(ddof=1)) / math.sqrt(len(numbers))
    return near(what, target, float(numbers.mean()), error, rounding=rounding)


def near(what: str, target: float, got: float, error: float, *, rounding: float = 0.0) -> Finding:
    """An estimate that must lie within 3 of its standard errors of the target."""
    tolerance = STANDARD_ERRORS * error + rounding
    passed = abs(got - target) <= tolerance
    return Finding(what, "statistical", short(target), short(got), f"{tolerance:.2g}", passed)


def inside(what: str, low: float, high: float, got: float, error: float = 0.0) -> Finding:
    """An estimate that must lie in a published interval, or within 3 standard errors of it.

    Examples
    --------
    >>> inside("a share", 0.2, 0.3, 0.31, error=0.005).tolerance
    '0.015'
    """
    tolerance = STANDARD_ERRORS * error
    passed = low - tolerance <= got <= high + tolerance
    target = f"{short(low)} to {short(high)}"
    return Finding(what, "statistical", target, short(got), f"{tolerance:.2g}", passed)


def shape(what: str, target: str, got: str, passed: bool) -> Finding:
    """A sign or an ordering."""
    return Finding(what, "shape", target, got, "", bool(passed))


def of_share(share: float, runs: int) -> float:
    """Standard error of a share of runs, never 0.

    Equation: sqrt(q(1 - q)/n) with q = (k + 1)/(n + 2) of k runs in n.
    """
    softened = (share * runs + 1.0) / (runs + 2.0)
    return math.sqrt(softened * (1.0 - softened) / runs)


def short(value: float, digits: int = 6) -> str:
    """A number as it is printed in a table."""
    return f"{float(value):.{digits}g}"
