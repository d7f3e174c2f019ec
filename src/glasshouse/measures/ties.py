"""How many ties people have and cut, and who is left without."""

from __future__ import annotations

from glasshouse.measures.census import DEGREE, OUTCASTS, PEOPLE, TIED_THERE
from glasshouse.measures.counters import CUTS_KIN
from glasshouse.measures.view import Values, View, ratio
from glasshouse.society.ties import LAYERS


def ties(view: View) -> Values:
    """Living ties, cuts by layer, and outcasts among those who have ties in the other life."""
    layers = range(CUTS_KIN, CUTS_KIN + len(LAYERS))
    cuts = view.sum(*layers)
    outcasts = ratio(view.counted(OUTCASTS), view.counted(TIED_THERE))
    values: Values = {
        "ties.mean": ratio(view.counted(DEGREE), view.counted(PEOPLE)),
        "ties.cut": view.monthly(*layers),
        "outcasts": outcasts if view.paired else None,
    }
    for counter, layer in zip(layers, LAYERS, strict=True):
        values[f"ties.cut.{layer}"] = ratio(view.sum(counter), cuts)
    return values
