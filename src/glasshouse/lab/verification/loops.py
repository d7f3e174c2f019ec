"""Compiled loops of the published models and their chance.

The loops are made anew when any file of this folder changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.streams import below, fold, uniform

FOLDER = Path(__file__).parent


@cache
def folder_hash() -> str:
    """Hash of the sources in this folder, from which its loops are made."""
    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.py")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def loop(function: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a loop of a published model, keeping the result on disk for the next start."""
    return compiled(variant=f"-verification-{folder_hash()}")(function)


Chance = NDArray[np.uint64]
"""A key, and how many draws were made with it."""


def chance_of(*numbers: int) -> Chance:
    """Chance of its own for these numbers: a seed, and whatever tells runs apart."""
    key = 0
    for number in numbers:
        key = fold(key, number)
    return np.array([key, 0], np.uint64)


@rule
def draw(chance: Chance) -> float:
    """The next number in [0, 1)."""
    chance[1] += np.uint64(1)
    return uniform(fold(chance[0], chance[1]))


@rule
def pick(chance: Chance, limit: int) -> int:
    """The next whole number in 0..limit-1."""
    chance[1] += np.uint64(1)
    return below(fold(chance[0], chance[1]), limit)
