"""A past on disk: written by the worker that lived it, read by those that live cells from it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.lab.experiments.lives import KeptPast
from glasshouse.measures.snapshot import Flows, OtherLife
from glasshouse.run.folder import folder_whole
from glasshouse.run.nation_store import (
    moment_of,
    plain_moment,
    read_arrays,
    read_index,
    write_arrays,
    write_index,
)
from glasshouse.run.pieces import Damaged


def write_past(folder: Path, kept: KeptPast) -> None:
    """Write a past into a folder, whole or not at all.

    Raises
    ------
    CannotWrite
    """
    days = sorted(kept.others)
    arrays: dict[str, NDArray[Any]] = {
        f"nation-{name}": part for name, part in kept.remembered.items()
    }
    for day in days:
        arrays[f"flows-{day}"] = kept.others[day].flows.total
        arrays[f"degree-{day}"] = np.asarray(kept.others[day].degree[:])
    with folder_whole(folder) as partial:
        content = {
            "moment": plain_moment(kept.moment),
            "arrays": write_arrays(partial, arrays),
            "days": {str(day): kept.others[day].flows.days for day in days},
            "rows": [list(row) for row in kept.rows],
            "seconds": kept.seconds,
        }
        write_index(partial, content)


def read_past(folder: Path) -> KeptPast:
    """Read a past.

    Raises
    ------
    Damaged
        When it is not what was written.
    """
    content, _ = read_index(folder)
    try:
        arrays = read_arrays(folder, content["arrays"])
        others = {
            int(day): OtherLife(Flows(arrays[f"flows-{day}"], window), arrays[f"degree-{day}"])
            for day, window in content["days"].items()
        }
        remembered = {
            name.removeprefix("nation-"): part
            for name, part in arrays.items()
            if name.startswith("nation-")
        }
        rows = tuple((row[0], row[1], row[2], row[3]) for row in content["rows"])
        moment = moment_of(content["moment"])
        return KeptPast(moment, remembered, others, rows, content["seconds"])
    except (KeyError, TypeError, ValueError) as fault:
        raise Damaged(folder, f"parts of it are missing ({fault})") from fault
