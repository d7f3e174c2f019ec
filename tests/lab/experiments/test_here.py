"""Workers on this machine: killed, they lose nothing; without their parent they end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import polars
import pytest

import glasshouse as gh
from glasshouse.lab.experiments import here
from glasshouse.lab.experiments.cells import Cell
from glasshouse.lab.experiments.here import Here
from glasshouse.lab.experiments.points import points_of
from tests.lab.experiments.tiny import Inside, came_to, conducted, experiment

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
LONGER = experiment(
    scenario=gh.Scenario.load("press-sesame").replace(
        population=20_000, days=60, timeline={"spin_up": 2}
    ),
    at=(),
)
SCRIPT = """
import sys
import glasshouse as gh

gh.experiment(sys.argv[1], out=sys.argv[2], workers=2)
"""


@pytest.fixture(scope="module")
def longer(tmp_path_factory: pytest.TempPathFactory) -> polars.DataFrame:
    """What the longer experiment comes to in one go."""
    folder = tmp_path_factory.mktemp("experiments") / "longer"
    return came_to(conducted(LONGER, folder, Inside())[1])


def wait_until(there: Callable[[], object], most: float = 60) -> None:
    deadline = time.monotonic() + most
    while not there():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def finished(folder: Path) -> list[Path]:
    return list((folder / "cells").glob("*.parquet"))


def children_of(process: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").iterdir():
        found += map(int, (task / "children").read_text().split())
    return found


def is_there(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False


def test_workers_killed_at_their_work_lose_nothing(longer: polars.DataFrame, folder: Path) -> None:
    killed: list[int] = []

    def kill() -> None:
        for number in (1, 2):
            wait_until(lambda number=number: len(finished(folder)) >= number)  # type: ignore[misc]
            workers = [each for each in multiprocessing.active_children() if each.is_alive()]
            if workers and workers[0].pid is not None:
                os.kill(workers[0].pid, signal.SIGKILL)
                killed.append(workers[0].pid)

    killer = threading.Thread(target=kill)
    killer.start()
    found = gh.experiment(LONGER, out=folder, workers=2, progress=False)
    killer.join()
    assert killed
    assert found.faults == {}
    assert came_to(found.table).equals(longer)


def test_without_its_parent_a_worker_ends_and_what_is_finished_is_gone_on_with(
    longer: polars.DataFrame, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)
    (tmp_path / "longer.yaml").write_text(LONGER.to_yaml())
    words = [sys.executable, "script.py", "longer.yaml", str(folder)]
    # A script that does not guard its calls against being imported by workers.
    parent = subprocess.Popen(words, cwd=tmp_path)
    try:
        wait_until(lambda: finished(folder) or parent.poll() is not None)
        workers = children_of(parent.pid)
    finally:
        parent.kill()
        parent.wait()
    assert len(workers) >= 2
    wait_until(lambda: not any(map(is_there, workers)), 20)
    kept = len(finished(folder))
    place = Inside()
    conduct, table = conducted(LONGER, folder, place)
    assert conduct.before == kept == 4 - len(place.cells)
    assert came_to(table).equals(longer)


def test_a_worker_killed_at_rest_is_replaced_and_a_task_that_kills_is_given_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    points = points_of(experiment())
    cells = [Cell.of(point, 1, ()) for point in points]
    place = Here(1, 1, folder)

    def kill() -> None:
        (worker,) = multiprocessing.active_children()
        worker.kill()
        worker.join()

    try:
        with monkeypatch.context() as patched:
            patched.setattr(here, "TRIES", 1)
            place.begin_cell(cells[0], from_kept=False)
            kill()
            (lost,) = place.done()
        assert lost.task == cells[0] and "workers were lost over it" in lost.fault
        for cell in cells:
            place.begin_cell(cell, from_kept=False)
            (done,) = place.done()
            assert done.task == cell and done.lived is not None and not done.fault
            if cell is cells[0]:
                kill()
    finally:
        place.close()
