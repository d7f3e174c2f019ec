"""Where the time of a run went, stage by stage: for ``--profile``, and for the manifest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from glasshouse.run.clock import DOINGS, LIVING, MEASURING, Clock

NANOSECONDS = 1e9
Row = tuple[str, float]


def stages(clock: Clock) -> list[Row]:
    """Seconds of each stage of the days that were lived: the seconds shared out by ticks.

    Examples
    --------
    >>> clock = Clock(seconds={"living": 8.0}, ticks={"look": 3, "act": 1})
    >>> stages(clock)
    [('look', 6.0), ('act', 2.0)]
    """
    whole = sum(clock.ticks.values())
    living = float(clock.seconds[LIVING])
    return [(stage, living * ticks / whole) for stage, ticks in clock.ticks.items() if whole]


def profile(clock: Clock, citizen_days: int) -> dict[str, Any]:
    """What the manifest has under ``profile``; nothing where ticks were not counted."""
    if not clock.ticks:
        return {}
    each = NANOSECONDS / citizen_days if citizen_days else 0.0
    return {
        "profile": {
            stage: {
                "seconds": round(seconds, 3),
                "nanoseconds_per_citizen_day": round(seconds * each, 3),
            }
            for stage, seconds in stages(clock)
        }
    }


def profile_table(manifest: Mapping[str, Any]) -> str:
    """A table of seconds, and of nanoseconds for each citizen and day, by what was done.

    Parameters
    ----------
    manifest : mapping
        Of a run that was profiled.

    Returns
    -------
    str
        Stages of a day stand below living, parts of measuring below measuring; lines end in a
        newline.
    """
    days = manifest["citizen_days"]
    rows: list[Row] = []
    for doing in DOINGS:
        rows.append((doing, manifest[f"seconds_{doing}"]))
        if doing == LIVING:
            found = manifest.get("profile", {})
            rows += [(f"  {stage}", each["seconds"]) for stage, each in found.items()]
        if doing == MEASURING:
            parts = manifest["seconds_of_measures"]
            rows += [(f"  {part}", seconds) for part, seconds in parts.items()]
    rest = manifest["seconds"] - sum(manifest[f"seconds_{doing}"] for doing in DOINGS)
    rows += [("all else", rest), ("together", manifest["seconds"])]
    width = max(len(name) for name, _ in rows)
    lines = [f"{'':<{width}}  {'seconds':>10}  {'ns per citizen-day':>18}"]
    lines += [
        f"{name:<{width}}  {seconds:>10.2f}  {_each(seconds, days):>18}" for name, seconds in rows
    ]
    return "\n".join(lines) + "\n"


def _each(seconds: float, citizen_days: int) -> str:
    return f"{seconds * NANOSECONDS / citizen_days:.2f}" if citizen_days else "-"
