"""Stage 7, drift: stance follows what was said; opinion follows stance, friends and reading."""

from __future__ import annotations

from glasshouse.chance.counts import rounded
from glasshouse.chance.streams import (
    RECONSIDERATION,
    ROUND_OPINION,
    SETTLING,
    below,
    first_uniform,
    fold,
    second_uniform,
    uniform,
)
from glasshouse.engine.lives import CitizenDay, Seen, Yesterday
from glasshouse.model.drift import MONTH, next_opinion, next_stance
from glasshouse.model.participation import WEEK, chance_of_leaving
from glasshouse.society.record import STEPS_OF_FEELING, feeling_of


def settle_feelings(nation: Yesterday, i: int, me: int, seen: Seen, today: CitizenDay) -> None:
    """Stance follows what was said today; once a month opinion follows stance, friends, reading."""
    today.stance, today.opinion = nation.stance_stored(i), nation.opinion_stored(i)
    if today.said:
        moved = next_stance(nation.stance(i), sum(today.said) / len(today.said), nation.parameters)
        today.stance = held(rounded(moved * STEPS_OF_FEELING, second_uniform(fold(me, SETTLING))))
    own_day = below(fold(int(nation.calendar.calendar_key), i), MONTH)
    if (nation.calendar.day + own_day) % MONTH == 0:
        x = feeling_of(today.opinion)
        heard = seen.stance if seen.living else x
        reading = today.reading.for_ - today.reading.against
        moved = next_opinion(x, nation.stance(i), heard, reading, nation.parameters)
        today.opinion = held(rounded(moved * STEPS_OF_FEELING, uniform(fold(me, ROUND_OPINION))))


def held(stored: int) -> int:
    """A stored stance or opinion held to its range."""
    return min(max(stored, -STEPS_OF_FEELING), STEPS_OF_FEELING)


def settle_presence(nation: Yesterday, i: int, me: int, today: CitizenDay) -> None:
    """Once a week, perhaps, reconsider whether to take part in the scheme."""
    today.absent = nation.absent(i)
    if not nation.terms.opt_out:
        return
    own_day = below(fold(fold(int(nation.calendar.calendar_key), i), 1), WEEK)
    key = fold(me, RECONSIDERATION)
    if (nation.calendar.day + own_day) % WEEK != 0:
        return
    if first_uniform(key) < nation.parameters.reconsiderations_per_week:
        worth = float(nation.terms.worth[nation.published_step(i)])
        ambition = nation.person(i).ambition
        chance = chance_of_leaving(ambition, worth, nation.terms.worth_absent, nation.parameters)
        today.absent = second_uniform(key) < chance
