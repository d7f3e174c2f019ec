"""What people read and buy: how varied, and in which tone."""

from __future__ import annotations

from glasshouse.report.material import Material
from glasshouse.report.pictures.figure import Figure
from glasshouse.report.pictures.pairs import (
    Pair,
    measure_names,
    other_at_end,
    pair_columns,
    pair_panels,
    sentences,
)
from glasshouse.report.pictures.tables import over_time_table
from glasshouse.report.wording import FINE_CHANGE, PLAIN

NATION = Pair("Subjects the nation reads, in effect", "reading.hill1", PLAIN, floor=None)
PERSON = Pair("Subjects one person reads, in effect", "reading.person.hill1", PLAIN, floor=None)
READ = Pair("Tone of what is read, −1 against to +1 for", "reading.tone", FINE_CHANGE, floor=None)
BOUGHT = Pair(
    "Tone of what is bought, −1 against to +1 for", "shopping.tone", FINE_CHANGE, floor=None
)
PAIRS = (NATION, PERSON, READ, BOUGHT)


def reading_figure(material: Material) -> Figure:
    """Draw the variety and the tone of reading and shopping, in both lives."""
    panels = pair_panels(material, PAIRS)
    if not panels:
        return Figure("reading", "Reading and shopping", "Nothing about reading was measured.")
    return Figure(
        key="reading",
        title="Reading and shopping",
        finding=sentences(_variety(material), _tone(material)),
        panels=panels,
        measures=measure_names(material, PAIRS),
        note=(
            "“In effect”: as many subjects, equally read, would be as varied (the exponential of "
            "the entropy). Tones: an outlet or a good counts −1 when it is against, +1 when it "
            "is for. Axes do not begin at zero."
        ),
        tables=[over_time_table("Reading and shopping", pair_columns(material, PAIRS))],
    )


def _variety(material: Material) -> str | None:
    here, there = material.at_end(PERSON.measure), other_at_end(material, PERSON.measure)
    if not here.known:
        return None
    text = f"A person reads {PLAIN.with_limits(here)} subjects in effect"
    return text + (f", and {PLAIN.beside(there, here)} without the scheme." if there.known else ".")


def _tone(material: Material) -> str | None:
    here, there = material.at_end(READ.measure), other_at_end(material, READ.measure)
    if not here.known:
        return None
    text = f"The tone of what is read is {FINE_CHANGE.with_limits(here)} on a scale from −1 to +1"
    return text + (
        f", against {FINE_CHANGE.beside(there, here)} without it." if there.known else "."
    )
