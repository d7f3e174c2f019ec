"""The suite: every published model, its checks run one after another, and the table of verdicts."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from glasshouse.lab.verification.civil_violence import MODEL as CIVIL_VIOLENCE
from glasshouse.lab.verification.dissent import MODEL as DISSENT
from glasshouse.lab.verification.finding import Finding, Say
from glasshouse.lab.verification.holme_newman import MODEL as HOLME_NEWMAN
from glasshouse.lab.verification.image_scoring import MODEL as IMAGE_SCORING
from glasshouse.lab.verification.patterns import MODEL as PATTERNS
from glasshouse.lab.verification.published import Model
from glasshouse.lab.verification.recursion import MODEL as RECURSION
from glasshouse.lab.verification.spiral_of_silence import MODEL as SPIRAL_OF_SILENCE
from glasshouse.lab.verification.thresholds import MODEL as THRESHOLDS
from glasshouse.lab.verification.wei import MODEL as WEI
from glasshouse.scenario.faults import BadInput, nearest_word

MODELS: dict[str, Model] = {
    model.name: model
    for model in (
        RECURSION,
        THRESHOLDS,
        CIVIL_VIOLENCE,
        HOLME_NEWMAN,
        WEI,
        SPIRAL_OF_SILENCE,
        DISSENT,
        IMAGE_SCORING,
        PATTERNS,
    )
}
HEADINGS = ("model", "what", "target", "got", "tolerance", "verdict", "seconds")


@dataclass(frozen=True)
class Verification:
    """All findings of a run of the suite."""

    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether every verdict is a pass."""
        return all(finding.passed for finding in self.findings)

    def table(self) -> str:
        """The table as it is printed."""
        rows = [row_of(HEADINGS), *(line_of(finding) for finding in self.findings)]
        return "\n".join([*rows, self.summary()])

    def summary(self) -> str:
        """One line: how many verdicts, how many failed, how long it took."""
        failed = sum(not finding.passed for finding in self.findings)
        seconds = sum(finding.seconds for finding in self.findings)
        return f"{len(self.findings)} verdicts, {failed} failed, {seconds:.1f} seconds"

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return {
            "passed": self.passed,
            "findings": [finding.as_dict() for finding in self.findings],
        }


def model_named(name: str) -> Model:
    """The model of that name.

    Raises
    ------
    BadInput
        With the nearest name, where there is none.
    """
    if name not in MODELS:
        near = nearest_word(name, MODELS)
        raise BadInput(field="model", found=name, allowed=", ".join(MODELS), nearest=near)
    return MODELS[name]


def findings(
    models: Sequence[str] | None = None, *, full: bool = False, say: Say = lambda _: None
) -> Iterator[Finding]:
    """Check models one after another.

    Parameters
    ----------
    models : sequence of str, optional
        Their names; all without.
    full : bool
        Whether to make all the runs that the published figures are over, not fewer.
    say : callable, optional
        Told what is being run now.

    Yields
    ------
    Finding
        As soon as it is known.
    """
    chosen = [model_named(name) for name in (MODELS if models is None else models)]
    for model in chosen:
        say(model.name)
        last = time.perf_counter()

        def tell(what: str, name: str = model.name) -> None:
            say(f"{name}: {what}")

        for finding in model.check(full, tell):
            now = time.perf_counter()
            yield replace(finding, model=model.name, seconds=now - last)
            last = time.perf_counter()


def verify(
    models: Sequence[str] | None = None, *, full: bool = False, say: Say = lambda _: None
) -> Verification:
    """Check published models against what was published about them.

    Parameters
    ----------
    models, full, say
        As for :func:`findings`.

    Returns
    -------
    Verification

    Raises
    ------
    BadInput
        For a model that is none.

    Examples
    --------
    >>> verify(["dissent"]).passed
    True
    """
    return Verification(tuple(findings(models, full=full, say=say)))


def row_of(cells: Sequence[str]) -> str:
    """One row of the table."""
    model, what, target, got, tolerance, verdict, seconds = cells
    return (
        f"{model:<17}  {what:<53}  {target:>14}  {got:>12}  {tolerance:>9}  {verdict:<7}  "
        f"{seconds:>7}"
    )


def line_of(finding: Finding) -> str:
    """One finding as a row of the table."""
    return row_of(
        (
            finding.model, finding.what, finding.target, finding.got, finding.tolerance,
            finding.verdict, f"{finding.seconds:.2f}",
        )
    )  # fmt: skip


def listing() -> str:
    """The models with their references and inputs, as they are printed."""
    lines: list[str] = []
    for model in MODELS.values():
        lines += [f"{model.name}  ({model.reference})"]
        for each in model.inputs.values():
            default = _written(each.default)
            lines.append(
                f"  --{each.option:<14} {default:<14} {each.bounds.meaning}; {each.allowed}"
            )
    return "\n".join(lines)


def _written(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ",".join(f"{each:g}" for each in value) or "(none)"
    return f"{value:g}" if isinstance(value, float) else str(value)
