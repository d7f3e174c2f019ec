"""A user's own measures and rules."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

import glasshouse as gh
from glasshouse.chance.threads import on_threads
from glasshouse.run import own
from glasshouse.run.own import OwnMeasures
from glasshouse.scenario import BadInput, Parameters
from tests.measures.drawn import Plainly, drawn_circles, with_some_away
from tests.measures.written import written

HERE = {"population": 128, "days": 3, "replicates": 1, "timeline": {"spin_up": 1}}


def trapped(degree: int, doors_open: int, doors: int) -> bool:
    return degree < 8 and doors_open < doors


def above_base(score: float) -> float:
    return max(score - 600.0, 0.0)


def last(run: object, measure: str, world: str = "press-sesame") -> dict[str, float]:
    found = run.measures.filter(  # type: ignore[attr-defined]
        pl.col("measure") == measure, pl.col("world") == world, pl.col("day") == 2
    )
    return dict(zip(found["group"].to_list(), found["value"].to_list(), strict=True))


def test_an_own_measure_is_the_mean_over_each_group() -> None:
    run = gh.run("press-sesame", measures=[trapped, above_base], progress=False, **HERE)
    shares = last(run, "trapped")
    assert set(shares) == {"all", "majority", "minority", "dissenters", "others"}
    assert 0 <= shares["all"] <= 1
    minority = shares["minority"]
    assert min(shares["majority"], minority) <= shares["all"] <= max(shares["majority"], minority)
    assert last(run, "above_base")["all"] >= 0
    assert run.last_values()["trapped"] == shares["all"]
    assert "degree < 8" in run.manifest["own_measures"]["trapped"]


def test_an_own_measure_agrees_with_the_one_that_is_built_in() -> None:
    def holds_dissent(opinion: float) -> bool:
        return opinion < 0

    run = gh.run("fear", measures=[holds_dissent], progress=False, **HERE)
    assert run.last_values()["holds_dissent"] == pytest.approx(run.last_values()["dissent.held"])


def test_what_a_measure_asks_for_is_what_everybody_has() -> None:
    snapshot = with_some_away(drawn_circles(2, 300), 2)
    plain, terms = Plainly(snapshot), snapshot.terms
    promised = np.where(plain.present, terms.worth[plain.step], terms.worth_absent)
    is_open = plain.step[:, None] >= terms.door_step
    expected = {
        "score": terms.low + terms.unit * plain.step,
        "stance": plain.stance / 127,
        "opinion": plain.opinion / 127,
        "degree": plain.degree,
        "worth": promised / terms.worth_total,
        "minority": plain.minority,
        "present": plain.present,
        "doors": np.full(300, len(terms.door_step)),
        "doors_open": np.where(plain.present[:, None], is_open, terms.door_absent).sum(axis=1),
        "low": np.full(300, 350.0),
        "high": np.full(300, 950.0),
        "day": np.full(300, 30),
        "fear": plain.people.fear,
        "capacity": plain.people.capacity,
    }
    for name, values in expected.items():
        text = f"def asked({name}):\n    return {name}\n"
        exec(text, space := {"__name__": __name__})
        found = {group: value for _, group, value in OwnMeasures([space["asked"]]).means(snapshot)}
        assert found["all"] == pytest.approx(np.mean(values)), name
        assert found["minority"] == pytest.approx(np.mean(values[plain.minority])), name
        assert found["dissenters"] == pytest.approx(np.mean(values[plain.opinion < 0])), name


def test_means_are_taken_over_all_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot, measure = drawn_circles(2, 300), OwnMeasures([above_base])
    expected = measure.means(snapshot)
    monkeypatch.setattr(own, "STRETCH", 64)
    for threads in (1, 3):
        with on_threads(threads):
            for found, known in zip(measure.means(snapshot), expected, strict=True):
                assert found[:2] == known[:2] and found[2] == pytest.approx(known[2])


def test_an_empty_group_has_no_mean() -> None:
    found = OwnMeasures([above_base]).means(written(3))
    assert {group: value for _, group, value in found}["minority"] is None


def test_traits_are_known_by_name() -> None:
    def poor_and_timid(log_wealth: float, fear: float) -> bool:
        return log_wealth < 0 and fear > 1

    assert OwnMeasures([poor_and_timid]).names == ["poor_and_timid"]


@pytest.mark.parametrize(
    ("functions", "message"),
    [
        ([lambda score: score], "not a named function"),
        ([print], "not a named function"),
        ({"x": 3}, "not a named function"),
        ([trapped, trapped], "trapped twice"),
    ],
)
def test_what_is_no_measure_is_refused(functions: object, message: str) -> None:
    with pytest.raises(BadInput, match=message):
        gh.run("none", measures=functions, progress=False, **HERE)  # type: ignore[arg-type]


def test_an_unknown_argument_is_named_with_the_nearest_right_word() -> None:
    def wrong(scor: float) -> float:
        return scor

    with pytest.raises(BadInput) as caught:
        OwnMeasures([wrong])
    assert caught.value.nearest == "score"


def test_a_measure_that_cannot_be_compiled_says_so() -> None:
    def wordy(score: float) -> str:
        return open("x").read() + str(score)

    with pytest.raises(BadInput, match="cannot be compiled"):
        gh.run("none", measures=[wordy], progress=False, **HERE)


def never(
    ambition: float,
    worth_without: float,
    worth_with: float,
    log_strength: float,
    kin: int,
    stance_gap: float,
    parameters: Parameters,
) -> float:
    return 0.0


def everybody(
    hardship: float,
    opinion: float,
    risk_aversion: float,
    active_friends: int,
    ambition: float,
    worth_share: float,
    parameters: Parameters,
) -> bool:
    return True


# Both at once: a set of own rules is compiled once, which takes a while.
RULES = {"chance_of_cutting": never, "joins": everybody}


def test_own_rules_take_the_place_of_the_models() -> None:
    here = {**HERE, "parameters": {"cut_intercept": -3.0}, "progress": False}
    plain = gh.run("watched", **here)  # type: ignore[arg-type]
    ruled = gh.run("watched", rules=RULES, **here)  # type: ignore[arg-type]
    assert (plain.last_values()["ties.cut"] or 0) > 0
    assert ruled.last_values()["ties.cut"] == 0
    assert (plain.last_values()["revolt.active"] or 0) < 1
    assert ruled.last_values()["revolt.active"] == 1
    assert "return 0.0" in ruled.manifest["own_rules"]["chance_of_cutting"]
    without = gh.Run(ruled.scenarios, ruled.manifest, ruled.tables)
    with pytest.raises(BadInput, match="own rules of the run: chance_of_cutting, joins"):
        gh.explain(without, 1, 1, say=lambda _: None)
    again = gh.explain(without, 1, 1, rules=RULES, say=lambda _: None, progress=False)
    assert again == gh.explain(ruled, 1, 1, say=lambda _: None, progress=False)


def test_an_unknown_rule_is_refused_with_the_nearest_right_word() -> None:
    with pytest.raises(BadInput) as caught:
        gh.run("none", rules={"chance_of_cuting": trapped}, progress=False, **HERE)
    assert caught.value.nearest == "chance_of_cutting"
