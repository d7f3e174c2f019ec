"""Whether a run fits into memory, asked before anything is made."""

from __future__ import annotations

import os

from glasshouse.run.plan import Plan
from glasshouse.scenario.faults import BadInput

BYTES_PER_CITIZEN = 2_000
"""About what a nation takes at its largest: state, possible ties, a second world, a snapshot."""
SPARED = 0.9


def memory_of_machine() -> int | None:
    """Memory of this machine in bytes; None where the system does not say.

    Examples
    --------
    >>> memory = memory_of_machine()
    >>> memory is None or memory > 0
    True
    """
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None


def check_room(plan: Plan) -> None:
    """Refuse a nation that cannot fit into this machine.

    Raises
    ------
    BadInput
    """
    memory, population = memory_of_machine(), plan.population
    if memory is None or population * BYTES_PER_CITIZEN <= memory * SPARED:
        return
    most = int(memory * SPARED / BYTES_PER_CITIZEN / 1000) * 1000
    needed = population * BYTES_PER_CITIZEN / 2**30
    raise BadInput(
        field="population",
        found=f"{population:,}, which needs about {needed:,.0f} GiB of memory",
        allowed=f"at most about {most:,} on this machine",
    )
