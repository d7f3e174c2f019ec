"""Stretches are shared out once each; faults and interrupts come back; odd thread counts do not."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import glasshouse.chance.threads as sharing
from glasshouse.chance.threads import (
    MOST_THREADS,
    cores,
    on_threads,
    set_threads,
    share_out,
    threads,
)


@settings(max_examples=30, deadline=None)
@given(st.integers(-5, 40), st.integers(0, 120), st.integers(1, 50), st.integers(1, 4))
def test_every_place_is_in_one_stretch_of_no_more_than_the_size(
    first: int, length: int, size: int, count: int
) -> None:
    seen: list[tuple[int, int]] = []
    with on_threads(count):
        share_out(lambda start, stop: seen.append((start, stop)), first, first + length, size)
    places = [place for start, stop in seen for place in range(start, stop)]
    assert sorted(places) == list(range(first, first + length))
    assert all(1 <= stop - start <= size for start, stop in seen)


def test_where_there_is_nothing_nothing_is_called() -> None:
    called: list[int] = []
    share_out(lambda start, stop: called.append(start), 5, 5, 3)
    share_out(lambda start, stop: called.append(start), 5, 2, 3)
    assert called == []


def test_stretches_run_at_the_same_time() -> None:
    both = threading.Barrier(2, timeout=20)
    with on_threads(2):
        # Neither gets through alone.
        share_out(lambda start, stop: both.wait(), 0, 2, 1)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("fault", [ZeroDivisionError("in a loop"), KeyboardInterrupt()])
def test_a_fault_comes_back_and_what_has_not_begun_is_left(
    count: int, fault: BaseException
) -> None:
    begun: list[int] = []
    running = threading.Semaphore(0)

    def loop(start: int, stop: int) -> None:
        begun.append(start)
        if start == 1:
            raise fault
        running.release()
        time.sleep(0.002)
        running.acquire()

    with on_threads(count), pytest.raises(type(fault)):
        share_out(loop, 0, 500, 1)
    assert 1 in begun
    assert len(begun) < 500
    # What ran was let end: nothing writes into a nation that somebody goes on with.
    assert not running.acquire(blocking=False)
    soon = len(begun)
    time.sleep(0.02)
    assert len(begun) == soon


def test_an_interrupt_of_the_thread_that_waits_comes_back_when_what_runs_has_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ended: list[int] = []
    let_go = threading.Event()

    def loop(start: int, stop: int) -> None:
        let_go.wait(20)
        ended.append(start)

    class Interrupted:
        """Waiting for this stretch is interrupted, as by Ctrl-C."""

        def __init__(self, pool, *stretch) -> None:  # type: ignore[no-untyped-def]
            self.future = pool.submit(*stretch)

        def result(self) -> None:
            let_go.set()
            raise KeyboardInterrupt

        def __getattr__(self, name: str):  # type: ignore[no-untyped-def]
            return getattr(self.future, name)

    pool = sharing._crew.pool

    class Pool:
        def submit(self, *stretch):  # type: ignore[no-untyped-def]
            return Interrupted(pool(), *stretch)

    with on_threads(2):
        monkeypatch.setattr(sharing._crew, "pool", Pool)
        with pytest.raises(KeyboardInterrupt):
            share_out(loop, 0, 100, 1)
        count = len(ended)
        time.sleep(0.02)
    assert len(ended) == count < 100


def test_after_a_fault_the_threads_go_on_working() -> None:
    with on_threads(2):
        with pytest.raises(ZeroDivisionError):
            share_out(lambda start, stop: 1 // 0, 0, 10, 1)
        seen: list[int] = []
        share_out(lambda start, stop: seen.append(start), 0, 10, 1)
    assert sorted(seen) == list(range(10))


@pytest.mark.parametrize("count", [0, -1, MOST_THREADS + 1])
def test_a_number_of_threads_that_cannot_be_is_refused(count: int) -> None:
    before = threads()
    with pytest.raises(ValueError, match=f"not {count}"):
        set_threads(count)
    with pytest.raises(ValueError, match="1 to 1024"), on_threads(count):
        pass
    assert threads() == before


def test_threads_are_set_for_a_block_and_as_before_behind_it() -> None:
    before = threads()
    with pytest.raises(ZeroDivisionError), on_threads(3):
        assert threads() == 3
        raise ZeroDivisionError
    assert threads() == before
    assert 1 <= cores() <= MOST_THREADS


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
def test_a_forked_process_has_threads_of_its_own() -> None:
    with on_threads(2):
        share_out(lambda start, stop: None, 0, 4, 1)
        with multiprocessing.get_context("fork").Pool(1) as pool:
            assert pool.apply_async(sum_in_threads).get(timeout=60) == 45


def sum_in_threads() -> int:
    parts: list[int] = []
    share_out(lambda start, stop: parts.append(sum(range(start, stop))), 0, 10, 2)
    return sum(parts)
