"""Workers on this machine: processes, each with a task at a time.

A worker that is killed, by the system for want of memory or by somebody, is replaced, and its task
is begun again; nothing else is touched.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from typing import Any

from glasshouse.chance.rule import cache_folder
from glasshouse.lab.experiments.cells import Cell, Past
from glasshouse.lab.experiments.tasks import TRIES, Done, cell_from, past_into


class Here:
    """Workers on this machine.

    Parameters
    ----------
    workers : int
    threads : int
        Threads of each worker.
    folder : Path
        Where pasts are kept.
    """

    def __init__(self, workers: int, threads: int, folder: Path) -> None:
        self._most = workers
        # Loops that are not compiled yet are compiled once, by the first worker, for all.
        self._compiled = any(cache_folder().glob("**/sweep.*.nbc"))
        self.threads = threads
        self.folder = folder
        self._pools: list[ProcessPoolExecutor] = [self._pool() for _ in range(workers)]
        self._free = list(range(workers))
        self._running: dict[Future[Any], tuple[int, Past | Cell, tuple[Any, ...]]] = {}
        self._lost: dict[str, int] = {}

    @property
    def workers(self) -> int:
        """Tasks that may run at once."""
        return self._most if self._compiled else 1

    def _pool(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(
            1, mp_context=context, initializer=_begin, initargs=(self.threads,)
        )

    def begin_past(self, past: Past) -> None:
        """Have a past lived and written into its folder."""
        self._begin(past, (past_into, past, self.folder / past.name))

    def begin_cell(self, cell: Cell, *, from_kept: bool) -> None:
        """Have a cell lived."""
        self._begin(cell, (cell_from, cell, self.folder / cell.past.name if from_kept else None))

    def _begin(self, task: Past | Cell, call: tuple[Any, ...]) -> None:
        worker = self._free.pop(0)
        with _unknown_main():
            try:
                future = self._pools[worker].submit(*call)
            except BrokenProcessPool:
                # It was killed while it had nothing to do.
                self._replace(worker)
                future = self._pools[worker].submit(*call)
        self._running[future] = worker, task, call

    def _replace(self, worker: int) -> None:
        self._pools[worker].shutdown(wait=False)
        self._pools[worker] = self._pool()

    def done(self) -> list[Done]:
        """Wait until something is over."""
        over: list[Done] = []
        while not over:
            finished, _ = wait(self._running, return_when=FIRST_COMPLETED)
            for future in finished:
                worker, task, call = self._running.pop(future)
                self._free.append(worker)
                try:
                    over.append(_done(task, future.result()))
                    self._compiled = True
                except BrokenProcessPool:
                    over += self._lose(worker, task, call)
        return over

    def _lose(self, worker: int, task: Past | Cell, call: tuple[Any, ...]) -> list[Done]:
        """Replace a worker that is gone, and begin its task again."""
        self._replace(worker)
        self._lost[task.name] = self._lost.get(task.name, 0) + 1
        if self._lost[task.name] >= TRIES:
            lost = f"{TRIES} workers were lost over it: killed from outside, or for want of memory"
            return [Done(task, None, lost)]
        self._begin(task, call)
        return []

    def drop(self, past: Past) -> None:
        """Delete a past."""
        shutil.rmtree(self.folder / past.name, ignore_errors=True)

    def close(self) -> None:
        """Kill all workers: what they were at is begun again another time."""
        for pool in self._pools:
            for process in list((getattr(pool, "_processes", None) or {}).values()):
                process.kill()
            pool.shutdown(wait=False, cancel_futures=True)


def _done(task: Past | Cell, result: Any) -> Done:
    if isinstance(task, Past):
        return Done(task, None, result)
    lived, fault = result
    return Done(task, lived, fault)


def _begin(threads: int) -> None:
    """Make a worker ready: it leaves Ctrl-C to its parent, and ends when that is gone."""
    from glasshouse.chance.threads import set_threads

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    set_threads(threads)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


@contextmanager
def _unknown_main() -> Iterator[None]:
    """Start workers without the script that was started: it need not guard against them.

    A new process would import it, and a script that calls the experiment would do so again.
    """
    known = vars(sys.modules["__main__"])
    hidden: dict[str, Any] = {
        name: known.pop(name) for name in ("__file__", "__spec__") if name in known
    }
    known["__spec__"] = None
    try:
        yield
    finally:
        known.pop("__spec__", None)
        known.update(hidden)
