from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.lab.claims.arithmetic import Sum
from glasshouse.scenario import BadInput

NUMBERS = st.floats(-1e3, 1e3).map(lambda value: round(value, 3))
NAMES = ("here", "there", "before")
SUMS = st.recursive(
    st.sampled_from(NAMES) | NUMBERS.map(repr),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda each: f"({' '.join(each)})"),
        inner.map(lambda each: f"(-{each})"),
    ),
    max_leaves=12,
)


@given(SUMS, st.fixed_dictionaries({name: NUMBERS for name in NAMES}))
def test_a_sum_is_what_python_makes_of_it(text: str, readings: dict[str, float]) -> None:
    try:
        expected = eval(text, {"__builtins__": {}}, dict(readings))
    except ZeroDivisionError:
        expected = None
    assert Sum(text).of(readings) == expected


@given(SUMS, st.sampled_from(NAMES))
def test_without_a_reading_there_is_no_sum(text: str, lacking: str) -> None:
    asked = Sum(text)
    readings = {name: None if name == lacking else 1.5 for name in NAMES}
    if lacking in asked.names:
        assert asked.of(readings) is None


@pytest.mark.parametrize(
    "text",
    [
        *("", "here +", "here ** 2", "abs(here)", "here.real", "here[0]", "'here'", "1j"),
        *("here if there else 1", "lambda: 1", "here, there", "True + here", "(" * 300),
        "__import__('os')",
    ],
)
def test_nothing_but_sums_is_let_in(text: str) -> None:
    with pytest.raises(BadInput, match="names of readings, numbers"):
        Sum(text)


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(BadInput) as fault:
        Sum("here - thare").check_names({"here": 1, "there": 2}, "effect")
    assert fault.value.nearest == "there"
