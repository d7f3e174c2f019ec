"""What is said when something is wrong."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.scenario.faults import BadInput, nearest_word, shown


def full() -> BadInput:
    return BadInput(
        place="my.yaml, line 12",
        field="friends.share",
        found="1.5",
        allowed="a number from 0 to 1",
        nearest="share",
        others=["days (found -1)", "seed (found x)"],
    )


def test_one_message_says_place_field_found_allowed_nearest_and_what_else_is_wrong() -> None:
    assert str(full()) == (
        "my.yaml, line 12: friends.share: found 1.5; allowed: a number from 0 to 1. "
        "Did you mean share? 2 more faults: days (found -1); seed (found x)."
    )


def test_what_is_not_known_is_left_out() -> None:
    assert str(BadInput(field="days", found="-1")) == "days: found -1."
    assert str(BadInput(allowed="a file")) == "allowed: a file."


def test_it_survives_the_way_from_another_process() -> None:
    copy = pickle.loads(pickle.dumps(full()))
    assert str(copy) == str(full())
    assert (copy.place, copy.field, copy.others) == (full().place, full().field, full().others)


@pytest.mark.parametrize(
    ("word", "nearest"),
    [("freinds", "friends"), ("Doors", "doors"), ("fried", "friends"), ("zzz", ""), ("", "")],
)
def test_the_nearest_word_is_the_one_meant_or_none(word: str, nearest: str) -> None:
    assert nearest_word(word, ["friends", "doors", "points"]) == nearest


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_whatever_is_found_is_shown_short_and_on_one_line(value: object) -> None:
    text = shown(value)
    assert 0 < len(text) <= 60
    assert text.isprintable()
