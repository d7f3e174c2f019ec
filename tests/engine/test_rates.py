"""Acts come as often as their rates say, in the compiled nation as in the reference."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from glasshouse.engine.nation import Nation
from glasshouse.engine.plain_nation import PlainNation
from glasshouse.measures.counters import (
    BILLS,
    BILLS_LATE,
    COUNTERS,
    FACE_AGAINST,
    FACE_FOR,
    MISREAD,
    READ_AGAINST,
    READ_FOR,
    RECORDED,
    SAID_AGAINST,
    SAID_FOR,
    SHOPPED_AGAINST,
    SHOPPED_FOR,
)
from glasshouse.model.acts import (
    BILL,
    CARTOON,
    FACE_TO_FACE,
    GRUMBLE,
    KINDS,
    PURCHASE,
    RECORDED_SPEECH_KINDS,
    SPEECH_KINDS,
    SUBSCRIPTION,
    act_rate,
    chance_of_late_bill,
    political_rate,
)
from glasshouse.model.recording import chance_of_false_positive
from glasshouse.scenario import Scenario
from glasshouse.society.population import make_people
from tests.engine.comparing import counted
from tests.engine.drawing import EVENTFUL

CITIZENS, DAYS = 8192, 10
NONE = Scenario.load("none").replace(population=CITIZENS, timeline={"spin_up": 0})


def sums_of(scenario: Scenario, seed: int) -> NDArray[np.float64]:
    """What was counted of everybody on some days."""
    nation = Nation.make(scenario, seed)
    nation.enact(scenario.scheme)
    return np.sum([nation.live_day().sum(axis=(0, 1)) for _ in range(DAYS)], axis=0)


def rates_of(scenario: Scenario, seed: int) -> NDArray[np.float64]:
    """Acts a day of everybody, by kind."""
    numbers, nation = scenario.behaviour, Nation.make(scenario, seed)
    people = make_people(seed, 0, CITIZENS, numbers, nation.shares)
    return np.array([[act_rate(k, a, numbers) for k in range(len(KINDS))] for a in people.activity])


def assert_near(found: float, expected: float) -> None:
    """A Poisson count is within five standard errors of its mean."""
    assert abs(found - expected) < 5 * np.sqrt(expected) + 1e-9


@pytest.mark.parametrize("busy", [1.0, 8.0])
def test_unrecorded_acts_come_at_their_rates(busy: float) -> None:
    scenario = NONE.replace(
        parameters={"messages_per_day": 3.0 * busy, "bills_per_day": 0.2 * busy}
    )
    numbers, totals = scenario.behaviour, sums_of(scenario, 6)
    rates = rates_of(scenario, 6)
    face, other = rates[:, FACE_TO_FACE], rates[:, :RECORDED_SPEECH_KINDS].sum(axis=1)
    spoken = np.array([political_rate(*both, numbers) for both in zip(face, other, strict=True)])
    assert_near(totals[SAID_AGAINST : SAID_FOR + 1].sum(), DAYS * spoken.sum())
    # With nothing to fear and nothing to gain, as much is said face to face as ever.
    at_face = (spoken * face / (face + other)).sum()
    assert_near(totals[FACE_AGAINST : FACE_FOR + 1].sum(), DAYS * at_face)
    assert_near(totals[SHOPPED_AGAINST : SHOPPED_FOR + 1].sum(), DAYS * rates[:, PURCHASE].sum())
    assert_near(totals[READ_AGAINST : READ_FOR + 1].sum(), DAYS * rates[:, SUBSCRIPTION].sum())
    assert_near(totals[BILLS], DAYS * rates[:, BILL].sum())
    people = make_people(6, 0, CITIZENS, numbers, Nation.make(scenario, 6).shares)
    late = np.array([chance_of_late_bill(wealth, numbers) for wealth in people.log_wealth])
    assert_near(totals[BILLS_LATE], DAYS * (rates[:, BILL] * late).sum())


@pytest.mark.parametrize("neutral", [0.0, -1.0])
def test_neutral_speech_is_recorded_and_misread_at_its_rates(neutral: float) -> None:
    # Where nothing is political, all that is recorded besides errands is neutral speech.
    scenario = Scenario.load("press-sesame").replace(
        {"scheme.points.like.neutral": neutral, "scheme.coverage.public": 0.7},
        population=CITIZENS, timeline={"spin_up": 0}, parameters={"political_share": 0.0},
    )  # fmt: skip
    totals, rates = sums_of(scenario, 6), rates_of(scenario, 6)
    nation = Nation.make(scenario, 6)
    nation.enact(scenario.scheme)
    terms, numbers = nation.terms, scenario.behaviour
    minority = make_people(6, 0, CITIZENS, numbers, nation.shares).minority
    seen = rates * terms.coverage
    errands = [PURCHASE, SUBSCRIPTION, BILL, GRUMBLE, CARTOON]
    speech = seen[:, :RECORDED_SPEECH_KINDS]
    assert SPEECH_KINDS == RECORDED_SPEECH_KINDS + 1
    assert_near(totals[RECORDED], DAYS * (speech.sum() + seen[:, errands].sum()))
    wrong = np.array([
        [chance_of_false_positive(listed, each, numbers) for listed in terms.false_positive[:4]]
        for each in (0, 1)
    ])  # fmt: skip
    misread = (speech * wrong[minority]).sum()
    # Of purchases and subscriptions those in a neutral tone are misread now and then.
    most = seen[:, [PURCHASE, SUBSCRIPTION]].sum() * wrong.max()
    assert totals[MISREAD] > DAYS * misread - 5 * np.sqrt(DAYS * misread)
    assert totals[MISREAD] < DAYS * (misread + most) + 5 * np.sqrt(DAYS * (misread + most))


def test_small_nations_of_the_reference_live_like_compiled_ones_of_other_seeds() -> None:
    scenario = Scenario.load("press-sesame").replace(
        population=64, timeline={"spin_up": 0}, parameters=EVENTFUL
    )

    def lives_of(days: int, seed: int) -> NDArray[np.float64]:
        nation = Nation.make(scenario, seed)
        nation.enact(scenario.scheme)
        return np.sum([nation.live_day().sum(axis=(0, 1)) for _ in range(days)], axis=0)

    def plain_lives_of(days: int, seed: int) -> dict[str, float]:
        nation = PlainNation(scenario, seed)
        nation.enact(scenario.scheme)
        total: dict[str, float] = {}
        for _ in range(days):
            for name, count in counted(nation.live_day(), nation.possible).items():
                total[name] = total.get(name, 0.0) + count
        return total

    days = 6
    plain = [plain_lives_of(days, seed) for seed in range(30)]
    fast = np.array([lives_of(days, seed) for seed in range(1000, 1200)])
    for name in plain[0]:
        ours = np.array([life[name] for life in plain])
        theirs = fast[:, COUNTERS.index(name)]
        error = np.sqrt(ours.var(ddof=1) / len(ours) + theirs.var(ddof=1) / len(theirs))
        # Of rare things there may have been none at all in thirty nations.
        rare = 4.5 * np.sqrt(theirs.mean() / len(ours)) + 1e-9
        assert abs(ours.mean() - theirs.mean()) < max(4.5 * error, rare), name
