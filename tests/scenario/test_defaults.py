"""The shipped numbers: complete, in order, within their bounds, each with grade and source."""

from __future__ import annotations

import pytest

from glasshouse.scenario import (
    SUBJECTS,
    TARGETS,
    BadInput,
    Parameters,
    default_parameters,
    parameter_info,
    parameters_with,
    preset,
    presets,
)

KNOWN = parameter_info()


def test_there_is_one_record_for_every_name_in_the_same_order() -> None:
    assert tuple(KNOWN) == Parameters._fields


@pytest.mark.parametrize("name", Parameters._fields)
def test_a_number_lies_in_its_range_and_the_range_in_its_bounds(name: str) -> None:
    info = KNOWN[name]
    assert info.bounds[0] <= info.range[0] < info.range[1] <= info.bounds[1]
    assert info.range[0] <= info.value <= info.range[1]
    assert info.meaning and info.unit and info.symbol and info.section
    assert default_parameters()._asdict()[name] == info.value


@pytest.mark.parametrize("name", Parameters._fields)
def test_what_is_not_merely_assumed_names_where_it_comes_from(name: str) -> None:
    info = KNOWN[name]
    assert info.source
    assert info.grade == "A" or not info.source.startswith("assumed")


def test_every_end_of_a_range_is_accepted_by_itself() -> None:
    for name, info in KNOWN.items():
        for value in info.range:
            assert getattr(parameters_with({name: value}), name) == value


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("weight_of_feer", 1, "found an unknown name; .* Did you mean weight_of_fear?"),
        ("weight_of_fear", 21, "found 21; allowed: a number from 0 to 20"),
        ("weight_of_fear", float("nan"), "found nan; allowed: a number"),
        ("weight_of_fear", "1", "found 1; allowed: a number"),
        ("weight_of_fear", True, "found true; allowed: a number"),
        ("weight_of_fear", 10**400, "found a number of more than 60 digits"),
        ("opinion_circle_correlation", 1, "found 1.05 together with opinion_city_correlation"),
    ],
)
def test_a_wrong_override_is_refused(name: str, value: float, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        parameters_with({name: value})


def test_there_are_twelve_subjects_whose_shares_add_up_to_one() -> None:
    assert len(SUBJECTS) == len({subject.name for subject in SUBJECTS}) == 12
    for subject in SUBJECTS:
        assert subject.against + subject.neutral + subject.for_ == pytest.approx(1)
        assert min(subject.against, subject.neutral, subject.for_) > 0


def test_targets_are_intervals_taken_under_shipped_schemes() -> None:
    assert len({target.name for target in TARGETS}) == len(TARGETS)
    for target in TARGETS:
        assert target.low < target.high
        assert target.scenario in presets()
        assert target.source
    assert {target.role for target in TARGETS} == {"fitted", "held out"}


def test_every_door_of_press_sesame_is_to_be_open_to_some_and_shut_to_some() -> None:
    wanted = {target.measure for target in TARGETS if target.measure.startswith("door.")}
    assert wanted == {f"door.{name}.open" for name in preset("press-sesame").doors}
