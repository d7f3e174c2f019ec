"""The first day: capacity, near first, camps balanced."""

from __future__ import annotations

import numpy as np
import pytest

from glasshouse.scenario import Scenario
from glasshouse.society import first_day as making
from glasshouse.society.first_day import degree_by_camp
from glasshouse.society.layout import layout_of
from glasshouse.society.make import make_society, plan_society
from glasshouse.society.people import CITY_SIZE, shares_of
from glasshouse.society.record import circles_of
from glasshouse.society.start import Beginning
from glasshouse.society.ties import KIN, NATION
from tests.society.written_out import WrittenOut, sides_of_all, slots_of_all

SCENARIO = Scenario.load("none").replace(population=32_768)
PARAMETERS = SCENARIO.behaviour


@pytest.fixture(scope="module", params=[32, 64, 128])
def made(request: pytest.FixtureRequest) -> WrittenOut:
    scenario = SCENARIO.replace({"society.slots": request.param})
    return WrittenOut(*make_society(scenario, seed=4))


def ratio_of(made: WrittenOut) -> float:
    """Mean degree of dissenters over that of the others."""
    degrees, dissents = made.degree, made.dissents
    return float(degrees[dissents].mean() / degrees[~dissents].mean())


def test_dissenters_and_others_start_with_equal_mean_degree(made: WrittenOut) -> None:
    assert ratio_of(made) == pytest.approx(1.0, abs=0.01)


def test_mean_degrees_of_camps_are_counted_as_they_are(made: WrittenOut) -> None:
    degrees, dissents = made.degree, made.dissents
    others, dissenters = degree_by_camp(made.society.beginning, made.records)
    assert others == pytest.approx(degrees[~dissents].mean())
    assert dissenters == pytest.approx(degrees[dissents].mean())


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("citizens", [8192, 100_000])
def test_camps_start_balanced_whatever_the_seed(seed: int, citizens: int) -> None:
    society, records = make_society(SCENARIO.replace(population=citizens), seed)
    others, dissenters = degree_by_camp(society.beginning, records)
    assert others is not None and dissenters is not None
    assert dissenters / others == pytest.approx(1.0, abs=0.01)


def test_nobody_opens_more_near_sides_than_they_have_room_for(made: WrittenOut) -> None:
    near = made.ties.layer != NATION
    opened = np.bincount(made.source[near], made.consent[near], made.citizens)
    assert (opened <= made.capacity + 0.5).all()
    # And all the room that is left behind the far ones is taken, where there are enough to know.
    far = np.bincount(made.source[~near], made.consent[~near], made.citizens)
    could = np.bincount(made.source[near], ~made.across()[near], made.citizens)
    full = could > made.capacity
    assert full.any()
    assert ((opened + far)[full] >= made.capacity[full] - 0.5).all()


def test_capacity_is_the_trait_scaled_by_the_camp(made: WrittenOut) -> None:
    beginning = made.society.beginning
    scales = np.where(made.dissents, beginning.scale_dissenters, beginning.scale_others)
    assert (made.capacity == made.people.capacity * scales).all()
    assert max(beginning.scale_dissenters, beginning.scale_others) <= 1.0


def test_near_sides_are_opened_before_farther_ones(made: WrittenOut) -> None:
    ties, across = made.ties, made.across()
    for i in range(500):
        mine = slice(ties.offsets[i], ties.offsets[i + 1])
        near = ~across[mine] & (ties.layer[mine] != NATION)
        opened = made.consent[mine][near].astype(int)
        assert (np.diff(opened) <= 0).all()


def test_whether_a_pair_may_ever_be_open_is_drawn_once_for_both(made: WrittenOut) -> None:
    # Far sides do not go by capacity, so both are open or neither is.
    far = made.ties.layer == NATION
    assert (made.consent[far] == made.consent[made.ties.back][far]).all()
    opened = made.consent[far & ~made.across()].mean()
    assert opened == pytest.approx(PARAMETERS.far_tie_openness, abs=0.02)
    apart = made.consent[far & made.across()].mean()
    expected = PARAMETERS.far_tie_openness * PARAMETERS.cross_camp_openness
    assert apart == pytest.approx(expected, abs=0.02)


