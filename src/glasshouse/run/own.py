"""A user's own measures: small pure functions of one citizen's numbers.

A measure names what it wants to know; it is compiled and applied to everybody, and the mean of
what it returns is reported for each group.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.threads import share_out
from glasshouse.measures.counters import CELLS
from glasshouse.measures.snapshot import Snapshot
from glasshouse.measures.view import GROUPS, ratio
from glasshouse.run.columns import KNOWN, Numbers, Stretch
from glasshouse.scenario.faults import BadInput, nearest_word, shown

# Citizens that a thread asks together.
STRETCH = 65_536


class OwnMeasures:
    """Measures a user wrote, compiled on first use.

    Parameters
    ----------
    functions : mapping of str to callable, or iterable of callables
        Each takes any of the names in ``KNOWN`` and returns a number or a truth value.

    Raises
    ------
    BadInput
        For a name that is taken, or an argument that no citizen has.

    Examples
    --------
    >>> def trapped(score: float, degree: int, doors_open: int) -> bool:
    ...     return degree < 3 and doors_open == 0
    >>> OwnMeasures([trapped]).names
    ['trapped']
    """

    def __init__(self, functions: Mapping[str, Callable[..., Any]] | Iterable[Callable[..., Any]]):
        if not isinstance(functions, Iterable):
            raise _refused(functions)
        named = functions.items() if isinstance(functions, Mapping) else _by_name(functions)
        self.functions: dict[str, Callable[..., Any]] = {}
        self._loops: dict[str, tuple[tuple[str, ...], Any]] = {}
        for name, function in named:
            arguments = _arguments(name, function)
            if name in self._loops:
                raise BadInput(field="measures", found=f"{name} twice", allowed="a name for each")
            self.functions[name] = function
            self._loops[name] = (arguments, _compiled(function))

    @property
    def names(self) -> list[str]:
        """Names of the measures."""
        return list(self._loops)

    def means(self, snapshot: Snapshot) -> list[tuple[str, str, float | None]]:
        """Mean of every measure in every group: name, group, value (None for an empty group)."""
        if not self.names:
            return []
        stretches = -(-snapshot.citizens // STRETCH)
        people = np.zeros((stretches, CELLS), np.int64)
        sums = np.zeros((stretches, CELLS, len(self.names)))

        def apply(first: int, last: int) -> None:
            stretch = Stretch(snapshot, first, last)
            people[first // STRETCH] = np.bincount(stretch.cell, minlength=CELLS)
            for place, (name, (arguments, loop)) in enumerate(self._loops.items()):
                value = _applied(name, loop, [stretch[each] for each in arguments], len(stretch))
                sums[first // STRETCH, :, place] = np.bincount(stretch.cell, value, CELLS)

        # The first stretch by itself: on it the measures are compiled for the numbers they meet.
        share_out(apply, 0, min(STRETCH, snapshot.citizens), STRETCH)
        share_out(apply, STRETCH, snapshot.citizens, STRETCH)
        size, total = people.sum(axis=0), sums.sum(axis=0)
        return [
            (name, group, ratio(total[list(cells), place].sum(), size[list(cells)].sum()))
            for place, name in enumerate(self.names)
            for group, cells in GROUPS.items()
        ]


def source_of(function: Callable[..., Any]) -> str:
    """Source text of a user's function, or its name where the text is not to be had."""
    try:
        return textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        return getattr(function, "__name__", repr(function))


def _by_name(functions: Iterable[Callable[..., Any]]) -> list[tuple[str, Callable[..., Any]]]:
    return [(getattr(each, "__name__", ""), each) for each in functions]


def _refused(given: object) -> BadInput:
    found = f"{shown(given)}, which is not a named function"
    return BadInput(field="measures", found=found, allowed="functions written with def")


def _arguments(name: str, function: Callable[..., Any]) -> tuple[str, ...]:
    if not inspect.isfunction(function) or not name.isidentifier():
        raise _refused(name or function)
    arguments = tuple(inspect.signature(function).parameters)
    for each in arguments:
        if each not in KNOWN:
            raise BadInput(
                field=f"measures.{name}",
                found=f"the argument {each}",
                allowed=", ".join(KNOWN),
                nearest=nearest_word(each, KNOWN),
            )
    if not arguments:
        raise BadInput(
            field=f"measures.{name}",
            found="no argument",
            allowed="one or more of " + ", ".join(KNOWN),
        )
    return arguments


def _compiled(function: Callable[..., Any]) -> Any:
    """Compile a function of scalars into one of arrays, for the types that it meets."""
    vectorize: Any = numba.vectorize
    return vectorize(nopython=True)(function)


def _applied(name: str, loop: Any, columns: list[Numbers], citizens: int) -> NDArray[np.float64]:
    try:
        values = np.broadcast_to(np.asarray(loop(*columns), np.float64), citizens)
    except numba.core.errors.NumbaError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        reason = lines[-1] if lines else type(error).__name__
        raise BadInput(
            field=f"measures.{name}",
            found=f"a function that cannot be compiled ({reason})",
            allowed="arithmetic and comparisons of numbers, returning a number",
        ) from None
    return values
