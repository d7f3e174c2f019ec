"""The claims, from their files."""

from __future__ import annotations

from itertools import groupby

import yaml

from glasshouse.lab.claims.claim import Claim, arms, assumptions, claims
from glasshouse.scenario.defaults import parameter_info
from making.markdown import code, plain, table

HEADINGS = {
    "claim": "The claims",
    "tension": "Tensions looked for on purpose",
    "placebo": "Placebos, which should do nothing",
}


def claims_told() -> str:
    """Every claim with what is measured and the smallest effect that matters."""
    parts = []
    for kind, found in groupby(claims(), key=lambda each: each.kind):
        parts.append(f"### {HEADINGS[kind]}\n")
        parts.extend(map(_told, found))
    return "\n".join(parts)


def _told(claim: Claim) -> str:
    title = f"{claim.number} {claim.name}" if claim.number is not None else claim.name
    readings = ", ".join(
        f"{code(name)} is {_reading(claim, name)}" for name in claim.readings if _used(claim, name)
    )
    return (
        f"#### {plain(title)}\n\n{plain(claim.claim)}\n\n"
        f"- **Measured:** {plain(claim.measured)} {code(claim.effect)}, where {readings}.\n"
        f"- **Matters from:** {claim.smallest:g} ({plain(claim.unit)}). {plain(claim.why)}\n"
    )


def _used(claim: Claim, name: str) -> bool:
    return name in claim.sums[""].names


def _reading(claim: Claim, name: str) -> str:
    reading = claim.readings[name]
    of = f" of {reading.group}" if reading.group != "all" else ""
    on = f" on day {reading.day}" if reading.day is not None else ""
    return f"{code(reading.measure)} under {code(reading.arm)}{of}{on}"


def arms_told() -> str:
    """The lives that claims compare."""
    rows = [
        [code(name), "; ".join(code(f"{path}: {_yaml(value)}") for path, value in changes.items())]
        for name, changes in arms().items()
    ]
    return table(["life", "what it changes"], rows)


def _yaml(value: object) -> str:
    """A value on one line, as a file has it."""
    written: str = yaml.safe_dump(value, default_flow_style=True, sort_keys=False, width=1000)
    return written.removesuffix("...\n").strip()


def assumptions_told() -> str:
    """What is uncertain about people, and how large the quick and the full form are."""
    shared = assumptions()
    rows = []
    for path, factor in shared.factors.items():
        info = parameter_info().get(path.removeprefix("parameters."))
        meaning = plain(info.meaning) if info is not None else ""
        levels = ", ".join(f"{each:g}" for each in factor.levels)
        drawn = levels or f"{factor.low:g} to {factor.high:g}"
        rows.append([code(path), drawn + (", logarithmic" if factor.log else ""), meaning])
    sizes = [
        [name, f"{size.population:,}", str(size.draws), str(size.seeds)]
        for name, size in (("`--quick`", shared.quick), ("full", shared.full))
    ]
    head = ["form", "citizens of a nation", "draws", "nations in each draw"]
    return table(["number", "drawn from", "meaning"], rows) + "\n" + table(head, sizes)
