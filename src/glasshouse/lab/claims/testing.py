"""All claims put to the test at once: their lives are shared, their verdicts are their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from glasshouse.lab.claims.claim import (
    ARM,
    Claim,
    Scale,
    arms,
    assumptions,
    chosen,
    experiment_for,
)
from glasshouse.lab.claims.effects import Effect, Values, effect_of
from glasshouse.lab.claims.verdict import Verdict, half_widths, verdict_on
from glasshouse.lab.experiments.call import LOCAL, experiment
from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.experiments.folder import VERSION, model_hash
from glasshouse.report.claims import VERDICTS, write_claims
from glasshouse.run.folder import write_text


@dataclass(frozen=True)
class Tested:
    """A claim with its effect and verdict."""

    claim: Claim
    effect: Effect
    verdict: Verdict


@dataclass(frozen=True)
class ClaimsTested:
    """What a test of claims came to.

    Attributes
    ----------
    tested : tuple of Tested
    findings : Findings
        Everything that was lived for it.
    scale : Scale
    """

    tested: tuple[Tested, ...]
    findings: Findings
    scale: Scale

    def as_dict(self) -> dict[str, Any]:
        """Plain values, effects by draw and seed included."""
        settings = _settings(self.findings)
        lived = self.findings.experiment.factors[ARM].arms
        return {
            "scale": self.scale.model_dump(),
            "tested": len(self.tested),
            "model": model_hash(),
            "version": VERSION,
            "arms": {name: changes for name, changes in arms().items() if name in lived},
            "claims": [_plain(each, settings) for each in self.tested],
        }


def put_to_test(
    words: Iterable[str] = (),
    *,
    quick: bool = False,
    out: str | Path | None = None,
    on: str = LOCAL,
    workers: int | None = None,
    progress: bool | None = None,
    scale: Mapping[str, int] | None = None,
) -> ClaimsTested:
    """Put claims to the test.

    Parameters
    ----------
    words : iterable of str
        Numbers or names of claims; all without any.
    quick : bool
        Fewer people, draws and nations: minutes on a laptop instead of a night.
    out, on, workers, progress
        As for :func:`glasshouse.experiment`.
    scale : mapping of str to int, optional
        ``population``, ``draws``, ``seeds``, where they are to be others.

    Returns
    -------
    ClaimsTested

    Raises
    ------
    BadInput
    Stopped
        On Ctrl-C; the same call goes on.
    """
    wanted = chosen(words)
    shared = assumptions()
    usual = shared.quick if quick else shared.full
    size = Scale(**{**usual.model_dump(), **(scale or {})})
    asked = experiment_for(wanted, size)
    findings = experiment(asked, out=out, on=on, workers=workers, progress=progress)
    tested = []
    for claim in wanted:
        effect = effect_of(claim, findings)
        tested.append(Tested(claim, effect, verdict_on(effect)))
    result = ClaimsTested(tuple(tested), findings, size)
    if out is not None:
        write_text(Path(out) / VERDICTS, json.dumps(result.as_dict(), indent=1) + "\n")
        write_claims(Path(out))
    return result


def _plain(tested: Tested, settings: dict[str, list[Any]]) -> dict[str, Any]:
    claim, effect = tested.claim, tested.effect
    return {
        "name": claim.name,
        "number": claim.number,
        "kind": claim.kind,
        "claim": claim.claim,
        "measured": claim.measured,
        "unit": claim.unit,
        "effect": claim.effect,
        "smallest": claim.smallest,
        "why": claim.why,
        "verdict": tested.verdict.as_dict(),
        "beside": claim.beside,
        "readings": {name: each.model_dump() for name, each in claim.readings.items()},
        "settings": settings,
        "seeds": list(effect.seeds),
        "values": _known(effect.values),
        "half_widths": _known(half_widths(effect.values)),
    }


def _settings(findings: Findings) -> dict[str, list[Any]]:
    """The value of each assumption, draw after draw."""
    arms = len(findings.experiment.factors[ARM].arms)
    draws = findings.points[::arms]
    return {
        name: [point.settings[name] for point in draws] for name in findings.factors if name != ARM
    }


def _known(values: Values) -> list[Any]:
    """Numbers as JSON has them: None for what is not defined or without bounds."""
    known: list[Any] = np.where(np.isfinite(values), values.astype(object), None).tolist()  # type: ignore[call-overload]
    return known
