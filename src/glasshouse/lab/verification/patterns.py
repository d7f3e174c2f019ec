"""Patterns to be met together by the model itself, on data: pattern-oriented modelling.

Grimm et al. (2005), Pattern-oriented modeling of agent-based complex systems, Science 310. The
patterns, their sources and who of them was fitted are those of ``defaults.yaml``; the fitted ones
moved numbers of the model, the held-out ones only judge it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from glasshouse.lab.calibration import Calibration, TargetRow, calibrate
from glasshouse.lab.verification.finding import Finding, Readings, Say, short
from glasshouse.lab.verification.published import Model, Seed, Within, published

NAME = "patterns"


def observed(population: int, days: int, seed: int, seeds: int) -> Calibration:
    """What the shipped numbers give, with nothing fitted."""
    return calibrate(
        trials=0, population=population, days=days, seed=seed, seeds=seeds, progress=False
    )


@published(NAME)
def patterns(
    *,
    population: Annotated[int, Within(64, 10_000_000, "citizens")] = 20_000,
    days: Annotated[int, Within(1, 36_500, "days under each scheme")] = 365,
    seeds: Annotated[int, Within(1, 1_000, "nations, each with a seed of its own")] = 1,
    seed: Seed = 1,
) -> Readings:
    """What the model gives for every pattern, and how many are met.

    Returns
    -------
    dict
        By the pattern's name the mean over nations, None where it is not defined; ``fitted met``
        and ``held out met``, in words.

    Examples
    --------
    >>> patterns(population=64, days=1)["held out met"].endswith(" of 7")
    True
    """
    rows = observed(population, days, seed, seeds).rows
    readings: Readings = {row.target.name: row.got for row in rows}
    for role in ("fitted", "held out"):
        met = [row.met for row in rows if row.target.role == role]
        readings[f"{role} met"] = f"{sum(met)} of {len(met)}"
    return readings


def check(full: bool, say: Say) -> Iterator[Finding]:
    """Every pattern over five nations of 20,000; over one in short."""
    seeds = 5 if full else 1
    say(f"{seeds} nations of 20,000 live a year under each scheme")
    for row in observed(20_000, 365, 1, seeds).rows:
        yield _finding(row)


def _finding(row: TargetRow) -> Finding:
    target = row.target
    got = "undefined" if row.got is None else short(row.got, 4)
    interval = f"{short(target.low)} to {short(target.high)}"
    return Finding(f"{target.role}: {target.name}", "statistical", interval, got, "0", row.met)


MODEL = Model(NAME, "Grimm et al. (2005), Science 310; targets of defaults.yaml", patterns, check)
