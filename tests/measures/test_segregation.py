"""How far like is tied to like."""

from __future__ import annotations

from typing import Any

import pytest

from tests.measures.written import written

TWO_TRIANGLES = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)]


def test_two_camps_without_a_tie_between_them(measured: Any) -> None:
    opinion, score = [-1, -1, -1, 1, 1, 1], [400, 400, 400, 800, 800, 800]
    values = measured(written(6, TWO_TRIANGLES, opinion=opinion, score=score), structure=True)
    assert values["assortativity.opinion"] == pytest.approx(1.0)
    assert values["assortativity.score"] == pytest.approx(1.0)
    assert values["modularity.camp"] == pytest.approx(0.5)
    assert values["modularity.score_quintile"] == pytest.approx(0.5)
    assert values["modularity.district"] == 0.0
    assert values["ties.giant"] == 0.5


def test_only_friends_of_the_other_camp(measured: Any) -> None:
    snapshot = written(4, [(0, 1), (1, 2), (2, 3), (3, 0)], opinion=[-1, 1, -1, 1])
    values = measured(snapshot, structure=True)
    assert values["assortativity.opinion"] == pytest.approx(-1.0)
    assert values["modularity.camp"] == pytest.approx(-0.5)
    assert values["assortativity.score"] is None


def test_ties_of_those_who_left_do_not_count_for_scores(measured: Any) -> None:
    score, ties = [400, 400, 800, 800], [(0, 1), (2, 3), (1, 2)]
    everybody = measured(written(4, ties, score=score, present=[1, 1, 1, 1]), structure=True)
    fewer = measured(written(4, ties, score=score, present=[1, 1, 0, 1]), structure=True)
    assert everybody["assortativity.score"] == pytest.approx(1 / 3)
    assert fewer["assortativity.score"] is None
    assert everybody["ties.giant"] == fewer["ties.giant"] == 1.0


def test_the_giant_component_is_given_by_group(measured: Any) -> None:
    snapshot = written(4, [(0, 1), (1, 2)], minority=[0, 0, 1, 1])
    assert measured(snapshot, structure=True)["ties.giant"] == 0.75
    assert measured(snapshot, structure=True, group="minority")["ties.giant"] == 0.5


def test_without_living_ties_there_is_nothing_to_measure(measured: Any) -> None:
    values = measured(written(3, [(0, 1)], alive=[False, False]), structure=True)
    assert values["assortativity.opinion"] is None
    assert values["modularity.camp"] is None
    assert values["ties.giant"] == pytest.approx(1 / 3)
