"""Requests to stop: a run stops where nothing is lost."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from glasshouse.engine.nation import Nation
from glasshouse.run.interrupts import Interrupts
from glasshouse.run.living import Interrupted, Manner
from glasshouse.run.plan import plan_of_run
from glasshouse.run.progress import Quiet
from glasshouse.run.result import Run
from glasshouse.scenario import Scenario
from tests.run.stopping import assert_same, gone_on_with, lived

PLAN = plan_of_run(
    Scenario.load("fear").replace(
        population=96, days=4, replicates=2, timeline={"spin_up": 3},
        measured={"every": 2, "structure_every": 6, "citizens": 2},
    )
)  # fmt: skip


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    """What the tests themselves may have been told to ignore is heard."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="module")
def whole() -> Run:
    """The run that nobody stopped."""
    return lived(None, PLAN)


def test_requests_to_stop_wait_for_a_point_where_that_can_be() -> None:
    with Interrupts() as interrupts:
        signal.raise_signal(signal.SIGINT)
        assert interrupts.asked
        with pytest.raises(KeyboardInterrupt):
            interrupts.check()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
    with Interrupts() as interrupts, pytest.raises(KeyboardInterrupt), interrupts.let_in():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_a_run_with_a_checkpoint(
    number: signal.Signals, whole: Run, tmp_path: Path
) -> None:
    class Signals(Quiet):
        left = 8

        def day(self) -> None:
            self.left -= 1
            if self.left == 0:
                signal.raise_signal(number)

    with pytest.raises(Interrupted):
        lived(tmp_path, PLAN, manner=Manner(), watcher=Signals())
    assert len(list((tmp_path / "checkpoints").glob("[0-9]*"))) == 1
    assert_same(gone_on_with(tmp_path), whole)


def test_a_nation_is_kept_when_the_day_is_interrupted(
    whole: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    days, live_day = 0, Nation.live_day

    def interrupted(self: Nation) -> object:
        nonlocal days
        days += 1
        # Days of the rehearsal are counted too.
        if days == 12:
            raise KeyboardInterrupt
        return live_day(self)

    with monkeypatch.context() as patch:
        patch.setattr(Nation, "live_day", interrupted)
        with pytest.raises(Interrupted):
            lived(tmp_path, PLAN, manner=Manner())
    assert len(list((tmp_path / "checkpoints").glob("[0-9]*"))) == 1
    assert_same(gone_on_with(tmp_path), whole)
