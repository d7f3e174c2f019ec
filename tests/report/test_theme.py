"""One palette, readable by day and by night; pictures hold no other colour."""

from __future__ import annotations

import altair
import pytest

from glasshouse.report.theme import INK, MUTED, PALETTE, PAPER, SERIES, SURFACE, picture, variables


def brightness(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    low, high = sorted((brightness(first), brightness(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", [PAPER, SURFACE], ids=lambda colour: colour.role)
@pytest.mark.parametrize("colour", [INK, MUTED, *SERIES], ids=lambda colour: colour.role)
def test_writing_stands_out_from_its_ground(colour: object, ground: object) -> None:
    for side in ("light", "dark"):
        assert contrast(getattr(colour, side), getattr(ground, side)) >= 4.5


def test_every_role_has_its_own_light_colour_and_both_sheets() -> None:
    assert len({colour.light for colour in PALETTE}) == len(PALETTE)
    for dark in (False, True):
        assert all(f"--{colour.role}:" in variables(dark=dark) for colour in PALETTE)


def marks(colour: str) -> altair.Chart:
    data = altair.InlineData(values=[{"x": 1, "y": 1}])
    chart: altair.Chart = altair.Chart(data).mark_point(color=colour).encode(x="x:Q", y="y:Q")
    return chart


def test_a_picture_speaks_in_the_variables_of_the_page() -> None:
    drawn = picture(marks(SERIES[0].light))
    assert "var(--series-1)" in drawn
    assert "#" not in drawn
    assert "http" not in drawn


def test_a_colour_from_outside_is_refused() -> None:
    with pytest.raises(ValueError, match="palette"):
        picture(marks("#123456"))
