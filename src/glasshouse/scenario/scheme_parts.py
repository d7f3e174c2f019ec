"""The parts of a scheme: range, points, coverage, errors, friends, doors, punishment, appeals."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from glasshouse.scenario.written import AsWhole, Flag, Number, Text, Whole, Written, broken_rule

UNITS = (0.01, 0.02, 0.05, 0.1)
MOST_STEPS = 65_535

Share = Annotated[Number, Field(ge=0, le=1)]
PointsOfAct = Annotated[Number, Field(ge=-10_000, le=10_000)]
Worth = Annotated[Number, Field(ge=0, le=100)]
Name = Annotated[Text, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$", strict=True)]


class Range(Written):
    """The lowest and the highest score."""

    low: Annotated[Number, Field(ge=-100_000, le=100_000)] = 0.0
    """Lowest score."""
    high: Annotated[Number, Field(ge=-100_000, le=100_000)] = 1000.0
    """Highest score; at most 6553.5 above the lowest."""

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        found, low = f"{self.high:.12g}", f"{self.low:.12g}"
        widest = UNITS[-1] * MOST_STEPS
        if not 1 <= self.width() <= widest:
            allowed = f"1 to {widest:.12g} points above low, which is {low}"
            raise broken_rule("high", found, allowed)
        steps = self.width() / self.unit()
        if abs(steps - round(steps)) > 1e-6:
            allowed = f"{low} (low) plus a whole number of steps of {self.unit()}"
            raise broken_rule("high", found, allowed)
        return self

    def unit(self) -> float:
        """Return the smallest of 0.01, 0.02, 0.05 and 0.1 that fits the range into 16 bits."""
        fitting = (unit for unit in UNITS if round(self.width() / unit, 6) <= MOST_STEPS)
        return next(fitting, UNITS[-1])

    def width(self) -> float:
        """Return how many points lie between the lowest and the highest score."""
        return round(self.high - self.low, 9)

    def holds(self, score: float) -> bool:
        """Say whether a score lies within the range, ends included."""
        return self.low <= score <= self.high


class TonePoints(Written):
    """Points of one kind of act, by the tone it is read as."""

    against: PointsOfAct = 0.0
    """Points of an act read as against (speech, a choice of reading; an imported good)."""
    neutral: PointsOfAct = 0.0
    """Points of an act read as neutral."""
    for_: PointsOfAct = Field(default=0.0, validation_alias="for", serialization_alias="for")
    """Points of an act read as for (speech, a choice of reading; a good on the list)."""


class BillPoints(Written):
    """Points of a bill."""

    paid: PointsOfAct = 0.0
    """Points of a bill paid in time."""
    late: PointsOfAct = 0.0
    """Points of a bill paid late."""


class Points(Written):
    """Points of every act the scheme lists."""

    post: TonePoints = TonePoints()
    """A post."""
    share: TonePoints = TonePoints()
    """Somebody else's post passed on."""
    like: TonePoints = TonePoints()
    """A like."""
    message: TonePoints = TonePoints()
    """A private message."""
    purchase: TonePoints = TonePoints()
    """A purchase."""
    subscription: TonePoints = TonePoints()
    """A choice of something to read."""
    bill: BillPoints = BillPoints()
    """A bill."""
    grumble: PointsOfAct = 0.0
    """Points of an innocent grumble about work or the like."""
    cartoon: PointsOfAct = 0.0
    """Points of an innocent cartoon passed on."""


class Coverage(Written):
    """Share of each channel's acts that is recorded."""

    public: Share = 1.0
    """Posts, shares, likes, grumbles and cartoons."""
    message: Share = 0.8
    """Private messages."""
    purchase: Share = 1.0
    """Purchases."""
    subscription: Share = 1.0
    """Choices of something to read."""
    bill: Share = 1.0
    """Bills."""


class Errors(Written):
    """How often the scheme misreads an act that it has recorded."""

    false_negative: Share = 0.2
    """Chance that an act against or for is read as neutral."""
    false_positive_post: Share = 0.05
    """Chance that a neutral post or share is read as against."""
    false_positive_other: Share = 0.005
    """Chance that any other neutral act is read as against."""


class Friends(Written):
    """What friends' scores do to one's own, and whether everybody sees them."""

    share: Share = 0.0
    """Share of the score that comes from friends' scores."""
    aggregate: Literal["mean", "weighted", "lowest", "lowest_k"] = "mean"
    """How friends' scores become one: mean, weighted by strength, lowest, mean of the lowest_k."""
    lowest_k: Annotated[Whole, Field(ge=1, le=8), AsWhole] = 3
    """How many of the lowest friends count under lowest_k."""
    friendless: Literal["own", "base"] = "own"
    """What stands for friends' scores where there are no friends."""
    map: Flag = False
    """Whether everybody sees friends' scores on a map."""
    status: Annotated[Number, Field(ge=0, le=10)] = 0.0
    """How much a higher score helps to win new friends (logit for 100 points)."""


class Door(Written):
    """Something that only a high enough score, or rank, opens."""

    threshold: Number | None = None
    """Score from which the door is open."""
    rank: Share | None = None
    """Rank (share of people below) from which the door is open, instead of a threshold."""
    worth: Worth = 1.0
    """How much the open door is worth to a citizen of mean ambition."""
    width: Annotated[Number, Field(ge=0.1, le=10_000)] = 20.0
    """How blurred people believe the threshold to be, in points."""
    absent: Literal["shut", "open"] = "shut"
    """What the door is to those who opted out."""

    @model_validator(mode="after")
    def _by_score_or_by_rank(self) -> Self:
        if (self.threshold is None) == (self.rank is None):
            neither = self.threshold is None
            found = "neither threshold nor rank" if neither else "both threshold and rank"
            raise broken_rule("", found, "exactly one of threshold and rank")
        return self


class Sanctions(Written):
    """Punishment of acts recorded as against."""

    chance: Share = 0.0
    """Chance that such an act is punished."""
    worth: Worth = 0.0
    """How much a punishment costs the punished, on the scale of the doors' worth."""


class Appeals(Written):
    """Points lost to a wrong reading may come back."""

    delay: Annotated[Number, Field(ge=1, le=3650)] = 30.0
    """Mean days until an appeal is decided."""
    success: Share = 0.5
    """Chance that it succeeds."""
