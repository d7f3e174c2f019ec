"""The reference: the whole day in plain Python and double precision, to be read as the model.

Nothing here is compiled. The compiled loops must give the same nation, citizen by citizen and
day by day. One day, for every citizen, from the nation as it was at the end of yesterday:

1. look     at one's living ties: friends' scores, what they stand for, who presses
2. choose   the chances of each tone, where it may be recorded and where it may not
3. act      speak, shop, read, pay; the scheme records some of it and misreads some of that
4. score    points, friends and forgetting become tonight's score; appeals are decided
5. doors    open or shut by tonight's score
6. friends  review one tie and perhaps cut it; offer one and perhaps have it accepted
7. drift    stance follows what was said; once a month opinion follows stance, friends, reading
"""

from __future__ import annotations

from glasshouse.chance.streams import fold
from glasshouse.engine.lives import CitizenDay, Yesterday
from glasshouse.engine.reference.acting import be_sanctioned, run_errands, speak
from glasshouse.engine.reference.choosing import choose
from glasshouse.engine.reference.drifting import settle_feelings, settle_presence
from glasshouse.engine.reference.friends import offers, review
from glasshouse.engine.reference.looking import look
from glasshouse.engine.reference.scoring import settle_score


def live_citizen(nation: Yesterday, i: int) -> CitizenDay:
    """One citizen's day, the stages in order.

    Parameters
    ----------
    nation : Yesterday
        The nation at the end of yesterday.
    i : int
        The citizen.

    Returns
    -------
    CitizenDay
        Everything that happened to her.
    """
    me = fold(int(nation.calendar.days_key), i)
    today = CitizenDay(citizen=i, step_before=nation.score_step(i), step=nation.score_step(i))
    today.recorded = nation.calendar.in_force and not nation.absent(i)
    today.waiting = nation.waiting(i)
    seen = look(nation, i)
    today.degree, today.pressers = len(seen.living), seen.pressers
    choose(nation, i, seen, today)
    speak(nation, i, me, today)
    run_errands(nation, i, me, today)
    be_sanctioned(nation, me, today)
    if today.recorded:
        settle_score(nation, i, me, seen, today)
    settle_presence(nation, i, me, today)
    review(nation, i, me, seen, today)
    settle_feelings(nation, i, me, seen, today)
    return today


def live_nation(nation: Yesterday) -> tuple[list[CitizenDay], list[tuple[int, int]]]:
    """Everybody's day, and who opens their side towards whom tonight."""
    return [live_citizen(nation, i) for i in range(nation.citizens)], offers(nation)
