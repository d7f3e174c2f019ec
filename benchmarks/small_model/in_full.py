"""Not the small model: glasshouse's whole model, press-sesame in a society of circles."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

import glasshouse
from glasshouse.chance.threads import cores, set_threads
from glasshouse.engine.nation import Nation
from glasshouse.scenario import Scenario
from small_model.shared import Asked, tell


class FullModel:
    """A nation of circles under press-sesame."""

    def __init__(self, asked: Asked) -> None:
        set_threads(min(asked.threads, cores()))
        scenario = Scenario.load("press-sesame").replace(population=asked.agents)
        self.nation = Nation.make(scenario, asked.seed)
        self.nation.enact(scenario.scheme)

    def step(self) -> None:
        """Live one day."""
        self.nation.live_day()

    def found(self) -> tuple[NDArray[Any], int]:
        """Nothing that could be compared."""
        return np.zeros(0), 0


if __name__ == "__main__":
    tell("glasshouse, full", glasshouse.__version__, FullModel, same=False)
