"""A nation that lives by the reference alone: plain lists, no compiled loop anywhere.

It is slow, meant for a few hundred citizens, and says what the fast nation must equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine import own_rules
from glasshouse.engine.lives import CitizenDay, Person, Tie
from glasshouse.engine.nation import Nation
from glasshouse.engine.view import NationView
from glasshouse.scenario.scenario import Scenario
from glasshouse.scenario.scheme import Scheme
from glasshouse.society.record import feeling_of, score_of


class PlainNation:
    """A nation between two days, lived by the reference; the methods of :class:`Nation`.

    Examples
    --------
    >>> nation = PlainNation(Scenario.load("none").replace(population=64), seed=1)
    >>> len(nation.live_day())
    64
    """

    def __init__(
        self, scenario: Scenario, seed: int, rules: Mapping[str, Callable[..., Any]] | None = None
    ) -> None:
        # The fast nation gives the first day, the terms of a scheme and the calendar, not a life.
        self._frame = Nation.make(scenario, seed, rules)
        self.reference = own_rules.loops_with(rules or {}).reference
        view = NationView(self._frame)
        everybody = range(view.citizens)
        self.citizens = view.citizens
        self.people = [view.person(i) for i in everybody]
        self.possible = [view.ties(i) for i in everybody]
        self.open = [{tie.friend: tie.open for tie in view.ties(i)} for i in everybody]
        self.steps = [view.score_step(i) for i in everybody]
        self.published_steps = list(self.steps)
        self.stances = [view.stance_stored(i) for i in everybody]
        self.opinions = [view.opinion_stored(i) for i in everybody]
        self.absents = [False] * self.citizens
        self.waitings = [0.0] * self.citizens
        self._refresh()

    def _refresh(self) -> None:
        self.terms = self._frame.terms
        self.parameters = self._frame.parameters
        self.calendar = self._frame.calendar()

    def enact(self, scheme: Scheme) -> None:
        """Put a scheme in force from the coming day on."""
        introduced = not self._frame.in_force
        self._frame.enact(scheme)
        self._refresh()
        if introduced and not scheme.is_none():
            self.steps = [self.terms.start] * self.citizens
            self.published_steps = list(self.steps)
        if scheme.period == 1:
            # No other score than the running one is kept, so a reform to this publishes at once.
            self.published_steps = list(self.steps)
        if not scheme.opt_out:
            self.absents = [False] * self.citizens
        if scheme.appeals is None:
            self.waitings = [0.0] * self.citizens

    def live_day(self) -> list[CitizenDay]:
        """Live one day; returns everybody's."""
        self._frame.set_ranks(self._histogram)
        self._refresh()
        days, opened = self.reference.live_nation(self)
        for i, day in enumerate(days):
            self.steps[i], self.stances[i], self.opinions[i] = day.step, day.stance, day.opinion
            self.absents[i], self.waitings[i] = day.absent, day.waiting
            if self.calendar.publish:
                self.published_steps[i] = day.step
        for i, j in opened:
            self.open[i][j] = True
        for day in days:
            if day.cut is not None:
                self.open[day.citizen][day.cut] = False
        self._frame.pass_day()
        return list(days)

    def _histogram(self) -> NDArray[np.int64]:
        counts = np.zeros(self.terms.top + 1, np.int64)
        for i in range(self.citizens):
            if not self.absent(i):
                counts[self.published_steps[i]] += 1
        return counts

    def person(self, i: int) -> Person:
        """Traits of a citizen."""
        return self.people[i]

    def ties(self, i: int) -> list[Tie]:
        """Possible ties of a citizen, in the order of slots."""
        return [
            tie._replace(
                open=self.open[i][tie.friend],
                living=self.open[i][tie.friend] and self.open[tie.friend][i],
            )
            for tie in self.possible[i]
        ]

    def score_step(self, i: int) -> int:
        """Running score, in steps."""
        return self.steps[i]

    def published_step(self, i: int) -> int:
        """Published score, in steps."""
        return self.published_steps[i]

    def score(self, i: int) -> float:
        """Running score, in points."""
        return score_of(self.steps[i], self.terms.low, self.terms.unit)

    def published(self, i: int) -> float:
        """Published score, in points."""
        return score_of(self.published_steps[i], self.terms.low, self.terms.unit)

    def stance_stored(self, i: int) -> int:
        """Public stance, in 127ths."""
        return self.stances[i]

    def opinion_stored(self, i: int) -> int:
        """Private opinion, in 127ths."""
        return self.opinions[i]

    def stance(self, i: int) -> float:
        """Public stance, -1 to 1."""
        return feeling_of(self.stances[i])

    def opinion(self, i: int) -> float:
        """Private opinion, -1 to 1."""
        return feeling_of(self.opinions[i])

    def absent(self, i: int) -> bool:
        """Whether the citizen has opted out."""
        return bool(self.terms.opt_out and self.absents[i])

    def waiting(self, i: int) -> float:
        """Points that wait for an appeal."""
        return self.waitings[i]
