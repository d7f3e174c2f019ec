"""A rule is the Python that is written; loops are kept by the hash of what they are made from."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from glasshouse.chance.rule import cache_folder, compiled, loops_hash, rule, source_hash


@rule
def double(x: float) -> float:
    return 2.0 * x


@compiled()
def doubled_sum(n):  # type: ignore[no-untyped-def]
    total = 0.0
    for i in range(n):
        total += double(float(i))
    return total


def test_a_rule_is_python_and_compiles() -> None:
    assert double(1.5) == 3.0
    assert doubled_sum(4) == 12.0
    assert doubled_sum.signatures


def test_loops_of_own_rules_are_kept_apart() -> None:
    assert cache_folder() != cache_folder("-mine")
    assert cache_folder().name == loops_hash()
    assert source_hash() != loops_hash()


@compiled()
def asked_by_many(n):  # type: ignore[no-untyped-def]
    total = 0
    for i in range(n):
        total += i * i
    return total


def test_a_loop_is_compiled_once_whichever_thread_asks_first() -> None:
    everybody = Barrier(4, timeout=60)

    def ask(n: int) -> int:
        everybody.wait()
        return int(asked_by_many(n))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, (1, 2, 3, 4))) == [0, 1, 5, 14]
    asked = asked_by_many.stats
    # Made anew or read from disk, but once.
    assert sum(asked.cache_hits.values()) + sum(asked.cache_misses.values()) == 1
