"""What follows from an effect for a claim: it holds, it fails, or it depends on something.

In each draw of the assumptions the interval over nations lies beyond the smallest effect that
would matter, or short of it, or across it. A claim holds where it lies beyond in at least nine
draws of ten, fails where it lies short in nine of ten, and else depends on the assumption that
explains most of the effect's variance over draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from glasshouse.lab.claims.effects import Effect, Values
from glasshouse.lab.sensitivity.given import largest_factor
from glasshouse.report.intervals import over_seeds

CONFIDENCE = 0.95
ENOUGH = 0.9
"""Part of the draws that decides."""
HOLDS, FAILS, DEPENDS, UNKNOWN = "holds", "fails", "depends", "cannot be told"


@dataclass(frozen=True)
class Verdict:
    """A claim's verdict, and the numbers it rests on.

    Attributes
    ----------
    word : str
        ``holds``, ``fails``, ``depends`` or ``cannot be told``.
    on : str
        What it depends on; empty where it does not, or too few draws tell.
    explains : float or None
        Part of the effect's variance over draws that this explains by itself.
    mean : float or None
        Mean over draws and nations.
    low, high : float or None
        95% interval of that mean over nations; None with one.
    least, most : float or None
        Between these lie 95% of the draws' means: what the assumptions alone do to it.
    beyond, short, reversed_ : float
        Parts of the draws whose interval lies beyond the smallest effect that matters, short of
        it, and beyond it the other way round.
    draws, seeds, undefined : int
        Draws with an effect, nations in each, and draws without an effect.
    beside : dict of str to float
        Means of the sums beside it.
    """

    word: str
    on: str
    explains: float | None
    mean: float | None
    low: float | None
    high: float | None
    least: float | None
    most: float | None
    beyond: float
    short: float
    reversed_: float
    draws: int
    seeds: int
    undefined: int
    beside: dict[str, float | None]

    @property
    def said(self) -> str:
        """The verdict in a few words."""
        if self.word == DEPENDS and self.on:
            return f"depends on {self.on}"
        if self.word == FAILS and self.reversed_ >= ENOUGH:
            return "fails: the reverse holds"
        return self.word

    def as_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {**{name.rstrip("_"): each for name, each in vars(self).items()}, "said": self.said}


def verdict_on(effect: Effect) -> Verdict:
    """The verdict that an effect leads to."""
    means = effect.by_draw
    known = ~np.isnan(means)
    draws = int(known.sum())
    beside = {said: _mean(values) for said, values in effect.beside.items()}
    if not draws or draws * 2 < len(means):
        return Verdict(
            UNKNOWN, "", None, _mean(effect.values), None, None, None, None, 0.0, 0.0, 0.0, draws,
            len(effect.seeds), len(means) - draws, beside,
        )  # fmt: skip
    half = half_widths(effect.values)[known]
    at, smallest = means[known], effect.claim.smallest
    beyond = float((at - half > smallest).mean())
    short = float((at + half < smallest).mean())
    reversed_ = float((at + half < -smallest).mean())
    word = HOLDS if beyond >= ENOUGH else FAILS if short >= ENOUGH else DEPENDS
    on, explains = "", None
    if word == DEPENDS:
        largest = largest_factor(at, effect.unit[known], effect.factors)
        on, explains = (largest.factor, largest.share) if largest is not None else ("", None)
    nations = over_seeds(effect.by_seed.tolist(), CONFIDENCE)
    least, most = np.quantile(at, [0.025, 0.975]).tolist()
    return Verdict(
        word, on, explains, float(at.mean()), nations.low, nations.high, least, most,
        beyond, short, reversed_, draws, len(effect.seeds), len(means) - draws, beside,
    )  # fmt: skip


def half_widths(values: Values) -> Values:
    """Half of each draw's 95% interval over nations.

    Few nations are lived in a draw, so how far they differ is taken from all draws together, as
    in an analysis of variance.

    Parameters
    ----------
    values : float64 array, draws x seeds

    Returns
    -------
    float64 array, draws
        Infinite with a single nation: nothing is known of how far they differ.

    Examples
    --------
    >>> half_widths(np.array([[1.0, 1.0], [2.0, 2.0]])).tolist()
    [0.0, 0.0]
    >>> half_widths(np.array([[1.0], [2.0]])).tolist()
    [inf, inf]
    """
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    freedom = int(np.maximum(count - 1, 0).sum())
    if freedom == 0:
        return np.full(len(values), np.inf)
    filled = np.where(known, values, 0.0)
    mean = filled.sum(axis=1) / np.maximum(count, 1)
    squares = (np.where(known, values - mean[:, None], 0.0) ** 2).sum()
    spread = np.sqrt(squares / freedom)
    factor = stats.t.ppf((1 + CONFIDENCE) / 2, freedom)
    widths: Values = factor * spread / np.sqrt(np.maximum(count, 1))
    return widths


def _mean(values: Values) -> float | None:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else None
