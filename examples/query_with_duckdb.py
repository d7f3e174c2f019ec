"""Ask an experiment's table questions with SQL.

    .venv/bin/python examples/query_with_duckdb.py [FOLDER OR CITIZENS]

Needs duckdb. With the folder of an experiment, such as experiments/friends-share, it asks that;
otherwise a small one is lived first. Cells with the same past share their people and all that
happened to them before the scheme, so they are compared in pairs.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

import glasshouse as gh

FILE = Path(__file__).parent / "friends-share.yaml"
PAIRS = """
    SELECT there.map, there."scheme.friends.share" AS share, there.day,
           round(avg(there.value - here.value), 4) AS "beside a share of 0",
           round(avg(there.value - there.without), 4) AS "beside no scheme",
           count(DISTINCT there.seed) AS seeds
    FROM results AS there
    JOIN results AS here USING (past, map, day, measure, "group")
    WHERE measure = 'dissent.said' AND "group" = 'all'
        AND here."scheme.friends.share" = 0 AND there."scheme.friends.share" > 0
    GROUP BY ALL
    ORDER BY ALL
"""
WHERE_FROM = """
    SELECT count(DISTINCT cell) AS cells, count(DISTINCT past) AS pasts,
           list_sort(list(DISTINCT seed)) AS seeds, any_value(model) AS model,
           any_value(version) AS version
    FROM results
"""


def main() -> None:
    """Print what friends' scores do to what people say, and where the numbers come from."""
    asked = sys.argv[1] if len(sys.argv) > 1 else "1000"
    if not Path(asked).is_dir():
        few = {"population": int(float(asked)), "days": 40, "timeline.spin_up": 20}
        small = gh.Experiment.load(FILE).replace(scenario=few, seeds=2, at=[20])
        asked = str(gh.experiment(small, out="friends-share").folder)
    results = duckdb.read_parquet(str(Path(asked) / "results.parquet"))
    for question in (PAIRS, WHERE_FROM):
        print(results.query("results", question))


if __name__ == "__main__":
    main()
