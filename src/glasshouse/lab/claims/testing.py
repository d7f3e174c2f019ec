"""All claims put to the test at once: their lives are shared, their verdicts are their own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glasshouse.lab.claims.claim import (
    Claim,
    Scale,
    assumptions,
    chosen,
    experiment_for,
)
from glasshouse.lab.claims.effects import Effect, effect_of
from glasshouse.lab.claims.verdict import Verdict, verdict_on
from glasshouse.lab.experiments.call import LOCAL, experiment
from glasshouse.lab.experiments.findings import Findings
from glasshouse.run.folder import write_text

VERDICTS = "verdicts.json"


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
        return {
            "scale": self.scale.model_dump(),
            "tested": len(self.tested),
            "claims": [_plain(each) for each in self.tested],
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
    return result


def _plain(tested: Tested) -> dict[str, Any]:
    claim, effect = tested.claim, tested.effect
    values = [[None if each != each else each for each in row] for row in effect.values.tolist()]
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
        "factors": list(effect.factors),
        "draws": effect.unit.tolist(),
        "seeds": list(effect.seeds),
        "values": values,
    }
