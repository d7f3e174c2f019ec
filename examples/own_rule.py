"""Your own rule: what if nobody ever cut a tie to kin?

    .venv/bin/python examples/own_rule.py [CITIZENS]

A rule is a function of numbers. It replaces the one of the same name in `glasshouse.model`, takes
the same arguments, and is compiled into the same loops. Rules of the package can be called in it.
"""

from __future__ import annotations

import sys
from typing import Any

import glasshouse as gh
from glasshouse.model import friendship

shipped = friendship.chance_of_cutting


def chance_of_cutting(
    ambition: float,
    worth_without: float,
    worth_with: float,
    log_strength: float,
    kin: int,
    stance_gap: float,
    parameters: Any,
) -> float:
    """Blood is thicker than points: the shipped chance for friends, none for kin."""
    if kin == 1:
        return 0.0
    return shipped(ambition, worth_without, worth_with, log_strength, kin, stance_gap, parameters)


def main() -> None:
    """Live the press's scheme with the shipped rule and with one's own."""
    citizens = int(float(sys.argv[1])) if len(sys.argv) > 1 else 5_000
    scenario = gh.Scenario.load("press-sesame").replace(population=citizens, replicates=2, days=120)
    for name, rules in (("shipped", {}), ("kin kept", {"chance_of_cutting": chance_of_cutting})):
        last = gh.run(scenario, rules=rules).last_values()
        print(
            f"{name:<9} ties {last['ties.mean']:.2f}, cut in 30 days {last['ties.cut']:.4f}, "
            f"kin among them {last['ties.cut.kin'] or 0:.0%}"
        )


if __name__ == "__main__":
    main()
