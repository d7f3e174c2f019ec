"""One citizen's day as a ledger: signed rows that sum to the change in score, exactly.

Rows are kept in whole millionths of a point, so that their sum is exact; what rounding to the
unit of scores adds has a row of its own.
"""

from __future__ import annotations

from typing import NamedTuple

from glasshouse.engine.lives import CitizenDay
from glasshouse.model.acts import BILL, CARTOON, GRUMBLE, KINDS, PURCHASE
from glasshouse.model.recording import UNRECORDED
from glasshouse.model.terms import SchemeTerms
from glasshouse.society.ties import LAYERS

MILLIONTHS = 1_000_000
TONES = {-1: "against", 0: "neutral", 1: "for"}
GOODS = {-1: "an imported good", 0: "an ordinary good", 1: "a listed good"}


class LedgerRow(NamedTuple):
    """One row: what kind of thing, which, how often, and its points."""

    row: str
    detail: str
    count: int  # type: ignore[assignment]  # a column's name; tuple.count is not used
    amount: float


class Explained(NamedTuple):
    """One citizen's day and its ledger."""

    day: CitizenDay
    ledger: list[LedgerRow]


def describe(kind: int, tone: int, taken: int) -> str:
    """What was done, and what it was taken for where that differs."""
    if kind == BILL:
        words = "paid late" if tone == -1 else "paid on time"
    elif kind in (GRUMBLE, CARTOON):
        words = "innocent"
    elif kind == PURCHASE:
        words = GOODS[tone]
    else:
        words = TONES[tone]
    if taken == UNRECORDED:
        return f"{words}, unrecorded"
    if taken != tone:
        return f"{words}, taken for {TONES[taken]}"
    return words


def ledger_of(day: CitizenDay, terms: SchemeTerms) -> list[LedgerRow]:
    """Rows of a citizen's day.

    Parameters
    ----------
    day : CitizenDay
        From the reference.
    terms : SchemeTerms
        Of the scheme in force.

    Returns
    -------
    list of LedgerRow
        Acts (alike ones together), friends, forgetting, appeal, rounding and clip; amounts in
        points, whole millionths, that sum to the change in score.
    """
    rows: list[tuple[str, str, int, int]] = []
    alike: dict[tuple[int, int, int], tuple[int, float]] = {}
    for act in day.acts:
        count, points = alike.get(act[:3], (0, 0.0))
        alike[act[:3]] = count + act.times, points + act.points
    for (kind, tone, taken), (count, points) in alike.items():
        rows.append((KINDS[kind], describe(kind, tone, taken), count, millionths(points)))
    if day.recorded:
        for friend in day.friends:
            detail = f"citizen {friend.friend} ({LAYERS[friend.layer]})"
            rows.append(("friend", detail, 1, millionths(friend.amount)))
        if not day.friends and day.friends_pull != 0.0:
            rows.append(("friend", "nobody", 0, millionths(day.friends_pull)))
        rows.append(("forgetting", "towards the base", 1, millionths(day.forgetting)))
        if day.appeal != 0.0:
            rows.append(("appeal", "wrong points given back", 1, millionths(day.appeal)))
        if day.clip != 0.0:
            rows.append(("clip", "held in the range of scores", 1, millionths(day.clip)))
        change = millionths((day.step - day.step_before) * terms.unit)
        rest = change - sum(row[3] for row in rows)
        rows.append(("rounding", "to the unit of scores", 1, rest))
    return [
        LedgerRow(row, detail, count, amount / MILLIONTHS) for row, detail, count, amount in rows
    ]


def millionths(points: float) -> int:
    """Points as whole millionths."""
    return round(points * MILLIONTHS)
