"""A scheme: how acts and friends become a score, and how a score opens doors."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from glasshouse.scenario.written import AsWhole, Flag, Number, Text, Whole, Written, broken_rule

MOST_DOORS = 16
UNITS = (0.01, 0.02, 0.05, 0.1)
MOST_STEPS = 65_535

Share = Annotated[Number, Field(ge=0, le=1)]
PointsOfAct = Annotated[Number, Field(ge=-10_000, le=10_000)]
Worth = Annotated[Number, Field(ge=0, le=100)]
Name = Annotated[Text, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$", strict=True)]


class Range(Written):
    """The lowest and the highest score."""

    low: Annotated[Number, Field(ge=-100_000, le=100_000)] = 0.0
    high: Annotated[Number, Field(ge=-100_000, le=100_000)] = 1000.0

    @model_validator(mode="after")
    def _is_a_range(self) -> Self:
        if self.high - self.low < 1:
            raise broken_rule(
                "high", f"{self.high:.12g}", f"at least one point above low ({self.low:.12g})"
            )
        if self.high - self.low > UNITS[-1] * MOST_STEPS:
            widest = UNITS[-1] * MOST_STEPS
            raise broken_rule(
                "high", f"{self.high:.12g}", f"at most {widest:.12g} points above low"
            )
        steps = (self.high - self.low) / self.unit()
        if abs(steps - round(steps)) > 1e-6:
            raise broken_rule(
                "high", f"{self.high:.12g}", f"low plus a whole number of steps of {self.unit()}"
            )
        return self

    def unit(self) -> float:
        """Return the smallest of 0.01, 0.02, 0.05 and 0.1 that fits the range into 16 bits."""
        return next(unit for unit in UNITS if round((self.high - self.low) / unit, 6) <= MOST_STEPS)

    def holds(self, score: float) -> bool:
        """Say whether a score lies within the range, ends included."""
        return self.low <= score <= self.high


class TonePoints(Written):
    """Points of one kind of act, by the tone it is read as."""

    against: PointsOfAct = 0.0
    neutral: PointsOfAct = 0.0
    for_: PointsOfAct = Field(default=0.0, validation_alias="for", serialization_alias="for")


class BillPoints(Written):
    """Points of a bill."""

    paid: PointsOfAct = 0.0
    late: PointsOfAct = 0.0


class Points(Written):
    """Points of every act the scheme lists."""

    post: TonePoints = TonePoints()
    share: TonePoints = TonePoints()
    like: TonePoints = TonePoints()
    message: TonePoints = TonePoints()
    purchase: TonePoints = TonePoints()
    subscription: TonePoints = TonePoints()
    bill: BillPoints = BillPoints()
    grumble: PointsOfAct = 0.0
    cartoon: PointsOfAct = 0.0


class Coverage(Written):
    """Share of each channel's acts that is recorded; posts, grumbles and the like are public."""

    public: Share = 1.0
    message: Share = 0.8
    purchase: Share = 1.0
    subscription: Share = 1.0
    bill: Share = 1.0


class Errors(Written):
    """How often the scheme misreads an act that it has recorded."""

    false_negative: Share = 0.2
    false_positive_post: Share = 0.05
    false_positive_other: Share = 0.005


class Friends(Written):
    """What friends' scores do to one's own, and whether everybody sees them."""

    share: Share = 0.0
    aggregate: Literal["mean", "weighted", "lowest", "lowest_k"] = "mean"
    lowest_k: Annotated[Whole, Field(ge=1, le=8), AsWhole] = 3
    friendless: Literal["own", "base"] = "own"
    map: Flag = False
    status: Annotated[Number, Field(ge=0, le=10)] = 0.0


class Door(Written):
    """Something that only a high enough score (or rank) opens."""

    threshold: Number | None = None
    rank: Share | None = None
    worth: Worth = 1.0
    width: Annotated[Number, Field(ge=0.1, le=10_000)] = 20.0
    absent: Literal["shut", "open"] = "shut"

    @model_validator(mode="after")
    def _by_score_or_by_rank(self) -> Self:
        if (self.threshold is None) == (self.rank is None):
            found = (
                "neither threshold nor rank"
                if self.threshold is None
                else "both threshold and rank"
            )
            raise broken_rule("", found, "exactly one of threshold and rank")
        return self


class Sanctions(Written):
    """Punishment of acts recorded as against: how likely, and how much worth it takes."""

    chance: Share = 0.0
    worth: Worth = 0.0


class Appeals(Written):
    """Wrongly lost points may come back, after a while and with some success."""

    delay: Annotated[Number, Field(ge=1, le=3650)] = 30.0
    success: Share = 0.5


class Scheme(Written):
    """How acts and friends become a score, and how a score opens doors.

    Examples
    --------
    >>> scheme = Scheme(name="bills", points={"bill": {"paid": 1, "late": -10}})
    >>> scheme.points.bill.late
    -10.0
    >>> scheme.unit(), scheme.is_none()
    (0.02, False)
    """

    name: Name
    title: Annotated[Text, Field(max_length=120)] = ""
    about: Annotated[Text, Field(max_length=4000)] = ""
    sources: Annotated[tuple[Text, ...], Field(max_length=40)] = ()
    range: Range = Range()
    base: Number = 500.0
    start: Number | None = None
    forgetting: Share = 0.02
    period: Annotated[Whole, Field(ge=1, le=365), AsWhole] = 1
    points: Points = Points()
    coverage: Coverage = Coverage()
    errors: Errors = Errors()
    friends: Friends = Friends()
    doors: Annotated[dict[Name, Door], Field(max_length=MOST_DOORS)] = {}
    sanctions: Sanctions = Sanctions()
    appeals: Appeals | None = None
    opt_out: Flag = False

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        limits = f"a score from {self.range.low:.12g} to {self.range.high:.12g}"
        if not self.range.holds(self.base):
            raise broken_rule("base", f"{self.base:.12g}", limits)
        if self.start is not None and not self.range.holds(self.start):
            raise broken_rule("start", f"{self.start:.12g}", limits)
        for name, door in self.doors.items():
            if door.threshold is not None and not self.range.holds(door.threshold):
                raise broken_rule(f"doors.{name}.threshold", f"{door.threshold:.12g}", limits)
        if self.friends.share > 0 and self.forgetting == 0:
            raise broken_rule("forgetting", "0", "above 0 when friends.share is above 0")
        return self

    def unit(self) -> float:
        """Return the unit scores are kept in."""
        return self.range.unit()

    def steps(self) -> int:
        """Return how many units lie between the lowest and the highest score."""
        return round((self.range.high - self.range.low) / self.unit())

    def first_score(self) -> float:
        """Return the score everybody has on the day of the introduction."""
        return self.base if self.start is None else self.start

    def is_none(self) -> bool:
        """Say whether nobody could notice the scheme: nothing recorded, no doors, no friends."""
        recorded = any(share > 0 for _, share in self.coverage)
        friends = self.friends.share > 0 or self.friends.status > 0
        return not (recorded or self.doors or friends or self.opt_out)
