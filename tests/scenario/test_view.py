"""Tables for a notebook: well formed, labelled, escaped."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from glasshouse.scenario import Scenario, Scheme, presets


def parsed(shown: Scenario | Scheme) -> ElementTree.Element:
    return ElementTree.fromstring(shown._repr_html_())


@pytest.mark.parametrize("name", presets())
def test_every_table_has_a_caption_and_its_rows_a_heading(name: str) -> None:
    tables = list(parsed(Scenario.load(name)).iter("table"))
    assert tables
    for table in tables:
        assert table.findtext("caption")
        for row in table.iter("tr"):
            heading = row.find("th")
            assert heading is not None
            assert heading.get("scope") in ("row", "col")


def test_the_points_and_doors_are_told() -> None:
    text = " ".join(parsed(Scenario.load("press-sesame").scheme).itertext())
    for word in ("350 to 950", "travel", "30% (weighted), on a map", "PRESS'S DESCRIPTION"):
        assert word in text


def test_what_a_user_wrote_is_escaped() -> None:
    evil = "<script>alert(1)</script>"
    root = parsed(Scheme(name="x", title=evil, about=evil))
    assert not list(root.iter("script"))
    assert evil in "".join(root.itertext())


def test_what_differs_from_the_defaults_is_told() -> None:
    scenario = Scenario.load("fear").replace(
        {"timeline.abolition": 9, "parameters.weight_of_fear": 0.5, "alone": True}
    )
    text = " ".join(parsed(scenario).itertext())
    for word in ("abolition on day 9", "weight_of_fear 0.5 (changed)", "compared with nothing"):
        assert word in text
