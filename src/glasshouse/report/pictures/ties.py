"""Ties and outcasts: how many friends people keep, who is left with none, and whom they drop."""

from __future__ import annotations

from glasshouse.report.intervals import Interval
from glasshouse.report.material import Material
from glasshouse.report.pictures.dots import Dot, dots_size, draw_dots
from glasshouse.report.pictures.figure import Figure, Panel, Table, panel
from glasshouse.report.pictures.marks import Chart, Size
from glasshouse.report.pictures.pairs import (
    Pair,
    measure_names,
    other_at_end,
    pair_columns,
    pair_panels,
    sentences,
)
from glasshouse.report.pictures.tables import over_time_table
from glasshouse.report.theme import THERE
from glasshouse.report.wording import COUNT, PLAIN, SHARE

TIES = Pair("Living ties per citizen", "ties.mean", COUNT, include=(0.0,))
OUTCASTS = Pair("Outcasts: under a fifth of their ties are left", "outcasts", SHARE, both=False)
CUTS = Pair("Ties cut in 30 days, per citizen", "ties.cut", COUNT, include=(0.0,))
ALIKE = Pair(
    "How much friends' opinions are alike (correlation)", "assortativity.opinion", PLAIN, floor=None
)
PAIRS = (TIES, OUTCASTS, CUTS)
LAYERS = {
    "kin": "kin",
    "circle": "circle",
    "district": "district",
    "city": "city",
    "nation": "far away",
}


def ties_figure(material: Material) -> Figure:
    """Draw living ties, outcasts and cuts, in both lives."""
    panels = pair_panels(material, PAIRS)
    if not panels:
        return Figure("ties", "Ties and outcasts", "Nobody in this society has a tie to anybody.")
    layers = _layers(material)
    tables = [over_time_table("Ties", pair_columns(material, PAIRS))]
    if any(here.known for here, _ in layers.values()):
        panels.append(_layers_panel(layers))
        tables.append(_layers_table(layers))
    return Figure(
        key="ties",
        title="Ties and outcasts",
        finding=sentences(_ties(material), _outcasts(material), _cuts(layers)),
        panels=panels,
        measures=[
            *measure_names(material, PAIRS),
            *(f"ties.cut.{layer}" for layer in layers if layers[layer][0].known),
        ],
        note=(
            "A tie lives while both want it. An outcast is left with less than a fifth of the "
            "ties that the same person has, on the same day, in the life without the scheme. "
            "Lines: solid under the scheme, dashed without it. Dots: filled under the scheme, "
            "hollow without it."
        ),
        tables=tables,
    )


def _ties(material: Material) -> str:
    here, there = material.at_end("ties.mean"), other_at_end(material, "ties.mean")
    text = f"On day {material.last_day} a citizen has {COUNT.with_limits(here)} living ties"
    return text + (
        f", and {COUNT.beside(there, here)} in the life without the scheme." if there.known else "."
    )


def _outcasts(material: Material) -> str | None:
    outcasts = material.at_end("outcasts")
    return f"{SHARE.with_limits(outcasts)} are outcasts." if outcasts.known else None


def _layers(material: Material) -> dict[str, tuple[Interval, Interval]]:
    return {
        layer: (material.at_end(f"ties.cut.{layer}"), other_at_end(material, f"ties.cut.{layer}"))
        for layer in LAYERS
    }


def _cuts(layers: dict[str, tuple[Interval, Interval]]) -> str | None:
    here, there = layers["kin"]
    if not here.known:
        return None
    text = f"Of the ties that are cut, {SHARE.with_limits(here)} are to kin"
    return text + (f"; without the scheme {SHARE.beside(there, here)}." if there.known else ".")


def _layers_panel(layers: dict[str, tuple[Interval, Interval]]) -> Panel:
    dots = [Dot(LAYERS[layer], there, THERE, hollow=True) for layer, (_, there) in layers.items()]
    dots += [Dot(LAYERS[layer], here) for layer, (here, _) in layers.items()]
    title = "Which ties are cut: share of the cuts, by closeness"
    said = ", ".join(f"{LAYERS[layer]} {SHARE.mean(here)}" for layer, (here, _) in layers.items())

    def draw(size: Size) -> Chart:
        return draw_dots(dots, SHARE, size)

    note = " Filled: under the scheme; hollow: without it." if layers["kin"][1].known else ""
    return panel(title, f"{title}: {said}.{note}", draw, dots_size(6), None)


def _layers_table(layers: dict[str, tuple[Interval, Interval]]) -> Table:
    rows = [
        [LAYERS[layer], SHARE.cell(here), SHARE.cell(there)]
        for layer, (here, there) in layers.items()
    ]
    head = ["Tie", "Scheme", "No scheme"]
    return Table("Share of the cuts by closeness of the tie, mean with 95% interval", head, rows)
