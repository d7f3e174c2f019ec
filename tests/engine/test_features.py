"""What is off by default, turned on and seen to act."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from glasshouse.engine.nation import Nation
from glasshouse.measures.counters import (
    ABSENT,
    APPEALS_WON,
    CUTS_FOR_SCORE,
    CUTS_KIN,
    FACE_AGAINST,
    FACE_FOR,
    MISREAD,
    OPENED,
    PRESSED,
    SAID_AGAINST,
    SAID_FOR,
    SANCTIONS,
)
from glasshouse.scenario import Scenario
from tests.engine.everybody import published, scores

PRESS = Scenario.load("press-sesame").replace(population=4096)


def after(
    changes: dict[str, Any] | None = None, days: int = 60, base: Scenario = PRESS
) -> tuple[Nation, np.ndarray]:
    """A nation after some days under a changed scheme, and the sums of what was counted."""
    scenario = base.replace(changes or {})
    nation = Nation.make(scenario, 21)
    nation.enact(scenario.scheme)
    return nation, np.sum([nation.live_day().sum(axis=0) for _ in range(days)], axis=0)


def test_scores_are_published_at_the_end_of_each_period_only() -> None:
    scenario = PRESS.replace({"scheme.period": 10})
    nation = Nation.make(scenario, 1)
    nation.enact(scenario.scheme)
    for day in range(1, 31):
        before = nation.state.published.copy()
        nation.live_day()
        if day % 10 == 0:
            assert (nation.state.published == scores(nation)).all()
        else:
            assert (nation.state.published == before).all()
            assert (nation.state.published != scores(nation)).any()


def test_appeals_give_wrong_points_back() -> None:
    errors = {"scheme.errors.false_positive_post": 0.5, "scheme.errors.false_positive_other": 0.2}
    without, _ = after(errors)
    given, totals = after({**errors, "scheme.appeals": {"delay": 5, "success": 1.0}})
    assert totals[:, APPEALS_WON].sum() > 0
    assert scores(given).mean() > scores(without).mean()
    refused, none = after({**errors, "scheme.appeals": {"delay": 5, "success": 0.0}})
    assert none[:, APPEALS_WON].sum() == 0
    assert (scores(refused) == scores(without)).all()


def test_people_opt_out_the_more_the_less_absence_costs() -> None:
    often = {"parameters.reconsiderations_per_week": 0.5, "scheme.opt_out": True}
    doors = {f"scheme.doors.{name}.absent": "open" for name in PRESS.scheme.doors}
    dear, _ = after(often)
    free, totals = after({**often, **doors})
    assert 0 < dear.state.absent.sum() < free.state.absent.sum()
    assert totals[:, ABSENT].sum() > 0
    gone = free.state.absent == 1
    kept = scores(free)
    free.live_day()
    stayed = gone & (free.state.absent == 1)
    assert (scores(free)[stayed] == kept[stayed]).all()


def test_sanctions_are_counted_and_silence() -> None:
    watched = Scenario.load("watched").replace(population=4096)
    _, without = after(base=watched)
    _, punished = after({"scheme.sanctions": {"chance": 0.3, "worth": 10}}, base=watched)
    assert without[:, SANCTIONS].sum() == 0
    assert punished[:, SANCTIONS].sum() > 0
    assert punished[:, SAID_AGAINST].sum() < 0.85 * without[:, SAID_AGAINST].sum()


def test_a_door_by_rank_is_open_to_its_share() -> None:
    nation, _ = after({"scheme.doors": {"club": {"rank": 0.8}}})
    least = nation.snapshot().terms.door_step[0]
    assert (published(nation) >= least).mean() == pytest.approx(0.2, abs=0.01)


def test_status_brings_high_scores_new_ties() -> None:
    busy = {
        "parameters.openings_per_day": 0.03,
        "parameters.acceptance_intercept": -3.0,
        "parameters.cut_intercept": -5.0,
    }
    _, plain = after(busy, days=120)
    _, status = after({**busy, "scheme.friends.status": 5.0}, days=120)
    assert plain[:, OPENED].sum() > 0
    # Minority and dissent cells: those for (0) gain more of the new ties than those against (2).
    share = [each[[0, 1], OPENED].sum() / each[:, OPENED].sum() for each in (plain, status)]
    assert status[:, OPENED].sum() != plain[:, OPENED].sum()
    assert share[1] > share[0]


def test_a_hidden_map_stops_pressing_and_leaves_guessing() -> None:
    _, shown = after()
    _, hidden = after({"scheme.friends.map": False})
    assert shown[:, PRESSED].sum() > 0
    assert hidden[:, PRESSED].sum() == 0
    assert hidden[:, CUTS_FOR_SCORE].sum() > 0


@pytest.mark.parametrize("aggregate", ["mean", "weighted", "lowest", "lowest_k"])
def test_every_aggregate_pulls_scores_as_it_says(aggregate: str) -> None:
    pulled, _ = after({"scheme.friends.aggregate": aggregate, "scheme.friends.share": 0.8})
    own, _ = after({"scheme.friends.share": 0.0})
    if aggregate.startswith("lowest"):
        assert scores(pulled).mean() < scores(own).mean() - 1000
    else:
        assert scores(pulled).std() < scores(own).std()


def test_the_friendless_are_drawn_to_what_the_scheme_says() -> None:
    alone = {"society": {"kind": "graph", "edges": [[i, i + 1] for i in range(0, 200, 2)]}}
    cut = {"parameters.cut_intercept": 20.0, "parameters.reviews_per_day": 1.0}
    scenario = PRESS.replace(cut, **alone)
    rows = []
    for friendless in ("own", "base"):
        nation, _ = after({"scheme.friends.friendless": friendless}, days=20, base=scenario)
        assert not any(nation.degree(i) for i in range(nation.citizens))
        rows.append(np.array([nation.explain(i).day.friends_pull for i in range(200)]))
    assert (rows[0] == 0).all()
    assert (rows[1] != 0).any()


def test_scores_are_a_reason_to_cut_and_the_weight_of_doors_on_ties_decides() -> None:
    _, none = after({"parameters.cut_for_doors": 0.0}, days=90)
    _, some = after({"parameters.cut_for_doors": 300.0}, days=90)
    cuts = slice(CUTS_KIN, CUTS_KIN + 5)
    assert some[:, cuts].sum() > 10 * max(none[:, cuts].sum(), 1)
    assert some[:, CUTS_FOR_SCORE].sum() > 0.9 * some[:, cuts].sum()
    assert none[:, CUTS_FOR_SCORE].sum() == 0


def test_being_recorded_moves_dissent_face_to_face() -> None:
    _, none = after(base=Scenario.load("none").replace(population=4096))
    _, watched = after(base=Scenario.load("watched").replace(population=4096))
    share = [
        each[:, FACE_AGAINST : FACE_FOR + 1].sum() / each[:, SAID_AGAINST : SAID_FOR + 1].sum()
        for each in (none, watched)
    ]
    assert share[1] > share[0] + 0.005


def test_the_minority_is_misread_more_often() -> None:
    _, totals = after({"parameters.minority_false_positive_ratio": 3.0}, days=30)
    _, equal = after({"parameters.minority_false_positive_ratio": 1.0}, days=30)
    minority = [1, 3]
    assert totals[minority, MISREAD].sum() > 2 * equal[minority, MISREAD].sum()
    assert totals[[0, 2], MISREAD].sum() == pytest.approx(equal[[0, 2], MISREAD].sum(), rel=0.05)


def test_strengths_of_a_graph_decide_who_pulls_most() -> None:
    edges = np.array([[0, 1, 8.0], [0, 2, 0.5], *[[i, i + 1, 1.0] for i in range(3, 99)]])
    scenario = PRESS.replace(society={"kind": "graph", "edges": edges})
    nation = Nation.make(scenario, 1)
    nation.enact(scenario.scheme)
    nation.live_day()
    nation.live_day()
    pulls = {row.friend: row for row in nation.explain(0).day.friends}
    assert pulls[1].layer == 0 and pulls[2].layer == 3
    gap = {j: nation.published_step(j) - nation.score_step(0) for j in (1, 2)}
    assert pulls[1].amount * gap[2] * 0.5 == pytest.approx(pulls[2].amount * gap[1] * 8.0, abs=1e-6)
