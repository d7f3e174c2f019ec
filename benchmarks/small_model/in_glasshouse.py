"""The small model in glasshouse's own words, on the same graph.

A scheme without forgetting of its own: ``forgetting`` 0.2 and ``friends.share`` 1 make
s' = s + 0.2 (mean of friends - s) = 0.8 s + 0.2 mean, the base counting nothing. Noise comes from
acts: grumbles and cartoons, half a one a day each, cost and bring 5 points, so that a day adds a
number of mean 0 and standard deviation 5; one rule is replaced, ``own_points``, so that acts count
in full although friends' share is 1. Everybody reviews a tie with chance 0.01 a day, sees all
scores on the map, and cuts the tie to the friend who drags her most, which under the mean of all
is the lowest; log odds of 50 make it certain. Nobody presses, offers a tie or does anything else.

What differs from the small model of the others:

- noise is a difference of two Poisson numbers times 5, not normal; its mean and spread are equal;
- the friend who is dropped is the lowest of last night, not of tonight;
- scores are whole hundredths, held to 350..950;
- a whole day of glasshouse is lived: traits, chances of tones, what is recorded and misread,
  stance and opinion, reviews, offers, and all that is counted. The others do the small model only.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

import glasshouse
from glasshouse.chance.threads import cores, set_threads
from glasshouse.engine.nation import Nation
from glasshouse.scenario import Scenario
from glasshouse.society.record import LANES, circles_of, unpacked
from small_model.shared import (
    DROP,
    FRIENDS,
    HIGH,
    LOW,
    NOISE,
    Asked,
    random_edges,
    start_scores,
    tell,
)

ACTS = ("posts", "shares", "likes", "messages", "face_to_face", "purchases", "subscriptions")
SILENT = {f"{kind}_per_day": 0.0 for kind in (*ACTS, "bills")}
PARAMETERS = SILENT | {
    "grumbles_per_day": 0.5,
    "cartoons_per_day": 0.5,
    "weight_of_pressure": 0.0,
    "reviews_per_day": DROP,
    "cut_intercept": 50.0,
    "openings_per_day": 0.0,
}
SCHEME = {
    "name": "small",
    "range": {"low": LOW, "high": HIGH},
    "base": (LOW + HIGH) / 2,
    "forgetting": FRIENDS,
    "points": {"grumble": -NOISE, "cartoon": NOISE},
    "friends": {"share": 1.0, "aggregate": "mean", "map": True},
}


def own_points(points: float, share: float) -> float:
    """Acts count in full, whatever the friends' share."""
    return points


class SmallModel:
    """A nation on the graph, the scheme in force."""

    def __init__(self, asked: Asked) -> None:
        set_threads(min(asked.threads, cores()))
        edges = random_edges(asked)
        scenario = Scenario.model_validate(
            {
                "scheme": SCHEME,
                "society": {"kind": "graph", "edges": edges},
                "parameters": PARAMETERS,
                "timeline": {"spin_up": 0},
            }
        )
        self.nation = Nation.make(scenario, asked.seed, rules={"own_points": own_points})
        self.nation.enact(scenario.scheme)
        # Whoever has no friends at all is no citizen of a graph; at mean degree 16 hardly anybody.
        self._write(start_scores(asked)[np.unique(edges)])

    def _write(self, scores: NDArray[np.float64]) -> None:
        """Give everybody a score: a scheme gives all the same."""
        records, terms = self.nation.records, self.nation.terms
        steps = np.zeros(circles_of(len(scores)) * LANES, np.uint16)
        steps[: len(scores)] = np.rint((scores - terms.low) / terms.unit)
        records.score.reshape(-1, records.size // 2)[:, :LANES] = steps.reshape(-1, LANES)

    def step(self) -> None:
        """Live one day."""
        self.nation.live_day()

    def found(self) -> tuple[NDArray[Any], int]:
        """Scores of everybody, and the number of ties."""
        nation = self.nation
        steps = unpacked(nation.records, "score", nation.citizens)
        ties = int(nation.net.alive.sum()) // 2  # type: ignore[union-attr]
        return nation.terms.low + nation.terms.unit * steps, ties


if __name__ == "__main__":
    tell("glasshouse", glasshouse.__version__, SmallModel)
