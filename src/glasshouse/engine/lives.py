"""Plain records of the reference: the nation as it is asked about, and one citizen's day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from glasshouse.engine.arrays import Calendar
from glasshouse.model.expression import Tones
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters

NO_TONES = Tones(0.0, 0.0, 0.0)


class Person(NamedTuple):
    """One citizen's traits."""

    expressiveness: float
    fear: float
    log_wealth: float
    ambition: float
    activity: float
    capacity: float
    minority: int


class Tie(NamedTuple):
    """One possible tie as its owner sees it: own side open or not, living or not.

    ``slot`` is the owner's slot that names the friend, ``back`` the friend's that names the owner.
    """

    friend: int
    layer: int
    strength: float
    open: bool
    living: bool
    slot: int
    back: int


class Seen(NamedTuple):
    """What a citizen sees: living ties, those that count for the score, and what they say."""

    living: list[Tie]
    counted: list[Tie]
    aggregate: float
    pull: float
    pressers: int
    stance: float


class Act(NamedTuple):
    """Acts of one kind and tone, what they were taken for, and their points."""

    kind: int
    tone: int
    taken: int
    times: int
    points: float


class FriendRow(NamedTuple):
    """What one friend pulled on the score."""

    friend: int
    layer: int
    amount: float


class Yesterday(Protocol):
    """The nation at the end of yesterday, as a rule may ask about it."""

    citizens: int
    terms: SchemeTerms
    parameters: Parameters
    calendar: Calendar

    def person(self, i: int) -> Person:
        """Traits of a citizen."""
        ...

    def ties(self, i: int) -> list[Tie]:
        """Possible ties of a citizen, in the order of slots."""
        ...

    def score_step(self, i: int) -> int:
        """Running score, in steps."""
        ...

    def published_step(self, i: int) -> int:
        """Published score, in steps."""
        ...

    def score(self, i: int) -> float:
        """Running score, in points."""
        ...

    def published(self, i: int) -> float:
        """Published score, in points."""
        ...

    def stance_stored(self, i: int) -> int:
        """Public stance, in 127ths."""
        ...

    def opinion_stored(self, i: int) -> int:
        """Private opinion, in 127ths."""
        ...

    def stance(self, i: int) -> float:
        """Public stance, -1 to 1."""
        ...

    def opinion(self, i: int) -> float:
        """Private opinion, -1 to 1."""
        ...

    def absent(self, i: int) -> bool:
        """Whether the citizen has opted out."""
        ...

    def waiting(self, i: int) -> float:
        """Points that wait for an appeal."""
        ...


@dataclass
class CitizenDay:
    """Everything that happened to one citizen on one day; scores in steps, rows in points."""

    citizen: int
    step_before: int
    step: int
    recorded: bool = False
    degree: int = 0
    pressers: int = 0
    free: Tones = NO_TONES
    speech: Tones = NO_TONES
    shopping: Tones = NO_TONES
    reading: Tones = NO_TONES
    loss_on_record: float = 0.0
    said: list[int] = field(default_factory=list)
    subjects: list[int] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)
    friends: list[FriendRow] = field(default_factory=list)
    points: float = 0.0
    wrong: float = 0.0
    friends_pull: float = 0.0
    forgetting: float = 0.0
    appeal: float = 0.0
    clip: float = 0.0
    waiting: float = 0.0
    sanctions: int = 0
    reviewed: int | None = None
    cut: int | None = None
    cut_for_score: bool = False
    stance: int = 0
    opinion: int = 0
    absent: bool = False
