"""What is measured of a group of a small nation."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from glasshouse.measures.counters import CITIZENS
from glasshouse.measures.observe import observe
from glasshouse.measures.snapshot import Flows, OtherLife, Snapshot
from glasshouse.scenario.defaults import default_parameters
from glasshouse.scenario.parameters import Parameters
from tests.measures.written import counted

Measured = Callable[..., dict[str, float | None]]


@pytest.fixture(scope="session")
def parameters() -> Parameters:
    return default_parameters()


@pytest.fixture(scope="session")
def measured() -> Measured:
    """What is measured of one group, by name."""

    def measure(
        snapshot: Snapshot,
        flows: Flows | None = None,
        *,
        group: str = "all",
        other: OtherLife | None = None,
        past: NDArray[np.uint8] | None = None,
        structure: bool = False,
    ) -> dict[str, float | None]:
        rows = observe(
            snapshot,
            flows or counted({CITIZENS: snapshot.citizens}),
            other=other,
            past=past,
            structure=structure,
        )
        return {r.measure: r.value for r in rows if r.group == group and r.region == "nation"}

    return measure
