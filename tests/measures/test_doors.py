"""Who finds which door open, and who lost it."""

from __future__ import annotations

from typing import Any

import numpy as np

from glasshouse.measures.snapshot import OtherLife

DOORS = {"loan": [1, 0, 0, 0], "travel": [1, 1, 1, 0]}


def test_doors_are_counted_one_by_one(make_snapshot: Any, measured: Any) -> None:
    values = measured(make_snapshot(4, doors=DOORS))
    assert values["door.loan.open"] == 0.25
    assert values["door.travel.open"] == 0.75
    assert values["door.loan.lost"] is None


def test_with_no_scheme_all_doors_are_open_so_all_that_are_shut_are_lost(
    make_snapshot: Any, make_flows: Any, measured: Any
) -> None:
    snapshot = make_snapshot(4, doors=DOORS)
    values = measured(snapshot, other=OtherLife(make_flows({}), snapshot.degree))
    assert values["door.loan.lost"] == 0.75


def test_a_door_that_was_shut_in_the_other_life_too_is_not_lost(
    make_snapshot: Any, make_flows: Any, measured: Any
) -> None:
    snapshot = make_snapshot(4, doors=DOORS)
    there = np.array([[1, 1], [1, 1], [0, 1], [0, 0]], np.bool_)
    values = measured(snapshot, other=OtherLife(make_flows({}), snapshot.degree, there))
    assert values["door.loan.lost"] == 0.25
    assert values["door.travel.lost"] == 0.0


def test_a_scheme_without_doors_has_no_measures_of_doors(make_snapshot: Any, measured: Any) -> None:
    assert not any(name.startswith("door.") for name in measured(make_snapshot(3)))
