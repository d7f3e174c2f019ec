"""A disk that is full: one clear message, nothing lost that was kept, and the run goes on later."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from glasshouse.run import checkpoints, keeper, keepsakes
from glasshouse.run.folder import CannotWrite, writing
from glasshouse.run.living import Interrupted, Manner, Memory
from glasshouse.run.plan import plan_of_run
from glasshouse.run.progress import Quiet
from glasshouse.run.result import Run
from glasshouse.scenario import Scenario
from tests.run.stopping import EVERY_DAY, Says, assert_same, gone_on_with, lived, manifest_of

PLAN = plan_of_run(
    Scenario.load("fear").replace(
        population=96, days=6, replicates=2, timeline={"spin_up": 3},
        measured={"every": 2, "structure_every": 6, "citizens": 2},
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> Run:
    """The run that had room."""
    return lived(None, PLAN)


def full(do: Callable[..., object], first: int, last: int) -> Callable[..., object]:
    """The same function on a disk that is full from one call to another."""
    calls = 0

    def doing(path: Path, *given: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if first <= calls <= last:
            with writing(path):
                raise OSError(errno.ENOSPC, "No space left on device")
        return do(path, *given, **named)

    return doing


@pytest.mark.parametrize("module", ["write_nation", "write_arrays", "write_index"])
def test_a_run_goes_on_without_a_checkpoint_that_has_no_room(
    module: str, whole: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Says()
    monkeypatch.setattr(checkpoints, module, full(getattr(checkpoints, module), 2, 4))
    run = lived(tmp_path, PLAN, watcher=told)
    assert_same(run, whole)
    assert len(told.warnings) == 1
    assert "no space left" in told.warnings[0] and "goes on" in told.warnings[0]
    assert not list(tmp_path.rglob("*.partial"))


def test_checkpoints_from_before_the_disk_was_full_are_of_use(
    whole: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stops(Quiet):
        left = 15

        def day(self) -> None:
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        write = full(checkpoints.write_nation, 5, 1000)
        patch.setattr(checkpoints, "write_nation", write)
        with pytest.raises(Interrupted):
            lived(tmp_path, PLAN, watcher=Stops())
    assert len(list((tmp_path / "checkpoints").glob("[0-9]*"))) == 2
    assert_same(gone_on_with(tmp_path), whole)


@pytest.mark.parametrize("first", [1, 4, 6])
def test_tables_that_have_no_room_end_the_run_which_goes_on_later(
    first: int, whole: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(keeper, "write_table", full(keeper.write_table, first, 1000))
        with pytest.raises(CannotWrite, match="no space left on device") as caught:
            lived(tmp_path, PLAN)
    assert caught.value.run == tmp_path
    assert manifest_of(tmp_path)["state"] == "interrupted"
    assert_same(gone_on_with(tmp_path), whole)


def test_keepsakes_that_have_no_room_end_the_run_which_goes_on_later(
    whole: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    little = Manner(checkpoint_every=0, memory=Memory(keepsakes=0))
    with monkeypatch.context() as patch:
        patch.setattr(keepsakes, "write_whole", full(keepsakes.write_whole, 3, 1000))
        with pytest.raises(CannotWrite) as caught:
            lived(tmp_path, PLAN, manner=little)
    assert caught.value.run == tmp_path
    assert_same(gone_on_with(tmp_path, manner=little), whole)


def test_a_disk_that_is_full_from_the_start_begins_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "write_text", full(keeper.write_text, 1, 1000))
    with pytest.raises(CannotWrite, match="manifest.json"):
        lived(tmp_path, PLAN, manner=EVERY_DAY)
    assert list(tmp_path.iterdir()) == []
