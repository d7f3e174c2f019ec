"""Every measure is named once, with a unit and one plain sentence."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from glasshouse.measures.dictionary import MEASURES, describe, door_measures


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_is_described_by_one_sentence(name: str) -> None:
    measure = MEASURES[name]
    assert measure.name == name
    assert measure.meaning[0].isupper() and measure.meaning.endswith(".")
    assert measure.meaning.count(". ") == 0
    assert measure.unit


@pytest.mark.parametrize("family", sorted({measure.family for measure in MEASURES.values()}))
def test_a_family_is_a_file(family: str) -> None:
    assert find_spec(f"glasshouse.measures.{family}") is not None


def test_measures_of_a_door_are_described_by_its_name() -> None:
    assert door_measures(("loan", "travel"))[2:] == ["door.travel.open", "door.travel.lost"]
    lost = describe("door.my house.lost")
    assert lost.name == "door.my house.lost"
    assert "my house" in lost.meaning and "<" not in lost.meaning
    assert lost.paired


@pytest.mark.parametrize(
    "name", ["", "score", "score.median", "door.loan.shut", "window.loan.open"]
)
def test_an_unknown_measure_is_not_described(name: str) -> None:
    with pytest.raises(KeyError):
        describe(name)
