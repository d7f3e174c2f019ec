"""What an experiment needs, and that what does not fit is refused with the figure."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import glasshouse as gh
from glasshouse.chance.threads import cores
from glasshouse.lab.experiments import room
from glasshouse.lab.experiments.cells import Cell
from glasshouse.lab.experiments.foretelling import foretell, lasting
from glasshouse.lab.experiments.points import points_of
from glasshouse.lab.experiments.room import needs_of
from tests.lab.experiments.tiny import BRIEF, DAYS, SPIN_UP, Inside, conducted, experiment

PEOPLE = BRIEF["population"]


def cells_of(**changes: object) -> list[Cell]:
    asked = experiment(**changes)
    return [
        Cell.of(point, 1 + seed, asked.at)
        for point in points_of(asked)
        for seed in range(asked.seeds)
    ]


def test_needs_count_every_past_once() -> None:
    needs = needs_of(cells_of(), 1)
    assert needs.workers == 1
    assert needs.citizen_days == PEOPLE * (4 * DAYS + 2 * (SPIN_UP + DAYS))
    assert needs.pasts > 0
    alone = needs_of(cells_of(factors={"alone": [True]}), 1)
    assert alone.citizen_days == PEOPLE * 2 * (DAYS + SPIN_UP)
    assert alone.pasts == 0


def test_there_are_never_more_workers_than_cells_nor_idle_processors() -> None:
    needs = needs_of(cells_of(), 100)
    assert needs.workers == 4
    assert needs.threads == max(1, cores() // 4)
    assert needs_of(cells_of(), None).workers == min(cores(), 4)


def test_workers_that_memory_has_no_room_for_are_refused_or_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    each = needs_of(cells_of(), 1).memory
    monkeypatch.setattr(room, "free_memory", lambda: int(2.5 * each))
    assert needs_of(cells_of(), 2).workers == 2
    with pytest.raises(gh.BadInput, match="workers: found 3.*at most 2 here"):
        needs_of(cells_of(), 3)
    monkeypatch.setattr(room, "free_memory", lambda: each // 2)
    with pytest.raises(gh.BadInput, match="population: found 96.*of memory for each worker"):
        needs_of(cells_of(), None)


def test_an_experiment_that_does_not_fit_leaves_nothing(folder: Path) -> None:
    vast = experiment(factors={"population": [8_000_000_000]})
    with pytest.raises(gh.BadInput, match="of memory for each worker"):
        gh.experiment(vast, out=folder)
    assert not folder.exists()


def test_a_disk_without_room_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["glasshouse.run.needs"], "free_disk", lambda _: 1000)
    with pytest.raises(gh.BadInput, match="where about .* are needed"):
        gh.experiment(experiment(), out=folder)
    assert not folder.exists()


def test_what_is_foretold_knows_what_is_finished_and_lives_nothing(folder: Path) -> None:
    before = foretell(experiment(), folder, 2)
    assert (before.points, before.cells, before.pasts, before.finished) == (2, 4, 2, 0)
    assert before.seconds > 0 and not folder.exists()
    conducted(experiment(), folder, Inside(stopped_after=2))
    partly = foretell(experiment(), folder, 1)
    assert partly.finished == 1 and partly.needs.citizen_days < before.needs.citizen_days
    conducted(experiment(), folder, Inside())
    after = foretell(experiment(), folder, 2)
    assert (after.finished, after.pasts, after.seconds) == (4, 0, 0.0)


def test_the_time_foretold_is_about_the_time_it_takes(folder: Path) -> None:
    longer = experiment(
        scenario=experiment().scenario.replace(population=30_000, days=40), at=(), seeds=1
    )
    foretold = foretell(longer, folder, 1).seconds
    start = time.perf_counter()
    gh.experiment(longer, out=folder, workers=1, progress=False)
    # Other programs may be at work beside; a wrong count of workers or days would be far outside.
    assert foretold / 5 < time.perf_counter() - start < foretold * 5


task = st.floats(0.1, 9)
groups = st.lists(st.tuples(task, st.lists(task, max_size=5)), min_size=1, max_size=5)


@given(groups=groups, workers=st.integers(1, 6))
def test_tasks_last_no_less_than_their_share_and_no_longer_than_one_after_another(
    groups: list[tuple[float, list[float]]], workers: int
) -> None:
    work = sum(first + sum(after) for first, after in groups)
    longest = max(first + max(after, default=0.0) for first, after in groups)
    seconds = lasting(groups, workers)
    assert max(work / workers, longest) - 1e-9 <= seconds <= work + 1e-9
    assert lasting(groups, 1) == pytest.approx(work)
