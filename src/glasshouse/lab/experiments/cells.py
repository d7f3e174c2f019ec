"""What is to be lived: cells, and the pasts that they share.

A cell is one point with one seed. Its past is what does not depend on the scheme: the nation, the
days before the introduction, and the same people's life under no scheme. Cells with the same past
are lived from it, one after another or at once. Both are named by a hash of all that they depend
on, so that what was lived once is known again, in whatever order or experiment.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from glasshouse.lab.experiments.placebos import FRIENDS_DRAWN_ANEW
from glasshouse.lab.experiments.points import Point
from glasshouse.run.plan import NO_SCHEME
from glasshouse.scenario.reading import preset
from glasshouse.scenario.scenario import Graph, Scenario, Timeline

FORMAT = 3
"""Of what is kept of a cell; raised when that changes."""


@dataclass(frozen=True)
class Past:
    """What cells are lived from.

    Attributes
    ----------
    scenario : Scenario
        Without a scheme.
    seed : int
    placebo : str
        One that changes who is friends with whom; empty for none.
    at : tuple of int
        Days on which the life under no scheme is measured.
    alone : bool
        Whether that life is left out.
    """

    scenario: Scenario
    seed: int
    placebo: str
    at: tuple[int, ...]
    alone: bool

    @cached_property
    def name(self) -> str:
        """A hash of all that it depends on."""
        return _hash(["past", text_of(self.scenario), self.seed, self.placebo, self.at, self.alone])

    @property
    def days(self) -> int:
        """Days that are lived of it."""
        after = 0 if self.alone else self.at[-1] + 1
        return self.scenario.timeline.spin_up + after


@dataclass(frozen=True)
class Cell:
    """One point with one seed.

    Attributes
    ----------
    point : int
    seed : int
    scenario : Scenario
    placebo : str
    at : tuple of int
        Days that are measured, in order.
    """

    point: int
    seed: int
    scenario: Scenario
    placebo: str
    at: tuple[int, ...]

    @classmethod
    def of(cls, point: Point, seed: int, at: tuple[int, ...]) -> Cell:
        """The cell of a point and a seed; the last day is always measured."""
        scenario = point.life
        days = tuple(sorted({day for day in at if day < scenario.days} | {scenario.days - 1}))
        return cls(point.number, seed, scenario, point.placebo, days)

    @cached_property
    def name(self) -> str:
        """A hash of all that it depends on, besides the model itself."""
        return _hash(["cell", text_of(self.scenario), self.seed, self.placebo, self.at])

    @cached_property
    def past(self) -> Past:
        """What it is lived from."""
        timeline = Timeline(spin_up=self.scenario.timeline.spin_up)
        scenario = self.scenario.model_copy(
            update={"scheme": preset(NO_SCHEME), "timeline": timeline, "days": 1}
        )
        placebo = self.placebo if self.placebo == FRIENDS_DRAWN_ANEW else ""
        return Past(scenario, self.seed, placebo, self.at, self.scenario.alone)


def text_of(scenario: Scenario) -> str:
    """All that a scenario says, an explicit graph included."""
    text = scenario.model_dump_json(by_alias=True)
    if isinstance(scenario.society, Graph):
        edges = scenario.society.edge_list()
        text += hashlib.sha256(edges.first.tobytes() + edges.second.tobytes()).hexdigest()
        if edges.strength is not None:
            text += hashlib.sha256(edges.strength.tobytes()).hexdigest()
    return text


def _hash(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps([FORMAT, *parts]).encode()).hexdigest()[:20]
