"""The day, in compiled loops over everybody; its stages in order:

1. look      (:mod:`~glasshouse.engine.look`) at friends, as they were at the end of yesterday
2. choose    (:mod:`~glasshouse.engine.choose`) the chances of the tones
3. act       (:mod:`~glasshouse.engine.act`) speak, shop, read, pay; and what of it is recorded
4. score     :func:`settle_score`
5. doors     counted in passing, from the score of tonight
6. friends   (:mod:`~glasshouse.engine.friends`) review a tie; cuts and openings after the sweep
7. drift     :func:`settle_feelings`

Every citizen reads yesterday and writes today, so neither their order nor the number of threads
matters. What is counted is summed by district, each by one thread, in order.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.counts import binomial_count, rounded
from glasshouse.chance.rule import compiled, rule
from glasshouse.chance.streams import (
    APPEAL,
    RECONSIDERATION,
    ROUND_OPINION,
    ROUND_SCORE,
    ROUND_STANCE,
    SANCTION_COUNT,
    below,
    first_uniform,
    fold,
    second_uniform,
    uniform,
)  # fmt: skip
from glasshouse.engine.act import (
    POINTS,
    SAID,
    SUMS,
    TAKEN_AGAINST,
    TONE,
    WRONG,
    pay_and_grumble,
    shop_and_read,
    speak,
)  # fmt: skip
from glasshouse.engine.arrays import Calendar, Folk, Links, Scratch, Sides, State
from glasshouse.engine.choose import Choice, choose
from glasshouse.engine.friends import review
from glasshouse.engine.look import MOST_LOWEST, Look, look
from glasshouse.engine.tally import count_personal_variety, count_tonight
from glasshouse.measures.counters import (
    APPEALS_WON,
    CUTS_FOR_SCORE,
    CUTS_KIN,
    OPENED,
    PRESSED,
    ROWS_FORGETTING,
    ROWS_FRIENDS,
    ROWS_OTHER,
    SANCTIONS,
)  # fmt: skip
from glasshouse.model.drift import MONTH, next_opinion, next_stance
from glasshouse.model.friendship import chance_of_accepting, may_reopen
from glasshouse.model.participation import WEEK, chance_of_leaving
from glasshouse.model.scoring import (
    forgetting_pull,
    friends_pull,
    next_score,
    waiting_correction,
)
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.people import CIRCLE_SIZE, DISTRICT_SIZE
from glasshouse.society.record import STEPS_OF_FEELING, feeling_of, score_of


class Settled(NamedTuple):
    """A citizen's score, opinion and stance tonight."""

    step: int
    stance: int
    opinion: int


@rule
def settle_score(
    i: int, me: int, seen: Look, state: State, after: State, terms: SchemeTerms,
    sums: NDArray[np.float64], tally: NDArray[np.float64],
) -> int:  # fmt: skip
    """Stage 4: points, friends and forgetting become tonight's score; appeals are decided."""
    score = score_of(state.score[i], terms.low, terms.unit)
    friends_row = friends_pull(score, seen.aggregate, terms.share, terms.forgetting)
    forgetting_row = forgetting_pull(score, terms.base, terms.share, terms.forgetting)
    target = next_score(score, sums[POINTS], forgetting_row, friends_row)
    appeal_row = 0.0
    if terms.appeal_rate > 0.0:
        waiting = waiting_correction(state.waiting[i], sums[WRONG], terms.forgetting)
        key = fold(me, APPEAL)
        if first_uniform(key) < terms.appeal_rate:
            if waiting > 0.0 and second_uniform(key) < terms.appeal_success:
                appeal_row = waiting
                tally[APPEALS_WON] += 1.0
            waiting = 0.0
        after.waiting[i] = waiting
    target += appeal_row
    whole = rounded((target - terms.low) / terms.unit, uniform(fold(me, ROUND_SCORE)))
    step = min(max(whole, 0), terms.top)
    tally[ROWS_FRIENDS] += abs(friends_row)
    tally[ROWS_FORGETTING] += abs(forgetting_row)
    reached = score_of(whole, terms.low, terms.unit)
    clipped = abs(step - whole) * terms.unit
    tally[ROWS_OTHER] += abs(appeal_row) + abs(reached - target) + clipped
    return step


