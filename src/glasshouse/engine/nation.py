"""A nation that lives: its state, and one day after another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.streams import (
    ACCEPTING,
    CALENDAR,
    DAYS,
    GUESSING,
    OPENING,
    PRESSING,
    fold,
)  # fmt: skip
from glasshouse.engine import own_rules
from glasshouse.engine.arrays import Calendar, Folk, Links, Sides, State
from glasshouse.engine.ledger import LedgerRow, ledger_of
from glasshouse.engine.lives import CitizenDay
from glasshouse.engine.subjects import subject_table
from glasshouse.engine.view import NationView
from glasshouse.measures.counters import CELLS, COUNTERS
from glasshouse.measures.snapshot import Snapshot
from glasshouse.model.drift import MONTH
from glasshouse.model.terms import SchemeTerms, needs_histogram
from glasshouse.scenario.parameters import Parameters
from glasshouse.scenario.scenario import Scenario, abolished
from glasshouse.scenario.scheme import Scheme
from glasshouse.society.make import Society, make_society
from glasshouse.society.people import DISTRICT_SIZE


class Explained(NamedTuple):
    """One citizen's day and its ledger."""

    day: CitizenDay
    ledger: list[LedgerRow]


class Nation:
    """A nation between two days.

    Made by :meth:`make`, moved by :meth:`live_day`. A scheme holds from the day after
    :meth:`enact`. :meth:`branch` gives a nation with the same past and its own future.

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
        self, society: Society, parameters: Parameters, seed: int, scheme: Scheme, first_day: int,
        loops: own_rules.Loops,
    ) -> None:  # fmt: skip
        self.society = society
        self.parameters = parameters
        self.seed = seed
        self.day = first_day
        self.scheme = abolished(scheme)
        self.loops = loops
        self.terms = self._terms_of(self.scheme)
        self._elapsed = 0
        self._enacted = 0
        people, ties = society.people, society.ties
        self._folk = Folk(
            people.expressiveness, people.fear, people.log_wealth, people.ambition,
            people.activity, society.capacity, people.minority,
        )  # fmt: skip
        self._links = Links(ties.offsets, ties.friend, ties.back, ties.layer, ties.strength)
        self._most_ties = int(np.diff(ties.offsets).max(initial=0)) + 1
        self._subjects = subject_table()
        citizens = society.citizens
        score = np.full(citizens, self.terms.start, np.uint16)
        self.state = State(
            score, score, society.stance.copy(), people.opinion.copy(),
            np.zeros(0, np.uint8), np.zeros(0),
        )  # fmt: skip
        consent = society.consent.copy()
        self.sides = Sides(consent, consent & consent[ties.back])
        self._cut = np.empty(citizens, np.int64)
        self.degree = np.zeros(citizens, np.int32)

    @classmethod
    def make(
        cls, scenario: Scenario, seed: int, rules: Mapping[str, Callable[..., Any]] | None = None
    ) -> Nation:
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
        society = make_society(scenario, seed)
        first_day = -scenario.timeline.spin_up
        return cls(society, scenario.behaviour, seed, scenario.scheme, first_day, loops)

    @property
    def citizens(self) -> int:
        """Number of citizens."""
        return self.society.citizens

    @property
    def bytes_per_citizen(self) -> float:
        """Memory held for the nation, in bytes per citizen."""
        state = sum({id(part): part.nbytes for part in self.state}.values())
        others = sum(part.nbytes for part in (*self.sides, self._cut, self.degree))
        # The state of tomorrow stands beside that of today.
        return (2 * state + others + self.society.bytes) / self.citizens

    def _terms_of(self, scheme: Scheme, histogram: Any = None) -> SchemeTerms:
        terms: SchemeTerms = self.loops.scheme_terms(scheme, self.parameters, histogram)
        return terms

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
        self.scheme = scheme
        self.terms = self._terms_of(scheme, self._histogram() if not introduced else None)
        self._enacted = self._elapsed
        state = self.state
        if introduced and not scheme.is_none():
            score = np.full(self.citizens, self.terms.start, np.uint16)
            state = state._replace(score=score, published=score)
        # Where nobody may opt out everybody is back, and without appeals nothing waits.
        self.state = state._replace(
            absent=_kept_if(scheme.opt_out, state.absent, self.citizens),
            waiting=_kept_if(scheme.appeals is not None, state.waiting, self.citizens),
        )

    def calendar(self) -> Calendar:
        """The coming day, with the keys of its draws."""
        month, seed = self._elapsed // MONTH, self.seed
        since = self._elapsed - self._enacted + 1
        return Calendar(
            day=self._elapsed,
            month=month,
            days_key=np.uint64(fold(fold(seed, DAYS), self._elapsed)),
            calendar_key=np.uint64(fold(seed, CALENDAR)),
            pressing_key=np.uint64(fold(fold(seed, PRESSING), month)),
            guessing_key=np.uint64(fold(fold(seed, GUESSING), month)),
            opening_key=np.uint64(fold(fold(seed, OPENING), self._elapsed)),
            accepting_key=np.uint64(fold(seed, ACCEPTING)),
            in_force=self.in_force,
            publish=since % self.scheme.period == 0,
        )

    def live_day(self) -> NDArray[np.float64]:
        """Live one day.

        Returns
        -------
        float64 array, districts x 4 cells x counters
            What was counted; see :mod:`glasshouse.measures.counters`.
        """
        self.set_ranks(self._histogram)
        districts = (self.citizens + DISTRICT_SIZE - 1) // DISTRICT_SIZE
        totals = np.zeros((districts, CELLS, len(COUNTERS)))
        calendar, state = self.calendar(), self.state
        separate = self.scheme.period > 1
        after = State(
            np.empty_like(state.score),
            np.empty_like(state.score if separate else state.score[:0]),
            np.empty_like(state.stance),
            np.empty_like(state.opinion),
            state.absent.copy(),
            state.waiting.copy(),
        )
        self.loops.sweep(
            state, after, self._folk, self._links, self.sides, self._cut, self.degree,
            self._most_ties, self._subjects, calendar, self.terms, self.parameters, totals,
        )  # fmt: skip
        self.loops.settle_ties(
            state, self._folk, self._links, self.sides, self._cut, self.degree, calendar,
            self.terms, self.parameters, totals,
        )  # fmt: skip
        self.state = after if separate else after._replace(published=after.score)
        self.pass_day()
        return totals

    def set_ranks(self, histogram: Callable[[], NDArray[np.int64]]) -> None:
        """Set the thresholds of doors that go by rank from the latest published scores."""
        if needs_histogram(self.scheme):
            self.terms = self._terms_of(self.scheme, histogram())

    def pass_day(self) -> None:
        """Turn the calendar by one day."""
        self.day += 1
        self._elapsed += 1

    def explain(self, citizen: int) -> Explained:
        """The coming day of one citizen, by the reference, with its ledger.

        Parameters
        ----------
        citizen : int

        Returns
        -------
        Explained
            ``.day``, everything that will have happened, and ``.ledger``, rows that sum to the
            change in score.
        """
        self.set_ranks(self._histogram)
        day = self.loops.reference.live_citizen(NationView(self), citizen)
        return Explained(day, ledger_of(day, self.terms))

    def _histogram(self) -> NDArray[np.int64]:
        published = self.state.published
        if len(self.state.absent):
            published = published[self.state.absent == 0]
        counts: NDArray[np.int64] = np.bincount(published, minlength=self.terms.top + 1)
        return counts

    def branch(self) -> Nation:
        """A nation with the same past and its own future."""
        other = object.__new__(Nation)
        other.__dict__.update(self.__dict__)
        other.sides = Sides(self.sides.consent.copy(), self.sides.alive.copy())
        other._cut = self._cut.copy()
        other.degree = self.degree.copy()
        return other

    def snapshot(self) -> Snapshot:
        """The nation at the end of the last day, for measuring."""
        terms, state, people = self.terms, self.state, self.society.people
        present = np.ones(self.citizens, np.bool_)
        if self.scheme.opt_out:
            present = state.absent == 0
        total = terms.worth_total
        worth = np.zeros(self.citizens)
        if total > 0:
            worth = np.where(present, terms.worth[state.published], terms.worth_absent) / total
        doors_open = np.where(
            present[:, None], state.published[:, None] >= terms.door_step, terms.door_absent
        )
        alive = self.sides.alive.astype(np.bool_)
        living = np.concatenate([[0], np.cumsum(alive)])
        return Snapshot(
            day=self.day - 1,
            score=terms.low + terms.unit * state.published.astype(np.float64),
            low=terms.low,
            high=terms.low + terms.unit * terms.top,
            stance=state.stance / 127.0,
            opinion=state.opinion / 127.0,
            minority=people.minority,
            present=present,
            people=people,
            ties=self.society.ties,
            alive=alive,
            degree=np.diff(living[self.society.ties.offsets]).astype(np.int32),
            worth=worth,
            doors=tuple(self.scheme.doors),
            doors_open=doors_open,
            in_force=self.in_force,
            clustered=self.society.regions,
        )

    def digest(self) -> str:
        """Hash of everything that is remembered: equal digests, equal nations."""
        digest = hashlib.blake2b(digest_size=16)
        digest.update(str(self.day).encode())
        for part in (*self.state, self.sides.consent):
            digest.update(np.ascontiguousarray(part).tobytes())
        return digest.hexdigest()


def _kept_if(wanted: bool, kept: NDArray[Any], citizens: int) -> NDArray[Any]:
    """What was remembered of everybody, zeros if nothing was, or no array where none is wanted."""
    size = citizens if wanted else 0
    return kept if len(kept) == size else np.zeros(size, kept.dtype)
