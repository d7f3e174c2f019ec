"""The mark of a rule, and the compiling of loops over rules.

A rule is one function: the reference calls it as the Python it is, the loops compile it.
Compiled loops are kept in a cache folder whose name is a hash of all sources they could be made
from, so that editing a rule in any file is always seen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numba
import platformdirs
from numba.core.compiler_lock import global_compiler_lock
from numba.extending import register_jitable

# Inlined by force and without reference counts: otherwise every call would count a reference to
# each array of the tuples it is given. A rule allocates nothing, so none are needed.
INLINED: Any = {"forceinline": True, "_nrt": False}

Function = TypeVar("Function", bound=Callable[..., object])


def rule(function: Function) -> Function:
    """Mark a pure function of scalars as a rule.

    The function itself is returned unchanged: calling it from Python runs the Python that is
    written there. When compiled code calls it, it is compiled into that code.

    Parameters
    ----------
    function : callable
        Takes and returns scalars; uses only arithmetic, comparisons and other rules.

    Returns
    -------
    callable
        The same function.

    Examples
    --------
    >>> @rule
    ... def twice(x: float) -> float:
    ...     return 2.0 * x
    >>> twice(3.0)
    6.0
    """
    marked: Function = register_jitable(**INLINED)(function)
    return marked


PACKAGE = Path(__file__).parents[1]
COMPILED_FROM = ("chance", "scenario/parameters.py", "society", "model", "measures", "engine")


def _hash_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(paths):
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def source_hash() -> str:
    """Hash of every source file of the package: the version of the model, to the letter."""
    return _hash_of([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.yaml")])


@cache
def loops_hash() -> str:
    """Hash of the sources that compiled loops are made from."""
    places = [PACKAGE / name for name in COMPILED_FROM]
    return _hash_of(
        path for place in places for path in ([place] if place.is_file() else place.rglob("*.py"))
    )


def cache_folder(variant: str = "") -> Path:
    """Folder of compiled loops for these sources and, by ``variant``, for a user's own rules."""
    return platformdirs.user_cache_path("glasshouse") / "loops" / (loops_hash() + variant)


def _one_at_a_time(compile_: Callable[..., Any]) -> Callable[..., Any]:
    """Let the second thread that needs a loop wait for the first, instead of compiling it again."""

    def compile_once(signature: Any) -> Any:
        with global_compiler_lock:
            return compile_(signature)

    return compile_once


def compiled(*, variant: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Compile a loop, keeping the result on disk for the next start.

    Parameters
    ----------
    variant : str
        Distinguishes loops that were built with a user's own rules.

    Returns
    -------
    callable
        A decorator.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        settings: Any = numba.config
        before = settings.CACHE_DIR
        settings.CACHE_DIR = str(cache_folder(variant))
        try:
            loop: Any = numba.njit(cache=True, error_model="numpy", nogil=True)(function)
        finally:
            settings.CACHE_DIR = before
        loop.compile = _one_at_a_time(loop.compile)
        compiled_loop: Callable[..., Any] = loop
        return compiled_loop

    return decorate
