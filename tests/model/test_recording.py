"""What the scheme records, and what it takes it for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.model.recording import UNRECORDED, chance_of_false_positive, taken_for
from glasshouse.scenario import default_parameters

NUMBERS = default_parameters()
SHARE = st.floats(0, 1)
UNIFORM = st.floats(0, 1, exclude_max=True)
TONE = st.sampled_from([-1, 0, 1])


@given(UNIFORM, st.sampled_from([-1, 0, 1]), SHARE, SHARE, SHARE)
def test_nothing_is_taken_for_what_it_cannot_be(
    u: float, tone: int, coverage: float, fn: float, fp: float
) -> None:
    taken = taken_for(u, tone, coverage, fn, fp)
    assert (taken == UNRECORDED) == (u >= coverage)
    if taken not in (UNRECORDED, tone):
        assert (tone, taken) in {(-1, 0), (1, 0), (0, -1)}


def test_shares_of_errors_are_those_listed() -> None:
    draws = [(k + 0.5) / 1000 for k in range(1000)]
    dissent = [taken_for(u, -1, 0.8, 0.2, 0.05) for u in draws]
    neutral = [taken_for(u, 0, 0.8, 0.2, 0.05) for u in draws]
    assert dissent.count(UNRECORDED) == neutral.count(UNRECORDED) == 200
    assert dissent.count(0) == 160
    assert neutral.count(-1) == 40


def test_the_minority_is_misread_more_often_and_never_more_than_always() -> None:
    numbers = NUMBERS._replace(minority_false_positive_ratio=1.5)
    assert chance_of_false_positive(0.05, 1, numbers) == pytest.approx(0.075)
    assert chance_of_false_positive(0.05, 0, numbers) == 0.05
    assert chance_of_false_positive(0.9, 1, numbers) == 1.0


@given(UNIFORM, TONE, SHARE, SHARE, SHARE, SHARE)
def test_more_coverage_never_loses_a_record(
    u: float, tone: int, less: float, more: float, fn: float, fp: float
) -> None:
    less, more = sorted((less, more))
    if taken_for(u, tone, less, fn, fp) != UNRECORDED:
        assert taken_for(u, tone, more, fn, fp) != UNRECORDED


@given(UNIFORM, TONE, SHARE)
def test_a_scheme_without_errors_reads_what_is_there(u: float, tone: int, coverage: float) -> None:
    assert taken_for(u, tone, coverage, 0.0, 0.0) in (tone, UNRECORDED)


@given(UNIFORM, SHARE, SHARE, SHARE)
def test_more_false_positives_only_add_to_those_there_were(
    u: float, coverage: float, less: float, more: float
) -> None:
    less, more = sorted((less, more))
    if taken_for(u, 0, coverage, 0.2, less) == -1:
        assert taken_for(u, 0, coverage, 0.2, more) == -1
