"""A society is made of its scenario and seed alone."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.scenario import Scenario
from glasshouse.society.make import make_society

SCENARIO = Scenario.load("none").replace(population=8192)
STRENGTHS = {"kin": 9.0, "circle": 3.0, "district": 0.9, "city": 0.6, "nation": 0.2}


def test_the_same_seed_makes_the_same_society_and_another_seed_another() -> None:
    one, same, other = (make_society(SCENARIO, seed) for seed in (1, 1, 2))
    for part in ("consent", "capacity", "stance"):
        assert (getattr(one, part) == getattr(same, part)).all()
    assert (one.ties.friend == same.ties.friend).all()
    assert 0.05 < (one.people.opinion < 0).mean() < 0.95
    assert (one.people.opinion != other.people.opinion).mean() > 0.9


@pytest.mark.parametrize("start", [0.0, 0.6, 1.0])
def test_stance_starts_at_a_share_of_opinion(start: float) -> None:
    made = make_society(SCENARIO.replace({"parameters.stance_start": start}), 1)
    assert np.abs(made.stance - start * made.people.opinion).max() <= 0.5


def test_every_layer_has_the_strength_asked_for() -> None:
    changes = {f"parameters.strength_{layer}": value for layer, value in STRENGTHS.items()}
    ties = make_society(SCENARIO.replace(changes), 1).ties
    assert (ties.strength == np.array(list(STRENGTHS.values()))[ties.layer]).all()


def test_a_graph_keeps_its_strengths_and_has_no_neighbourhoods() -> None:
    edges = np.array([[i, (i + 1) % 6400] for i in range(6400)])
    strength = np.where(np.arange(6400) % 2 == 0, 8.0, 0.5)
    graph = {"kind": "graph", "edges": np.column_stack([edges, strength])}
    made = make_society(SCENARIO.replace(society=graph), 1)
    assert sorted(set(made.ties.strength.tolist())) == [0.5, 8.0]
    assert sorted(set(made.ties.layer.tolist())) == [0, 3]
    circles = made.people.opinion.reshape(-1, 32).astype(float)
    assert abs(np.corrcoef(circles[:, 3], circles[:, 17])[0, 1]) < 0.25
