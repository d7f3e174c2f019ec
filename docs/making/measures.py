"""The data dictionary."""

from __future__ import annotations

from itertools import groupby

from glasshouse.lab.experiments.probes import PROBES
from glasshouse.measures.dictionary import MEASURES, Measure
from glasshouse.run.columns import KNOWN
from making.markdown import code, plain, table


def told() -> str:
    """Every measure of a run, by family."""
    parts = []
    for family, found in groupby(MEASURES.values(), key=lambda each: each.family):
        parts.append(f"## {family}\n\n{_table(found)}")
    return "\n".join(parts)


def probes_told() -> str:
    """What experiments take besides."""
    return _table(PROBES.values())


def asked_of_citizens() -> str:
    """What an own measure may ask for."""
    return ", ".join(map(code, KNOWN)) + ".\n"


def _table(found: object) -> str:
    rows = [
        [code(each.name), plain(each.unit), plain(each.meaning), _notes(each)]
        for each in found  # type: ignore[attr-defined]
    ]
    return table(["measure", "unit", "meaning", "given for"], rows)


def _notes(measure: Measure) -> str:
    notes = ["every group" if measure.by_group else "the nation"]
    notes += ["paired"] if measure.paired else []
    notes += ["all ties"] if measure.structural else []
    return ", ".join(notes)
