"""What the compiled nation and the reference must have in common."""

from __future__ import annotations

from collections import Counter

import pytest

from glasshouse.engine.lives import CitizenDay, Tie
from glasshouse.engine.nation import Nation
from glasshouse.engine.plain_nation import PlainNation
from glasshouse.measures import counters
from glasshouse.model.acts import BILL, CARTOON, FACE_TO_FACE, GRUMBLE, PURCHASE, SUBSCRIPTION
from glasshouse.model.recording import UNRECORDED
from glasshouse.society.ties import LAYERS
from tests.engine.everybody import everybody_of, opinions, scores, stances


def open_sides(nation: Nation) -> list[dict[int, bool]]:
    """Own sides of everybody's possible ties, by friend."""
    everybody = everybody_of(nation)
    friend, mine = everybody.ties.friend.tolist(), everybody.open(nation).tolist()
    first = everybody.ties.offsets.tolist()
    return [
        dict(zip(friend[a:b], mine[a:b], strict=True))
        for a, b in zip(first[:-1], first[1:], strict=True)
    ]


def assert_same(fast: Nation, plain: PlainNation) -> None:
    """Everything remembered of everybody is equal."""
    published = [fast.published_step(i) for i in range(fast.citizens)]
    assert scores(fast).tolist() == plain.steps
    assert published == plain.published_steps
    assert stances(fast).tolist() == plain.stances
    assert opinions(fast).tolist() == plain.opinions
    assert open_sides(fast) == plain.open
    if len(fast.state.absent):
        assert fast.state.absent.astype(bool).tolist() == plain.absents
    if len(fast.state.waiting):
        assert fast.state.waiting.tolist() == plain.waitings


def live_both(fast: Nation, plain: PlainNation) -> None:
    """One day of both: all that is remembered and all that is counted is equal."""
    absent = sum(plain.absent(i) for i in range(plain.citizens))
    totals = fast.live_day().sum(axis=(0, 1))
    expected = counted(plain.live_day(), plain.possible)
    expected |= {"CITIZENS": plain.citizens, "ABSENT": absent}
    assert_same(fast, plain)
    found = {name: float(totals[counters.COUNTERS.index(name)]) for name in expected}
    # Points are added up in whole multiples of 2**-30, each rounded once.
    near = {
        name: pytest.approx(value, rel=1e-9, abs=plain.citizens * 2.0**-30)
        for name, value in expected.items()
    }
    wrong = [name for name in expected if found[name] != near[name]]
    assert not wrong, {name: (found[name], expected[name]) for name in wrong}


# Of the flows of a day these are not in the reference: they are tried by themselves.
NOT_IN_REFERENCE = {"PERSONAL_HILL1", "VARIETY_ASKED", "ROWS_OTHER", "OPENED"}


def counted(days: list[CitizenDay], possible: list[list[Tie]]) -> dict[str, float]:
    """What a day's counters must hold, from what the reference says that everybody did."""
    found: Counter[str] = Counter()
    for day in days:
        found["PRESSED"] += day.pressers
        found["SANCTIONS"] += day.sanctions
        found["CUTS_FOR_SCORE"] += day.cut_for_score
        if day.cut is not None:
            layer = next(tie.layer for tie in possible[day.citizen] if tie.friend == day.cut)
            found[f"CUTS_{LAYERS[layer].upper()}"] += 1
        found["ROWS_FRIENDS"] += abs(day.friends_pull)
        found["ROWS_FORGETTING"] += abs(day.forgetting)
        found["APPEALS_WON"] += day.appeal > 0.0
        for tone in day.said:
            found[f"SAID_{named(tone)}"] += 1
        for subject in day.subjects:
            found[f"READ_SUBJECT_{subject}"] += 1
        for act in day.acts:
            count_act(found, *act)
    flows = counters.COUNTERS[counters.SAID_AGAINST : counters.APPEALS_WON + 1]
    return {name: found[name] for name in flows if name not in NOT_IN_REFERENCE}


def count_act(
    found: Counter[str], kind: int, tone: int, taken: int, times: int, points: float
) -> None:
    """Enter acts of one kind, tone and reading."""
    if kind in (FACE_TO_FACE, PURCHASE, SUBSCRIPTION):
        domain = {FACE_TO_FACE: "FACE", PURCHASE: "SHOPPED", SUBSCRIPTION: "READ"}[kind]
        found[f"{domain}_{named(tone)}"] += times
    if kind == BILL:
        found["BILLS"] += times
        found["BILLS_LATE"] += times * (tone == -1)
    if taken == UNRECORDED:
        return
    misread = taken == -1 and tone != -1
    lost = max(-points, 0.0)
    found["RECORDED"] += times
    found["MISREAD"] += times * misread
    found["ROWS_ACTS"] += abs(points)
    found["LOST"] += lost
    found["LOST_MISREAD"] += lost * misread
    found["LOST_INNOCENT"] += lost * (kind in (GRUMBLE, CARTOON))
    found["PENALTIES"] += times * (points < 0.0)


def named(tone: int) -> str:
    """Name of a tone in a counter."""
    return ("AGAINST", "NEUTRAL", "FOR")[tone + 1]
