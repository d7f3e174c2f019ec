"""What a run needs of memory and disk, worked out before anything is made.

What cannot fit is refused with the figure.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from glasshouse.engine.calendar import Moment
from glasshouse.engine.nation import Nation
from glasshouse.measures.counters import CELLS, CITY_SIZE, COUNTERS, DISTRICT_SIZE
from glasshouse.run.keepsakes import IN_MEMORY
from glasshouse.run.plan import HANDFUL, MOBILITY, WINDOW, Plan, has_scores
from glasshouse.run.room import SPARED, free_disk, free_memory, memory_of_machine, sized
from glasshouse.run.throttle import GUESSED_SPEED, Throttle
from glasshouse.scenario.faults import BadInput
from glasshouse.scenario.scenario import Circles, abolished

PROGRAM = 290 * 2**20
"""Bytes that the program itself takes, compiled loops and libraries included."""
BYTES_OF_FLOAT = 8
MEASURES, GROUPS = 49, 5
"""About how many measures are taken for each of the groups."""
BYTES_OF_ROW = 100
"""Of a row of a table in memory."""
BYTES_ON_DISK = 4
"""Of a row of a table on disk, where alike values lie together."""
BYTES_OF_DIARY, BYTES_OF_LEDGER = 10, 110
"""Of a day of a sampled citizen on disk, without and with a ledger."""
BYTES_OF_REPORT, BYTES_OF_ITS_DAYS = 230_000, 330
"""Of the report and the small files beside it, and more for each day."""
REPORTING = 190 * 2**20
"""Bytes of memory that drawing the report takes, when the nation is gone."""
COPIES = 3
"""Checkpoints on disk at once: the last two are kept while another is written."""
AT_BEST = 80e6
"""Citizen-days a second that no machine of this kind lives: a run takes longer than that says."""


@dataclass(frozen=True)
class Sizes:
    """Bytes that a nation takes, and bytes of it that are kept.

    Attributes
    ----------
    lived : int
        Of the nation while it is lived, last night and tonight.
    kept : int
        Of a checkpoint of it.
    spin_up : int
        Of the nation on the eve of the introduction, from which worlds are lived.
    """

    lived: int
    kept: int
    spin_up: int


def sizes_of(plan: Plan) -> Sizes:
    """Sizes of the nation of a plan: those of the world that takes most."""
    scenario, people = plan.scenario, plan.population
    # A handful of people tell what all take, but for an explicit graph, which is looked at itself.
    circles = isinstance(scenario.society, Circles)
    few = scenario.model_copy(
        update={"population": HANDFUL, "society": scenario.society if circles else Circles()}
    )
    nothing = Moment(0, 0, 0, abolished(scenario.scheme))
    schemes = [each for world in plan.worlds for each in world.schemes.values()]
    nations = [Nation.blank(few, 1, nothing._replace(scheme=scheme)) for scheme in schemes]
    first = Nation.blank(few, 1, nothing)
    lived = max(each.bytes_per_citizen for each in nations)
    kept = max(_bytes_kept(each) for each in nations) / HANDFUL
    spin_up = _bytes_kept(first) / HANDFUL
    if not circles:
        graph = Nation.blank(scenario, 1, nothing)
        lived += graph.bytes_per_citizen - first.bytes_per_citizen
        kept += _bytes_kept(graph) / people - spin_up
        spin_up = _bytes_kept(graph) / people
    return Sizes(round(lived * people), round(kept * people), round(spin_up * people))


def _bytes_kept(nation: Nation) -> int:
    return sum(part.nbytes for part in nation.remembered().values())


@dataclass(frozen=True)
class Needs:
    """Bytes of memory that a run needs, by what for.

    Attributes
    ----------
    nation, program, counters, rows, keepsakes : int
    branch : int
        Of the nation that worlds to come are lived from, if memory is to hold it.
    """

    program: int
    nation: int
    counters: int
    rows: int
    keepsakes: int
    branch: int

    def parts(self, *, branch: bool) -> dict[str, int]:
        """Bytes by what for, with or without the nation for worlds to come."""
        known = dict(vars(self))
        return known if branch else {**known, "branch": 0}

    def total(self, *, branch: bool) -> int:
        """All of them together."""
        return sum(self.parts(branch=branch).values())


def memory_needs(plan: Plan, sizes: Sizes, most_keepsakes: int = IN_MEMORY) -> Needs:
    """Memory that a plan needs."""
    day = cities_of(plan) * CELLS * len(COUNTERS) * BYTES_OF_FLOAT
    compared = len(_measured_after(plan)) if plan.paired and len(plan.worlds) > 1 else 0
    return Needs(
        program=PROGRAM,
        nation=sizes.lived,
        counters=day * (WINDOW + 2 + compared),
        rows=rows_of_measures(plan) // max(len(plan.measuring_days), 1) * BYTES_OF_ROW * 2,
        keepsakes=min(sum(keepsakes_of(plan)), most_keepsakes),
        branch=sizes.spin_up if len(plan.worlds) > 1 else 0,
    )


def branch_fits(plan: Plan, sizes: Sizes | None = None) -> bool:
    """Whether memory holds the nation for worlds to come beside the one that is lived."""
    free = free_memory()
    needs = memory_needs(plan, sizes or sizes_of(plan))
    return free is None or needs.total(branch=True) <= free * SPARED


def keepsakes_of(plan: Plan) -> Iterator[int]:
    """Bytes of the keepsakes that are there at once, where most are."""
    people = plan.population
    if plan.paired:
        # The life that is lived has its own for a moment; those of the first wait for the last.
        waiting = len(_measured_after(plan)) if len(plan.worlds) > 1 else 1
        yield from [people] * max(waiting, 1)
    between = sorted(plan.remembered_days) if any(map(has_scores, plan.worlds)) else []
    yield from [people] * max(
        (sum(day - MOBILITY <= each <= day for each in between) for day in between), default=0
    )


def rows_of_measures(plan: Plan) -> int:
    """About how many rows of measures one seed has."""
    cities = cities_of(plan)
    regions = 1 + (cities if cities > 1 else 0)
    return regions * GROUPS * MEASURES * len(plan.measuring_days) * len(plan.worlds)


def cities_of(plan: Plan) -> int:
    """Cities that people are counted by; one for a graph."""
    clustered = isinstance(plan.scenario.society, Circles)
    return -(-plan.population // CITY_SIZE) if clustered else 1


def disk_needs(
    plan: Plan,
    sizes: Sizes,
    *,
    checkpoints: int,
    branch_in_memory: bool,
    most_keepsakes: int = IN_MEMORY,
) -> dict[str, int]:
    """Bytes of disk that a plan needs in its folder, by what for.

    Parameters
    ----------
    plan : Plan
    sizes : Sizes
    checkpoints : int
        How many will be written.
    branch_in_memory : bool
    most_keepsakes : int
        Bytes of keepsakes that memory may hold.
    """
    counters = memory_needs(plan, sizes).counters
    keepsakes = sum(keepsakes_of(plan))
    in_files = keepsakes > most_keepsakes or checkpoints > 0
    several = len(plan.worlds) > 1
    districts = -(-plan.population // DISTRICT_SIZE) * len(plan.district_days) * len(plan.worlds)
    rows = (rows_of_measures(plan) + 4 * districts) * len(plan.seeds) * BYTES_ON_DISK
    rows += sum(
        plan.scenario.measured.citizens
        * plan.scenario.days
        * (BYTES_OF_LEDGER if has_scores(world) else BYTES_OF_DIARY)
        for world in plan.worlds
    )
    return {
        "checkpoints": (sizes.kept + counters) * min(checkpoints, COPIES),
        "branch": sizes.spin_up if several and (checkpoints or not branch_in_memory) else 0,
        "keepsakes": keepsakes if in_files else 0,
        "tables": rows * (2 if checkpoints else 1),
        "report": BYTES_OF_REPORT + BYTES_OF_ITS_DAYS * plan.scenario.days,
    }


def check_room(plan: Plan, folder: Path | None) -> None:
    """Refuse a run that cannot fit into this machine.

    Parameters
    ----------
    plan : Plan
    folder : Path or None
        Where it is to be kept.

    Raises
    ------
    BadInput
    """
    sizes = sizes_of(plan)
    _check_memory(plan, memory_needs(plan, sizes))
    if folder is None:
        _check_temporary(plan, sizes)
    else:
        seconds = plan.population * plan.days_lived * len(plan.seeds) / AT_BEST
        checkpoints = checkpoints_expected(seconds, sizes.kept)
        in_memory = branch_fits(plan, sizes)
        parts = disk_needs(plan, sizes, checkpoints=checkpoints, branch_in_memory=in_memory)
        check_disk(folder, parts)


def _check_temporary(plan: Plan, sizes: Sizes) -> None:
    """Refuse what a run without a folder puts on disk while it lasts, where that has no room."""
    parts = disk_needs(plan, sizes, checkpoints=0, branch_in_memory=branch_fits(plan, sizes))
    needed = {name: parts[name] for name in ("branch", "keepsakes")}
    if any(needed.values()):
        check_disk(Path(tempfile.gettempdir()), needed)


def _check_memory(plan: Plan, needs: Needs) -> None:
    needed, free, whole = needs.total(branch=False), free_memory(), memory_of_machine()
    if free is None or whole is None or needed <= free * SPARED:
        return
    each = (needed - needs.program) / plan.population
    most = max(int((free * SPARED - needs.program) / each / 1000) * 1000, 0)
    raise BadInput(
        field="population",
        found=f"{plan.population:,}, which needs about {sized(needed)} of memory",
        allowed=f"at most about {most:,} here: {sized(free)} of {sized(whole)} are free",
    )


def check_disk(folder: Path, parts: Mapping[str, int]) -> None:
    """Refuse what a disk has no room for.

    Parameters
    ----------
    folder : Path
    parts : mapping of str to int
        Bytes needed, by what for.

    Raises
    ------
    BadInput
    """
    needed, free = sum(parts.values()), free_disk(folder)
    if needed > free:
        largest = max(parts, key=lambda each: parts[each])
        raise BadInput(
            place=str(folder),
            field="out",
            found=f"{sized(free)} free where about {sized(needed)} are needed, most for {largest}",
            allowed="a disk with room for it",
        )


def checkpoints_expected(seconds: float, size: int, speed: float = GUESSED_SPEED) -> int:
    """How many checkpoints a run of so many seconds writes, left to itself.

    Examples
    --------
    >>> checkpoints_expected(50, 10**6), checkpoints_expected(1000, 10**6)
    (0, 4)
    """
    throttle = Throttle(bytes_of_one=size * GUESSED_SPEED / speed)
    if seconds < throttle.wait:
        return 0
    return 1 + int((seconds - throttle.wait) / max(throttle.between, throttle.wait))


def _measured_after(plan: Plan) -> list[int]:
    """Measuring days from the introduction on."""
    return [day for day in plan.measuring_days if day >= 0]
