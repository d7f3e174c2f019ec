"""Spread and movement of scores, against the definitions written out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.measures.counters import ROWS_ACTS, ROWS_FORGETTING, ROWS_FRIENDS, ROWS_OTHER
from glasshouse.measures.scores import auc, gini, mean_and_sd, quantiles
from glasshouse.measures.standing import fifths_of, keep_quintiles
from tests.measures.written import counted, written

few_scores = st.lists(st.integers(0, 12), min_size=1, max_size=30).map(np.array)


def held(score: Any) -> Any:
    """How many have each score."""
    return np.bincount(score, minlength=13)


@settings(max_examples=60, deadline=None)
@given(few_scores)
def test_gini_is_the_mean_difference_of_two_people(score: Any) -> None:
    differences = np.abs(score[:, None] - score[None, :]).mean()
    found = gini(held(score))
    if score.sum() == 0:
        assert found is None
    else:
        assert found == pytest.approx(differences / (2 * score.mean()), abs=1e-12)


@settings(max_examples=60, deadline=None)
@given(few_scores, st.floats(0, 1))
def test_mean_spread_and_quantiles_are_those_of_the_scores_one_by_one(
    score: Any, share: float
) -> None:
    assert mean_and_sd(held(score)) == pytest.approx((score.mean(), score.std()))
    [found] = quantiles(held(score), [100 * share])
    assert found == pytest.approx(np.quantile(score, share))


@settings(max_examples=60, deadline=None)
@given(few_scores, st.integers(0, 2**30 - 1))
def test_auc_is_the_share_of_pairs_in_order(score: Any, bits: int) -> None:
    positive = np.array([bool(bits >> i & 1) for i in range(len(score))])
    pairs = [
        1.0 if p > n else 0.5 if p == n else 0.0 for p in score[positive] for n in score[~positive]
    ]
    found = auc(held(score[~positive]), held(score[positive]))
    if not pairs:
        assert found is None
    else:
        assert found == pytest.approx(np.mean(pairs))


@settings(max_examples=60, deadline=None)
@given(few_scores, st.integers(0, 2**30 - 1))
def test_quintile_is_by_the_share_below_and_half_of_the_equals(score: Any, bits: int) -> None:
    present = np.array([not bits >> i & 1 for i in range(len(score))])
    found = np.zeros(len(score), np.uint8)
    keep_quintiles(written(len(score), score=350.0 + score, present=present.astype(int)), found)
    for i in range(len(score)):
        below = sum(s < score[i] for s in score[present])
        equal = sum(s == score[i] for s in score[present])
        expected = (2 * below + equal) * 5 // (2 * present.sum()) if present[i] else 0
        assert found[i] == expected


def test_hundred_different_scores_fill_the_quintiles_evenly() -> None:
    assert fifths_of(np.ones(100, np.int64)).tolist() == [20, 40, 60, 80]


def test_where_nobody_has_a_score_nobody_stands_above_the_lowest_quintile() -> None:
    assert fifths_of(np.zeros(10, np.int64)).tolist() == [10] * 4


def test_spread_is_measured_exactly(measured: Any) -> None:
    values = measured(written(4, score=[400, 500, 600, 900]))
    assert values["score.mean"] == 600
    assert values["score.sd"] == pytest.approx(35000**0.5)
    assert values["score.quantile.50"] == 550
    assert values["score.quantile.25"] == 475
    assert values["score.gini"] == pytest.approx(400 / 1000)


def test_those_who_left_have_no_score(measured: Any) -> None:
    assert measured(written(3, score=[400, 500, 900], present=[1, 1, 0]))["score.mean"] == 450
    nobody = measured(written(3, present=[0, 0, 0]))
    assert nobody["score.mean"] is nobody["score.quantile.5"] is nobody["score.gini"] is None
    assert nobody["score.sd"] is nobody["score.auc_opinion"] is None


def test_where_scores_are_published_now_and_then_the_published_ones_are_measured(
    measured: Any,
) -> None:
    snapshot = written(2, score=[400, 500])
    published = replace(snapshot, published=np.array([35000, 35000], np.uint16))
    assert measured(published)["score.mean"] == 700


def test_equal_scores_say_nothing_about_opinion(measured: Any) -> None:
    snapshot = written(4, opinion=[-1, -1, 1, 1])
    assert measured(snapshot)["score.auc_opinion"] == 0.5
    assert measured(snapshot, group="dissenters")["score.auc_opinion"] is None


def test_somebody_without_an_opinion_is_no_dissenter(measured: Any) -> None:
    values = measured(written(2, opinion=[-0.1, 0.0], score=[400, 500]))
    assert values["score.auc_opinion"] == 1.0


def test_mobility_is_the_share_in_another_quintile(measured: Any) -> None:
    snapshot = written(5, score=[351, 352, 353, 354, 355])
    assert measured(snapshot, past=np.arange(5, dtype=np.uint8))["score.mobility"] == 0.0
    others = np.array([1, 0, 2, 3, 4], np.uint8)
    assert measured(snapshot, past=others)["score.mobility"] == 0.4
    assert measured(snapshot, past=None)["score.mobility"] is None


def test_only_those_who_are_there_move(measured: Any) -> None:
    snapshot = written(5, score=[351, 352, 353, 354, 355], present=[1, 1, 1, 1, 0])
    stood = np.zeros(5, np.uint8)
    keep_quintiles(snapshot, stood)
    assert measured(snapshot, past=stood)["score.mobility"] == 0.0
    assert measured(snapshot, past=np.array([4, 4, 0, 0, 4], np.uint8))["score.mobility"] == 1.0


def test_nobody_moves_from_where_nobody_stood(measured: Any) -> None:
    # with equal scores everybody stood in the middle
    snapshot = written(3, score=[400, 500, 600], present=[1, 1, 0])
    assert measured(snapshot, past=np.array([2, 2, 0], np.uint8))["score.mobility"] is None
    before, stood = written(3), np.zeros(3, np.uint8)
    keep_quintiles(before, stood)
    assert stood.tolist() == [2, 2, 2]


def test_what_comes_from_friends_is_a_share_of_all_rows(measured: Any) -> None:
    rows = {ROWS_ACTS: 5.0, ROWS_FRIENDS: 3.0, ROWS_FORGETTING: 1.5, ROWS_OTHER: 0.5}
    assert measured(written(2), counted(rows))["score.from_friends"] == 0.3
    assert measured(written(2))["score.from_friends"] is None
