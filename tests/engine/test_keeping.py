"""A nation that is kept and taken up again, shared out or interrupted is the same nation."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from glasshouse.chance.threads import on_threads
from glasshouse.engine import day, keeping
from glasshouse.engine.nation import Nation
from glasshouse.measures.counters import CITIZENS
from glasshouse.scenario import Scenario, Scheme
from glasshouse.society.people import CITY_SIZE
from tests.engine.drawing import EVENTFUL, scenarios, schemes
from tests.engine.everybody import kept

NONE = Scenario.load("none").scheme
FULL: dict[str, Any] = {
    "scheme.period": 3,
    "scheme.opt_out": True,
    "scheme.appeals": {"delay": 3, "success": 0.5},
    "scheme.doors.club": {"rank": 0.5, "worth": 1.0},
}
PRESS = Scenario.load("press-sesame").replace(
    FULL, population=9000, timeline={"spin_up": 1}, parameters=EVENTFUL
)
RING = [[i, (i + step) % 9000] for i in range(9000) for step in (1, 7, 500)]
GRAPH = PRESS.replace(society={"kind": "graph", "edges": RING})
SOCIETIES = {
    "32 slots": PRESS,
    "64 slots": PRESS.replace({"society.slots": 64}),
    "128 slots": PRESS.replace({"society.slots": 128}),
    "a graph": GRAPH,
}


def lived(scenario: Scenario, days: int = 6) -> tuple[str, bytes]:
    """Digest of a nation after some days, and all that was counted."""
    nation = Nation.make(scenario, 11)
    nation.live_day()
    nation.enact(scenario.scheme)
    totals = [nation.live_day() for _ in range(days)]
    return nation.digest(), np.concatenate(totals).tobytes()


@pytest.mark.parametrize("society", SOCIETIES)
def test_neither_threads_nor_stretches_change_anything(
    society: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = lived(SOCIETIES[society])
    for threads, stretch in ((1, 4096), (2, 16), (3, 5)):
        monkeypatch.setattr(day, "stretch_of", lambda circles, stretch=stretch: stretch)
        monkeypatch.setattr(keeping, "STRETCH", 32 * stretch)
        with on_threads(threads):
            assert lived(SOCIETIES[society]) == usual


@pytest.mark.parametrize(("circles", "threads"), [(2, 1), (1000, 2), (40_000_000, 2), (3, 64)])
def test_no_stretch_lies_in_two_cities(circles: int, threads: int) -> None:
    with on_threads(threads):
        size = day.stretch_of(circles)
    assert day.SHORTEST <= size <= day.LONGEST
    assert CITY_SIZE // 32 % size == 0


def test_what_is_counted_is_counted_by_city() -> None:
    citizens = CITY_SIZE + 40_000
    nation = Nation.make(Scenario.load("press-sesame").replace(population=citizens), 1)
    totals = nation.live_day()
    assert totals.shape[:2] == (2, 4)
    assert totals[:, :, CITIZENS].sum(axis=1).tolist() == [CITY_SIZE, 40_000]
    by_head = totals.sum(axis=1) / totals[:, :, CITIZENS].sum(axis=1)[:, None]
    assert by_head[0] == pytest.approx(by_head[1], rel=0.2, abs=0.01)


def taken_up(nation: Nation, scenario: Scenario, seed: int) -> Nation:
    """A nation that goes on from what is kept of another."""
    again = Nation.blank(scenario, seed, nation.moment())
    waiting = again.remembered()
    assert waiting.keys() == nation.remembered().keys()
    for name, part in kept(nation).items():
        assert part.dtype == np.uint8 and part.ndim == 1
        assert not waiting[name].any() or name == "consent"
        waiting[name][:] = part
    again.refilled()
    return again


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), scenarios(), st.integers(0, 2**63 - 1), st.integers(0, 3))
def test_a_nation_that_was_kept_goes_on_as_if_it_never_stopped(
    data: st.DataObject, scenario: Scenario, seed: int, days: int
) -> None:
    nation = Nation.make(scenario, seed)
    reform = Scheme(**data.draw(schemes(scenario.scheme.range)))
    for scheme in (scenario.scheme, data.draw(st.sampled_from([reform, NONE])), reform):
        again = taken_up(nation, scenario, seed)
        assert again.digest() == nation.digest()
        for each in (nation, again):
            each.enact(scheme)
        for _ in range(days):
            assert again.live_day().tobytes() == nation.live_day().tobytes()
            assert again.digest() == nation.digest()
        again = taken_up(nation, scenario, seed)
        assert again.explain(5) == nation.explain(5)
        assert again.live_day().tobytes() == nation.live_day().tobytes()
        assert again.digest() == nation.digest()
        assert again.moment() == nation.moment()


@pytest.mark.parametrize("society", ["64 slots", "a graph"])
def test_all_that_is_remembered_is_in_the_digest(society: str) -> None:
    scenario = SOCIETIES[society].replace(population=200)
    nation = Nation.make(scenario, 2)
    nation.enact(scenario.scheme)
    nation.live_day()
    digest = nation.digest()
    parts = nation.remembered()
    assert {"records", "published", "absent", "waiting"} <= set(parts)
    for part in parts.values():
        for place in (0, len(part) // 3):
            part[place] ^= 1
            assert nation.digest() != digest
            part[place] ^= 1
    assert nation.digest() == digest


def test_a_digest_is_of_pieces_and_of_their_order() -> None:
    part = np.arange(200, dtype=np.uint8)
    one = keeping.digest_of(1, {"records": part})
    assert keeping.digest_of(1, {"records": part.copy()}) == one
    assert keeping.digest_of(2, {"records": part}) != one
    assert keeping.digest_of(1, {"others": part}) != one
    assert keeping.digest_of(1, {"records": part[::-1].copy()}) != one


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenarios(), st.integers(0, 2**32))
def test_branches_of_any_nation_share_nothing_that_is_written(
    scenario: Scenario, seed: int
) -> None:
    nation = Nation.make(scenario, seed)
    nation.enact(scenario.scheme)
    nation.live_day()
    branch, still = nation.branch(), nation.branch()
    assert branch.digest() == still.digest() == nation.digest()
    branch.enact(NONE)
    before = nation.digest()
    for _ in range(3):
        branch.live_day()
    branch.idle()[:] = 7
    assert nation.digest() == still.digest() == before
    totals = [nation.live_day().tobytes() for _ in range(3)]
    assert still.digest() == before
    assert totals == [still.live_day().tobytes() for _ in range(3)]
    assert nation.digest() == still.digest()


@pytest.mark.parametrize("society", SOCIETIES)
def test_the_idle_buffer_may_be_written_on_between_days(society: str) -> None:
    scenario = SOCIETIES[society].replace(population=70)
    used, unused = Nation.make(scenario, 3), Nation.make(scenario, 3)
    for nation in (used, unused):
        nation.enact(scenario.scheme)
    for _ in range(4):
        idle = used.idle()
        assert len(idle) == len(used.remembered()["records"])
        before = used.digest()
        idle[:] = 0xAB
        assert used.digest() == before
        assert used.live_day().tobytes() == unused.live_day().tobytes()
        assert used.digest() == unused.digest()


LOOPS = {
    "32 slots": ("sweep_circles", "offer_in_circles"),
    "64 slots": ("sweep_circles", "offer_in_circles"),
    "a graph": ("sweep_edges", "settle_edges"),
}


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize(
    ("society", "loop"), [(society, loop) for society, loops in LOOPS.items() for loop in loops]
)
def test_an_interrupted_day_was_not_lived(society: str, loop: str, threads: int) -> None:
    scenario = SOCIETIES[society]
    nation, other = Nation.make(scenario, 3), Nation.make(scenario, 3)
    for each in (nation, other):
        each.enact(scenario.scheme)
        for _ in range(2):
            each.live_day()
    digest, moment, before = nation.digest(), nation.moment(), kept(nation)
    usual = nation.loops
    calls: list[int] = []

    def stopped(*arguments: Any) -> Any:
        calls.append(1)
        if len(calls) > (3 if loop != "settle_edges" else 0):
            raise KeyboardInterrupt
        return getattr(usual, loop)(*arguments)

    nation.loops = replace(usual, **{loop: stopped})
    with on_threads(threads), pytest.raises(KeyboardInterrupt):
        nation.live_day()
    nation.loops = usual
    assert (nation.digest(), nation.moment()) == (digest, moment)
    assert all((part == before[name]).all() for name, part in nation.remembered().items())
    for _ in range(3):
        assert nation.live_day().tobytes() == other.live_day().tobytes()
    assert nation.digest() == other.digest()


@contextmanager
def interrupted_at(step: int | None = None) -> Iterator[list[int]]:
    """Interrupt the main thread before the so many-th step of the engine, as Ctrl-C may.

    Gives a list whose only entry is how many steps were taken.
    """
    taken = [0]

    def trace(frame: FrameType, event: str, argument: object) -> Callable[..., Any] | None:
        if "engine" not in Path(frame.f_code.co_filename).parts:
            return None
        frame.f_trace_opcodes = True
        if event == "opcode":
            taken[0] += 1
            if taken[0] == step:
                raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield taken
    finally:
        sys.settrace(before)


@pytest.mark.parametrize("society", ["32 slots", "a graph"])
def test_whenever_it_is_interrupted_a_day_was_lived_or_not_and_nothing_between(
    society: str,
) -> None:
    scenario = SOCIETIES[society].replace(population=64)
    if society == "a graph":
        scenario = scenario.replace({"society.edges": [[i, (i + 1) % 64] for i in range(64)]})
    nation = Nation.make(scenario, 3)
    nation.enact(scenario.scheme)
    nation.live_day()
    with on_threads(1):
        tomorrow = nation.branch()
        with interrupted_at() as taken:
            tomorrow.live_day()
        last = taken[0]
        evenings = {(each.digest(), each.day) for each in (nation, tomorrow)}
        # Where the day ends every step counts.
        for step in (*range(1, last - 200, 101), *range(last - 200, last + 1)):
            trial = nation.branch()
            with pytest.raises(KeyboardInterrupt), interrupted_at(step):
                trial.live_day()
            assert (trial.digest(), trial.day) in evenings, step
            if trial.day == nation.day:
                trial.live_day()
                assert trial.digest() == tomorrow.digest(), step
