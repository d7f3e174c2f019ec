"""The columns of the tables that runs and experiments leave behind."""

from __future__ import annotations

from collections.abc import Mapping

from sphinx.errors import ExtensionError

from glasshouse.lab.experiments.design import COLUMNS
from glasshouse.lab.experiments.folder import CAME_TO, OF_CELL, PROVENANCE, ROWS
from glasshouse.run.tables import SCHEMAS
from making.markdown import code, plain, table

SEED = "Seed of the nation."
WORLD = "Which life: `none`, or the name of a scheme."
DAY = "Day, counted from the introduction, which is day 0; negative before it."
OF_RUN = {
    "measures": {
        "seed": SEED,
        "world": WORLD,
        "day": DAY,
        "measure": "Name in the [data dictionary](measures.md).",
        "group": "Of whom: `all`, `majority`, `minority`, `dissenters` (private opinion below 0) "
        "or `others`.",
        "region": "`nation`, or a city such as `city 0`.",
        "value": "In the measure's unit; null where it is not defined.",
    },
    "districts": {
        "seed": SEED,
        "world": WORLD,
        "day": DAY,
        "district": "Number of the district.",
        "city": "Number of its city.",
        "citizens": "People who live in it.",
        "score_mean": "Average published score, in points.",
        "stance_mean": "Average public stance, -1 to 1.",
        "opinion_mean": "Average private opinion, -1 to 1.",
        "ties_mean": "Average number of living ties.",
        "doors_open": "Average number of doors found open.",
        "outcasts": "Share of outcasts.",
    },
    "citizens": {
        "seed": SEED,
        "world": WORLD,
        "citizen": "Number of the citizen, from 0.",
        "day": DAY,
        "group": "`majority` or `minority`.",
        "camp": "`dissenters` or `others`, on the day before the scheme.",
        "score": "Running score at the end of the day; null where no scheme is in force.",
        "change": "What the day added to it: the sum of the ledger.",
        "stance": "Public stance, -1 to 1.",
        "opinion": "Private opinion, -1 to 1.",
        "ties": "Living ties.",
        "doors": "Names of the doors that are open.",
        "ledger": "What changed the score: row, detail, count and amount of each entry.",
    },
}
FACTORS = "(a column for each factor)"
OF_EXPERIMENT = {
    "cell": "Hash of all that the cell depends on; the name of its file in `cells`.",
    "point": "Number of the point in the design.",
    "seed": SEED,
    FACTORS: "Its setting at the point: a number, or the name of a level.",
    "day": DAY,
    "measure": "Name in the [data dictionary](measures.md), or one of the further numbers there.",
    "group": "Of whom.",
    "value": "In the measure's unit; null where it is not defined.",
    "without": "The same measure in the life of the same people under no scheme; null where none "
    "was lived, or where it is not defined.",
    "digest": "Hash of everything that the nation remembered at the end.",
    "seconds": "How long the cell was lived.",
    "past_seconds": "How long its past was lived, which other cells may share.",
    "past": "Hash of the past that it began from.",
    "model": "Hash of the sources of the model.",
    "version": "Version of the package.",
}


def run_tables() -> str:
    """The three tables of a run."""
    parts = []
    for name, schema in SCHEMAS.items():
        kinds = {column: str(kind) for column, kind in schema.items()}
        parts.append(f"### {name}.parquet\n\n{_columns(name, kinds, OF_RUN[name])}")
    return "\n".join(parts)


def experiment_table() -> str:
    """The table of an experiment."""
    numbered = dict(zip(OF_CELL, ("String", "Int64", "Int64"), strict=True))
    taken = {name: str(kind) for name, kind in {**ROWS, **CAME_TO}.items()}
    told = {name: "String" for name in PROVENANCE if name not in CAME_TO}
    kinds = {**numbered, FACTORS: "Float64 or String", **taken, **told}
    if set(kinds) - {FACTORS} != set(COLUMNS):
        raise ExtensionError("the table of experiments has other columns than design.py names")
    return _columns("results", kinds, OF_EXPERIMENT)


def _columns(name: str, kinds: Mapping[str, str], meanings: Mapping[str, str]) -> str:
    if list(kinds) != list(meanings):
        different = ", ".join(sorted(set(kinds) ^ set(meanings))) or "their order"
        raise ExtensionError(f"columns of {name} are not described as they are: {different}")
    rows = [
        [code(column) if column != FACTORS else column, plain(_short(kind)), meanings[column]]
        for column, kind in kinds.items()
    ]
    return table(["column", "type", "meaning"], rows)


def _short(kind: str) -> str:
    return "List(Struct)" if kind.startswith("List(Struct") else kind
