"""The small model in Mesa: one object for each agent, friends in a plain set.

Mesa's own network space is slower (about half as fast); this is the fast way of writing it.
"""

from __future__ import annotations

from typing import Any

import mesa  # type: ignore[import-not-found]
import numpy as np
from numpy.typing import NDArray

from small_model.shared import DROP, FRIENDS, NOISE, OWN, Asked, random_edges, start_scores, tell


class Citizen(mesa.Agent):  # type: ignore[misc]
    """One agent."""

    def __init__(self, model: Any, score: float) -> None:
        super().__init__(model)
        self.score = self.next = score
        self.friends: set[Citizen] = set()

    def look(self) -> None:
        """Work out the next score."""
        friends = self.friends
        mean = sum(each.score for each in friends) / len(friends) if friends else self.score
        self.next = OWN * self.score + FRIENDS * mean + self.model.random.gauss(0, NOISE)

    def act(self) -> None:
        """Take on the next score."""
        self.score = self.next

    def prune(self) -> None:
        """Perhaps drop the worst friend."""
        if self.model.random.random() < DROP and self.friends:
            worst = min(self.friends, key=lambda each: each.score)
            self.friends.discard(worst)
            worst.friends.discard(self)


class Nation(mesa.Model):  # type: ignore[misc]
    """All agents."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(seed=asked.seed)
        scores = start_scores(asked).tolist()
        people = list(Citizen.create_agents(self, asked.agents, scores))
        for i, j in random_edges(asked).tolist():
            people[i].friends.add(people[j])
            people[j].friends.add(people[i])

    def step(self) -> None:
        """Live one step."""
        self.agents.do("look")
        self.agents.do("act")
        self.agents.do("prune")

    def found(self) -> tuple[NDArray[Any], int]:
        """Scores of everybody, and the number of ties."""
        scores = np.array([each.score for each in self.agents])
        return scores, sum(len(each.friends) for each in self.agents) // 2


if __name__ == "__main__":
    tell("Mesa, plain agents", mesa.__version__, Nation)
