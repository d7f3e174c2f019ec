"""A nation on disk: what it remembers in pieces, and the moment it was kept at."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from glasshouse.engine.calendar import Moment
from glasshouse.engine.nation import Nation
from glasshouse.run.pieces import (
    Bytes,
    Damaged,
    check_pieces,
    hash_of,
    pieces_of,
    read_pieces,
    write_file,
    write_pieces,
)
from glasshouse.scenario.scenario import Scenario
from glasshouse.scenario.scheme import Scheme

INDEX = "index.json"
Rule = Callable[..., Any]
Described = dict[str, Any]
"""Plain values, as an index holds them."""


def write_index(folder: Path, content: Described) -> str:
    """Write the index of a folder that is being filled, with its own hash; returns the hash."""
    hashed = hash_of(_plain(content))
    text = json.dumps({"hash": hashed, "content": content}, indent=1) + "\n"
    write_file(folder / INDEX, memoryview(text.encode()))
    return hashed


def read_index(folder: Path) -> tuple[Described, str]:
    """Read the index of a folder, and its hash.

    Raises
    ------
    Damaged
        When it is missing, or is not what was written.
    """
    path = folder / INDEX
    try:
        whole = json.loads(path.read_text(encoding="utf-8"))
        content, hashed = whole["content"], whole["hash"]
    except FileNotFoundError:
        raise Damaged(path, "no such file") from None
    except OSError as fault:
        raise Damaged(path, fault.strerror or "cannot be read") from fault
    except (ValueError, TypeError, KeyError) as fault:
        raise Damaged(path, "it is no index") from fault
    if not isinstance(content, dict) or hash_of(_plain(content)) != hashed:
        raise Damaged(path, "its content is not what was written")
    return content, hashed


def write_arrays(folder: Path, arrays: Mapping[str, np.ndarray[Any, Any]]) -> Described:
    """Write arrays into a folder; returns what an index says of them."""
    return {
        name: {
            "kind": array.dtype.str,
            "shape": list(array.shape),
            "pieces": write_pieces(folder, name, _bytes_of(array)),
        }
        for name, array in arrays.items()
    }


def read_arrays(folder: Path, described: Described) -> dict[str, np.ndarray[Any, Any]]:
    """Read arrays back.

    Raises
    ------
    Damaged
    """
    arrays = {}
    for name, each in described.items():
        array = np.empty(each["shape"], np.dtype(each["kind"]))
        read_pieces(folder, pieces_of(each["pieces"]), _bytes_of(array))
        arrays[name] = array
    return arrays


def write_nation(folder: Path, moment: Moment, remembered: Mapping[str, Bytes]) -> Described:
    """Write what a nation remembers into a folder; returns what an index says of it.

    Raises
    ------
    CannotWrite
    """
    arrays = {name: write_pieces(folder, name, each) for name, each in remembered.items()}
    return {"moment": plain_moment(moment), "arrays": arrays}


def read_nation(
    folder: Path,
    described: Described,
    scenario: Scenario,
    seed: int,
    rules: Mapping[str, Rule] | None = None,
) -> Nation:
    """The nation that was kept, which goes on as if it never had been.

    Raises
    ------
    Damaged
    """
    nation = Nation.blank(scenario, seed, moment_of(described["moment"]), dict(rules or {}) or None)
    arrays = nation.remembered()
    if set(arrays) != set(described["arrays"]):
        raise Damaged(folder, "it holds " + ", ".join(described["arrays"]))
    for name, into in arrays.items():
        read_pieces(folder, pieces_of(described["arrays"][name]), into)
    nation.refilled()
    return nation


def check_nation(folder: Path, described: Described) -> None:
    """See that a kept nation is whole, without making it.

    Raises
    ------
    Damaged
    """
    for pieces in described["arrays"].values():
        check_pieces(folder, pieces_of(pieces))


def plain_moment(moment: Moment) -> Described:
    """Plain values of the moment a nation is at."""
    return {
        "day": moment.day,
        "first_day": moment.first_day,
        "enacted": moment.enacted,
        "scheme": moment.scheme.model_dump(mode="json", by_alias=True),
    }


def moment_of(plain: Described) -> Moment:
    """The moment that gave these plain values."""
    scheme = Scheme.model_validate(plain["scheme"])
    return Moment(plain["day"], plain["first_day"], plain["enacted"], scheme)


def _bytes_of(array: np.ndarray[Any, Any]) -> Bytes:
    return np.ascontiguousarray(array).reshape(-1).view(np.uint8)


def _plain(content: Described) -> bytes:
    return json.dumps(content, sort_keys=True).encode()
