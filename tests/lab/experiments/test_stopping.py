"""When there are seeds enough does not depend on what is finished first."""

from __future__ import annotations

import math
import statistics

from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from glasshouse.lab.experiments.stopping import half_width, seeds_wanted
from tests.lab.experiments.tiny import experiment

values = st.lists(st.one_of(st.none(), st.floats(-5, 5)), min_size=2, max_size=12)
ASKED = experiment(stop={"measure": "chilling", "half_width": 1.0, "most": 10})


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=20))
def test_the_half_width_is_that_of_students_interval(values: list[float]) -> None:
    error = statistics.stdev(values) / math.sqrt(len(values))
    plain = student.ppf(0.975, len(values) - 1) * error
    assert math.isclose(half_width(values) or 0.0, plain, rel_tol=1e-9, abs_tol=1e-9)


@given(values)
def test_more_values_never_ask_for_fewer_seeds_and_never_beyond_the_most(
    values: list[float | None],
) -> None:
    wanted = [seeds_wanted(ASKED, values[:count]) for count in range(len(values) + 1)]
    assert wanted == sorted(wanted)
    assert wanted[0] == 2 and wanted[-1] <= 10


@given(values)
def test_going_on_from_what_was_asked_is_as_looking_at_all(values: list[float | None]) -> None:
    asked = seeds_wanted(ASKED, [])
    while asked <= len(values):
        further = seeds_wanted(ASKED, values[:asked], asked)
        if further == asked:
            break
        asked = further
    assert asked == seeds_wanted(ASKED, values)


def test_without_a_rule_there_are_as_many_seeds_as_asked_for() -> None:
    assert seeds_wanted(experiment(seeds=7), [0.0, 9.0]) == 7
