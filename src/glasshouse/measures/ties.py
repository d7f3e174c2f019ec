"""How many ties people have and cut, and who is left without."""

from __future__ import annotations

import numpy as np

from glasshouse.measures.counters import CUTS_KIN
from glasshouse.measures.view import Values, View, mean, ratio
from glasshouse.society.ties import LAYERS

OUTCAST_SHARE = 0.2


def ties(view: View) -> Values:
    """Living ties, cuts by layer, and outcasts."""
    layers = range(CUTS_KIN, CUTS_KIN + len(LAYERS))
    cuts = view.sum(*layers)
    values: Values = {
        "ties.mean": mean(view.of(view.snapshot.degree)),
        "ties.cut": view.monthly(*layers),
        "outcasts": outcasts(view),
    }
    for counter, layer in zip(layers, LAYERS, strict=True):
        values[f"ties.cut.{layer}"] = ratio(view.sum(counter), cuts)
    return values


def outcasts(view: View) -> float | None:
    """Share of people with less than a fifth of the ties that they have in the other life."""
    if view.other is None:
        return None
    here = view.of(view.snapshot.degree).astype(np.float64)
    there = view.of(view.other.degree).astype(np.float64)
    return mean(here[there > 0] < OUTCAST_SHARE * there[there > 0])
