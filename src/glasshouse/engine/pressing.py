"""Who presses whom: once a month a draw decides for somebody and the friend in one of her slots.

The rules say it of a lead in points and of a uniform number. Leads are whole numbers of steps and
draws whole numbers of 16 bits, so both rules are asked about all of these once, and the loops
compare whole numbers. A rule of a user's own that does not simply say yes from some lead on, or no
from some draw on, is asked each time instead.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.streams import Key, bits_at, fold
from glasshouse.model.pressure import presses, would_press
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.ties import LAYERS

DRAWS = 1 << 16


class Pressing(NamedTuple):
    """Both rules of pressing as whole numbers.

    Attributes
    ----------
    least_lead : int
        Steps ahead from which on somebody would press.
    reach : int64 array, layers
        Draw below which who would press does, by layer of the tie.
    compared : bool
        Whether comparing with these is all there is to the rules.
    """

    least_lead: int
    reach: NDArray[np.int64]
    compared: bool


@compiled()
def _ask_rules(
    terms: SchemeTerms, parameters: Parameters, leads: NDArray[np.bool_],
    draws: NDArray[np.bool_],
) -> None:  # fmt: skip
    for steps in range(-terms.top, terms.top + 1):
        leads[steps + terms.top] = would_press(terms.unit * steps, parameters)
    for layer in range(len(draws)):
        for draw in range(DRAWS):
            draws[layer, draw] = presses(draw * (1.0 / DRAWS), layer, parameters)


def pressing_of(terms: SchemeTerms, parameters: Parameters) -> Pressing:
    """Ask both rules about everything they can be asked."""
    leads = np.empty(2 * terms.top + 1, np.bool_)
    draws = np.empty((len(LAYERS), DRAWS), np.bool_)
    _ask_rules(terms, parameters, leads, draws)
    silent, reach = int((~leads).sum()), draws.sum(axis=1)
    compared = bool(
        leads[silent:].all() and all(draws[layer, :most].all() for layer, most in enumerate(reach))
    )
    return Pressing(silent - terms.top, reach.astype(np.int64), compared)


@rule
def could_press(steps: int, pressing: Pressing) -> bool:
    """Whether who is so many steps ahead may press, so that it is worth while to draw."""
    return steps >= pressing.least_lead or not pressing.compared


@rule
def is_pressed(
    steps: int, draw: int, layer: int, pressing: Pressing, unit: float, parameters: Parameters
) -> bool:
    """Whether who is so many steps ahead presses with this draw."""
    if pressing.compared:
        return steps >= pressing.least_lead and draw < pressing.reach[layer]
    return would_press(unit * steps, parameters) and presses(
        draw * (1.0 / DRAWS), layer, parameters
    )


@rule
def pressing_draw(key: Key, presser: int, slot: int) -> int:
    """Draw of 16 bits for a presser and the slot that names the pressed.

    Both sides of a tie can work it out: the pressed knows in which of the presser's slots she is.
    Four consecutive pressers share a key.

    Parameters
    ----------
    key : int
        The month's key for pressing.
    presser, slot : int

    Returns
    -------
    int
        0 to 65535.
    """
    return bits_at(fold(fold(key, slot), presser >> 2), 16 * (presser & 3), 16)
