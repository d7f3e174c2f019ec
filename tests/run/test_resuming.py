"""A run stopped at any moment goes on, and ends as one that was never stopped."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

import glasshouse as gh
from glasshouse.run import asked, branching, checkpoints, keeper
from glasshouse.run.folder import LOCK
from glasshouse.run.living import Interrupted, Manner, Memory
from glasshouse.run.nation_store import read_index, write_index
from glasshouse.run.plan import plan_of_run
from glasshouse.run.progress import Quiet
from glasshouse.run.result import Run
from glasshouse.scenario import BadInput
from tests.run.stopping import (
    A_SEED,
    DAYS,
    SPIN_UP,
    Copies,
    Says,
    assert_same,
    copy,
    gone_on_with,
    lived,
    manifest_of,
    newest,
)

NOT_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
DAYS_OF = {
    1: "after the first day",
    SPIN_UP - 1: "in the spin-up",
    SPIN_UP: "on the eve of the introduction",
    SPIN_UP + 1: "on the first day of the first world",
    SPIN_UP + 33: "in the first world",
    SPIN_UP + DAYS: "at the end of the first world",
    SPIN_UP + DAYS + 7: "in the second world",
    SPIN_UP + 2 * DAYS + 33: "in the last world",
    A_SEED: "at the end of the first seed",
    A_SEED + SPIN_UP + DAYS + 30: "in the second seed",
    2 * A_SEED: "on the last day",
}
WRITING = {
    "before the scenarios": (asked, "write_text", 1),
    "while the first checkpoint is written": (checkpoints, "write_index", 1),
    "while a later checkpoint is written": (checkpoints, "write_index", 40),
    "while the branch point is written": (branching, "write_index", 1),
    "while what is too old is removed": (shutil, "rmtree", 60),
    "before the tables": (keeper, "write_table", 4),
    "between the tables": (keeper, "write_table", 5),
    "before the folder is tidied": (keeper, "tidy", 1),
}
MOMENTS = [*DAYS_OF.values(), *WRITING, "after the end"]


class Stopped:
    """A run lived in one go, and copies of its folder by the moment they were taken at."""

    def __init__(self, run: Run, copies: Path) -> None:
        self.run = run
        self.copies = copies


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Stopped:
    """All moments of one run."""
    place = tmp_path_factory.mktemp("stopped")
    folder, into = place / "whole", place / "copies"
    with pytest.MonkeyPatch.context() as patch:
        for moment, (module, name, number) in WRITING.items():
            patch.setattr(
                module, name, copying(getattr(module, name), number, folder, into / moment)
            )
        folder.mkdir()
        run = lived(folder, watcher=Copies(folder, into, DAYS_OF))
    copy(folder, into / "after the end")
    return Stopped(run, into)


def copying(
    do: Callable[..., object], number: int, folder: Path, to: Path
) -> Callable[..., object]:
    """The same function, which copies the folder before it does its work for the nth time."""
    calls = 0

    def doing(*given: object, **named: object) -> object:
        nonlocal calls
        calls += 1
        if calls == number:
            copy(folder, to)
        return do(*given, **named)

    return doing


@pytest.fixture
def left(stopped: Stopped, tmp_path: Path) -> Callable[[str], Path]:
    """A copy of one's own of what was left at a moment."""

    def of(moment: str) -> Path:
        copy(stopped.copies / moment, tmp_path / "left")
        return tmp_path / "left"

    return of


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_stopped_at_any_moment_ends_as_one_never_stopped(
    moment: str, stopped: Stopped, left: Callable[[str], Path]
) -> None:
    folder, told = left(moment), Says()
    run = gone_on_with(folder, told)
    assert_same(run, stopped.run)
    assert_same(Run.load(folder), stopped.run)
    assert told.warnings == []
    assert manifest_of(folder)["state"] == "finished"
    assert not list(folder.rglob("*.partial")) and not (folder / "checkpoints" / "kept").exists()
    assert len(list((folder / "checkpoints").glob("[0-9]*"))) <= 2


def test_a_run_may_be_stopped_again_and_again(
    stopped: Stopped, left: Callable[[str], Path]
) -> None:
    class StopsAfter(Quiet):
        def __init__(self, days: int) -> None:
            self.days = days

        def day(self) -> None:
            self.days -= 1
            if self.days < 0:
                raise KeyboardInterrupt

    folder = left("in the spin-up")
    for days in (0, 2, 1, 40, 60):
        with pytest.raises(Interrupted):
            gone_on_with(folder, StopsAfter(days), manner=Manner())
    assert_same(gone_on_with(folder), stopped.run)


