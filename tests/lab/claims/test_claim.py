from __future__ import annotations

import pytest

from glasshouse.lab.claims.claim import (
    ARM,
    CLAIM,
    PLACEBO,
    TENSION,
    Claim,
    arms,
    assumptions,
    chosen,
    claims,
    experiment_for,
)
from glasshouse.lab.experiments.design import Experiment
from glasshouse.lab.experiments.points import points_of
from glasshouse.scenario import BadInput
from glasshouse.scenario.document import parse_document
from glasshouse.scenario.reading import checked

PLAIN = {
    "name": "silence", "claim": "It silences.", "measured": "Silence.", "unit": "share",
    "readings": {"full": "press chilling"}, "effect": "full", "smallest": 0.1,
}  # fmt: skip


def test_there_are_21_claims_three_tensions_and_two_placebos() -> None:
    assert [each.number for each in claims() if each.kind == CLAIM] == list(range(1, 22))
    assert sum(each.kind == TENSION for each in claims()) == 3
    assert sum(each.kind == PLACEBO for each in claims()) == 2
    assert len({each.name for each in claims()}) == len(claims())


def test_every_arm_is_read_by_some_claim() -> None:
    read = {reading.arm for claim in claims() for reading in claim.readings.values()}
    assert read == set(arms())


def test_every_reading_counts_for_the_effect_or_beside_it() -> None:
    for claim in claims():
        used = {name for each in claim.sums.values() for name in each.names}
        assert used == set(claim.readings), claim.name


def test_every_reading_is_taken_on_a_measuring_day() -> None:
    measured = {*assumptions().at, None}
    for claim in claims():
        assert {reading.day for reading in claim.readings.values()} <= measured, claim.name


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.name)
def test_every_claim_is_an_experiment_that_can_be_written_down_and_lived(claim: Claim) -> None:
    experiment = experiment_for([claim], assumptions().quick)
    text = parse_document(experiment.to_yaml(), "claim.yaml")
    assert points_of(checked(Experiment, text, "claim.yaml")) == points_of(experiment)
    assert set(experiment.measures) == {each.measure for each in claim.readings.values()}


def test_claims_together_live_each_arm_once() -> None:
    together = experiment_for(claims(), assumptions().quick)
    assert list(together.factors[ARM].arms) == list(arms())


def test_all_lives_of_a_draw_have_the_same_assumptions() -> None:
    draws: dict[tuple[float, ...], set[tuple[object, ...]]] = {}
    for point in points_of(experiment_for(claims(), assumptions().quick)):
        settings = tuple(value for name, value in point.settings.items() if name != ARM)
        draws.setdefault(point.unit, set()).add(settings)
    assert len(draws) == assumptions().quick.draws
    assert all(len(settings) == 1 for settings in draws.values())


def test_claims_are_chosen_by_number_or_name_in_their_own_order() -> None:
    assert [each.name for each in chosen(["doors", "1"])] == ["silence", "doors"]
    assert chosen([]) == claims()


def test_a_claim_that_is_none_is_told_with_the_nearest() -> None:
    with pytest.raises(BadInput) as fault:
        chosen(["silense"])
    assert fault.value.nearest == "silence"


@pytest.mark.parametrize(
    ("change", "field", "nearest"),
    [
        ({"effect": "ful"}, "effect", "full"),
        ({"beside": {"more": "half"}}, "beside.more", ""),
        ({"readings": {"full": "pres chilling"}}, "readings.full.arm", "press"),
        ({"readings": {"full": "press chilling of other"}}, "readings.full.group", "others"),
        ({"smallest": -1.0}, "smallest", ""),
        ({"readings": {}}, "readings", ""),
    ],
)  # fmt: skip
def test_a_claim_written_wrongly_is_refused(change: dict, field: str, nearest: str) -> None:
    with pytest.raises(BadInput) as fault:
        Claim(**{**PLAIN, **change})
    assert (fault.value.field, fault.value.nearest) == (field, nearest)
