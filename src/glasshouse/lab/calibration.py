"""Calibration: behavioural numbers moved together until the fitted targets are met.

Only what is uncertain about people is moved. A field of a scheme is refused: nothing here looks
for the scheme that makes people most obedient.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import optuna
import yaml
from scipy import stats

from glasshouse.lab.targets import fitted, target_values, worlds_of_targets
from glasshouse.run.progress import Bar, Watcher
from glasshouse.scenario.defaults import TARGETS, Target, parameter_info
from glasshouse.scenario.faults import BadInput, nearest_word
from glasshouse.scenario.scenario import Scenario
from glasshouse.scenario.scheme import Scheme

# How much leaving the shipped value by the whole of a range counts, against a target met only at
# an end of its interval: targets come first, and among equals the smallest change wins.
PULL_TO_DEFAULT = 0.05
NOT_MET_AT_ALL = 25.0
INNER = 0.8


@dataclass(frozen=True)
class TargetRow:
    """One target and what the calibrated model gives, over seeds."""

    target: Target
    values: tuple[float | None, ...]

    @property
    def got(self) -> float | None:
        """Mean over seeds; None where it is not defined for one of them."""
        if any(value is None for value in self.values):
            return None
        return float(np.mean([value for value in self.values if value is not None]))

    @property
    def half_width(self) -> float | None:
        """Half of the 95% interval over seeds."""
        known = [value for value in self.values if value is not None]
        if len(known) < 2:
            return None
        return float(stats.t.ppf(0.975, len(known) - 1) * stats.sem(known))

    @property
    def met(self) -> bool:
        """Whether the mean lies in the target's interval."""
        return self.got is not None and self.target.low <= self.got <= self.target.high


@dataclass(frozen=True)
class Calibration:
    """The outcome of a calibration.

    Attributes
    ----------
    parameters : dict of str to float
        The fitted numbers.
    rows : tuple of TargetRow
        Every target, fitted or held out, with what was got.
    trials : int
        How many sets of numbers were tried.
    population, days : int
    seeds : tuple of int
        Seeds of the final check.
    """

    parameters: dict[str, float]
    rows: tuple[TargetRow, ...]
    trials: int
    population: int
    days: int
    seeds: tuple[int, ...]

    def table(self) -> str:
        """Fitted numbers, then targets with what was got, fitted and held out told apart."""
        known = parameter_info()
        lines = ["fitted number              shipped   fitted"]
        for name, value in self.parameters.items():
            lines.append(f"{name:<25} {known[name].value:>8.4g} {value:>8.4g}")
        for role in ("fitted", "held out"):
            lines += ["", f"{role + ' target':<32} {'low':>9} {'high':>9} {'got':>9}  +-95%     "]
            for row in self.rows:
                if row.target.role == role:
                    lines.append(_line(row))
        return "\n".join(lines)

    def to_yaml(self) -> str:
        """The fitted numbers as the ``parameters`` of a scenario, and the targets."""
        document = {
            "parameters": self.parameters,
            "targets": [
                {
                    "name": row.target.name, "role": row.target.role, "low": row.target.low,
                    "high": row.target.high, "got": row.got, "half_width": row.half_width,
                    "met": row.met,
                }
                for row in self.rows
            ],
            "trials": self.trials, "population": self.population, "days": self.days,
            "seeds": list(self.seeds),
        }  # fmt: skip
        text: str = yaml.safe_dump(document, sort_keys=False)
        return text


def _line(row: TargetRow) -> str:
    target = row.target
    got = "-" if row.got is None else f"{row.got:.4g}"
    spread = "" if row.half_width is None else f"{row.half_width:.2g}"
    verdict = "met" if row.met else "missed"
    return (
        f"{target.name:<32} {target.low:>9.4g} {target.high:>9.4g} {got:>9}  {spread:<8} {verdict}"
    )


def checked_names(names: Sequence[str] | None) -> list[str]:
    """Names of the numbers to fit; those marked as fitted in ``defaults.yaml`` without any.

    Raises
    ------
    BadInput
        For a field of a scheme, or a name that is none.

    Examples
    --------
    >>> checked_names(["weight_of_fear"])
    ['weight_of_fear']
    """
    known = parameter_info()
    if not names:
        return [name for name, info in known.items() if info.role == "fitted"]
    scheme_words = {*Scheme.model_fields, *Scenario.model_fields} - {"parameters"}
    for name in names:
        first = name.removeprefix("parameters.").split(".")[0]
        if first in scheme_words and first not in known:
            raise BadInput(
                field="fit",
                found=name,
                allowed="behavioural numbers only: nothing here searches over schemes, so that it "
                "can never look for the one that makes people most obedient",
            )
        if name.removeprefix("parameters.") not in known:
            near = nearest_word(name, known)
            raise BadInput(field="fit", found=name, allowed="a name of defaults.yaml", nearest=near)
    return [name.removeprefix("parameters.") for name in names]