def test_days_that_were_lived_are_not_lived_again(left: Callable[[str], Path]) -> None:
    class Counts(Quiet):
        days = before = 0

        def day(self) -> None:
            self.days += 1

        def lived(self, days: int) -> None:
            self.before = days

    counts = Counts()
    gone_on_with(left("in the last world"), counts)
    # The checkpoint of a day is written after the copy of that evening was taken.
    assert counts.before == SPIN_UP + 2 * DAYS + 32
    assert counts.days == 2 * A_SEED - counts.before


def test_nothing_is_done_in_the_folder_of_a_finished_run(left: Callable[[str], Path]) -> None:
    folder = left("after the end")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    gone_on_with(folder)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a byte altered": lambda point: flip(point / "records-00000.bin"),
    "a piece cut off": lambda point: cut(point / "records-00000.bin"),
    "a piece too long": lambda point: (point / "records-00000.bin").open("ab").write(b"x"),
    "a piece gone": lambda point: (point / "records-00000.bin").unlink(),
    "counters altered": lambda point: flip(point / "window-00000.bin"),
    "no index": lambda point: (point / "index.json").unlink(),
    "half an index": lambda point: cut(point / "index.json"),
    "an index altered": lambda point: alter(point / "index.json"),
    "no folder's content": lambda point: [each.unlink() for each in point.iterdir()],
}


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def alter(path: Path) -> None:
    path.write_text(path.read_text().replace('"days_in_window": ', '"days_in_window": 1'))


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_checkpoint_is_named_and_the_one_before_it_used(
    damage: str, stopped: Stopped, left: Callable[[str], Path]
) -> None:
    folder, told = left("in the second world"), Says()
    point = newest(folder)
    DAMAGES[damage](point)
    assert_same(gone_on_with(folder, told), stopped.run)
    assert len(told.warnings) == 2
    assert point.name in told.warnings[0] and "damaged" in told.warnings[0]
    assert f"{int(point.name) - 1:06d}" in told.warnings[1]


@pytest.mark.parametrize(
    "what", ["[0-9]*/index.json", "branch-*/records*", "kept/ties*", "kept/rows*"]
)
def test_where_nothing_is_whole_the_run_begins_again(
    what: str, stopped: Stopped, left: Callable[[str], Path]
) -> None:
    folder, told = left("in the second world"), Says()
    for path in (folder / "checkpoints").glob(what):
        cut(path)
    assert_same(gone_on_with(folder, told), stopped.run)
    assert "begins again" in told.warnings[-1]


def test_without_checkpoints_the_run_begins_again(
    stopped: Stopped, left: Callable[[str], Path]
) -> None:
    folder, told = left("in the second world"), Says()
    shutil.rmtree(folder / "checkpoints")
    assert_same(gone_on_with(folder, told), stopped.run)
    assert told.warnings == []


@pytest.mark.parametrize(
    ("part", "value", "field"),
    [("format", 99, "format"), ("source", "abc", "source"), ("asked", "abc", "scenario")],
)
def test_a_checkpoint_of_something_else_is_refused_with_the_reason(
    part: str, value: object, field: str, left: Callable[[str], Path]
) -> None:
    folder = left("in the second world")
    content, _ = read_index(newest(folder))
    write_index(newest(folder), {**content, part: value})
    with pytest.raises(BadInput) as caught:
        gone_on_with(folder)
    assert caught.value.field == field
    assert str(value) in caught.value.found
    assert manifest_of(folder)["state"] == "running"


def test_a_scenario_that_was_changed_is_refused(left: Callable[[str], Path]) -> None:
    folder = left("in the second world")
    path = folder / "scenario-watched.yaml"
    path.write_text(path.read_text().replace("seed: 1", "seed: 2"))
    with pytest.raises(BadInput, match="another scenario than the run began with"):
        gone_on_with(folder)


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="without a run"):
        gone_on_with(tmp_path)
    with pytest.raises(BadInput, match="no such folder"):
        gone_on_with(tmp_path / "nowhere")


