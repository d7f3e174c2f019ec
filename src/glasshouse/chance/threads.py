"""Several threads over one nation: a loop is given stretches of it, in any order.

Compiled loops let go of Python's lock, so plain threads run them at once. Each stretch writes only
what is its own, so no result depends on how many threads there are or which came first.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

Stretch = Callable[[int, int], object]

MOST_THREADS = 1024


def cores() -> int:
    """Processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


class _Crew:
    """The threads, made when first needed."""

    def __init__(self) -> None:
        self.size = cores()
        self._pool: ThreadPoolExecutor | None = None
        self._process = os.getpid()

    def pool(self) -> ThreadPoolExecutor:
        # Threads do not survive a fork.
        if self._pool is None or self._process != os.getpid():
            self._pool = ThreadPoolExecutor(self.size, thread_name_prefix="glasshouse")
            self._process = os.getpid()
        return self._pool

    def resize(self, size: int) -> None:
        if size != self.size:
            if self._pool is not None and self._process == os.getpid():
                self._pool.shutdown(wait=True)
            self._pool, self.size = None, size


_crew = _Crew()


def threads() -> int:
    """How many threads loops run on."""
    return _crew.size


def set_threads(count: int) -> None:
    """Set how many threads loops run on, 1 to 1,024; all processors at the start.

    Examples
    --------
    >>> before = threads()
    >>> set_threads(1)
    >>> threads()
    1
    >>> set_threads(before)
    """
    if not 1 <= count <= MOST_THREADS:
        raise ValueError(f"1 to {MOST_THREADS} threads, not {count}")
    _crew.resize(count)


@contextmanager
def on_threads(count: int) -> Iterator[None]:
    """Run loops on so many threads inside the block."""
    before = threads()
    set_threads(count)
    try:
        yield
    finally:
        set_threads(before)


def share_out(loop: Stretch, first: int, last: int, size: int) -> None:
    """Call ``loop(start, stop)`` for stretches of ``first..last-1`` of at most ``size``.

    Parameters
    ----------
    loop : callable
        Takes a half-open stretch; must not read what another stretch writes.
    first, last : int
    size : int
        Longest stretch.

    Examples
    --------
    >>> seen = []
    >>> share_out(lambda start, stop: seen.append((start, stop)), 0, 5, 2)
    >>> sorted(seen)
    [(0, 2), (2, 4), (4, 5)]
    """
    stretches = [(start, min(start + size, last)) for start in range(first, last, size)]
    if len(stretches) < 2 or threads() == 1:
        for start, stop in stretches:
            loop(start, stop)
        return
    pool = _crew.pool()
    waiting: list[Future[object]] = [pool.submit(loop, *stretch) for stretch in stretches]
    try:
        for each in waiting:
            each.result()
    finally:
        # After an interrupt or a fault: what has not begun is left, what runs is let end.
        for each in waiting:
            each.cancel()
        for each in waiting:
            if not each.cancelled():
                each.exception()
