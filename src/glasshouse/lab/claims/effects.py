"""The effect of a claim in every draw of the assumptions and every nation, from what was lived."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glasshouse.lab.claims.claim import ARM, Claim
from glasshouse.lab.experiments.findings import Findings

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Effect:
    """An effect, and the sums beside it.

    Attributes
    ----------
    claim : Claim
    factors : tuple of str
        What is uncertain.
    unit : float64 array, draws x factors
        Where each draw lies in the unit cube of these.
    seeds : tuple of int
    values : float64 array, draws x seeds
        NaN where it is not defined.
    beside : dict of str to float64 array, draws x seeds
    """

    claim: Claim
    factors: tuple[str, ...]
    unit: Values
    seeds: tuple[int, ...]
    values: Values
    beside: dict[str, Values]

    @property
    def by_draw(self) -> Values:
        """Mean over nations in each draw; NaN where no nation has it."""
        return _means(self.values, axis=1)

    @property
    def by_seed(self) -> Values:
        """Mean over draws in each nation; NaN where no draw has it."""
        return _means(self.values, axis=0)


def effect_of(claim: Claim, findings: Findings) -> Effect:
    """Work an effect out; all its readings are of the same nation in the same draw.

    Parameters
    ----------
    claim : Claim
    findings : Findings
        Of an experiment that has the arms of the claim.
    """
    rows = _rows_by_arm(findings)
    seeds = tuple(findings.table["seed"].unique().sort().to_list())
    readings = {name: _read(claim, name, findings, rows, seeds) for name in claim.readings}
    shape = (max(map(len, rows.values())), len(seeds))
    summed = {said: np.full(shape, np.nan) for said in claim.sums}
    for place in np.ndindex(shape):
        known = {name: _known(float(values[place])) for name, values in readings.items()}
        for said, sum_ in claim.sums.items():
            value = sum_.of(known)
            summed[said][place] = np.nan if value is None else value
    any_arm = next(iter(rows.values()))
    unit = np.array([findings.points[number].unit for number in any_arm], np.float64)
    factors = tuple(name for name in findings.factors if name != ARM)
    return Effect(claim, factors, unit, seeds, summed.pop(""), summed)


def _rows_by_arm(findings: Findings) -> dict[str, list[int]]:
    """Numbers of the points of each arm, draw after draw."""
    rows: dict[str, list[int]] = {}
    for point in findings.points:
        rows.setdefault(str(point.settings[ARM]), []).append(point.number)
    return rows


def _read(
    claim: Claim, name: str, findings: Findings, rows: dict[str, list[int]], seeds: tuple[int, ...]
) -> Values:
    reading = claim.readings[name]
    found = findings.values(reading.measure, group=reading.group, day=reading.day)
    values = np.full((len(rows[reading.arm]), len(seeds)), np.nan)
    for draw, number in enumerate(rows[reading.arm]):
        for place, seed in enumerate(seeds):
            value = found.get(number, {}).get(seed)
            values[draw, place] = np.nan if value is None else value
    return values


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value


def _means(values: Values, axis: int) -> Values:
    known = ~np.isnan(values)
    count = known.sum(axis=axis)
    total = np.where(known, values, 0.0).sum(axis=axis)
    means: Values = np.where(count > 0, total / np.maximum(count, 1), np.nan)
    return means