def test_a_second_writer_is_refused(left: Callable[[str], Path]) -> None:
    folder = left("in the second world")
    with FileLock(folder / LOCK), pytest.raises(BadInput, match="another process"):
        gone_on_with(folder)


@NOT_ROOT
def test_a_folder_that_may_only_be_read_is_refused(left: Callable[[str], Path]) -> None:
    folder = left("in the second world")
    folder.chmod(0o500)
    with pytest.raises(BadInput, match="permission"):
        gone_on_with(folder)
    folder.chmod(0o700)


def test_less_memory_changes_nothing(stopped: Stopped, tmp_path: Path) -> None:
    little = Manner(memory=Memory(keepsakes=0, branch=False))
    assert_same(lived(None, manner=little), stopped.run)
    assert_same(lived(None, manner=Manner(memory=Memory(branch=True))), stopped.run)
    (tmp_path / "kept").mkdir()
    assert_same(lived(tmp_path / "kept", manner=little), stopped.run)


def test_what_lay_in_memory_or_on_disk_goes_on_the_other_way(
    stopped: Stopped, left: Callable[[str], Path]
) -> None:
    little = Manner(checkpoint_every=0, memory=Memory(keepsakes=0, branch=False))
    assert_same(gone_on_with(left("in the first world"), manner=little), stopped.run)


def test_threads_change_nothing(stopped: Stopped, left: Callable[[str], Path]) -> None:
    assert_same(lived(None, manner=Manner(threads=1)), stopped.run)
    assert_same(gone_on_with(left("in the first world"), manner=Manner(threads=1)), stopped.run)


BRIEF = {"population": 64, "days": 3, "replicates": 1, "timeline": {"spin_up": 1}}
FEAR = gh.Scenario.load("fear").replace(**BRIEF)


def stopped_run(tmp_path: Path, scenario: gh.Scenario, **own: object) -> tuple[Run, Path]:
    """A short run, and what was left of it on the third evening."""
    folder = tmp_path / "run"
    folder.mkdir()
    watcher = Copies(folder, tmp_path, {3: "left"})
    return lived(folder, plan_of_run(scenario), watcher=watcher, **own), tmp_path / "left"


def test_a_graph_goes_on_too(tmp_path: Path) -> None:
    ring = [(i, (i + 1) % 100) for i in range(100)]
    whole, left = stopped_run(tmp_path, FEAR.replace(society={"kind": "graph", "edges": ring}))
    assert_same(gone_on_with(left), whole)


def test_a_nation_with_more_slots_and_more_to_remember_goes_on(tmp_path: Path) -> None:
    everything = {"scheme.opt_out": True, "scheme.period": 2, "society.slots": 64}
    whole, left = stopped_run(tmp_path, FEAR.replace(everything, days=6))
    assert_same(gone_on_with(left), whole)


def trusting(score: float) -> float:
    return score / 2.0


def suspicious(score: float) -> float:
    return score / 3.0


def test_own_measures_must_be_those_that_the_run_began_with(tmp_path: Path) -> None:
    whole, left = stopped_run(tmp_path, FEAR, measures=[trusting])
    for given in (None, [suspicious], [trusting, suspicious], {"trusting": suspicious}):
        with pytest.raises(BadInput) as caught:
            gh.resume(left, measures=given, progress=False)
        assert caught.value.field.startswith("measures")
    assert_same(gh.resume(left, measures=[trusting], progress=False), whole)
    assert (left / "report.html").exists()


def drifting(share: float):  # type: ignore[no-untyped-def]
    """A rule of the same lines for every share."""

    def next_stance(stance, mean_tone, parameters):  # type: ignore[no-untyped-def]
        return stance + share * (mean_tone - stance)

    return next_stance


def test_own_rules_must_be_those_that_the_run_began_with(tmp_path: Path) -> None:
    whole, left = stopped_run(tmp_path, FEAR, rules={"next_stance": drifting(0.5)})
    with pytest.raises(BadInput, match="gh.resume"):
        gh.resume(left, progress=False)
    with pytest.raises(BadInput, match="another scenario"):
        gh.resume(left, rules={"next_stance": drifting(0.25)}, progress=False)
    rules = {"next_stance": drifting(0.5)}
    assert_same(gh.resume(left, rules=rules, progress=False), whole)
    assert whole.digest != lived(None, plan_of_run(FEAR)).digest
