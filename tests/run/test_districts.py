"""A row for every district."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from glasshouse.chance.threads import on_threads
from glasshouse.run.districts import district_rows
from tests.measures.drawn import Plainly, drawn_circles, with_some_away
from tests.measures.written import written

DISTRICT = 4_096


@pytest.fixture(scope="module")
def nation() -> Any:
    return with_some_away(drawn_circles(9, 2 * DISTRICT + 500), 9)


def test_a_row_is_the_mean_over_the_citizens_of_a_district(nation: Any) -> None:
    plain, terms = Plainly(nation), nation.terms
    there = (np.arange(nation.citizens) % 40).astype(np.uint8)
    is_open = plain.step[:, None] >= terms.door_step
    doors = np.where(plain.present[:, None], is_open, terms.door_absent).mean(axis=1)
    rows = district_rows("press", 30, nation, there)
    assert [row[:4] for row in rows] == [("press", 30, number, 0) for number in range(3)]
    for number, row in enumerate(rows):
        here = slice(number * DISTRICT, (number + 1) * DISTRICT)
        known = there[here] > 0
        outcasts = plain.degree[here][known] / there[here][known] < 0.2
        assert row[4] == len(plain.step[here])
        assert row[5:] == pytest.approx(
            (
                terms.low + terms.unit * plain.step[here].mean(),
                plain.stance[here].mean() / 127,
                plain.opinion[here].mean() / 127,
                plain.degree[here].mean(),
                doors[here].mean(),
                outcasts.mean(),
            )
        )


def test_rows_do_not_depend_on_threads(nation: Any) -> None:
    found = []
    for threads in (1, 3):
        with on_threads(threads):
            found.append(district_rows("press", 30, nation, None))
    assert found[0] == found[1]


def test_alone_nobody_is_told_to_be_an_outcast(nation: Any) -> None:
    assert {row[-1] for row in district_rows("press", 30, nation, None)} == {None}
    nobody_tied = np.zeros(nation.citizens, np.uint8)
    assert {row[-1] for row in district_rows("press", 30, nation, nobody_tied)} == {None}


def test_doors_are_open_where_no_scheme_is_in_force_and_none_where_there_is_none() -> None:
    before = written(3, doors={"loan": 900.0}, in_force=False)
    assert district_rows("none", 0, before, None)[0][-2] == 1.0
    assert district_rows("none", 0, written(3), None)[0][-2] is None
