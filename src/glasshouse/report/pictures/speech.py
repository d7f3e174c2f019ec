"""Said against held: what people say, what they think, and how far the two have parted."""

from __future__ import annotations

from glasshouse.report.material import Material
from glasshouse.report.pictures.figure import Figure
from glasshouse.report.pictures.pairs import (
    Pair,
    in_words,
    measure_names,
    other_at_end,
    pair_columns,
    pair_panels,
    sentences,
)
from glasshouse.report.pictures.tables import over_time_table
from glasshouse.report.wording import COUNT, SHARE, SHARE_CHANGE

SAID = Pair("Dissent said, acts per citizen and day", "dissent.said", COUNT, include=(0.0,))
HELD = Pair(
    "Dissent held: citizens who dissent in private", "dissent.held", SHARE, include=(0.0, 0.5)
)
FALSIFIED = Pair(
    "Dissenters who show the opposite of what they think",
    "falsification.dissenters",
    SHARE,
    ceiling=1.0,
    include=(0.0, 0.5),
)
FACE_TO_FACE = Pair(
    "Political speech said face to face, where nothing is recorded",
    "speech.face_to_face",
    SHARE,
    ceiling=1.0,
    include=(0.0, 0.5),
)
PAIRS = (SAID, HELD, FALSIFIED, FACE_TO_FACE)


def speech_figure(material: Material) -> Figure:
    """Draw dissent said, held and hidden, in both lives."""
    panels = pair_panels(material, PAIRS)
    note = (
        "Solid: under the scheme. Dashed: the same people without it. Shaded: the 95% "
        "interval over nations."
    )
    return Figure(
        key="speech",
        title="Said against held",
        finding=_finding(material),
        panels=panels,
        measures=measure_names(material, PAIRS),
        note=note if material.other else "Solid: the mean; shaded: the 95% interval over nations.",
        tables=[over_time_table("Speech and opinion", pair_columns(material, PAIRS))],
    )


def _finding(material: Material) -> str:
    return sentences(_said(material), _held(material), _falsified(material))


def _said(material: Material) -> str:
    chilling = material.at_end("chilling")
    if not chilling.known or chilling.mean is None:
        return f"Acts of dissent per citizen and day: {in_words(material, SAID)}".replace(
            ": On", ", on"
        )
    if chilling.mean >= 0:
        return (
            "Of the dissent that the same people voice without the scheme, "
            f"{SHARE.with_limits(chilling)} goes unsaid under it."
        )
    return (
        f"People voice {SHARE.text(-chilling.mean)} more dissent under the scheme than without it."
    )


def _held(material: Material) -> str | None:
    change = material.change("dissent.held")
    here = material.at_end("dissent.held")
    if not here.known or here.mean is None:
        return None
    if change.mean is None:
        return f"{SHARE.with_limits(here)} of the citizens dissent in private."
    there = SHARE.beside(other_at_end(material, "dissent.held"), here)
    verb = "hardly change" if abs(change.mean) < 0.02 else "change"
    return (
        f"Opinions {verb}: {SHARE.mean(here)} dissent in private under the scheme, {there} "
        "without it "
        f"(difference {SHARE_CHANGE.inside(change)})."
    )


def _falsified(material: Material) -> str | None:
    here = material.at_end("falsification.dissenters")
    there = other_at_end(material, "falsification.dissenters")
    if not here.known:
        return None
    text = f"{SHARE.with_limits(here)} of the dissenters show the opposite of what they think"
    return text + (f"; without the scheme {SHARE.beside(there, here)}." if there.known else ".")
