"""Who may know whom: the possible ties of every citizen, as half-edges in slot order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glasshouse.scenario.parameters import Parameters

KIN, CIRCLE, DISTRICT, CITY, NATION = 0, 1, 2, 3, 4
LAYERS = ("kin", "circle", "district", "city", "nation")


def strength_of_layers(parameters: Parameters) -> NDArray[np.float64]:
    """Strength of kin, circle, district, city and nation ties."""
    p = parameters
    return np.array(
        [p.strength_kin, p.strength_circle, p.strength_district, p.strength_city, p.strength_nation]
    )


def exact_strength(strength: NDArray[np.float64]) -> NDArray[np.float64]:
    """Strengths as multiples of 2**-20, the least above 0: their sums are exact in any order.

    Examples
    --------
    >>> float(exact_strength(np.array([0.5]))[0])
    0.5
    """
    return np.maximum(np.rint(strength * 2.0**20), 1.0) / 2.0**20


@dataclass(frozen=True)
class PossibleTies:
    """Directed half-edges; those of citizen i are ``offsets[i]:offsets[i + 1]``.

    Attributes
    ----------
    offsets : int64 array, N + 1
    friend : int32 array, E
        Whom the half-edge names.
    back : int64 array, E
        The friend's half-edge that names this citizen back.
    layer : uint8 array, E
        0 kin, 1 circle, 2 district, 3 city, 4 nation.
    strength : float64 array, E
        Strength of the tie, the same on both sides.
    """

    offsets: NDArray[np.int64]
    friend: NDArray[np.int32]
    back: NDArray[np.int64]
    layer: NDArray[np.uint8]
    strength: NDArray[np.float64]

    @property
    def citizens(self) -> int:
        """Number of citizens."""
        return len(self.offsets) - 1

    @property
    def bytes(self) -> int:
        """Memory taken, in bytes."""
        return sum(
            part.nbytes
            for part in (self.offsets, self.friend, self.back, self.layer, self.strength)
        )
