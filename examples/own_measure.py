"""Your own measure: who is trapped, with few friends and no door open?

    .venv/bin/python examples/own_measure.py [CITIZENS]

A measure is a function of one citizen's numbers; its arguments say which. It is compiled and
asked of everybody on every measuring day, and its mean is reported for every group.
"""

from __future__ import annotations

import sys

import polars

import glasshouse as gh


def trapped(degree: int, doors_open: int, score: float) -> bool:
    """Fewer than five living ties, at most one door open, and a score below 560."""
    return degree < 5 and doors_open <= 1 and score < 560


def main() -> None:
    """Live the press's scheme and print who is trapped, month by month."""
    citizens = int(float(sys.argv[1])) if len(sys.argv) > 1 else 5_000
    scenario = gh.Scenario.load("press-sesame").replace(population=citizens, replicates=2, days=180)
    result = gh.run(scenario, measures=[trapped])
    shares = (
        result.measures.filter(
            polars.col("measure") == "trapped",
            polars.col("world") == "press-sesame",
            polars.col("day") >= 0,
        )
        .group_by("day", "group")
        .agg(polars.col("value").mean())
        .pivot(on="group", index="day", values="value")
        .sort("day")
    )
    print(shares.filter(polars.col("day") % 30 == 0))


if __name__ == "__main__":
    main()
