"""How far like is tied to like."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

TWO_TRIANGLES = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5)]


def test_two_camps_without_a_tie_between_them(make_snapshot: Any, measured: Any) -> None:
    state = {"opinion": [-1, -1, -1, 1, 1, 1], "score": [400, 400, 400, 800, 800, 800]}
    values = measured(make_snapshot(6, TWO_TRIANGLES, state=state), structure=True)
    assert values["assortativity.opinion"] == pytest.approx(1.0)
    assert values["assortativity.score"] == pytest.approx(1.0)
    assert values["modularity.camp"] == pytest.approx(0.5)
    assert values["modularity.score_quintile"] == pytest.approx(0.5)
    assert values["modularity.district"] == 0.0
    assert values["ties.giant"] == 0.5


def test_only_friends_of_the_other_camp(make_snapshot: Any, measured: Any) -> None:
    state = {"opinion": [-1, 1, -1, 1]}
    snapshot = make_snapshot(4, [(0, 1), (1, 2), (2, 3), (3, 0)], state=state)
    values = measured(snapshot, structure=True)
    assert values["assortativity.opinion"] == pytest.approx(-1.0)
    assert values["modularity.camp"] == pytest.approx(-0.5)
    assert values["assortativity.score"] is None


def test_ties_of_those_who_left_do_not_count_for_scores(make_snapshot: Any, measured: Any) -> None:
    state = {"score": [400, 400, 800, 800], "present": [1, 1, 1, 1]}
    ties = [(0, 1), (2, 3), (1, 2)]
    everybody = measured(make_snapshot(4, ties, state=state), structure=True)
    state["present"] = [1, 1, 0, 1]
    fewer = measured(make_snapshot(4, ties, state=state), structure=True)
    assert everybody["assortativity.score"] == pytest.approx(1 / 3)
    assert fewer["assortativity.score"] is None
    assert everybody["ties.giant"] == fewer["ties.giant"] == 1.0


def test_the_giant_component_is_given_by_group(make_snapshot: Any, measured: Any) -> None:
    state = {"minority": [0, 0, 1, 1]}
    snapshot = make_snapshot(4, [(0, 1), (1, 2)], state=state)
    assert measured(snapshot, structure=True)["ties.giant"] == 0.75
    assert measured(snapshot, structure=True, group="minority")["ties.giant"] == 0.5


def test_without_living_ties_there_is_nothing_to_measure(make_snapshot: Any, measured: Any) -> None:
    values = measured(make_snapshot(3, [(0, 1)], alive=np.zeros(2)), structure=True)
    assert values["assortativity.opinion"] is None
    assert values["modularity.camp"] is None
    assert values["ties.giant"] == pytest.approx(1 / 3)
