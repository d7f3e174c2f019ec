"""Stage 4, score: points, friends and forgetting become tonight's score; appeals are decided."""

from __future__ import annotations

from glasshouse.chance.counts import rounded
from glasshouse.chance.streams import (
    APPEAL,
    SETTLING,
    first_uniform,
    fold,
    second_uniform,
)
from glasshouse.engine.lives import CitizenDay, FriendRow, Seen, Yesterday
from glasshouse.engine.reference.looking import plain_sum
from glasshouse.model.scoring import (
    LOWEST,
    LOWEST_K,
    WEIGHTED,
    forgetting_pull,
    friends_pull,
    next_score,
    waiting_correction,
)


def friend_rows(nation: Yesterday, i: int, seen: Seen) -> list[FriendRow]:
    """What each friend pulls on the score: the pull of all of them, split by their weights."""
    terms, counted = nation.terms, seen.counted
    score = nation.score(i)
    if not counted:
        return []
    weights = [1.0 / len(counted)] * len(counted)
    if terms.aggregate == WEIGHTED:
        total = plain_sum([tie.strength for tie in counted])
        weights = [tie.strength / total for tie in counted]
    elif terms.aggregate in (LOWEST, LOWEST_K):
        most = 1 if terms.aggregate == LOWEST else terms.lowest_k
        order = sorted(range(len(counted)), key=lambda n: nation.published(counted[n].friend))
        lowest = order[:most]
        weights = [1.0 / len(lowest) if n in lowest else 0.0 for n in range(len(counted))]
    return [
        FriendRow(
            tie.friend,
            tie.layer,
            weight
            * friends_pull(score, nation.published(tie.friend), terms.share, terms.forgetting),
        )
        for tie, weight in zip(counted, weights, strict=True)
        if weight > 0.0
    ]


def settle_score(nation: Yesterday, i: int, me: int, seen: Seen, today: CitizenDay) -> None:
    """Points, friends and forgetting become tonight's score."""
    terms = nation.terms
    score = nation.score(i)
    today.friends = friend_rows(nation, i, seen)
    today.points = plain_sum([act.points for act in today.acts])
    today.friends_pull = friends_pull(score, seen.aggregate, terms.share, terms.forgetting)
    today.forgetting = forgetting_pull(score, terms.base, terms.share, terms.forgetting)
    target = next_score(score, today.points, today.forgetting, today.friends_pull)
    if terms.appeal_rate > 0.0:
        today.waiting = waiting_correction(nation.waiting(i), today.wrong, terms.forgetting)
        key = fold(me, APPEAL)
        if first_uniform(key) < terms.appeal_rate:
            if second_uniform(key) < terms.appeal_success:
                today.appeal = today.waiting
            today.waiting = 0.0
    target += today.appeal
    whole = rounded((target - terms.low) / terms.unit, first_uniform(fold(me, SETTLING)))
    today.step = min(max(whole, 0), terms.top)
    today.clip = (today.step - whole) * terms.unit
