"""Columns of raw edges, from wherever they come, and the one check they all pass."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.scenario.faults import BadInput

WEAKEST = 1e-6
STRONGEST = 1e6
LARGEST = 2**63 - 1
ONLY_NUMBERS = (
    "pairs of whole numbers and nothing else: this is a laboratory of synthetic people, "
    "and it reads no names, identities or other data about anybody"
)
TIE = "a tie between two different citizens"
IDENTIFIER = f"a whole number from 0 to {LARGEST}"
STRENGTH = f"a strength from {WEAKEST:g} to {STRONGEST:g}"
AT_LEAST_ONE = "at least one pair of whole numbers"


class Columns(NamedTuple):
    """Raw edges: identifiers as they were given, and strengths if there are any."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    strength: NDArray[np.float64] | None


def first_fault(columns: Columns) -> tuple[int, str, str] | None:
    """Return row, what was found and what is allowed at the first faulty row, if there is one."""
    first, second, strength = columns
    faulty = (first < 0) | (second < 0) | (first == second)
    if strength is not None:
        faulty |= ~((strength >= WEAKEST) & (strength <= STRONGEST))
    if not faulty.any():
        return None
    row = int(np.argmax(faulty))
    tie = None if strength is None else float(strength[row])
    found, allowed = fault_of(int(first[row]), int(second[row]), tie)
    return row, found, allowed


def fault_of(first: int, second: int, strength: float | None) -> tuple[str, str]:
    """Return what was found and what is allowed for one edge; empty when all is well."""
    for identifier in (first, second):
        if not 0 <= identifier <= LARGEST:
            return f"the identifier {short(identifier)}", IDENTIFIER
    if first == second:
        return f"a tie of {first} to itself", TIE
    if strength is not None and not WEAKEST <= strength <= STRONGEST:
        return f"the strength {strength!r}", STRENGTH
    return "", ""


def short(number: int) -> str:
    """Write a whole number, or say that it is too long to be written."""
    return str(number) if number.bit_length() < 100 else "of more than 30 digits"


def checked_columns(columns: Columns, place: str) -> Columns:
    """Return the columns, or raise for the first faulty row."""
    if not len(columns.first):
        raise BadInput(place=place, found="no edges", allowed=AT_LEAST_ONE)
    fault = first_fault(columns)
    if fault is not None:
        row, found, allowed = fault
        raise BadInput(place=f"{place}, row {row + 1}", found=found, allowed=allowed)
    return columns
