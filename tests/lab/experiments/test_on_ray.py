"""Workers on a Ray cluster of this machine: the same results, and lost workers lose nothing."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

import glasshouse as gh
from glasshouse.lab.experiments import on_ray
from glasshouse.run.room import free_memory
from tests.lab.experiments.tiny import came_to, experiment

NEEDED = 1_200 * 2**20


def workers_of_ray() -> list[int]:
    """Processes of this user that are at a task of Ray."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (each / "cmdline").read_bytes().startswith(b"ray::_"):
                found.append(int(each.name))
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_a_cluster_finds_the_same_though_a_worker_is_killed(
    found: gh.Findings, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ray")
    if (free_memory() or NEEDED) < NEEDED:
        pytest.skip("a cluster needs more memory than is free")
    # Other programs of this machine are no reason to kill a worker.
    monkeypatch.setenv("RAY_memory_monitor_refresh_ms", "0")
    killed: list[int] = []
    over = threading.Event()

    def kill() -> None:
        while not over.is_set() and not killed:
            for worker in workers_of_ray()[:1]:
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)
            time.sleep(0.005)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        again = gh.experiment(experiment(), out=folder, on="ray", workers=1, progress=False)
    finally:
        over.set()
        killer.join()
    assert killed
    assert again.faults == {}
    assert came_to(again.table).equals(came_to(found.table))
    assert workers_of_ray() == []


def test_ray_that_is_not_installed_is_said_with_how_to_install_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(gh.BadInput, match="not installed.*pip install"):
        gh.experiment(experiment(), out=folder, on="ray")
    assert not folder.exists()


class Deaf:
    """A Ray whose cluster never answers, or says no."""

    def __init__(self, fault: Exception | None) -> None:
        self.fault = fault
        self.over = threading.Event()

    def is_initialized(self) -> bool:
        return False

    def init(self, **_: Any) -> None:
        if self.fault:
            raise self.fault
        self.over.wait(10)


@pytest.mark.parametrize("fault", [None, ConnectionError("nobody\nthere")])
def test_a_cluster_that_does_not_answer_is_given_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception | None
) -> None:
    ray = Deaf(fault)
    monkeypatch.setitem(sys.modules, "ray", ray)  # type: ignore[arg-type]
    monkeypatch.setattr(on_ray, "ANSWER_WITHIN", 0.2)
    with pytest.raises(gh.BadInput, match="nobody there" if fault else "no answer within"):
        gh.experiment(experiment(), out=folder, on="ray=head:6379")
    ray.over.set()
    assert not folder.exists()
