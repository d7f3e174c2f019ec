"""The lives of an experiment: pasts and cells, each a pure function of what it is asked.

What is measured of a cell is what ``glasshouse run`` measures on the same day of the same scenario
and seed, with structure on every day that is measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine.calendar import Moment
from glasshouse.engine.nation import Nation
from glasshouse.lab.experiments.cells import Cell, Past
from glasshouse.lab.experiments.placebos import with_placebo
from glasshouse.lab.experiments.probes import probe
from glasshouse.measures.degrees import keep_degrees
from glasshouse.measures.observe import observe
from glasshouse.measures.snapshot import Flows, OtherLife
from glasshouse.measures.standing import keep_quintiles
from glasshouse.run.plan import MOBILITY
from glasshouse.run.worlds import Window
from glasshouse.scenario.scheme import Scheme
from glasshouse.society.net import most_friends

NATION, EVERYBODY = "nation", "all"
Row = tuple[int, str, str, float | None]
"""day, measure, group, value"""
Beside = tuple[int, str, str, float | None, float | None]
"""day, measure, group, value, and the value of the same people under no scheme"""


@dataclass(frozen=True)
class KeptPast:
    """A past that was lived.

    Attributes
    ----------
    moment : Moment
        At the introduction.
    remembered : dict of str to uint8 array
        Of the nation.
    others : dict of int to OtherLife
        Of the life under no scheme, by day; empty where that is left out.
    rows : tuple of Row
        What was measured of that life.
    seconds : float
        It took to live.
    """

    moment: Moment
    remembered: dict[str, NDArray[np.uint8]]
    others: dict[int, OtherLife]
    rows: tuple[Row, ...]
    seconds: float


@dataclass(frozen=True)
class Lived:
    """What a cell came to.

    Attributes
    ----------
    rows : tuple of Beside
    digest : str
        Of the nation at the end.
    seconds : float
        It took to live, its past left out.
    past_seconds : float
        That its past took, once for all cells of it.
    """

    rows: tuple[Beside, ...]
    digest: str
    seconds: float
    past_seconds: float


def live_past(past: Past) -> KeptPast:
    """Live what cells have in common.

    Examples
    --------
    >>> from glasshouse.lab.experiments.points import Point
    >>> from glasshouse.scenario import Scenario
    >>> brief = Scenario.load("fear").replace(population=64, days=2, timeline={"spin_up": 1})
    >>> cell = Cell.of(Point(0, {}, {}, base=brief), seed=1, at=())
    >>> lived = live_cell(cell, live_past(cell.past))
    >>> lived.rows[0]
    (1, 'dissent.said', 'all', ..., ...)
    """
    start = perf_counter()
    scenario = with_placebo(past.scenario, past.placebo, past.seed)
    nation = Nation.make(scenario, past.seed)
    for _ in range(scenario.timeline.spin_up):
        nation.live_day()
    moment = nation.moment()
    remembered = {name: part.copy() for name, part in nation.remembered().items()}
    others: dict[int, OtherLife] = {}
    rows: list[Row] = []
    if not past.alone:
        life = Life(nation, {}, others, first=True)
        rows = life.live(past.at)
    return KeptPast(moment, remembered, others, tuple(rows), perf_counter() - start)


def live_cell(cell: Cell, kept: KeptPast) -> Lived:
    """Live a cell from its past."""
    start = perf_counter()
    scenario = with_placebo(cell.scenario, cell.placebo, cell.seed)
    nation = Nation.blank(scenario, cell.seed, kept.moment)
    for name, into in nation.remembered().items():
        into[:] = kept.remembered[name]
    nation.refilled()
    schemes = {step.day: step.scheme for step in scenario.enactments()}
    others = {} if cell.scenario.alone else kept.others
    rows = Life(nation, schemes, others, first=False).live(cell.at)
    without = {row[:3]: row[3] for row in kept.rows}
    beside = tuple((*row, without.get(row[:3])) for row in rows)
    return Lived(beside, nation.digest(), perf_counter() - start, kept.seconds)


class Life:
    """One life from the introduction on, measured on some days.

    Parameters
    ----------
    nation : Nation
        On the eve of the introduction.
    schemes : mapping of int to Scheme
        What is enacted, by day.
    others : dict of int to OtherLife
        The same people under no scheme, by day; filled by the life that is this itself.
    first : bool
        Whether it is this itself.
    """

    def __init__(
        self,
        nation: Nation,
        schemes: Mapping[int, Scheme],
        others: dict[int, OtherLife],
        *,
        first: bool,
    ) -> None:
        self.nation = nation
        self.schemes = schemes
        self.others = others
        self.first = first
        self.scored = any(not scheme.is_none() for scheme in schemes.values())
        self.window = Window()
        self.fifths: dict[int, NDArray[np.uint8]] = {}

    def live(self, at: tuple[int, ...]) -> list[Row]:
        """Live to the last of some days; returns what was measured on them."""
        rows: list[Row] = []
        before = {day - MOBILITY for day in at}
        for day in range(at[-1] + 1):
            if day in self.schemes:
                self.nation.enact(self.schemes[day])
            self.window.add(self.nation.live_day())
            if self.scored and day in before:
                self.fifths[day] = self._kept(np.dtype(np.uint8), keep_quintiles)
            if day in at:
                rows += self._measured(day)
        return rows

    def _measured(self, day: int) -> list[Row]:
        flows: Flows = self.window.flows()
        if self.first:
            kind = np.min_scalar_type(most_friends(self.nation.net))
            self.others[day] = OtherLife(flows, self._kept(kind, keep_degrees))
        found = observe(
            self.nation.snapshot(),
            flows,
            other=self.others.get(day),
            past=self.fifths.pop(day - MOBILITY, None),
            structure=True,
        )
        rows = [(day, row.measure, row.group, row.value) for row in found if row.region == NATION]
        probes = [(day, name, EVERYBODY, value) for name, value in probe(self.nation.snapshot())]
        return [*rows, *probes]

    def _kept(self, kind: np.dtype[Any], fill: Any) -> NDArray[Any]:
        out = np.empty(self.nation.citizens, kind)
        fill(self.nation.snapshot(), out)
        return out
