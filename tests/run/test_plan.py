"""Which worlds are lived, and on which days."""

from __future__ import annotations

import pytest

from glasshouse.run.plan import plan_of_comparison, plan_of_run, regular_days
from glasshouse.scenario import BadInput, Scenario


def scenario(name: str = "press-sesame", **changes: object) -> Scenario:
    return Scenario.load(name).replace(**changes)


def names(plan: object) -> list[str]:
    return [world.name for world in plan.worlds]  # type: ignore[attr-defined]


def test_the_life_without_a_scheme_is_lived_first() -> None:
    plan = plan_of_run(scenario())
    assert names(plan) == ["none", "press-sesame"]
    assert plan.paired
    assert plan.scenario.scheme.name == "press-sesame"


def test_alone_leaves_it_out() -> None:
    plan = plan_of_run(scenario(alone=True))
    assert names(plan) == ["press-sesame"]
    assert not plan.paired


def test_no_scheme_is_its_own_other_life() -> None:
    plan = plan_of_run(scenario("none"))
    assert names(plan) == ["none"]
    assert plan.paired


def test_a_scheme_that_does_something_may_not_be_called_none() -> None:
    with pytest.raises(BadInput, match="none"):
        plan_of_run(scenario().replace({"scheme.name": "none"}))


def test_comparison_adds_the_life_without_a_scheme_wherever_it_was_named() -> None:
    asked = [scenario("fear"), scenario("none"), scenario("watched")]
    assert names(plan_of_comparison(asked)) == ["none", "fear", "watched"]
    assert names(plan_of_comparison(asked[:1])) == ["none", "fear"]
    assert names(plan_of_comparison([scenario("fear", alone=True)])) == ["fear"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"population": 64}, "population"),
        ({"seed": 2}, "seed"),
        ({"days": 3}, "days"),
        ({"parameters": {"weight_of_fear": 0.1}}, "parameters"),
        ({"timeline": {"spin_up": 1}}, "timeline.spin_up"),
    ],
)
def test_only_scheme_and_timeline_may_differ_in_a_comparison(
    changes: dict[str, object], field: str
) -> None:
    with pytest.raises(BadInput) as caught:
        plan_of_comparison([scenario("fear"), scenario("watched", **changes)])
    assert caught.value.field == field


def test_every_scheme_of_a_comparison_has_its_own_name() -> None:
    with pytest.raises(BadInput, match="fear twice"):
        plan_of_comparison([scenario("fear"), scenario("fear")])
    with pytest.raises(BadInput, match="none at all"):
        plan_of_comparison([])


def test_the_last_day_is_always_measured() -> None:
    assert sorted(regular_days(-4, 7, 3)) == [-3, 0, 3, 6, 7]
    plan = plan_of_run(scenario(days=26, timeline={"spin_up": 0}))
    assert sorted(plan.measuring_days) == [0, 10, 20, 25]
    assert sorted(plan.structure_days) == [0, 25]


def test_structure_days_are_measuring_days_even_if_they_do_not_fit() -> None:
    measured = {"every": 7, "structure_every": 10}
    plan = plan_of_run(scenario(days=22, timeline={"spin_up": 0}, measured=measured))
    assert sorted(plan.measuring_days) == [0, 7, 10, 14, 20, 21]


def test_districts_are_written_at_the_quarters_and_on_the_last_day() -> None:
    assert sorted(plan_of_run(scenario()).district_days) == [0, 90, 180, 270, 364]


def test_seeds_follow_one_another() -> None:
    assert plan_of_run(scenario(seed=7, replicates=3)).seeds == [7, 8, 9]
