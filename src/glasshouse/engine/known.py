"""What is known of one citizen of a nation: plain numbers."""

from __future__ import annotations

from glasshouse.engine.arrays import Extra
from glasshouse.scenario.scheme import Scheme
from glasshouse.society.net import Net, friends_of
from glasshouse.society.record import Records, feeling_of, opinion_at, score_at, stance_at


class KnownCitizens:
    """The part of a nation that answers about one citizen at a time."""

    extra: Extra

    @property
    def records(self) -> Records:
        """Everybody's record."""
        raise NotImplementedError

    @property
    def net(self) -> Net:
        """The living ties."""
        raise NotImplementedError

    @property
    def scheme(self) -> Scheme:
        """The scheme in force."""
        raise NotImplementedError

    def score_step(self, citizen: int) -> int:
        """Running score of a citizen, in steps."""
        return int(score_at(self.records, citizen))

    def published_step(self, citizen: int) -> int:
        """Published score of a citizen, in steps."""
        published = self.extra.published
        return int(published[citizen]) if len(published) else self.score_step(citizen)

    def stance(self, citizen: int) -> float:
        """Public stance of a citizen, -1 to 1."""
        return feeling_of(stance_at(self.records, citizen))

    def opinion(self, citizen: int) -> float:
        """Private opinion of a citizen, -1 to 1."""
        return feeling_of(opinion_at(self.records, citizen))

    def absent(self, citizen: int) -> bool:
        """Whether a citizen has opted out."""
        return bool(self.scheme.opt_out and self.extra.absent[citizen] == 1)

    def degree(self, citizen: int) -> int:
        """Living ties of a citizen."""
        return len(friends_of(self.net, citizen))
