"""The manifest of a run: what was run, by which sources, on what machine, with what outcome."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from glasshouse.chance.rule import source_hash
from glasshouse.chance.threads import threads
from glasshouse.run.asked import scenario_files, what_is_asked
from glasshouse.run.clock import DOINGS, LIVING, Clock
from glasshouse.run.course import SeedResult
from glasshouse.run.own import source_of
from glasshouse.run.plan import Plan
from glasshouse.run.profile import profile
from glasshouse.run.tables import SCHEMA_VERSIONS
from glasshouse.scenario.defaults import GRADES, parameter_info

FINISHED, INTERRUPTED, RUNNING, FAILED = "finished", "interrupted", "running", "failed"
PACKAGES = ("glasshouse", "numba", "numpy", "polars", "scipy")


@dataclass
class Progressing:
    """What a run has come to so far.

    Attributes
    ----------
    state : str
        running, finished, interrupted or failed.
    seconds : float
        All the time it took, compiling on first use left out.
    results : list of SeedResult
        Of the seeds that are finished.
    peak_memory : int
        The most memory in bytes that it took at any time.
    """

    state: str = RUNNING
    seconds: float = 0.0
    results: list[SeedResult] = field(default_factory=list)
    peak_memory: int = 0

    @property
    def clock(self) -> Clock:
        """Where the time of the finished seeds went."""
        clock = Clock()
        for each in self.results:
            clock.add(each.clock)
        return clock


def manifest(
    plan: Plan,
    run_id: str,
    so_far: Progressing,
    *,
    rules: Mapping[str, Any] | None = None,
    measures: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Everything a reader needs to know to believe the tables, or to run it again.

    ``seconds`` is the time all of it took, compiling on first use left out; speed is that of the
    days themselves (``seconds_living``), without what is measured between them.

    ``asked`` is all that is needed to begin again. ``source`` is a hash of all sources of the
    package; ``digests`` holds a hash of everything each world remembered at the end, ``digest``
    one of all of these: equal digests, equal runs.
    """
    results = so_far.results
    population = results[0].citizens if results else plan.population
    clock = so_far.clock
    living = clock.seconds[LIVING]
    days = plan.days_lived * len(results)
    return {
        "id": run_id,
        "kind": plan.kind,
        "state": so_far.state,
        "version": version("glasshouse"),
        "source": source_hash(),
        "population": population,
        "days": plan.scenario.days,
        "seed": plan.scenario.seed,
        "seeds": [each.seed for each in results],
        "seeds_asked": plan.seeds,
        "worlds": [world.name for world in plan.worlds],
        "scenarios": scenario_files(plan),
        "paired": plan.paired,
        "digest": one_digest(results),
        "digests": {
            world.name: {str(each.seed): each.digests[world.name] for each in results}
            for world in plan.worlds
        },
        "seconds": round(so_far.seconds, 3),
        **{f"seconds_{doing}": round(clock.seconds[doing], 3) for doing in DOINGS},
        "seconds_of_measures": {
            name: round(seconds, 3) for name, seconds in clock.measuring.items()
        },
        "citizen_days": population * days,
        "citizen_days_per_second": _speed(population * days, living),
        "bytes_per_citizen": max((each.bytes_per_citizen for each in results), default=None),
        "peak_memory_bytes": so_far.peak_memory,
        **profile(clock, population * days),
        "own_rules": {name: source_of(each) for name, each in (rules or {}).items()},
        "own_measures": {name: source_of(each) for name, each in (measures or {}).items()},
        "evidence": evidence(plan),
        "machine": machine(),
        "schema_versions": SCHEMA_VERSIONS,
        "asked": what_is_asked(plan),
    }


def one_digest(results: Sequence[SeedResult]) -> str | None:
    """One hash of the digests of all worlds and seeds; None before a seed is finished."""
    if not results:
        return None
    said = json.dumps([[each.seed, each.digests] for each in results], sort_keys=True)
    return hashlib.blake2b(said.encode(), digest_size=16).hexdigest()


def evidence(plan: Plan) -> dict[str, Any]:
    """How well the behavioural numbers are founded, and which of them were changed."""
    known = parameter_info()
    count = Counter(str(each.grade) for each in known.values())
    return {
        "grades": dict(GRADES),
        "count": {grade: count[grade] for grade in GRADES},
        "by_parameter": {name: each.grade for name, each in known.items()},
        "changed": dict(plan.scenario.parameters),
    }


def machine() -> dict[str, Any]:
    """The machine, as far as it could matter to speed or to a result."""
    return {
        "system": platform.system(),
        "architecture": platform.machine(),
        "cores": os.cpu_count(),
        "threads": threads(),
        "python": sys.version.split()[0],
        "packages": {name: version(name) for name in PACKAGES},
    }


def _speed(citizen_days: int, seconds: float) -> float | None:
    return round(citizen_days / seconds, 1) if seconds > 0 and citizen_days else None
