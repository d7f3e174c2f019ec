"""What somebody asks for, as an experiment whose every point is checked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from glasshouse.lab.experiments.design import Experiment
from glasshouse.lab.experiments.points import Point, points_of
from glasshouse.lab.lives import written
from glasshouse.scenario.document import read_document
from glasshouse.scenario.explaining import explained
from glasshouse.scenario.faults import BadInput

Asked = Experiment | Mapping[str, Any] | str | Path


def asked_of(asked: Asked) -> tuple[Experiment, tuple[Point, ...]]:
    """The experiment that is meant, and its points.

    Parameters
    ----------
    asked : Experiment, mapping, str or Path
        An experiment, what one says, or its file.

    Raises
    ------
    BadInput
        With the line of the factor, where it is a file.
    """
    experiment = experiment_of(asked)
    try:
        return experiment, points_of(experiment)
    except BadInput as fault:
        if isinstance(asked, str | Path):
            raise _in_file(fault, Path(asked)) from None
        raise


def experiment_of(asked: Asked) -> Experiment:
    """Take an experiment, what one says, or its file for the experiment that is meant.

    Raises
    ------
    BadInput
    """
    if isinstance(asked, Experiment):
        return asked
    if isinstance(asked, Mapping):
        try:
            return Experiment(**asked)
        except ValidationError as error:
            raise explained(error, Experiment) from None
    return Experiment.load(written(asked, "experiment", "one, a mapping of its fields, or a file"))


def _in_file(fault: BadInput, path: Path) -> BadInput:
    """The same fault with the line at which its factor stands."""
    lines = read_document(path).lines
    factors = {
        place: line
        for place, line in lines.items()
        if len(place) == 2 and place[0] == "factors" and f"factors.{place[1]}" == fault.field
    }
    line = next(iter(factors.values()), lines.get(("factors",), 1))
    return BadInput(
        place=f"{path}, line {line}",
        field=fault.field,
        found=fault.found,
        allowed=fault.allowed,
        nearest=fault.nearest,
        others=fault.others,
    )
