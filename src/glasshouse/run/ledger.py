"""One citizen's one day, explained: a ledger whose rows sum to the change in score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any, Self, TypedDict

import polars

from glasshouse.engine.ledger import LedgerRow, millionths
from glasshouse.engine.nation import Nation
from glasshouse.run.result import Run
from glasshouse.scenario.faults import BadInput, nearest_word

MILLIONTH = 1_000_000


class StoredRow(TypedDict):
    """A row of a ledger as ``citizens.parquet`` holds it."""

    row: str
    detail: str
    count: int
    amount: float


def ledger_of(nation: Nation, citizen: int) -> list[StoredRow]:
    """The coming day's ledger of a citizen; empty where no scheme is in force."""
    if not nation.in_force:
        return []
    return [
        StoredRow(row=row, detail=detail, count=count, amount=amount)
        for row, detail, count, amount in nation.explain(citizen).ledger
    ]


def exact_sum(amounts: Iterable[float]) -> float:
    """Sum of amounts that are whole millionths, without the rounding of binary fractions.

    Examples
    --------
    >>> exact_sum([0.1, 0.2, -0.3])
    0.0
    """
    return sum(millionths(amount) for amount in amounts) / MILLIONTH


def running_score(nation: Nation, citizen: int) -> float | None:
    """The score as it runs, which is published at the end of each period; None with no scheme."""
    if not nation.in_force:
        return None
    terms = nation.terms
    return round(terms.low + terms.unit * nation.score_step(citizen), 6)


@dataclass(frozen=True)
class Question:
    """Whose day is asked about: all parts known to exist."""

    citizen: int
    day: int
    world: str
    seed: int

    @classmethod
    def about(cls, run: Run, citizen: int, day: int, world: str | None, seed: int | None) -> Self:
        """Check a question against a run.

        Raises
        ------
        BadInput
            When there is no such citizen, day, world or seed.
        """
        if not run.seeds:
            raise BadInput(field="run", found="no finished seed", allowed="a run with one")
        _within("citizen", citizen, 0, run.manifest["population"] - 1)
        _within("day", day, 0, run.manifest["days"] - 1)
        world = run.world if world is None else world
        if world not in run.worlds:
            near = nearest_word(world, run.worlds)
            raise BadInput(field="world", found=world, allowed=", ".join(run.worlds), nearest=near)
        seed = run.seeds[0] if seed is None else seed
        if seed not in run.seeds:
            known = ", ".join(map(str, run.seeds))
            raise BadInput(field="seed", found=str(seed), allowed=known)
        return cls(citizen, day, world, seed)


@dataclass(frozen=True)
class Explanation:
    """One citizen's day as a ledger.

    Attributes
    ----------
    citizen, day, world, seed
        Whose day.
    after : float or None
        Score at the end of the day; None where no scheme is in force.
    change : float
        What the rows sum to, exactly.
    rows : list of LedgerRow
        What changed the score: row, detail, count, amount.
    """

    citizen: int
    day: int
    world: str
    seed: int
    after: float | None
    change: float
    rows: list[LedgerRow]

    @property
    def before(self) -> float | None:
        """Score at the end of the day before."""
        return None if self.after is None else exact_sum([self.after, -self.change])

    @property
    def frame(self) -> polars.DataFrame:
        """The ledger as a data frame."""
        return polars.DataFrame(self.rows, schema=LedgerRow._fields, orient="row")

    def title(self) -> str:
        """Who, when, and what the day came to."""
        who = f"Citizen {self.citizen:,}, day {self.day}, {self.world}, seed {self.seed}"
        if self.after is None:
            return f"{who}: no scheme is in force, there is no score."
        return f"{who}: {self.before:,.2f} -> {self.after:,.2f}"

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        return {
            **{name: getattr(self, name) for name in ("citizen", "day", "world", "seed")},
            **{name: getattr(self, name) for name in ("before", "after", "change")},
            "ledger": [row._asdict() for row in self.rows],
        }

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th scope="row">{escape(row.row)}</th><td>{escape(row.detail)}</td>'
            f"<td>{row.count}</td><td>{row.amount:+.4f}</td></tr>"
            for row in self.rows
        )
        head = "".join(f'<th scope="col">{name}</th>' for name in ("row", "", "times", "points"))
        return (
            f"<table><caption>{escape(self.title())}</caption><thead><tr>{head}</tr></thead>"
            f'<tbody>{rows}</tbody><tfoot><tr><th scope="row">change</th><td></td><td></td>'
            f"<td>{self.change:+.4f}</td></tr></tfoot></table>"
        )


def stored_day(run: Run, question: Question) -> Explanation | None:
    """The day as the run stored it, or None when the citizen was not sampled."""
    found = run.citizens.filter(
        polars.col("seed") == question.seed,
        polars.col("world") == question.world,
        polars.col("citizen") == question.citizen,
        polars.col("day") == question.day,
    )
    if found.is_empty():
        return None
    kept = found.row(0, named=True)
    return explained(question, kept["score"], kept["ledger"])


def explained(question: Question, after: float | None, ledger: list[StoredRow]) -> Explanation:
    """Put an explanation together from what the day came to."""
    rows = [LedgerRow(**row) for row in ledger]
    change = exact_sum(row.amount for row in rows)
    parts = (question.citizen, question.day, question.world, question.seed)
    return Explanation(*parts, after, change, rows)


def _within(field: str, value: object, low: int, high: int) -> None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or not low <= value <= high:  # type: ignore[operator]
        allowed = f"a whole number from {low} to {high}"
        raise BadInput(field=field, found=str(value), allowed=allowed)
