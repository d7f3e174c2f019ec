"""Experiments of every design, written by hand into folders, as pages are made from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from glasshouse.lab.experiments.findings import Findings
from glasshouse.lab.experiments.points import Point
from tests.lab.sensitivity.written import asked, written

WORLDS = {"arms": {"none": {"scheme": "none"}, "press": {"scheme": "press-sesame"}}}
FEAR, DOORS, SHARE = (
    *("parameters.weight_of_fear", "parameters.weight_of_doors", "scheme.friends.share"),
)
AGGREGATE = "scheme.friends.aggregate"
MEASURES = ("chilling", "ties.mean")
DESIGNS: Mapping[str, Mapping[str, Any]] = {
    "factorial": {
        "factors": {SHARE: [0.0, 0.1, 0.3], FEAR: [0.1, 0.6], AGGREGATE: ["mean", "lowest"]},
        "seeds": 5,
    },
    "one_at_a_time": {
        "factors": {
            FEAR: "range", "population": [1000, 10_000, 100_000, 1_000_000], AGGREGATE: [
                "mean", "weighted", "lowest"
            ],
        },
        "seeds": 5,
    },
    "latin_hypercube": {
        "factors": {FEAR: "range", DOORS: "range", AGGREGATE: ["mean", "weighted", "lowest"]},
        "samples": 60,
        "seeds": 5,
    },
    "morris": {
        "factors": {"world": WORLDS, FEAR: "range", DOORS: "range", "society.slots": [32, 64]},
        "samples": 8,
        "seeds": 2,
    },
    "sobol": {
        "factors": {FEAR: "range", DOORS: "range", SHARE: {"low": 0, "high": 0.5}},
        "samples": 32,
        "seeds": 1,
    },
}  # fmt: skip


def outcome(point: Point, seed: int) -> dict[str, float | None]:
    """Numbers that look like a nation's; nobody lived them."""
    said = point.settings
    fear = float(said.get(FEAR, 0.35))
    doors, share = float(said.get(DOORS, 1.0)), float(said.get(SHARE, 0.1))
    lowest = {"mean": 0.0, "weighted": 0.3}.get(str(said.get(AGGREGATE, "mean")), 1.0)
    press = 0.0 if said.get("world") == "none" else 1.0
    chance = np.random.default_rng([seed, 7]).normal(size=3)
    own = np.random.default_rng([seed, point.number]).normal(size=3)
    number = float(said.get("population", 1000))
    slots = float(said.get("society.slots", 32))
    noise = (0.02 * chance + 0.01 * own) / (number / 1000) ** 0.25
    chilling = press * (0.15 + 0.7 * fear + 0.3 * share * lowest + 0.1 * doors * share)
    return {
        "chilling": chilling + noise[0],
        "ties.mean": slots / 3 - 8 * share * press * (1 + lowest) + 10 * noise[1],
        "score.quantile.95": 520 + 60 * doors - 30 * share + 100 * noise[2] if press else None,
        "score.quantile.5": 500 - 90 * share * lowest + 100 * noise[2] if press else None,
    }


def studied(folder: Path, kind: str, **more: Any) -> Findings:
    """An experiment of a kind in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    fields = {"measures": MEASURES, "name": f"a-{kind.replace('_', '-')}", **DESIGNS[kind], **more}
    fields.setdefault("question", "What becomes of speech when friends' scores count?")
    factors = fields.pop("factors")
    return written(asked(factors, kind, **fields), outcome, folder)
