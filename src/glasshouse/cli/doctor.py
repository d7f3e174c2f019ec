"""The verb doctor: whether this machine is ready, and for how much."""

from __future__ import annotations

import json as encoder
import os
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from glasshouse.cli.living import Json

PACKAGES = ("numba", "numpy", "polars", "pydantic", "altair", "vl-convert-python")
TRIAL_CITIZENS, TRIAL_DAYS = 20_480, 5


def doctor(*, json: Json = False) -> None:
    """Say what this machine has, and whether a nation lives on it."""
    found = {**_versions(), **_machine(), **_trial()}
    if json:
        print(encoder.dumps(found, ensure_ascii=False))
        return
    width = max(len(name) for name in found)
    for name, value in found.items():
        print(f"{name:<{width}}  {value}")


def _versions() -> dict[str, Any]:
    found: dict[str, Any] = {"glasshouse": version("glasshouse"), "python": sys.version.split()[0]}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "missing"
    return found


def _machine() -> dict[str, Any]:
    from glasshouse.chance.rule import cache_folder
    from glasshouse.chance.threads import threads
    from glasshouse.run.room import memory_of_machine

    cache = cache_folder()
    existing = next(place for place in (cache, *cache.parents) if place.exists())
    memory = memory_of_machine()
    return {
        "cores": os.cpu_count(),
        "threads": threads(),
        "memory": "unknown" if memory is None else f"{memory / 2**30:.1f} GiB",
        "disk free here": f"{shutil.disk_usage(Path.cwd()).free / 2**30:.1f} GiB",
        "compiled loops": str(cache),
        "compiled loops writable": os.access(existing, os.W_OK),
    }


def _trial() -> dict[str, Any]:
    """Live a small nation for a few days, twice, so that compiling is not counted as living."""
    import time

    from glasshouse.engine.nation import Nation
    from glasshouse.scenario.scenario import Scenario

    scenario = Scenario.load("press-sesame").replace(population=TRIAL_CITIZENS)
    start = time.perf_counter()
    nation = Nation.make(scenario, scenario.seed)
    nation.enact(scenario.scheme)
    nation.live_day()
    ready = time.perf_counter()
    for _ in range(TRIAL_DAYS):
        nation.live_day()
    seconds = time.perf_counter() - ready
    return {
        "seconds to the first day": round(ready - start, 2),
        "citizen-days a second": f"{TRIAL_CITIZENS * TRIAL_DAYS / seconds:,.0f}",
        "bytes a citizen": round(nation.bytes_per_citizen),
    }
