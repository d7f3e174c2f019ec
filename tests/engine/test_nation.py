"""Properties of a living nation that always hold."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glasshouse.engine.nation import Nation
from glasshouse.measures.counters import FACE_FOR, SAID_AGAINST, SAID_FOR
from glasshouse.scenario import Scenario
from tests.engine.drawing import EVENTFUL, scenarios
from tests.engine.everybody import everybody_of, opinions, scores, stances

PRESS = Scenario.load("press-sesame").replace(
    population=4096, timeline={"spin_up": 5}, parameters=EVENTFUL
)
SPEECH = slice(SAID_AGAINST, FACE_FOR + 1)
INDIFFERENT = {
    "weight_of_doors": 0.0,
    "weight_of_fear": 0.0,
    "weight_of_pressure": 0.0,
    "cut_for_doors": 0.0,
}


def lived(scenario: Scenario, days: int = 40, **parameters: float) -> tuple[Nation, np.ndarray]:
    """A nation after some days under its scheme, and what was counted."""
    changed = scenario.replace(parameters={**scenario.parameters, **parameters})
    nation = Nation.make(changed, 11)
    nation.enact(changed.scheme)
    return nation, np.sum([nation.live_day() for _ in range(days)], axis=0)


def all_but_scores(nation: Nation) -> bytes:
    """What is remembered of feelings and ties."""
    consent = everybody_of(nation).open(nation)
    return stances(nation).tobytes() + opinions(nation).tobytes() + consent.tobytes()


def test_a_branch_has_the_same_past_and_its_own_future() -> None:
    nation = Nation.make(PRESS, 2)
    for _ in range(3):
        nation.live_day()
    branch = nation.branch()
    assert branch.digest() == nation.digest()
    branch.enact(PRESS.scheme)
    for _ in range(10):
        branch.live_day()
    still = nation.branch()
    for _ in range(10):
        nation.live_day()
        still.live_day()
    assert nation.digest() == still.digest() != branch.digest()


def test_scores_pile_up_at_the_ends_of_their_range_and_stay_inside() -> None:
    dear, _ = lived(PRESS.replace({"scheme.points.like.against": -300}), days=30)
    assert scores(dear).min() == 0
    generous, _ = lived(PRESS.replace({"scheme.points.like.for": 300}), days=30)
    assert scores(generous).max() == generous.terms.top
    for nation in (dear, generous):
        assert ((scores(nation) >= 0) & (scores(nation) <= nation.terms.top)).all()


def test_without_friends_share_scores_do_not_depend_on_the_map() -> None:
    own = PRESS.replace({"scheme.friends.share": 0.0})
    shown, _ = lived(own)
    hidden, _ = lived(own.replace({"scheme.friends.map": False}))
    assert shown.digest() == hidden.digest()


def test_with_friends_share_scores_do_depend_on_the_map() -> None:
    shown, _ = lived(PRESS)
    hidden, _ = lived(PRESS.replace({"scheme.friends.map": False}))
    assert (scores(shown) != scores(hidden)).any()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios(), st.integers(0, 2**32))
def test_whom_nothing_moves_lives_as_without_a_scheme_whatever_the_scheme(
    scenario: Scenario, seed: int
) -> None:
    indifferent = scenario.replace(
        {"scheme.sanctions.chance": 0.0, "scheme.friends.status": 0.0},
        parameters={**scenario.parameters, **INDIFFERENT},
    )
    here, there = Nation.make(indifferent, seed), Nation.make(indifferent, seed)
    here.enact(indifferent.scheme)
    for _ in range(8):
        said_here, said_there = here.live_day(), there.live_day()
        assert (said_here[:, :, SPEECH] == said_there[:, :, SPEECH]).all()
        assert all_but_scores(here) == all_but_scores(there)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios(), st.integers(0, 2**32))
def test_any_nation_lives_the_same_life_again_and_another_with_another_seed(
    scenario: Scenario, seed: int
) -> None:
    lives = []
    for each in (seed, seed, seed + 1):
        nation = Nation.make(scenario, each)
        nation.enact(scenario.scheme)
        lives.append([nation.live_day().tobytes() for _ in range(3)] + [nation.digest()])
    assert lives[0] == lives[1]
    assert lives[0][-1] != lives[2][-1]


@pytest.mark.parametrize(
    "preset", ["press-sesame", "own-acts-only", "credit-only", "watched", "fear"]
)
def test_whom_nothing_moves_speaks_as_without_a_scheme_draw_for_draw(preset: str) -> None:
    scheme = Scenario.load(preset).replace({"scheme.sanctions.chance": 0.0}).scheme
    base = PRESS.replace(scheme=scheme)
    none = PRESS.replace(scheme="none")
    there, said_there = lived(none, **INDIFFERENT)
    here, said_here = lived(base, **INDIFFERENT)
    assert (said_here[:, :, SPEECH] == said_there[:, :, SPEECH]).all()
    assert all_but_scores(here) == all_but_scores(there)


def test_each_of_the_four_moves_speech_when_it_is_on() -> None:
    _, said = lived(PRESS, **INDIFFERENT)
    speech = slice(SAID_AGAINST, SAID_FOR + 1)
    for name in ("weight_of_doors", "weight_of_fear", "weight_of_pressure"):
        _, moved = lived(PRESS, **{**INDIFFERENT, name: 0.5})
        assert (moved[:, :, speech] != said[:, :, speech]).any(), name


def test_a_small_change_of_a_rate_changes_few_citizen_days() -> None:
    def counts(rate: float) -> np.ndarray:
        nation = Nation.make(PRESS.replace(parameters={"purchases_per_day": rate}), 1)
        return np.array([nation.explain(i).day.acts for i in range(1000)], dtype=object)

    def others(acts: Any) -> list[Any]:
        return [act for act in acts if act.kind != 5]

    before, after = counts(0.5), counts(0.51)
    changed = [len(a) != len(b) for a, b in zip(before, after, strict=True)]
    assert sum(changed) > 0
    assert np.mean(changed) < 0.07
    # Errands are counted together, so now and then another one becomes a purchase.
    moved = [others(a) != others(b) for a, b in zip(before, after, strict=True)]
    assert np.mean(moved) < 0.01


def test_opinions_drift_on_one_day_of_the_month_only() -> None:
    nation = Nation.make(PRESS.replace(parameters={}), 1)
    changes = np.zeros(nation.citizens, int)
    for _ in range(30):
        before = opinions(nation)
        nation.live_day()
        changes += opinions(nation) != before
    assert changes.max() == 1


def test_scores_mean_nothing_before_a_scheme_and_after_its_abolition() -> None:
    nation = Nation.make(PRESS, 1)
    nation.live_day()
    assert len(np.unique(scores(nation))) == 1
    nation.enact(PRESS.scheme)
    for _ in range(5):
        nation.live_day()
    kept = scores(nation)
    assert len(np.unique(kept)) > 100
    nation.enact(PRESS.replace(scheme="none").scheme)
    nation.live_day()
    assert (scores(nation) == kept).all()
    assert not nation.in_force


def test_a_reform_keeps_scores_and_a_new_introduction_begins_anew() -> None:
    nation = Nation.make(PRESS, 1)
    nation.enact(PRESS.scheme)
    nation.live_day()
    before = scores(nation)
    nation.enact(PRESS.replace({"scheme.friends.share": 0.0}).scheme)
    assert (scores(nation) == before).all()
    nation.enact(PRESS.replace(scheme="none").scheme)
    nation.enact(PRESS.scheme)
    assert (scores(nation) == nation.terms.start).all()
