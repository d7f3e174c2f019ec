"""A run stopped at any moment goes on, and ends as one that was never stopped."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

import glasshouse as gh
from glasshouse.run.folder import LOCK
from glasshouse.run.living import Interrupted, Manner, Memory
from glasshouse.run.plan import plan_of_run
from glasshouse.run.progress import Quiet
from glasshouse.run.result import Run
from glasshouse.scenario import BadInput
from tests.run.stopping import (
    A_SEED,
    DAYS,
    MOMENTS,
    SPIN_UP,
    Copies,
    Says,
    Stopped,
    assert_same,
    gone_on_with,
    lived,
    manifest_of,
)

NOT_ROOT = pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")


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
