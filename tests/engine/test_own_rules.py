"""A user's own rules run in the same loops, and are told apart from the shipped ones."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
from types import ModuleType

import numpy as np
import pytest

import glasshouse.engine
import glasshouse.model
from glasshouse.engine.nation import Nation
from glasshouse.engine.own_rules import REBUILT, RULE_MODULES, loops_with, rules
from glasshouse.engine.plain_nation import PlainNation
from glasshouse.engine.pressing import pressing_of
from glasshouse.measures.counters import CUTS_KIN, CUTS_NATION, PRESSED
from glasshouse.scenario import Scenario
from glasshouse.scenario.faults import BadInput
from tests.engine.comparing import live_both
from tests.engine.drawing import EVENTFUL

PRESS = Scenario.load("press-sesame").replace(
    population=64, timeline={"spin_up": 0}, parameters=EVENTFUL
)
CUTS = slice(CUTS_KIN, CUTS_NATION + 1)


def cutting_with(chance):  # type: ignore[no-untyped-def]
    """A rule of the same lines for every chance, so that only the number tells two apart."""

    def cut(ambition, worth_without, worth_with, log_strength, kin, stance_gap, parameters):  # type: ignore[no-untyped-def]
        return chance

    return cut


def far_stance(stance, mean_tone, parameters):  # type: ignore[no-untyped-def]
    """Stance follows speech ten times as fast."""
    return stance + 0.5 * (mean_tone - stance)


def on_even_draws(u, layer, parameters):  # type: ignore[no-untyped-def]
    """Who would press does so on every other draw, and among kin on those in the middle."""
    if layer == 0:
        return 0.25 < u < 0.5
    return int(u * 65536.0) % 2 == 0


def when_somewhat_ahead(lead, parameters):  # type: ignore[no-untyped-def]
    """People press those a little behind or far ahead of them."""
    return 1.0 < lead < 50.0 or lead < -80.0


def half_as_much(face, other, parameters):  # type: ignore[no-untyped-def]
    """Half as much political speech, however much there is."""
    return 0.5 * parameters.political_share * (face + other)


ALWAYS = {
    "chance_of_cutting": cutting_with(1.0),
    "next_stance": far_stance,
    "presses": on_even_draws,
    "would_press": when_somewhat_ahead,
    "political_rate": half_as_much,
}


def cuts_of(nation: Nation, days: int = 3) -> float:
    return float(np.sum([nation.live_day() for _ in range(days)], axis=0)[:, :, CUTS].sum())


def test_an_own_rule_acts_and_the_shipped_one_is_left_alone() -> None:
    shipped = Nation.make(PRESS, 1)
    own = Nation.make(PRESS, 1, rules=ALWAYS)
    again = Nation.make(PRESS, 1)
    assert cuts_of(own) > 50
    assert cuts_of(shipped) == cuts_of(again) < 50


def worth_times(factor):  # type: ignore[no-untyped-def]
    def worth_of_door(score, threshold, width, worth):  # type: ignore[no-untyped-def]
        return factor * worth

    return worth_of_door


def test_rules_that_differ_by_a_number_only_have_loops_of_their_own() -> None:
    numbers = PRESS.behaviour
    total = sum(door.worth for door in PRESS.scheme.doors.values())
    # By what lies on disk, too: the second time from there.
    for factor in (2.0, 3.0, 2.0, 3.0):
        loops = loops_with({"believed_worth": worth_times(factor)})
        worth = loops.scheme_terms(PRESS.scheme, numbers, None).worth
        assert worth == pytest.approx(np.full(len(worth), factor * total))


RING = [[i, (i + step) % 64] for i in range(64) for step in (1, 2, 9)]


@pytest.mark.parametrize(
    "society",
    [{"kind": "circles"}, {"kind": "circles", "slots": 128}, {"kind": "graph", "edges": RING}],
    ids=["32 slots", "128 slots", "a graph"],
)
def test_own_rules_are_the_same_in_loops_and_reference(society: dict[str, object]) -> None:
    scenario = PRESS.replace({"scheme.opt_out": True}, society=society)
    fast, plain = Nation.make(scenario, 4, ALWAYS), PlainNation(scenario, 4, ALWAYS)
    pressed = 0.0
    for nation in (fast, plain):
        nation.enact(scenario.scheme)
    for _ in range(5):
        live_both(fast, plain)
        before = fast.branch()
        pressed += before.live_day()[:, :, PRESSED].sum()
    assert pressed > 0
    assert not fast.tables.pressing.compared


def test_pressing_is_compared_only_where_that_is_all_there_is_to_the_rules() -> None:
    shipped = Nation.make(PRESS, 1)
    shipped.enact(PRESS.scheme)
    terms, numbers = shipped.terms, shipped.parameters
    pressing = pressing_of(terms, numbers)
    assert pressing.compared
    assert terms.unit * pressing.least_lead == pytest.approx(numbers.pressure_gap + terms.unit)
    reach = [getattr(numbers, f"pressure_reach_{x}") for x in ("kin", "circle", "district")]
    assert pressing.reach[:3] / 65536 == pytest.approx(reach, abs=1 / 65536)
    nobody = pressing_of(terms, numbers._replace(weight_of_pressure=0.0))
    assert nobody.compared and nobody.least_lead == terms.top + 1


def test_names_and_arguments_are_checked() -> None:
    with pytest.raises(BadInput, match="Did you mean chance_of_cutting"):
        loops_with({"chance_of_cuting": cutting_with(1.0)})
    with pytest.raises(BadInput, match="mean_tone"):
        loops_with({"next_stance": cutting_with(1.0)})
    with pytest.raises(BadInput, match="lead, parameters"):
        loops_with({"would_press": on_even_draws})
    with pytest.raises(BadInput, match="function"):
        loops_with({"next_stance": 3})  # type: ignore[dict-item]


def test_every_rule_of_the_model_is_known_and_described() -> None:
    found = rules()
    assert {"next_score", "presses", "chances_of_tones", "joins", "next_opinion"} <= set(found)
    assert {"political_rate", "neutral_rate", "would_press"} <= set(found)
    assert all(function.__doc__ for function in found.values())


def modules_of(package: ModuleType) -> list[ModuleType]:
    found = pkgutil.walk_packages(package.__path__, package.__name__ + ".")
    return [importlib.import_module(each.name) for each in found]


def test_whatever_calls_a_rule_is_made_anew_with_own_rules() -> None:
    known, owners = rules(), {module.__name__ for module in RULE_MODULES}
    for module in [*modules_of(glasshouse.model), *modules_of(glasshouse.engine)]:
        names = {name for name, rule in known.items() if vars(module).get(name) is rule}
        if module.__name__ in owners:
            # In the file a rule is written in, other rules may call it.
            tree = ast.parse(inspect.getsource(module))
            called = {node.func for node in ast.walk(tree) if isinstance(node, ast.Call)}
            names &= {func.id for func in called if isinstance(func, ast.Name)}
        if names:
            assert module.__name__ in REBUILT, (module.__name__, names)


def test_what_is_made_anew_first_imports_nothing_that_is_made_anew_later() -> None:
    for place, name in enumerate(REBUILT):
        for value in vars(importlib.import_module(name)).values():
            origin = getattr(getattr(value, "py_func", value), "__module__", None)
            if origin in REBUILT and inspect.isfunction(getattr(value, "py_func", value)):
                assert REBUILT.index(origin) <= place, (name, origin)
