"""The small model in Numba by hand: friends of each agent in a row, 32-bit scores, all threads."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
from numpy.typing import NDArray

from small_model.shared import DROP, FRIENDS, NOISE, OWN, Asked, random_edges, start_scores, tell


@numba.njit(parallel=True, fastmath=True)
def update(first: Any, end: Any, friend: Any, old: Any, new: Any, noise: Any) -> None:
    """Everybody's next score."""
    for i in numba.prange(len(old)):
        total = np.float32(0.0)
        for place in range(first[i], end[i]):
            total += old[friend[place]]
        friends = end[i] - first[i]
        mean = total / friends if friends else old[i]
        new[i] = np.float32(OWN) * old[i] + np.float32(FRIENDS) * mean + noise[i]


@numba.njit
def forget(first: Any, end: Any, friend: Any, i: int, j: int) -> None:
    """Take j out of the friends of i."""
    for place in range(first[i], end[i]):
        if friend[place] == j:
            end[i] -= 1
            friend[place] = friend[end[i]]
            return


@numba.njit
def drop(first: Any, end: Any, friend: Any, score: Any, who: Any) -> None:
    """Each of these drops the worst friend, on both sides."""
    for i in who:
        if end[i] == first[i]:
            continue
        worst = friend[first[i]]
        for place in range(first[i] + 1, end[i]):
            if score[friend[place]] < score[worst]:
                worst = friend[place]
        forget(first, end, friend, i, worst)
        forget(first, end, friend, worst, i)


class Nation:
    """Scores before and after in two arrays, the friends of everybody in one."""

    def __init__(self, asked: Asked) -> None:
        settings: Any = numba.config
        numba.set_num_threads(min(asked.threads, settings.NUMBA_NUM_THREADS))
        edges, n = random_edges(asked), asked.agents
        source = np.concatenate([edges[:, 0], edges[:, 1]])
        target = np.concatenate([edges[:, 1], edges[:, 0]])
        degree = np.bincount(source, minlength=n)
        self.friend = target[np.argsort(source, kind="stable")].astype(np.int32)
        self.first = np.concatenate([[0], np.cumsum(degree)[:-1]]).astype(np.int64)
        self.end = self.first + degree
        self.score = start_scores(asked).astype(np.float32)
        self.other = np.empty_like(self.score)
        self.chance = np.random.default_rng(asked.seed + 2)

    def step(self) -> None:
        """Live one step."""
        n = len(self.score)
        noise = self.chance.standard_normal(n, dtype=np.float32) * np.float32(NOISE)
        update(self.first, self.end, self.friend, self.score, self.other, noise)
        self.score, self.other = self.other, self.score
        who = np.flatnonzero(self.chance.random(n, dtype=np.float32) < DROP)
        drop(self.first, self.end, self.friend, self.score, who)

    def found(self) -> tuple[NDArray[Any], int]:
        """Scores of everybody, and the number of ties."""
        return self.score.astype(np.float64), int((self.end - self.first).sum()) // 2


if __name__ == "__main__":
    tell("Numba by hand", numba.__version__, Nation)
