"""A society is made of its scenario and seed alone."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.chance.threads import on_threads
from glasshouse.scenario import Scenario
from glasshouse.society.make import make_society, plan_society
from glasshouse.society.population import make_people
from glasshouse.society.record import unpacked
from glasshouse.society.ties import strength_of_layers
from tests.society.written_out import WrittenOut

SCENARIO = Scenario.load("none").replace(population=8192)
STRENGTHS = {"kin": 9.0, "circle": 3.0, "district": 0.9, "city": 0.6, "nation": 0.2}
RING = {"kind": "graph", "edges": np.array([[i, (i + 1) % 6400] for i in range(6400)])}


def test_the_same_seed_makes_the_same_society_and_another_seed_another() -> None:
    one, same, other = (WrittenOut(*make_society(SCENARIO, seed)) for seed in (1, 1, 2))
    for part in ("consent", "capacity", "stance", "opinion"):
        assert (getattr(one, part) == getattr(same, part)).all()
    assert (one.records.bytes == same.records.bytes).all()
    assert (one.ties.friend == same.ties.friend).all()
    assert 0.05 < one.dissents.mean() < 0.95
    assert (one.opinion != other.opinion).mean() > 0.9


@pytest.mark.parametrize("citizens", [64, 3001, 150_000])
def test_the_number_of_threads_changes_nothing(citizens: int) -> None:
    made = []
    for threads in (1, 2, 3):
        with on_threads(threads):
            made.append(make_society(SCENARIO.replace(population=citizens), 7))
    for society, records in made[1:]:
        assert (records.bytes == made[0][1].bytes).all()
        assert society.beginning.scale_others == made[0][0].beginning.scale_others
        assert society.beginning.scale_dissenters == made[0][0].beginning.scale_dissenters


@pytest.mark.parametrize("society", [{"kind": "circles", "slots": 64}, RING])
def test_a_society_without_its_first_day_is_the_same_society(society: dict[str, object]) -> None:
    scenario = SCENARIO.replace(society=society, population=6400)
    planned, (made, _) = plan_society(scenario, 5), make_society(scenario, 5)
    for name, value in made.beginning._asdict().items():
        assert getattr(planned.beginning, name) == value, name
    assert (planned.ties is None) == (made.ties is None)
    assert (planned.slots, planned.clustered) == (made.slots, made.clustered)
    if made.ties is not None and planned.ties is not None:
        assert (planned.ties.friend == made.ties.friend).all()


@pytest.mark.parametrize("slots", [32, 64, 128])
def test_a_society_has_the_slots_asked_for(slots: int) -> None:
    society, records = make_society(SCENARIO.replace({"society.slots": slots}), 1)
    assert society.slots == society.beginning.layout.slots == slots
    assert records.size == 128 + 4 * slots
    # 64 slots are room to know more people, not more room for people one knows.
    assert WrittenOut(society, records).degree.mean() == pytest.approx(15.5, abs=2.5)


@pytest.mark.parametrize("start", [0.0, 0.6, 1.0])
def test_stance_starts_at_a_share_of_opinion(start: float) -> None:
    _, records = make_society(SCENARIO.replace({"parameters.stance_start": start}), 1)
    stance = unpacked(records, "stance", 8192)
    opinion = unpacked(records, "opinion", 8192)
    assert np.abs(stance - start * opinion).max() <= 0.5
    assert not unpacked(records, "score", 8192).any()


def test_opinions_on_the_first_day_are_those_that_are_drawn() -> None:
    society, records = make_society(SCENARIO, 3)
    people = make_people(3, 0, 8192, SCENARIO.behaviour, society.shares)
    assert (unpacked(records, "opinion", 8192) == people.opinion).all()


def test_vacant_places_of_the_last_circle_are_empty() -> None:
    for society in ({"kind": "circles", "slots": 64}, {"kind": "graph", "edges": [[0, 69]]}):
        scenario = SCENARIO.replace(society=society, population=70)
        made, records = make_society(scenario, 1)
        last = records.bytes[-records.size :]
        empty = np.ones(len(last), bool)
        for lane in range(made.citizens % 32):
            empty[[2 * lane, 2 * lane + 1, 64 + lane, 96 + lane]] = False
            for word in range(made.slots // 32):
                at = 128 + 128 * word + 4 * lane
                empty[at : at + 4] = False
        assert made.citizens % 32
        assert not last[empty].any()


def test_every_layer_has_the_strength_asked_for() -> None:
    changes = {f"parameters.strength_{layer}": value for layer, value in STRENGTHS.items()}
    scenario = SCENARIO.replace(changes)
    assert strength_of_layers(scenario.behaviour).tolist() == list(STRENGTHS.values())
    ties = WrittenOut(*make_society(scenario, 1)).ties
    assert (ties.strength == np.array(list(STRENGTHS.values()))[ties.layer]).all()


def test_a_graph_keeps_its_strengths_and_has_no_neighbourhoods() -> None:
    strength = np.where(np.arange(6400) % 2 == 0, 8.0, 0.5)
    graph = {"kind": "graph", "edges": np.column_stack([RING["edges"], strength])}
    made, records = make_society(SCENARIO.replace(society=graph), 1)
    assert made.ties is not None
    assert sorted(set(made.ties.strength.tolist())) == [0.5, 8.0]
    assert sorted(set(made.ties.layer.tolist())) == [0, 3]
    circles = unpacked(records, "opinion", 6400).reshape(-1, 32).astype(float)
    assert abs(np.corrcoef(circles[:, 3], circles[:, 17])[0, 1]) < 0.25
    assert not made.clustered
    assert (made.slots, records.size) == (0, 128)
