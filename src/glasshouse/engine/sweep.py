"""The day, in compiled loops over everybody; its stages in order:

1. look      (:mod:`~glasshouse.engine.look`) at friends, as they were at the end of yesterday
2. choose    (:mod:`~glasshouse.engine.choose`) the chances of the tones
3. act       (:mod:`~glasshouse.engine.act`) speak, shop, read, pay; and what of it is recorded
4. score     (:mod:`~glasshouse.engine.settling`) points, friends, forgetting; appeals
5. doors     counted in passing, from the score of tonight
6. friends   (:mod:`~glasshouse.engine.friends`) review a tie; after the sweep cuts and offers take
             effect (:mod:`~glasshouse.engine.offering`)
7. drift     (:mod:`~glasshouse.engine.settling`) of stance and opinion

Every citizen reads yesterday and writes today, so neither their order nor the number of threads
matters. What is counted is summed by district, each by one thread, in order.
"""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.counts import binomial_count
from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.streams import SANCTION_COUNT, fold, uniform
from glasshouse.engine.act import SUMS, TAKEN_AGAINST, pay_and_grumble, shop_and_read, speak
from glasshouse.engine.arrays import Calendar, Folk, Links, Scratch, Sides, State
from glasshouse.engine.choose import choose
from glasshouse.engine.friends import review
from glasshouse.engine.look import MOST_LOWEST, look
from glasshouse.engine.settling import settle_feelings, settle_presence, settle_score
from glasshouse.engine.tally import count_personal_variety, count_tonight
from glasshouse.measures.counters import CUTS_FOR_SCORE, CUTS_KIN, PRESSED, SANCTIONS
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.people import DISTRICT_SIZE
from glasshouse.society.record import feeling_of


@rule
def live_citizen(
    i: int, state: State, after: State, folk: Folk, links: Links, sides: Sides,
    cut: NDArray[np.int64], degree: NDArray[np.int32], subjects: NDArray[np.float64],
    calendar: Calendar, terms: SchemeTerms, parameters: Parameters, scratch: Scratch,
    totals: NDArray[np.float64],
) -> None:  # fmt: skip
    """One citizen's day, the stages in order."""
    me = fold(calendar.days_key, i)
    cell = folk.minority[i] + 2 * (1 if state.opinion[i] < 0 else 0)
    tally = totals[cell]
    sums = scratch.sums
    sums[:] = 0.0
    absent = terms.opt_out and state.absent[i] == 1
    recorded = calendar.in_force and not absent
    opinion, stance = feeling_of(state.opinion[i]), feeling_of(state.stance[i])

    seen = look(i, state, links, sides, calendar, terms, parameters, scratch.lowest)
    degree[i] = seen.friends
    tally[PRESSED] += seen.pressers
    choice = choose(i, state.published[i], opinion, stance, recorded, seen, folk, terms, parameters)

    activity, minority = folk.activity[i], folk.minority[i]
    speak(me, activity, minority, recorded, choice, terms, parameters, sums, tally)
    shop_and_read(
        me, activity, minority, recorded, choice, subjects, terms, parameters, sums, tally
    )
    pay_and_grumble(me, folk.log_wealth[i], activity, recorded, terms, parameters, sums, tally)
    if terms.sanction_chance > 0.0 and sums[TAKEN_AGAINST] > 0.0:
        u = uniform(fold(me, SANCTION_COUNT))
        tally[SANCTIONS] += binomial_count(u, int(sums[TAKEN_AGAINST]), terms.sanction_chance)

    step = int(state.score[i])
    if recorded:
        step = settle_score(i, me, seen, state, after, terms, sums, tally)
    after.score[i] = step
    if len(after.published) > 0:
        after.published[i] = step if calendar.publish else state.published[i]
    if terms.opt_out:
        after.absent[i] = settle_presence(i, me, state, folk, calendar, terms, parameters)

    edge, dragged = review(
        i, me, seen.friends, recorded, state, links, sides, folk, calendar, terms, parameters,
        scratch,
    )  # fmt: skip
    cut[i] = edge
    if edge >= 0:
        tally[CUTS_KIN + links.layer[edge]] += 1.0
        tally[CUTS_FOR_SCORE] += 1.0 if dragged else 0.0
    stance_tonight, opinion_tonight = settle_feelings(
        i, me, seen, choice, state, calendar, parameters, sums
    )
    after.stance[i] = stance_tonight
    after.opinion[i] = opinion_tonight
    count_personal_variety(i, choice.reading, subjects, calendar, tally)
    published = step if calendar.publish else int(state.published[i])
    count_tonight(
        published,
        stance_tonight,
        opinion_tonight,
        seen.friends,
        absent,
        calendar,
        terms,
        tally,
    )


@compiled(parallel=True)
def sweep(
    state: State, after: State, folk: Folk, links: Links, sides: Sides, cut: NDArray[np.int64],
    degree: NDArray[np.int32], most_ties: int, subjects: NDArray[np.float64], calendar: Calendar,
    terms: SchemeTerms, parameters: Parameters, totals: NDArray[np.float64],
) -> None:  # fmt: skip
    """Everybody's day: reads ``state``, writes ``after``, ``cut``, ``degree`` and ``totals``."""
    citizens = len(degree)
    for district in numba.prange(totals.shape[0]):
        scratch = Scratch(np.zeros(SUMS), np.zeros(most_ties), np.zeros(MOST_LOWEST))
        first = district * DISTRICT_SIZE
        for i in range(first, min(first + DISTRICT_SIZE, citizens)):
            live_citizen(
                i, state, after, folk, links, sides, cut, degree, subjects, calendar, terms,
                parameters, scratch, totals[district],
            )  # fmt: skip
