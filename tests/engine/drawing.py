"""Scenarios drawn by Hypothesis: any scheme, any society, everything that is off by default on."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from glasshouse.scenario import Scenario
from glasshouse.scenario.scheme_parts import Range

points = st.floats(-30, 30).map(lambda x: round(x, 2))
share = st.floats(0, 1).map(lambda x: round(x, 3))


def tones() -> st.SearchStrategy[dict[str, float]]:
    """Points of one kind of act."""
    return st.fixed_dictionaries({"against": points, "neutral": points, "for": points})


@st.composite
def schemes(draw: st.DrawFn, range: Range | None = None) -> dict[str, Any]:
    """Any scheme, as it would be written down; a reform has the range of the scheme before it."""
    if range is None:
        low = draw(st.sampled_from([0.0, 350.0, -500.0]))
        range = Range(low=low, high=low + draw(st.sampled_from([100.0, 600.0, 1000.0, 3000.0])))
    low, high = range.low, range.high
    inside = st.floats(low, high).map(lambda x: round(min(max(x, low), high), 2))
    door = st.one_of(
        st.fixed_dictionaries({"threshold": inside, "worth": st.floats(0, 3)}),
        st.fixed_dictionaries({"rank": share, "worth": st.floats(0, 3)}),
    )
    kinds = ("post", "share", "like", "message", "purchase", "subscription")
    return {
        "name": "drawn",
        "range": {"low": low, "high": high},
        "base": draw(inside),
        "start": draw(st.none() | inside),
        "forgetting": draw(st.floats(0.001, 0.2)),
        "period": draw(st.sampled_from([1, 1, 3, 30])),
        "points": {
            **{kind: draw(tones()) for kind in kinds},
            "bill": {"paid": draw(points), "late": draw(points)},
            "grumble": draw(points),
            "cartoon": draw(points),
        },
        "coverage": {
            channel: draw(share)
            for channel in ("public", "message", "purchase", "subscription", "bill")
        },
        "errors": {
            error: draw(share)
            for error in ("false_negative", "false_positive_post", "false_positive_other")
        },
        "friends": {
            "share": draw(st.sampled_from([0.0, 0.05, 0.3, 0.9])),
            "aggregate": draw(st.sampled_from(["mean", "weighted", "lowest", "lowest_k"])),
            "lowest_k": draw(st.integers(1, 8)),
            "friendless": draw(st.sampled_from(["own", "base"])),
            "map": draw(st.booleans()),
            "status": draw(st.sampled_from([0.0, 1.0])),
        },
        "doors": {
            name: {**draw(door), "absent": draw(st.sampled_from(["open", "shut"]))}
            for name in ("loan", "travel")[: draw(st.integers(0, 2))]
        },
        "sanctions": {"chance": draw(share), "worth": draw(st.floats(0, 2))},
        "appeals": draw(st.none() | st.just({"delay": 3.0, "success": 0.7})),
        "opt_out": draw(st.booleans()),
    }


# Days on which some people do more of a kind than tables have places for, or all do the least.
RATES_OF_ACTS = st.sampled_from([
    {},
    {"messages_per_day": 30.0, "purchases_per_day": 6.0, "subscriptions_per_day": 2.0},
    {"likes_per_day": 20.0, "activity_sd": 3.0, "bills_per_day": 2.0, "cartoons_per_day": 2.0},
    {"most_acts_per_day": 1.0, "political_share": 1.0},
    {"posts_per_day": 0.0, "shares_per_day": 0.0, "likes_per_day": 0.0, "messages_per_day": 0.0},
])  # fmt: skip


# Numbers that make rare things happen often, so that a few days show all of them.
EVENTFUL = {
    "cut_intercept": -3.0,
    "reviews_per_day": 0.6,
    "openings_per_day": 0.03,
    "reconsiderations_per_week": 0.8,
    "leaving_reluctance": 0.5,
}


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Any scenario of a small nation: circles or an explicit graph."""
    base = Scenario.load("none")
    changes: dict[str, Any] = {"scheme": draw(schemes()), "parameters": dict(EVENTFUL)}
    changes["parameters"]["weight_of_pressure"] = draw(st.sampled_from([0.0, 0.3]))
    changes["parameters"] |= draw(RATES_OF_ACTS)
    changes["parameters"]["cut_for_doors"] = draw(st.sampled_from([0.0, 60.0]))
    changes["timeline"] = {"spin_up": 2}
    if draw(st.booleans()):
        pairs = draw(
            st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), min_size=60, max_size=90)
        )
        ring = [(i, (i + 1) % 70) for i in range(70)]
        edges = np.array([*ring, *((i, j) for i, j in pairs if i != j)])
        if draw(st.booleans()):
            strength = draw(st.sampled_from([[1.0], [8.0, 2.0, 0.8, 0.5, 0.3], [0.01, 30.0]]))
            # The same pair named both ways has one strength.
            places = (edges.sum(axis=1) % len(strength)).astype(int)
            edges = np.column_stack([edges, np.array(strength)[places]])
        changes["society"] = {"kind": "graph", "edges": edges}
        changes["population"] = 70
    else:
        changes["population"] = draw(st.sampled_from([64, 65, 100]))
        changes["society"] = {"kind": "circles", "slots": draw(st.sampled_from([32, 32, 64, 128]))}
    return base.replace(**changes)
