"""A nation that lives: what is remembered of it, and one day after another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine import own_rules
from glasshouse.engine.arrays import Calendar, Extra, Tables
from glasshouse.engine.block import STAGES
from glasshouse.engine.calendar import Moment, calendar_of
from glasshouse.engine.keeping import (
    digest_of,
    histogram_of,
    kept_if,
    published_under,
    write_scores,
)
from glasshouse.engine.known import KnownCitizens
from glasshouse.engine.ledger import Explained, ledger_of
from glasshouse.engine.lives import Person
from glasshouse.engine.lives_of_society import CircleLife, GraphLife
from glasshouse.engine.tables import tables_of
from glasshouse.engine.tally import counters_of
from glasshouse.engine.view import NationView
from glasshouse.measures.snapshot import Snapshot
from glasshouse.model.terms import SchemeTerms, needs_histogram
from glasshouse.scenario.scenario import Scenario, abolished
from glasshouse.scenario.scheme import Scheme
from glasshouse.society.make import Society, make_society, plan_society
from glasshouse.society.net import Net
from glasshouse.society.record import (
    LANES,
    Records,
    circles_of,
    empty_records,
)


class Nation(KnownCitizens):
    """A nation between two days.

    Made by :meth:`make`, moved by :meth:`live_day`. A scheme holds from the day after
    :meth:`enact`. What is remembered is in :meth:`remembered` and :meth:`moment`; :meth:`blank`
    makes a nation that goes on from what was kept of these.

    Examples
    --------
    >>> from glasshouse.scenario import Scenario
    >>> scenario = Scenario.load("press-sesame").replace(population=64)
    >>> nation = Nation.make(scenario, seed=1)
    >>> nation.enact(scenario.scheme)
    >>> nation.live_day().shape[0], nation.day
    (1, -179)
    """

    def __init__(
        self, society: Society, records: Records, seed: int, moment: Moment,
        loops: own_rules.Loops,
    ) -> None:  # fmt: skip
        self.society = society
        self.seed = seed
        self.loops = loops
        self.profile = False
        self.stage_ticks = dict.fromkeys(STAGES, 0)
        self.asked_about: tuple[dict[int, Person], dict[int, list[list[int]]]] = ({}, {})
        self._moment = moment
        self.life: CircleLife | GraphLife = (
            CircleLife(society, records) if society.ties is None else GraphLife(society, records)
        )
        self.terms = self._terms_of(moment.scheme)
        self.tables = self._tables_of(self.terms)
        # Vacant places of the last circle are there too: 32 citizens are read at once.
        places = circles_of(society.citizens) * LANES
        scheme = moment.scheme
        self.extra = Extra(
            np.zeros(places if scheme.period > 1 else 0, np.uint16),
            np.zeros(places if scheme.opt_out else 0, np.uint8),
            np.zeros(places if scheme.appeals is not None else 0),
        )

    @classmethod
    def make(
        cls, scenario: Scenario, seed: int, rules: Mapping[str, Callable[..., Any]] | None = None
    ) -> Self:
        """Make the nation of a scenario, on the first day of its spin-up, nobody watched yet.

        Parameters
        ----------
        scenario : Scenario
        seed : int
        rules : mapping of str to callable, optional
            Own rules by the name of the rule they replace.

        Returns
        -------
        Nation
        """
        loops = own_rules.loops_with(rules or {})
        society, records = make_society(scenario, seed)
        first = -scenario.timeline.spin_up
        nation = cls(
            society, records, seed, Moment(first, first, first, abolished(scenario.scheme)), loops
        )
        write_scores(records, society.citizens, nation.terms.start)
        return nation

    @classmethod
    def blank(
        cls, scenario: Scenario, seed: int, moment: Moment,
        rules: Mapping[str, Callable[..., Any]] | None = None,
    ) -> Self:  # fmt: skip
        """Make room for a nation that was kept, to be filled and then :meth:`refilled`."""
        loops = own_rules.loops_with(rules or {})
        society = plan_society(scenario, seed)
        records = empty_records(society.citizens, society.slots)
        return cls(society, records, seed, moment, loops)

    def refilled(self) -> None:
        """Work out again what follows from what is remembered."""
        self.life.refilled()
        self.set_ranks(self.histogram)

    @property
    def citizens(self) -> int:
        """Number of citizens."""
        return self.society.citizens

    @property
    def parameters(self) -> Any:
        """Behavioural numbers."""
        return self.society.beginning.parameters

    @property
    def shares(self) -> Any:
        """What the drawing of traits needs besides the parameters."""
        return self.society.shares

    @property
    def clustered(self) -> bool:
        """Whether consecutive citizens form districts and cities."""
        return self.society.clustered

    @property
    def day(self) -> int:
        """The coming day; 0 is the introduction of the scheme."""
        return self._moment.day

    @property
    def scheme(self) -> Scheme:
        """The scheme in force."""
        return self._moment.scheme

    @property
    def records(self) -> Records:
        """Everybody's record, as it is tonight."""
        return self.life.records

    @property
    def net(self) -> Net:
        """The living ties, as they are tonight."""
        return self.life.net

    @property
    def state(self) -> Extra:
        """What some schemes remember besides the records; length 0 where they do not."""
        citizens, (published, absent, waiting) = self.citizens, self.extra
        return Extra(published[:citizens], absent[:citizens], waiting[:citizens])

    @property
    def bytes_per_citizen(self) -> float:
        """Memory held for the nation, yesterday and today, in bytes per citizen."""
        extra = sum(part.nbytes for part in self.extra)
        return (self.life.bytes + 2 * extra) / self.citizens

    def _terms_of(self, scheme: Scheme, histogram: Any = None) -> SchemeTerms:
        terms: SchemeTerms = self.loops.scheme_terms(scheme, self.parameters, histogram)
        return terms

    def _tables_of(self, terms: SchemeTerms) -> Tables:
        return tables_of(terms, self.parameters, self.society.beginning.layout, self.loops)

    @property
    def in_force(self) -> bool:
        """Whether a scheme is in force."""
        return not self.scheme.is_none()

    def enact(self, scheme: Scheme) -> None:
        """Put a scheme in force from the coming day on.

        An introduction gives everybody the scheme's first score; a reform keeps scores and their
        range; the scheme ``none``, whatever its range, ends it all.
        """
        introduced = not self.in_force
        if scheme.is_none():
            scheme = abolished(self.scheme)
        elif not introduced and scheme.range != self.scheme.range:
            raise ValueError("a reform keeps the range of scores")
        published, absent, waiting = self.extra
        self.terms = self._terms_of(scheme, self.histogram() if not introduced else None)
        self.tables = self._tables_of(self.terms)
        if introduced and not scheme.is_none():
            write_scores(self.records, self.citizens, self.terms.start)
            published = published[:0]
        # Where nobody may opt out everybody is back, and without appeals nothing waits.
        places = circles_of(self.citizens) * LANES
        self.extra = Extra(
            published_under(scheme, published, lambda: self.life.scores(places)),
            kept_if(scheme.opt_out, absent, places),
            kept_if(scheme.appeals is not None, waiting, places),
        )
        self._moment = self._moment._replace(scheme=scheme, enacted=self.day)

    def calendar(self) -> Calendar:
        """The coming day, with the keys of its draws."""
        return calendar_of(self.seed, self._moment)

    def live_day(self) -> NDArray[np.float64]:
        """Live one day.

        Interrupted, the nation is still the one of last night, or the day is lived to the end.

        Returns
        -------
        float64 array, regions x 4 cells x counters
            What was counted, by city; see :mod:`glasshouse.measures.counters`.
        """
        self.set_ranks(self.histogram)
        before, after = self.extra, self.extra.copied()
        clock = np.zeros(len(STAGES) if self.profile else 0, np.int64)
        tally, life = self.life.live_day(
            self.loops, before, after, self.calendar(), self.terms, self.tables, clock
        )
        counted = counters_of(tally, self.terms)
        for stage, spent in zip(STAGES, clock.tolist(), strict=False):
            self.stage_ticks[stage] += spent
        self.turn_to(life, after)
        return counted

    def turn_to(self, life: CircleLife | GraphLife, extra: Extra) -> None:
        """Turn to the evening of a day that was lived.

        In one step: an interrupt finds the day lived or not lived, and nothing between.
        """
        self.__dict__.update(life=life, extra=extra, _moment=self._next_moment())

    def set_ranks(self, histogram: Callable[[], NDArray[np.int64]]) -> None:
        """Set the thresholds of doors that go by rank from the latest published scores."""
        if needs_histogram(self.scheme):
            self.terms = self._terms_of(self.scheme, histogram())

    def pass_day(self) -> None:
        """Turn the calendar by one day."""
        self._moment = self._next_moment()

    def _next_moment(self) -> Moment:
        return self._moment._replace(day=self.day + 1)

    def explain(self, citizen: int) -> Explained:
        """The coming day of one citizen, by the reference, with its ledger.

        The rows of the ledger sum to the change in score.
        """
        self.set_ranks(self.histogram)
        day = self.loops.reference.live_citizen(NationView(self), citizen)
        return Explained(day, ledger_of(day, self.terms))

    def histogram(self) -> NDArray[np.int64]:
        """How many of those present have each published score."""
        return histogram_of(self.records, self.state, self.citizens, self.terms.top)

    def branch(self) -> Nation:
        """A nation with the same past and its own future."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other.stage_ticks = dict.fromkeys(STAGES, 0)
        other.life = self.life.copy()
        return other

    def idle(self) -> NDArray[np.uint8]:
        """Memory that is not in use between two days; good until the nation lives on."""
        return self.life.idle()

    def snapshot(self) -> Snapshot:
        """The nation at the end of the last day, for measuring; good until it lives on."""
        return Snapshot(
            day=self.day - 1,
            citizens=self.citizens,
            seed=self.seed,
            records=self.records,
            net=self.net,
            published=self.state.published,
            absent=self.state.absent,
            terms=self.terms,
            parameters=self.parameters,
            shares=self.shares,
            doors=tuple(self.scheme.doors),
            in_force=self.in_force,
            clustered=self.clustered,
            idle=self.idle,
        )

    def remembered(self) -> dict[str, NDArray[np.uint8]]:
        """All there is to keep of the people, as bytes of the living arrays themselves."""
        parts = {"records": self.records.bytes, **self.life.remembered()}
        extra: dict[str, NDArray[Any]] = self.extra._asdict()
        return parts | {name: part.view(np.uint8) for name, part in extra.items() if len(part)}

    def moment(self) -> Moment:
        """All there is to keep besides."""
        return self._moment

    def digest(self) -> str:
        """Hash of everything that is remembered: equal digests, equal nations."""
        return digest_of(self.day, self.remembered())
