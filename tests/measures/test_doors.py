"""Who finds which door open, and who lost it."""

from __future__ import annotations

from typing import Any

import numpy as np

from glasshouse.measures.snapshot import OtherLife
from tests.measures.written import counted, written

DOORS = {"loan": 800.0, "travel": 600.0}
SCORES = [900.0, 600.0, 600.01, 599.99]


def alike(snapshot: Any) -> OtherLife:
    return OtherLife(counted({}), np.ones(snapshot.citizens, np.uint8))


def test_doors_are_counted_one_by_one(measured: Any) -> None:
    values = measured(written(4, score=SCORES, doors=DOORS))
    assert values["door.loan.open"] == 0.25
    assert values["door.travel.open"] == 0.75
    assert values["door.loan.lost"] is None


def test_with_no_scheme_all_doors_are_open_so_all_that_are_shut_are_lost(measured: Any) -> None:
    snapshot = written(4, score=SCORES, doors=DOORS)
    values = measured(snapshot, other=alike(snapshot))
    assert values["door.loan.lost"] == 0.75
    assert values["door.travel.lost"] == 0.25


def test_before_a_scheme_nobody_finds_a_door_shut(measured: Any) -> None:
    snapshot = written(4, score=SCORES, doors=DOORS, in_force=False)
    values = measured(snapshot, other=alike(snapshot))
    assert values["door.loan.open"] == 1.0
    assert values["door.loan.lost"] == 0.0


def test_to_those_who_left_a_door_is_as_the_scheme_says(measured: Any) -> None:
    present = [0, 1, 1, 0]
    for is_open, share in ((False, 0.5), (True, 1.0)):
        snapshot = written(4, score=SCORES, doors=DOORS, present=present, open_to_absent=is_open)
        assert measured(snapshot)["door.travel.open"] == share


def test_doors_are_given_by_group(measured: Any) -> None:
    snapshot = written(4, score=SCORES, doors=DOORS, opinion=[-1, -1, 1, 1])
    assert measured(snapshot, group="dissenters")["door.loan.open"] == 0.5
    assert measured(snapshot, group="others")["door.loan.open"] == 0.0


def test_a_scheme_without_doors_has_no_measures_of_doors(measured: Any) -> None:
    assert not any(name.startswith("door.") for name in measured(written(3)))
