"""What is remembered fits its bytes and comes back."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.society.record import (
    LANES,
    circles_of,
    empty_records,
    feeling_of,
    nearest_feeling,
    nearest_step,
    open_side,
    opinion_at,
    record_size,
    records_of,
    score_at,
    score_of,
    side_is_open,
    stance_at,
    unpacked,
)
from tests.society.written_out import sides_of_all


@given(st.integers(-127, 127))
def test_a_stored_feeling_comes_back(stored: int) -> None:
    assert nearest_feeling(feeling_of(stored)) == stored


@given(st.floats(-5, 5))
def test_feelings_are_held_and_keep_their_sign(value: float) -> None:
    stored = nearest_feeling(value)
    assert -127 <= stored <= 127
    assert stored * value >= 0
    assert nearest_feeling(-value) == -stored


@given(st.integers(0, 60_000))
def test_a_stored_score_comes_back(step: int) -> None:
    assert nearest_step(score_of(step, 350.0, 0.01), 350.0, 0.01, 60_000) == step


@given(st.floats(-1e6, 1e6))
def test_scores_are_held_in_their_range(score: float) -> None:
    assert 0 <= nearest_step(score, 350.0, 0.01, 60_000) <= 60_000


@pytest.mark.parametrize(("slots", "bytes_each"), [(32, 8), (64, 12), (128, 20), (0, 4)])
def test_a_citizen_takes_so_many_bytes(slots: int, bytes_each: int) -> None:
    assert record_size(slots) == LANES * bytes_each
    records = empty_records(1000, slots)
    assert len(records.bytes) == circles_of(1000) * LANES * bytes_each
    assert not records.bytes.any()


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 200), st.sampled_from([0, 32, 64, 128]), st.integers(0, 2**32))
def test_numbers_of_one_citizen_are_those_of_everybody(
    citizens: int, slots: int, seed: int
) -> None:
    size = record_size(slots)
    draws = np.random.default_rng(seed)
    written = draws.integers(0, 256, circles_of(citizens) * size, dtype=np.uint8)
    records = records_of(written, size)
    everybody = range(citizens)
    for what, one in (("score", score_at), ("stance", stance_at), ("opinion", opinion_at)):
        assert unpacked(records, what, citizens).tolist() == [one(records, i) for i in everybody]
    if slots:
        sides = [[side_is_open(records, i, slot) for slot in range(slots)] for i in everybody]
        assert sides_of_all(records, citizens).astype(int).tolist() == sides


def test_numbers_lie_where_they_are_said_to() -> None:
    records = empty_records(100, 64)
    # Citizen 70 is lane 6 of circle 2.
    records.score[2 * 384 // 2 + 6] = 60_000
    records.feeling[2 * 384 + 64 + 6] = -127
    records.feeling[2 * 384 + 96 + 6] = 99
    records.consent[2 * 384 // 4 + 32 + 32 + 6] = 1 << 3
    assert (score_at(records, 70), stance_at(records, 70), opinion_at(records, 70)) == (
        60_000, -127, 99,
    )  # fmt: skip
    assert [slot for slot in range(64) if side_is_open(records, 70, slot)] == [32 + 3]
    others = [i for i in range(100) if i != 70]
    assert not any(score_at(records, i) or stance_at(records, i) for i in others)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([32, 64, 128]),
    st.sets(st.tuples(st.integers(0, 69), st.integers(0, 127)), max_size=30),
)
def test_opening_a_side_opens_that_one_alone(slots: int, opened: set[tuple[int, int]]) -> None:
    opened = {(i, slot % slots) for i, slot in opened}
    records = empty_records(70, slots)
    for i, slot in opened:
        open_side(records, i, slot)
        open_side(records, i, slot)
    found = np.argwhere(sides_of_all(records, 70))
    assert {(int(i), int(slot)) for i, slot in found} == opened
    assert not records.bytes.reshape(-1, records.size)[:, :128].any()
