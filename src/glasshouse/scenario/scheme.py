"""A scheme: how acts and friends become a score, and how a score opens doors."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from glasshouse.scenario.scheme_parts import (
    Appeals,
    Coverage,
    Door,
    Errors,
    Friends,
    Name,
    Points,
    Range,
    Sanctions,
    Share,
)
from glasshouse.scenario.view import scheme_html
from glasshouse.scenario.written import AsWhole, Flag, Number, Text, Whole, Written, broken_rule

MOST_DOORS = 16


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
    """Short name of the scheme, used in tables and file names."""
    title: Annotated[Text, Field(max_length=120)] = ""
    """One line for people."""
    about: Annotated[Text, Field(max_length=4000)] = ""
    """What the scheme is, in plain words."""
    sources: Annotated[tuple[Text, ...], Field(max_length=40)] = ()
    """Where its numbers come from."""
    range: Range = Range()
    """Lowest and highest score."""
    base: Number = 500.0
    """Score that somebody who does nothing drifts to."""
    start: Number | None = None
    """Score of everybody at the introduction; the base where it is left out."""
    forgetting: Share = 0.02
    """Share of the distance to the base that is forgotten a day."""
    period: Annotated[Whole, Field(ge=1, le=365), AsWhole] = 1
    """Days from one publication of scores to the next."""
    points: Points = Points()
    """Points of every act; 0 for what is not listed."""
    coverage: Coverage = Coverage()
    """Share of acts that is recorded."""
    errors: Errors = Errors()
    """How often recorded acts are misread."""
    friends: Friends = Friends()
    """What friends' scores do."""
    doors: Annotated[dict[Name, Door], Field(max_length=MOST_DOORS)] = {}
    """What a score opens, by name; 16 doors at most."""
    sanctions: Sanctions = Sanctions()
    """Punishment."""
    appeals: Appeals | None = None
    """Appeals against wrong readings; none where it is left out."""
    opt_out: Flag = False
    """Whether people may leave the scheme."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        scores = {"base": self.base, "start": self.start}
        scores |= {f"doors.{name}.threshold": door.threshold for name, door in self.doors.items()}
        for field, score in scores.items():
            if score is not None and not self.range.holds(score):
                found = f"{score:.12g}"
                if field == "base" and "base" not in self.model_fields_set:
                    found = f"nothing, which stands for {found}"
                allowed = f"a score from {self.range.low:.12g} to {self.range.high:.12g}"
                raise broken_rule(field, found, allowed)
        if self.friends.share > 0 and self.forgetting == 0:
            raise broken_rule("forgetting", "0", "above 0 when friends.share is above 0")
        return self

    def unit(self) -> float:
        """Return the unit scores are kept in."""
        return self.range.unit()

    def steps(self) -> int:
        """Return how many units lie between the lowest and the highest score."""
        return round(self.range.width() / self.unit())

    def first_score(self) -> float:
        """Return the score everybody has on the day of the introduction."""
        return self.base if self.start is None else self.start

    def is_none(self) -> bool:
        """Say whether nobody could notice the scheme: nothing recorded, no doors, no friends."""
        recorded = any(share > 0 for _, share in self.coverage)
        friends = self.friends.share > 0 or self.friends.status > 0
        return not (recorded or self.doors or friends or self.opt_out)

    def _repr_html_(self) -> str:
        return scheme_html(self)
