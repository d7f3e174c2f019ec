"""The small model in Starsim: scores in a state of a module, ties in a network's table."""

from __future__ import annotations

from typing import Any

import numpy as np
import starsim  # type: ignore[import-not-found]
from numpy.typing import NDArray

from small_model.in_numpy import worst_ties
from small_model.shared import (
    DROP,
    FRIENDS,
    NOISE,
    OWN,
    WARM_UP,
    Asked,
    random_edges,
    start_scores,
    tell,
)


class Friends(starsim.Network):  # type: ignore[misc]
    """The ties; they are cut by the scores, so they do nothing by themselves."""

    def step(self) -> None:
        """Do nothing."""


class Score(starsim.Module):  # type: ignore[misc]
    """The scores."""

    def __init__(self, start: NDArray[np.float64]) -> None:
        super().__init__()
        self.define_pars(noise=starsim.normal(loc=0, scale=NOISE), drop=starsim.bernoulli(p=DROP))
        self.define_states(starsim.FloatArr("score", default=0.0))
        self.start = start

    def init_post(self) -> None:
        """Set the first scores."""
        super().init_post()
        self.score[:] = self.start

    def step(self) -> None:
        """Live one step."""
        net, n = self.sim.networks["friends"], len(self.start)
        a, b, score = net.p1, net.p2, self.score.values
        degree = np.bincount(a, minlength=n) + np.bincount(b, minlength=n)
        total = np.bincount(a, score[b], n) + np.bincount(b, score[a], n)
        mean = np.where(degree > 0, total / np.maximum(degree, 1), score)
        everybody = self.sim.people.auids
        self.score[:] = OWN * score + FRIENDS * mean + self.pars.noise.rvs(everybody)
        drops = np.zeros(n, bool)
        drops[self.pars.drop.filter(everybody)] = True
        cut = np.zeros(len(a), bool)
        cut[worst_ties(a, b, self.score.values, drops)] = True
        net.remove_edges(cut)


class Nation:
    """A simulation that is stepped."""

    def __init__(self, asked: Asked) -> None:
        edges = random_edges(asked)
        net = Friends(p1=edges[:, 0], p2=edges[:, 1], beta=np.ones(len(edges)), name="friends")
        self.sim = starsim.Sim(
            n_agents=asked.agents, networks=net, custom=Score(start_scores(asked)), start=0,
            dur=asked.steps + WARM_UP + 1, dt=1, rand_seed=asked.seed, verbose=0, use_aging=False,
        )  # fmt: skip
        self.sim.init()

    def step(self) -> None:
        """Live one step."""
        self.sim.run_one_step()

    def found(self) -> tuple[NDArray[Any], int]:
        """Scores of everybody, and the number of ties."""
        return self.sim.custom[0].score.values, len(self.sim.networks["friends"])


if __name__ == "__main__":
    tell("Starsim", starsim.__version__, Nation)
