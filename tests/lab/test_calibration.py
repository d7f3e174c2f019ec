"""Calibration moves only what is uncertain about people, and never looks at a scheme."""

from __future__ import annotations

import pytest
import yaml

from glasshouse.lab.calibration import (
    NOT_MET_AT_ALL,
    Calibration,
    TargetRow,
    calibrate,
    checked_names,
    distance,
)
from glasshouse.lab.targets import fitted
from glasshouse.scenario.defaults import TARGETS, parameter_info
from glasshouse.scenario.faults import BadInput


@pytest.mark.parametrize(
    "name", ["scheme.points.post.against", "points.grumble", "friends.share", "doors", "scheme"]
)
def test_fields_of_a_scheme_are_refused_with_the_reason(name: str) -> None:
    with pytest.raises(BadInput, match="obedient") as refused:
        checked_names([name])
    assert name in str(refused.value)


def test_unknown_names_are_refused_with_the_nearest() -> None:
    with pytest.raises(BadInput, match="weight_of_fear"):
        checked_names(["weigth_of_fear"])


def test_numbers_marked_as_fitted_are_fitted_by_default() -> None:
    names = checked_names(None)
    assert names
    assert all(parameter_info()[name].role == "fitted" for name in names)


def test_some_targets_are_fitted_and_some_held_out() -> None:
    roles = {target.role for target in TARGETS}
    assert roles == {"fitted", "held out"}
    assert {target.role for target in fitted()} == {"fitted"}


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_distance_is_one_at_the_ends_and_grows_beyond(target) -> None:  # type: ignore[no-untyped-def]
    assert distance(target, target.low) == pytest.approx(1.0)
    assert distance(target, target.high) == pytest.approx(1.0)
    assert distance(target, target.high * 1.2) > 1.0
    assert distance(target, None) == NOT_MET_AT_ALL


def test_a_small_calibration_gives_every_target_and_loads_as_a_scenario() -> None:
    found = calibrate(["weight_of_fear"], trials=2, population=256, days=35, seeds=2)
    assert [row.target.name for row in found.rows] == [target.name for target in TARGETS]
    low, high = parameter_info()["weight_of_fear"].range
    assert low <= found.parameters["weight_of_fear"] <= high
    written = yaml.safe_load(found.to_yaml())
    assert written["parameters"] == found.parameters
    text = found.table()
    assert text.index("fitted target") < text.index("held out target")
    again = calibrate(["weight_of_fear"], trials=2, population=256, days=35, seeds=2)
    assert again.parameters == found.parameters
    assert again.rows == found.rows


def test_a_target_undefined_for_one_seed_is_not_met() -> None:
    target = TARGETS[0]
    row = TargetRow(target, (target.low, None))
    assert row.got is None
    assert not row.met
    assert "missed" in Calibration({}, (row,), 0, 64, 1, (1, 2)).table()
