"""The verb that checks published models, or runs one of them: verify."""

from __future__ import annotations

import json as encoder
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

from cyclopts import Parameter

from glasshouse.cli.living import Json
from glasshouse.scenario.faults import BadInput

Full = Annotated[
    bool,
    Parameter(
        negative=(),
        help="Make all the runs that the published figures are over: minutes, not seconds.",
    ),
]
List = Annotated[
    bool,
    Parameter(name="--list", negative=(), help="List the models with their references and inputs."),
]
Inputs = Annotated[
    str,
    Parameter(allow_leading_hyphen=True, help="An input of the model, such as --phi 0.35."),
]


def verify(
    model: str | None = None,
    /,
    *,
    full: Full = False,
    list_: List = False,
    json: Json = False,
    **inputs: Inputs,
) -> int | None:
    """Check published models against what was published about them, or run one of them.

    Prints target, got, tolerance and verdict; the exit code is 1 where a verdict fails.

    Parameters
    ----------
    model
        A model to run with inputs of its own, at the published ones where none are given; with
        --full its checks are run instead. All models are checked without.
    """
    from glasshouse.lab.verification.suite import listing, model_named

    if list_:
        print(encoder.dumps(_models(), ensure_ascii=False) if json else listing())
        return None
    if model is None and inputs:
        found = ", ".join(f"--{name}" for name in inputs)
        raise BadInput(field="verify", found=found, allowed="inputs after the name of a model")
    if model is not None and not full:
        published = model_named(model)
        with _alive() as say:
            say(published.name)
            readings = published.run_with(inputs)
        print(encoder.dumps(readings, ensure_ascii=False) if json else _lines(readings))
        return None
    if inputs:
        raise BadInput(
            field="--full", found="inputs", allowed="no inputs: the checks have their own"
        )
    return _check(None if model is None else [model_named(model).name], full, json)


def _check(models: list[str] | None, full: bool, json: bool) -> int:
    """Check models, every row printed as soon as it is known; 1 where a verdict fails."""
    from glasshouse.lab.verification.suite import (
        HEADINGS,
        Verification,
        findings,
        line_of,
        row_of,
    )

    found = []
    if not json:
        print(row_of(HEADINGS), flush=True)
    with _alive() as say:
        for finding in findings(models, full=full, say=say):
            found.append(finding)
            if not json:
                print(line_of(finding), flush=True)
    outcome = Verification(tuple(found))
    print(encoder.dumps(outcome.as_dict(), ensure_ascii=False) if json else outcome.summary())
    return 0 if outcome.passed else 1


@contextmanager
def _alive() -> Iterator[Callable[[str], None]]:
    """Show what is being run, on stderr, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield status.update


def _models() -> dict[str, Any]:
    from glasshouse.lab.verification.suite import MODELS

    return {
        name: {
            "reference": model.reference,
            "inputs": {
                each.option: {
                    "default": each.default, "allowed": each.allowed, "meaning": each.bounds.meaning
                }
                for each in model.inputs.values()
            },
        }
        for name, model in MODELS.items()
    }  # fmt: skip


def _lines(readings: dict[str, Any]) -> str:
    width = max(len(name) for name in readings)
    return "\n".join(f"{name:<{width}}  {_written(value)}" for name, value in readings.items())


def _written(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return " ".join(f"{each:.6g}" for each in value)
    return f"{value:.9g}" if isinstance(value, float) else str(value)
