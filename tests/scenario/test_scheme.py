"""Schemes: their rules, their unit, the presets."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.scenario import BadInput, Range, Scheme, preset, presets

WORDS = ("none", "watched", "credit-only", "own-acts-only", "press-sesame", "fear")


def said(**fields: Any) -> str:
    with pytest.raises(BadInput) as caught:
        Scheme(**{"name": "mine", **fields})
    return str(caught.value)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"forgetting": 1.5}, "forgetting: found 1.5; allowed: a number from 0 to 1."),
        ({"forgetting": True}, "forgetting: found true; allowed: a number from 0 to 1."),
        ({"forgetting": "0.5"}, "forgetting: found 0.5; allowed: a number from 0 to 1."),
        ({"forgetting": float("nan")}, "forgetting: found nan; allowed: a number from 0 to 1."),
        ({"period": 0.5}, "period: found 0.5; allowed: a whole number from 1 to 365."),
        ({"opt_out": "yes"}, "opt_out: found yes; allowed: true or false. Did you mean true?"),
        ({"opt_out": 1}, "opt_out: found 1; allowed: true or false."),
        (
            {"friends": {"agregate": "mean"}},
            "friends.agregate: found an unknown name; allowed: share, aggregate, lowest_k, "
            "friendless, map, status. Did you mean aggregate?",
        ),
        (
            {"friends": {"aggregate": "wheighted"}},
            "friends.aggregate: found wheighted; allowed: mean, weighted, lowest, lowest_k. "
            "Did you mean weighted?",
        ),
        (
            {"points": {"post": {"fro": 2}}},
            "points.post.fro: found an unknown name; allowed: against, neutral, for. "
            "Did you mean for?",
        ),
        (
            {"points": {"bill": {"late": -1e5}}},
            "points.bill.late: found -100000.0; allowed: a number from -10000 to 10000.",
        ),
        (
            {"doors": {"loan": {}}},
            "doors.loan: found neither threshold nor rank; allowed: exactly one of threshold "
            "and rank.",
        ),
        (
            {"doors": {"loan": {"threshold": 500, "rank": 0.5}}},
            "doors.loan: found both threshold and rank; allowed: exactly one of threshold "
            "and rank.",
        ),
        (
            {"doors": {"loan": {"threshold": 2000}}},
            "doors.loan.threshold: found 2000; allowed: a score from 0 to 1000.",
        ),
        (
            {"doors": {"loan": {"rank": 0.5, "width": 0}}},
            "doors.loan.width: found 0; allowed: a number from 0.1 to 10000.",
        ),
        (
            {"doors": {"A door": {"rank": 0.5}}},
            "doors.A door: found A door; allowed: lower-case letters, digits, - and _, "
            "a letter first, 40 at most.",
        ),
        (
            {"doors": {f"d{i}": {"rank": 0.5} for i in range(17)}},
            "doors: found 17 entries; allowed: a mapping, at most 16 entries.",
        ),
        ({"base": -1}, "base: found -1; allowed: a score from 0 to 1000."),
        ({"start": 1001}, "start: found 1001; allowed: a score from 0 to 1000."),
        (
            {"range": {"low": 0, "high": 100}},
            "base: found nothing, which stands for 500; allowed: a score from 0 to 100.",
        ),
        (
            {"forgetting": 0, "friends": {"share": 0.1}},
            "forgetting: found 0; allowed: above 0 when friends.share is above 0.",
        ),
        (
            {"appeals": {"delay": 0}},
            "appeals.delay: found 0; allowed: a number from 1 to 3650.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_field_found_allowed_and_nearest(
    fields: dict[str, Any], message: str
) -> None:
    assert said(**fields) == message


@pytest.mark.parametrize(
    ("low", "high", "unit"),
    [(0, 100, 0.01), (350, 950, 0.01), (0, 655.35, 0.01), (0, 1000, 0.02), (0, 3000, 0.05)]
    + [(-1000, 5553.5, 0.1)],
)
def test_the_unit_is_the_smallest_that_fits_sixteen_bits(
    low: float, high: float, unit: float
) -> None:
    assert Range(low=low, high=high).unit() == unit


@given(st.integers(-1_000_000, 900_000), st.integers(10, 65_535))
def test_any_range_in_tenths_is_a_whole_number_of_steps(low: int, width: int) -> None:
    range_ = Range(low=low / 10, high=(low + width) / 10)
    scheme = Scheme(name="mine", range=range_, base=range_.low)
    assert scheme.steps() <= 65_535
    assert scheme.range.low + scheme.steps() * scheme.unit() == pytest.approx(range_.high)


@pytest.mark.parametrize("high", [0, -1, 0.5, 6553.6, 100.005])
def test_a_range_that_is_no_range_or_does_not_fit_is_refused(high: float) -> None:
    with pytest.raises(BadInput, match=r"^high: found"):
        Range(low=0, high=high)


def test_a_scheme_cannot_be_changed_in_place() -> None:
    with pytest.raises(Exception, match="frozen"):
        preset("none").base = 3.0


def test_the_presets_are_listed_and_load_under_their_own_names() -> None:
    assert presets() == WORDS
    for name in presets():
        scheme = preset(name)
        assert scheme.name == name
        assert scheme.title
        assert len(scheme.about) > 40
        assert scheme.sources or name == "none"


def test_only_the_preset_none_goes_unnoticed() -> None:
    assert [name for name in presets() if preset(name).is_none()] == ["none"]


def test_the_presets_are_what_their_names_say() -> None:
    watched, fear = preset("watched"), preset("fear")
    assert watched.points == fear.points == preset("none").points
    assert not watched.doors and not fear.doors
    assert watched.sanctions.chance == 0 < fear.sanctions.chance
    credit = preset("credit-only").coverage
    assert (credit.public, credit.message, credit.purchase, credit.subscription) == (0, 0, 0, 0)
    press, own = preset("press-sesame"), preset("own-acts-only")
    assert (press.range.low, press.range.high) == (350, 950)
    assert set(press.doors) == {"travel", "loan", "house", "entitlements", "dating"}
    assert (own.friends.share, own.friends.map) == (0, False)
    assert (press.friends.share, press.friends.map, press.friends.aggregate) == (
        0.3,
        True,
        "weighted",
    )
    assert own.points == press.points
    assert own.doors == press.doors


def test_press_sesame_says_that_it_is_not_the_real_zhima_credit() -> None:
    about = preset("press-sesame").about
    assert "PRESS'S DESCRIPTION" in about
    assert "not the real Zhima" in about
