"""How many ties there are, which are cut, and who is outcast."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from glasshouse.measures.counters import (
    CITIZENS,
    CUTS_CIRCLE,
    CUTS_CITY,
    CUTS_DISTRICT,
    CUTS_KIN,
    CUTS_NATION,
)
from glasshouse.measures.snapshot import OtherLife
from tests.measures.written import counted, written


def test_ties_are_counted_at_both_ends(measured: Any) -> None:
    assert measured(written(4, [(0, 1), (1, 2)]))["ties.mean"] == 1.0


def test_cuts_are_for_thirty_days_whatever_the_window(measured: Any) -> None:
    cuts = {CUTS_KIN: 1, CUTS_CIRCLE: 2, CUTS_DISTRICT: 3, CUTS_CITY: 4, CUTS_NATION: 0}
    values = measured(written(4), counted({CITIZENS: 4 * 10} | cuts))
    assert values["ties.cut"] == pytest.approx(7.5)
    shares = [values[f"ties.cut.{layer}"] for layer in ("kin", "circle", "district", "city")]
    assert shares == [0.1, 0.2, 0.3, 0.4]
    assert values["ties.cut.nation"] == 0.0


def test_without_cuts_they_have_no_shares(measured: Any) -> None:
    values = measured(written(4))
    assert values["ties.cut"] == 0.0
    assert values["ties.cut.kin"] is None


def test_outcasts_have_less_than_a_fifth_of_their_other_ties(measured: Any) -> None:
    star = written(5, [(0, 1), (0, 2), (0, 3)])
    there = np.array([15, 6, 5, 0, 0], np.uint8)
    values = measured(star, other=OtherLife(counted({}), there))
    # 3 of 15 and 1 of 5 are a fifth, 1 of 6 is less; who has no ties there is left out
    assert values["outcasts"] == pytest.approx(1 / 3)
    lonely = OtherLife(counted({}), np.zeros(5, np.uint8))
    assert measured(star, other=lonely)["outcasts"] is None
