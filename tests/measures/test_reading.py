"""Variety of reading, and which way reading and buying lean."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.measures.counters import (
    CITIZENS,
    PERSONAL_HILL1,
    READ_AGAINST,
    READ_FOR,
    READ_NEUTRAL,
    READ_SUBJECT_0,
    SHOPPED_AGAINST,
    SHOPPED_NEUTRAL,
    VARIETY_ASKED,
)
from glasshouse.measures.reading import hill
from tests.measures.written import counted, written


@given(st.integers(1, 12), st.floats(0.5, 1e6))
def test_equally_read_subjects_are_as_varied_as_their_number(subjects: int, each: float) -> None:
    counts = np.append(np.full(subjects, each), np.zeros(12 - subjects))
    for order in (0, 1, 2):
        assert hill(counts, order) == pytest.approx(subjects)


@given(st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=12))
def test_variety_falls_the_more_the_common_ones_weigh(counts: list[float]) -> None:
    numbers = [hill(np.array(counts), order) for order in (0, 1, 2)]
    assert all(number is not None for number in numbers)
    assert numbers[0] >= numbers[1] - 1e-9 >= numbers[2] - 2e-9 >= 1 - 3e-9  # type: ignore[operator]


def test_variety_of_three_quarters_and_a_quarter(measured: Any) -> None:
    flows = counted({READ_SUBJECT_0: 3, READ_SUBJECT_0 + 11: 1})
    values = measured(written(2), flows)
    assert values["reading.hill0"] == 2.0
    assert values["reading.hill1"] == pytest.approx(4 / 3**0.75)
    assert values["reading.hill2"] == pytest.approx(1 / (9 / 16 + 1 / 16))


def test_where_nothing_is_read_there_is_no_variety(measured: Any) -> None:
    values = measured(written(2))
    assert values["reading.hill0"] is values["reading.hill1"] is values["reading.hill2"] is None


def test_personal_variety_is_a_mean_over_those_asked(measured: Any) -> None:
    flows = counted({CITIZENS: 60, PERSONAL_HILL1: 2 * math.e, VARIETY_ASKED: 2})
    assert measured(written(2), flows)["reading.person.hill1"] == pytest.approx(math.e)


def test_tone_is_for_less_against_by_all(measured: Any) -> None:
    turns = {READ_AGAINST: 1, READ_NEUTRAL: 2, READ_FOR: 5, SHOPPED_AGAINST: 1}
    values = measured(written(2), counted(turns | {SHOPPED_NEUTRAL: 3}))
    assert values["reading.tone"] == 0.5
    assert values["shopping.tone"] == -0.25
    assert measured(written(2))["reading.tone"] is None