def distance(target: Target, got: float | None) -> float:
    """Squared distance from the inner four fifths of a target, in tenths of its width.

    Anywhere in the inner part is as good; an end of the interval counts 1. Intervals that span
    more than a factor of four are taken by logarithm.

    Examples
    --------
    >>> target = next(fitted())
    >>> distance(target, (target.low + target.high) / 2)
    0.0
    """
    if got is None:
        return NOT_MET_AT_ALL
    low, high = target.low, target.high
    if low > 0.0 and high > 4.0 * low:
        if got <= 0.0:
            return NOT_MET_AT_ALL
        low, high, got = math.log(low), math.log(high), math.log(got)
    off = (abs(got - (low + high) / 2) - INNER * (high - low) / 2) / (
        (1 - INNER) * (high - low) / 2
    )
    return min(max(off, 0.0) ** 2, NOT_MET_AT_ALL)


def calibrate(
    fit: Sequence[str] | None = None,
    *,
    trials: int = 40,
    population: int = 20_000,
    days: int = 365,
    seed: int = 1,
    seeds: int = 5,
    progress: bool | None = None,
) -> Calibration:
    """Fit behavioural numbers to the fitted targets together, and check all targets.

    Parameters
    ----------
    fit : sequence of str, optional
        Names to fit; those marked as fitted in ``defaults.yaml`` without any.
    trials : int
        Sets of numbers to try (Optuna's tree-structured Parzen estimator); the first is the
        shipped one. 0 only checks the shipped numbers.
    population, days : int
        Citizens, and days under each scheme.
    seed : int
        Of the nation the search uses, and of the search itself.
    seeds : int
        How many other nations the outcome is checked on.
    progress : bool, optional
        Whether to draw a bar on stderr; by default only on a terminal.

    Returns
    -------
    Calibration

    Raises
    ------
    BadInput
    """
    names = checked_names(fit)
    scenario = Scenario.load("press-sesame").replace(
        population=population, days=days, seed=seed, replicates=seeds
    )
    lived = scenario.timeline.spin_up + days * len(worlds_of_targets())
    with Bar((trials + seeds) * lived, shown=progress) as bar:
        best = _search(names, trials, scenario, bar) if trials else {}
        checks = tuple(range(seed + 1, seed + 1 + seeds))
        values = []
        for check in checks:
            bar.begins(f"check, seed {check}")
            values.append(
                target_values(best, population=population, days=days, seed=check, watcher=bar)
            )
    known = parameter_info()
    parameters = {name: best.get(name, known[name].value) for name in names}
    rows = tuple(
        TargetRow(target, tuple(value[target.name] for value in values)) for target in TARGETS
    )
    return Calibration(parameters, rows, trials, population, days, checks)


def _search(
    names: Sequence[str], trials: int, scenario: Scenario, watcher: Watcher
) -> dict[str, float]:
    """The set of numbers nearest to the fitted targets; rounded to four digits, as shipped."""
    known = parameter_info()

    def loss(trial: optuna.Trial) -> float:
        watcher.begins(f"trial {trial.number + 1} of {trials}")
        tried = {name: trial.suggest_float(name, *known[name].range) for name in names}
        got = target_values(
            rounded(tried), population=scenario.population, days=scenario.days,
            seed=scenario.seed, watcher=watcher,
        )  # fmt: skip
        missed = sum(distance(target, got[target.name]) for target in fitted())
        return missed + PULL_TO_DEFAULT * sum(_moved(name, value) for name, value in tried.items())

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=scenario.seed % 2**32))
    study.enqueue_trial({name: _inside(name) for name in names})
    study.optimize(loss, n_trials=trials)
    return rounded(study.best_params)


def rounded(numbers: Mapping[str, float]) -> dict[str, float]:
    """Numbers to four digits, as they are shipped.

    Examples
    --------
    >>> rounded({"a": 0.123456, "b": -10.6789})
    {'a': 0.1235, 'b': -10.68}
    """
    return {name: float(f"{value:.4g}") for name, value in numbers.items()}


def _inside(name: str) -> float:
    low, high = parameter_info()[name].range
    return min(max(parameter_info()[name].value, low), high)


def _moved(name: str, value: float) -> float:
    low, high = parameter_info()[name].range
    return ((value - parameter_info()[name].value) / (high - low)) ** 2
