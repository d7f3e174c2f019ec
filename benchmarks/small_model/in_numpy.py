"""The small model in plain NumPy on a list of ties, as a careful user writes it by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from small_model.shared import DROP, FRIENDS, NOISE, OWN, Asked, random_edges, start_scores, tell


class Nation:
    """Scores in one array, both ends of the ties in two."""

    def __init__(self, asked: Asked) -> None:
        edges = random_edges(asked)
        self.a, self.b = edges[:, 0].astype(np.int32), edges[:, 1].astype(np.int32)
        self.score = start_scores(asked)
        self.agents = asked.agents
        self.chance = np.random.default_rng(asked.seed + 2)

    def step(self) -> None:
        """Live one step."""
        n, a, b, score = self.agents, self.a, self.b, self.score
        degree = np.bincount(a, minlength=n) + np.bincount(b, minlength=n)
        total = np.bincount(a, score[b], n) + np.bincount(b, score[a], n)
        mean = np.where(degree > 0, total / np.maximum(degree, 1), score)
        self.score = OWN * score + FRIENDS * mean + self.chance.normal(0, NOISE, n)
        drops = self.chance.random(n) < DROP
        keep = np.ones(len(a), bool)
        keep[worst_ties(a, b, self.score, drops)] = False
        self.a, self.b = a[keep], b[keep]

    def found(self) -> tuple[NDArray[Any], int]:
        """Scores of everybody, and the number of ties."""
        return self.score, len(self.a)


def worst_ties(
    a: NDArray[Any], b: NDArray[Any], score: NDArray[Any], drops: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Places of the ties to the worst friend of those who drop one."""
    # Only the ties that touch somebody who drops matter.
    of_a, of_b = np.flatnonzero(drops[a]), np.flatnonzero(drops[b])
    who, tie = np.concatenate([a[of_a], b[of_b]]), np.concatenate([of_a, of_b])
    friend = np.concatenate([b[of_a], a[of_b]])
    order = np.lexsort((score[friend], who))
    who, tie = who[order], tie[order]
    first = np.ones(len(who), bool)
    first[1:] = who[1:] != who[:-1]
    worst: NDArray[np.int64] = tie[first]
    return worst


if __name__ == "__main__":
    tell("NumPy by hand", np.__version__, Nation)
