"""Spread and movement of scores, against the definitions written out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.measures.counters import ROWS_ACTS, ROWS_FORGETTING, ROWS_FRIENDS, ROWS_OTHER
from glasshouse.measures.scores import auc, gini, moved, quintiles

few_scores = st.lists(st.integers(0, 12).map(float), min_size=1, max_size=30).map(np.array)


@settings(max_examples=60, deadline=None)
@given(few_scores)
def test_gini_is_the_mean_difference_of_two_people(score: Any) -> None:
    differences = np.abs(score[:, None] - score[None, :]).mean()
    found = gini(np.sort(score))
    if score.sum() == 0:
        assert found is None
    else:
        assert found == pytest.approx(differences / (2 * score.mean()), abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(few_scores, st.integers(0, 2**30 - 1))
def test_auc_is_the_share_of_pairs_in_order(score: Any, bits: int) -> None:
    positive = np.array([bool(bits >> i & 1) for i in range(len(score))])
    pairs = [
        1.0 if p > n else 0.5 if p == n else 0.0 for p in score[positive] for n in score[~positive]
    ]
    found = auc(score, positive)
    if not pairs:
        assert found is None
    else:
        assert found == pytest.approx(np.mean(pairs))


@settings(max_examples=60, deadline=None)
@given(few_scores, st.integers(0, 2**30 - 1))
def test_quintile_is_by_the_share_below_and_half_of_the_equals(score: Any, bits: int) -> None:
    present = np.array([not bits >> i & 1 for i in range(len(score))])
    found = quintiles(score, present)
    for i in range(len(score)):
        below = sum(s < score[i] for s in score[present])
        equal = sum(s == score[i] for s in score[present])
        expected = (2 * below + equal) * 5 // (2 * present.sum()) if present[i] else 0
        assert found[i] == expected


def test_hundred_different_scores_fill_the_quintiles_evenly() -> None:
    found = quintiles(np.random.default_rng(1).permutation(100).astype(float), np.ones(100, bool))
    assert np.bincount(found).tolist() == [20] * 5


def test_spread_is_measured_exactly(make_snapshot: Any, measured: Any) -> None:
    values = measured(make_snapshot(4, state={"score": [400, 500, 600, 900]}))
    assert values["score.mean"] == 600
    assert values["score.sd"] == pytest.approx(35000**0.5)
    assert values["score.quantile.50"] == 550
    assert values["score.quantile.25"] == 475
    assert values["score.gini"] == pytest.approx(400 / 1000)


def test_those_who_left_have_no_score(make_snapshot: Any, measured: Any) -> None:
    state = {"score": [400, 500, 900], "present": [1, 1, 0]}
    assert measured(make_snapshot(3, state=state))["score.mean"] == 450
    nobody = measured(make_snapshot(3, state={"present": [0, 0, 0]}))
    assert nobody["score.mean"] is nobody["score.quantile.5"] is nobody["score.gini"] is None


def test_equal_scores_say_nothing_about_opinion(make_snapshot: Any, measured: Any) -> None:
    snapshot = make_snapshot(4, state={"opinion": [-1, -1, 1, 1]})
    assert measured(snapshot)["score.auc_opinion"] == 0.5
    assert measured(snapshot, group="dissenters")["score.auc_opinion"] is None


def test_somebody_without_an_opinion_is_no_dissenter(make_snapshot: Any, measured: Any) -> None:
    state = {"opinion": [-0.1, 0.0], "score": [400, 500]}
    assert measured(make_snapshot(2, state=state))["score.auc_opinion"] == 1.0


def test_mobility_is_the_share_in_another_quintile(make_snapshot: Any, measured: Any) -> None:
    score = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    snapshot = make_snapshot(5, state={"score": score})
    assert measured(snapshot, past_score=score)["score.mobility"] == 0.0
    assert measured(snapshot, past_score=score * 100)["score.mobility"] == 0.0
    assert measured(snapshot, past_score=score[[1, 0, 2, 3, 4]])["score.mobility"] == 0.4
    assert measured(snapshot, past_score=None)["score.mobility"] is None


def test_nobody_moves_from_where_nobody_stood() -> None:
    assert moved(np.arange(5.0), np.full(5, 600.0), np.ones(5, bool)) is None


def test_what_comes_from_friends_is_a_share_of_all_rows(
    make_snapshot: Any, make_flows: Any, measured: Any
) -> None:
    rows = {ROWS_ACTS: 5.0, ROWS_FRIENDS: 3.0, ROWS_FORGETTING: 1.5, ROWS_OTHER: 0.5}
    assert measured(make_snapshot(2), make_flows(rows))["score.from_friends"] == 0.3
    assert measured(make_snapshot(2))["score.from_friends"] is None
