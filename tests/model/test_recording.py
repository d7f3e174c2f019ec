"""What the scheme records, and what it takes it for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.model.recording import chance_of_false_positive, chances_of_readings
from glasshouse.scenario import default_parameters

NUMBERS = default_parameters()
SHARE = st.floats(0, 1)
TONE = st.sampled_from([-1, 0, 1])


@given(TONE, SHARE, SHARE, SHARE)
def test_nothing_is_taken_for_what_it_cannot_be(
    tone: int, coverage: float, fn: float, fp: float
) -> None:
    chances = chances_of_readings(tone, coverage, fn, fp)
    assert min(chances) >= 0.0
    assert sum(chances) == pytest.approx(coverage)
    possible = {-1: {-1, 0}, 0: {-1, 0}, 1: {0, 1}}[tone]
    assert {taken for taken in (-1, 0, 1) if chances[taken + 1] > 0.0} <= possible


def test_shares_of_errors_are_those_listed() -> None:
    assert chances_of_readings(-1, 0.8, 0.2, 0.05) == pytest.approx((0.64, 0.16, 0.0))
    assert chances_of_readings(1, 0.8, 0.2, 0.05) == pytest.approx((0.0, 0.16, 0.64))
    assert chances_of_readings(0, 0.8, 0.2, 0.05) == pytest.approx((0.04, 0.76, 0.0))


def test_the_minority_is_misread_more_often_and_never_more_than_always() -> None:
    numbers = NUMBERS._replace(minority_false_positive_ratio=1.5)
    assert chance_of_false_positive(0.05, 1, numbers) == pytest.approx(0.075)
    assert chance_of_false_positive(0.05, 0, numbers) == 0.05
    assert chance_of_false_positive(0.9, 1, numbers) == 1.0


@given(TONE, SHARE, SHARE, SHARE, SHARE)
def test_more_coverage_never_loses_a_record(
    tone: int, less: float, more: float, fn: float, fp: float
) -> None:
    less, more = sorted((less, more))
    fewer, records = (chances_of_readings(tone, each, fn, fp) for each in (less, more))
    assert sum(records) >= sum(fewer) - 1e-15
    assert all(b >= a for a, b in zip(fewer, records, strict=True))


@given(TONE, SHARE)
def test_a_scheme_without_errors_reads_what_is_there(tone: int, coverage: float) -> None:
    chances = chances_of_readings(tone, coverage, 0.0, 0.0)
    assert chances[tone + 1] == coverage
    assert sum(chances) == coverage


@given(SHARE, SHARE, SHARE)
def test_more_false_positives_only_add_to_those_there_were(
    coverage: float, less: float, more: float
) -> None:
    less, more = sorted((less, more))
    before = chances_of_readings(0, coverage, 0.2, less)
    assert chances_of_readings(0, coverage, 0.2, more).against >= before.against