def test_about_a_fifth_of_living_ties_cross_camps() -> None:
    made = WrittenOut(*make_society(SCENARIO, seed=4))
    assert made.across()[made.alive].mean() == pytest.approx(0.20, abs=0.03)


def test_near_ties_come_first_and_some_far_ones_always_live(made: WrittenOut) -> None:
    alive, layer = made.alive, made.ties.layer
    share = [alive[layer == each].mean() for each in range(NATION)]
    assert share == sorted(share, reverse=True)
    assert share[KIN] > 0.75
    far_slots = int((layout_of(made.society.slots).layer == NATION).sum())
    assert 0.25 < alive[layer == NATION].sum() / made.citizens / far_slots < 0.625


def test_openness_moves_the_share_of_ties_across_camps() -> None:
    shares = []
    for openness in (0.2, 1.0):
        scenario = SCENARIO.replace({"parameters.cross_camp_openness": openness}, population=8192)
        made = WrittenOut(*make_society(scenario, 4))
        shares.append(made.across()[made.alive].mean())
    assert shares[0] < shares[1] - 0.1


@pytest.mark.parametrize("share", [0.001, 0.999])
def test_a_nation_of_one_camp_keeps_its_capacity(share: float) -> None:
    scenario = SCENARIO.replace({"parameters.dissent_share": share}, population=128)
    made = (make_society(scenario, seed) for seed in range(30))
    society, records = next(
        (society, records)
        for society, records in made
        if None in degree_by_camp(society.beginning, records)
    )
    beginning = society.beginning
    assert (beginning.scale_others, beginning.scale_dissenters) == (1.0, 1.0)
    assert WrittenOut(society, records).degree.mean() > 10


def test_other_sides_are_open_under_another_seed() -> None:
    one, other = (make_society(SCENARIO, seed) for seed in (4, 5))
    layout = layout_of(32)
    far = layout.layer == NATION
    sides, camps = [], []
    for seed, (_, records) in ((4, one), (5, other)):
        named = slots_of_all(seed, SCENARIO.population, layout)[:, far]
        opinion = records.bytes.reshape(-1, 256)[:, 96:128].view(np.int8).reshape(-1)
        camps.append((named >= 0) & ((opinion[named] < 0) == (opinion < 0)[:, None]))
        sides.append(sides_of_all(records, SCENARIO.population)[:, far])
    kept_apart = (sides[0] != sides[1])[camps[0] & camps[1]]
    openness = PARAMETERS.far_tie_openness
    assert kept_apart.mean() == pytest.approx(2 * openness * (1 - openness), abs=0.02)


def beginning_of(seed: int, citizens: int) -> Beginning:
    """A first day that is not made yet."""
    shares = shares_of(seed, citizens, PARAMETERS, clustered=True)
    return Beginning(np.uint64(seed), citizens, layout_of(32), PARAMETERS, shares, 1.0, 1.0)


def test_a_nation_larger_than_a_city_takes_its_scale_from_one_city(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(making, "CITY_SIZE", 8192)
    city, _ = making.first_day(beginning_of(3, 8192))
    nation, records = making.first_day(beginning_of(3, 5 * 8192 + 100))
    scales = (city.scale_others, city.scale_dissenters)
    assert (nation.scale_others, nation.scale_dissenters) == scales != (1.0, 1.0)
    assert nation.citizens == 5 * 8192 + 100
    assert len(records.bytes) == circles_of(nation.citizens) * 256
    others, dissenters = degree_by_camp(nation, records)
    assert others is not None and dissenters is not None
    assert dissenters / others == pytest.approx(1.0, abs=0.05)
    planned = making.with_scale(beginning_of(3, nation.citizens))
    assert (planned.scale_others, planned.scale_dissenters) == scales


def test_a_real_nation_of_more_than_a_city_starts_balanced() -> None:
    scenario = SCENARIO.replace(population=CITY_SIZE + 50_000)
    society, records = make_society(scenario, 1)
    others, dissenters = degree_by_camp(society.beginning, records)
    assert others is not None and dissenters is not None
    # The scale is that of a city of the nation's shares; the nation's cities differ from it.
    assert dissenters / others == pytest.approx(1.0, abs=0.05)
    planned = plan_society(scenario, 1).beginning
    assert planned.scale_dissenters == society.beginning.scale_dissenters
