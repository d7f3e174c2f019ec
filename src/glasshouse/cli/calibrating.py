"""The verb that fits uncertain behaviour to what is known: calibrate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from glasshouse.cli.options import at_least
from glasshouse.scenario.faults import BadInput

Fit = Annotated[
    tuple[str, ...],
    Parameter(help="A behavioural number to fit; may be repeated. By default those of the docs."),
]
Target = Annotated[
    Path | None, Parameter(help="New file for the fitted numbers and the targets, as YAML.")
]


def calibrate(
    *,
    fit: Fit = (),
    trials: str = "40",
    population: str = "20_000",
    days: str = "365",
    seed: str = "1",
    seeds: str = "5",
    out: Target = None,
) -> None:
    """Fit uncertain behaviour to the fitted targets together, and check the held-out ones.

    Fields of a scheme are refused: nothing here searches over schemes.

    Parameters
    ----------
    trials
        Sets of numbers to try; 0 only checks the shipped numbers.
    population
        Citizens.
    days
        Days under each scheme.
    seed
        Of the search.
    seeds
        Nations the outcome is checked on.
    """
    from glasshouse.lab.calibration import calibrate as fitted

    if out is not None and (out.exists() or not out.resolve().parent.is_dir()):
        raise BadInput(field="--out", found=str(out), allowed="a new file in an existing folder")
    found = fitted(
        fit,
        trials=at_least(0, trials, "--trials"),
        population=at_least(64, population, "--population"),
        days=at_least(1, days, "--days"),
        seed=at_least(0, seed, "--seed"),
        seeds=at_least(1, seeds, "--seeds"),
    )
    print(found.table())
    if out is not None:
        partial = out.with_name(out.name + ".part")
        partial.write_text(found.to_yaml(), encoding="utf-8")
        partial.replace(out)