@rule
def settle_feelings(
    i: int, me: int, seen: Look, choice: Choice, state: State, calendar: Calendar,
    parameters: Parameters, sums: NDArray[np.float64],
) -> tuple[int, int]:  # fmt: skip
    """Stage 7: stance follows what was said today; once a month opinion follows stance,
    friends and reading."""
    stance, opinion = int(state.stance[i]), int(state.opinion[i])
    if sums[SAID] > 0.0:
        moved = next_stance(feeling_of(stance), sums[TONE] / sums[SAID], parameters)
        stance = rounded(moved * STEPS_OF_FEELING, uniform(fold(me, ROUND_STANCE)))
        stance = min(max(stance, -STEPS_OF_FEELING), STEPS_OF_FEELING)
    own_day = below(fold(calendar.calendar_key, i), MONTH)
    if (calendar.day + own_day) % MONTH == 0:
        x = feeling_of(opinion)
        heard = seen.stance_of_friends if seen.friends > 0 else x
        reading = choice.reading.for_ - choice.reading.against
        moved = next_opinion(x, feeling_of(state.stance[i]), heard, reading, parameters)
        opinion = rounded(moved * STEPS_OF_FEELING, uniform(fold(me, ROUND_OPINION)))
        opinion = min(max(opinion, -STEPS_OF_FEELING), STEPS_OF_FEELING)
    return stance, opinion


@rule
def settle_presence(
    i: int, me: int, state: State, folk: Folk, calendar: Calendar, terms: SchemeTerms,
    parameters: Parameters,
) -> int:  # fmt: skip
    """Whether a citizen is absent from the scheme tonight: reconsidered at most once a week."""
    absent = int(state.absent[i])
    own_day = below(fold(fold(calendar.calendar_key, i), 1), WEEK)
    key = fold(me, RECONSIDERATION)
    if (calendar.day + own_day) % WEEK != 0:
        return absent
    if first_uniform(key) >= parameters.reconsiderations_per_week:
        return absent
    worth = terms.worth[state.published[i]]
    leaving = chance_of_leaving(folk.ambition[i], worth, terms.worth_absent, parameters)
    return 1 if second_uniform(key) < leaving else 0


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
        parameters,
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


@rule
def offered_tie(
    i: int, key: int, calendar: Calendar, links: Links, sides: Sides
) -> int:  # fmt: skip
    """Half-edge of one of a citizen's closed sides, drawn among those that may reopen; or -1."""
    eligible = 0
    chosen = -1
    for count in range(2):
        nth = below(fold(key, 1), max(eligible, 1))
        passed = 0
        for e in range(links.offsets[i], links.offsets[i + 1]):
            j = links.friend[e]
            pair = fold(fold(calendar.accepting_key, min(i, j)), max(i, j))
            if sides.consent[e] == 0 and may_reopen(calendar.month, below(pair, 12)):
                if count == 0:
                    eligible += 1
                elif passed == nth:
                    chosen = e
                passed += 1
    return chosen


@compiled()
def settle_ties(
    state: State, folk: Folk, links: Links, sides: Sides, cut: NDArray[np.int64],
    degree: NDArray[np.int32], calendar: Calendar, terms: SchemeTerms, parameters: Parameters,
    totals: NDArray[np.float64],
) -> None:  # fmt: skip
    """After the sweep: offers of the day are worked out, then cuts and openings take effect.

    Of every 32 consecutive citizens at most one makes an offer on a day. Each of the two opens
    their own side if they have room; the tie lives once both sides are open.
    """
    citizens = len(degree)
    blocks = (citizens + CIRCLE_SIZE - 1) // CIRCLE_SIZE
    for block in range(blocks):
        key = fold(calendar.opening_key, block)
        if first_uniform(key) >= CIRCLE_SIZE * parameters.openings_per_day:
            continue
        i = block * CIRCLE_SIZE + below(fold(key, 0), CIRCLE_SIZE)
        if i >= citizens or degree[i] >= folk.capacity[i]:
            continue
        edge = offered_tie(i, key, calendar, links, sides)
        if edge < 0:
            continue
        j = links.friend[edge]
        chance = chance_of_accepting(
            abs(feeling_of(state.stance[i]) - feeling_of(state.stance[j])),
            (float(state.published[i]) - float(state.published[j])) * terms.unit,
            terms.status,
            parameters,
        )
        if uniform(fold(key, 2)) < chance:
            back = links.back[edge]
            sides.consent[edge] = 1
            if degree[j] < folk.capacity[j]:
                sides.consent[back] = 1
            if sides.consent[back] == 1:
                sides.alive[edge] = 1
                sides.alive[back] = 1
                cell = folk.minority[i] + 2 * (1 if state.opinion[i] < 0 else 0)
                totals[i // DISTRICT_SIZE, cell, OPENED] += 1.0
    for i in range(citizens):
        if cut[i] >= 0:
            sides.consent[cut[i]] = 0
            sides.alive[cut[i]] = 0
            sides.alive[links.back[cut[i]]] = 0
