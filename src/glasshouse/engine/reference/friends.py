"""Stage 6, friends: a tie is reviewed and perhaps cut; one is offered and perhaps accepted."""

from __future__ import annotations

import math

from glasshouse.chance.normal import standard_normal
from glasshouse.chance.streams import (
    CUTTING,
    REVIEWING,
    below,
    below_second,
    first_uniform,
    fold,
    uniform,
)
from glasshouse.engine.lives import CitizenDay, Seen, Tie, Yesterday
from glasshouse.engine.reference.looking import plain_sum, presses_friend
from glasshouse.model.friendship import (
    chance_of_accepting,
    chance_of_cutting,
    gain_from_cutting_lowest,
    gain_from_cutting_lowest_k,
    gain_from_cutting_mean,
    gain_from_cutting_only_friend,
    gain_from_cutting_weighted,
    may_reopen,
)
from glasshouse.model.pressure import guessed_score
from glasshouse.model.scoring import LOWEST, LOWEST_K, MEAN, WEIGHTED
from glasshouse.model.terms import BASE
from glasshouse.society.people import CIRCLE_SIZE
from glasshouse.society.record import nearest_step, score_of
from glasshouse.society.ties import KIN


def perceived_score(nation: Yesterday, i: int, j: int) -> float:
    """A friend's score as the map shows it, or as it is guessed where there is none."""
    terms = nation.terms
    if terms.map:
        return nation.published(j)
    normal = standard_normal(fold(fold(int(nation.calendar.guessing_key), i), j))
    guess = guessed_score(
        nation.published(i), nation.stance(i), nation.stance(j), normal, nation.parameters
    )
    return min(max(guess, terms.low), score_of(terms.top, terms.low, terms.unit))


def gains_from_cutting(nation: Yesterday, i: int, counted: list[Tie]) -> list[float]:
    """Points that dropping each friend would add in the long run."""
    terms = nation.terms
    scores = [perceived_score(nation, i, tie.friend) for tie in counted]
    n, share = len(counted), terms.share
    if n == 0:
        return []
    if n == 1:
        alone = terms.base if terms.friendless == BASE else nation.published(i)
        return [gain_from_cutting_only_friend(share, alone, scores[0])]
    if terms.aggregate == WEIGHTED:
        strengths = [tie.strength for tie in counted]
        total = plain_sum(strengths)
        mean = plain_sum([w * score for w, score in zip(strengths, scores, strict=True)]) / total
        return [
            gain_from_cutting_weighted(share, mean, score, w, total)
            for w, score in zip(strengths, scores, strict=True)
        ]
    if terms.aggregate == MEAN or (terms.aggregate == LOWEST_K and n <= terms.lowest_k):
        mean = plain_sum(scores) / n
        return [gain_from_cutting_mean(share, mean, score, n) for score in scores]
    ascending = sorted(scores)
    if terms.aggregate == LOWEST:
        return [
            gain_from_cutting_lowest(share, score, ascending[1]) if score == ascending[0] else 0.0
            for score in scores
        ]
    k = terms.lowest_k
    return [
        gain_from_cutting_lowest_k(share, ascending[k], score, k)
        if score <= ascending[k - 1] else 0.0
        for score in scores
    ]  # fmt: skip


def review(nation: Yesterday, i: int, me: int, seen: Seen, today: CitizenDay) -> None:
    """Review the tie that drags most, or any; press the friend, or cut, or let it be."""
    terms, parameters = nation.terms, nation.parameters
    key = fold(me, REVIEWING)
    if not seen.living or first_uniform(key) >= parameters.reviews_per_day:
        return
    chosen, gain = seen.living[below_second(key, len(seen.living))], 0.0
    if today.recorded and terms.share > 0.0 and parameters.cut_for_doors != 0.0:
        for tie, points in zip(
            seen.counted, gains_from_cutting(nation, i, seen.counted), strict=True
        ):
            if points > gain:
                chosen, gain = tie, points
    today.reviewed = chosen.friend
    absent = nation.absent(chosen.friend)
    if not absent and presses_friend(nation, i, chosen.friend, chosen.layer, chosen.slot):
        return
    own = nation.published(i)
    chance = chance_of_cutting(
        nation.person(i).ambition,
        float(terms.worth[nearest_step(own + gain, terms.low, terms.unit, terms.top)]),
        float(terms.worth[nation.published_step(i)]),
        math.log(chosen.strength),
        1 if chosen.layer == KIN else 0,
        abs(nation.stance(i) - nation.stance(chosen.friend)),
        parameters,
    )
    if uniform(fold(me, CUTTING)) < chance:
        today.cut = chosen.friend
        today.cut_for_score = gain > 0.0


def offers(nation: Yesterday) -> list[tuple[int, int]]:
    """Who opens their side towards whom tonight; of 32 citizens at most one makes an offer."""
    parameters, terms, calendar = nation.parameters, nation.terms, nation.calendar
    opened: list[tuple[int, int]] = []

    def degree(i: int) -> int:
        return sum(tie.living for tie in nation.ties(i))

    for block in range((nation.citizens + CIRCLE_SIZE - 1) // CIRCLE_SIZE):
        key = fold(int(calendar.opening_key), block)
        i = block * CIRCLE_SIZE + below(fold(key, 0), CIRCLE_SIZE)
        if first_uniform(key) >= CIRCLE_SIZE * parameters.openings_per_day or i >= nation.citizens:
            continue
        if degree(i) >= nation.person(i).capacity:
            continue
        eligible = []
        for tie in nation.ties(i):
            ends = sorted((i, tie.friend))
            pair = fold(fold(int(calendar.accepting_key), ends[0]), ends[1])
            if not tie.open and may_reopen(calendar.month, below(pair, 12)):
                eligible.append(tie.friend)
        if not eligible:
            continue
        j = eligible[below(fold(key, 1), len(eligible))]
        chance = chance_of_accepting(
            abs(nation.stance(i) - nation.stance(j)),
            (nation.published_step(i) - nation.published_step(j)) * terms.unit,
            terms.status,
            parameters,
        )
        if uniform(fold(key, 2)) < chance:
            opened.append((i, j))
            if degree(j) < nation.person(j).capacity:
                opened.append((j, i))
    return opened
