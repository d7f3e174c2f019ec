"""The verb resume: a run that was stopped goes on."""

from __future__ import annotations

from pathlib import Path

from glasshouse.cli.living import USUAL, Json, tell
from glasshouse.cli.options import Way


def resume(folder: Path, /, *, way: Way = USUAL, json: Json = False) -> None:
    """Go on with a run that was stopped, at whatever moment, as if it never had been.

    In the folder of a finished run there is nothing to do.

    Parameters
    ----------
    folder
        The folder of a run.
    """
    from glasshouse.lab.lives import resumed
    from glasshouse.run.resuming import is_finished

    finished = is_finished(folder)
    result = resumed(folder, manner=way.manner())
    if finished and not json:
        print(f"Nothing to do: {folder} is finished.")
        return
    tell(result, way, as_json=json)
