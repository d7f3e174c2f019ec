"""A rule is the Python that is written; loops are kept by the hash of what they are made from."""

from __future__ import annotations

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
