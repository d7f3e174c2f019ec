"""Stage 1, look: one's living ties, friends' scores, what they stand for, who presses."""

from __future__ import annotations

from glasshouse.chance.streams import fold, uniform
from glasshouse.engine.lives import Seen, Tie, Yesterday
from glasshouse.model.expression import pull_of_friends
from glasshouse.model.pressure import presses, would_press
from glasshouse.model.scoring import LOWEST, MEAN, WEIGHTED
from glasshouse.model.terms import BASE
from glasshouse.society.ties import CIRCLE


def presses_friend(nation: Yesterday, i: int, j: int, layer: int) -> bool:
    """Whether i presses j this month; both work it out alike."""
    terms = nation.terms
    if not (terms.map and terms.share > 0.0 and nation.calendar.in_force):
        return False
    if not would_press(nation.published(i), nation.published(j), nation.parameters):
        return False
    u = uniform(fold(fold(int(nation.calendar.pressing_key), i), j))
    return presses(u, layer, nation.parameters)


def aggregate_of(nation: Yesterday, i: int, counted: list[Tie]) -> float:
    """Friends' scores as one number: mean, weighted mean, lowest, or mean of the lowest k."""
    terms = nation.terms
    if not counted:
        return terms.base if terms.friendless == BASE else nation.published(i)
    scores = [nation.published(tie.friend) for tie in counted]
    if terms.aggregate == MEAN:
        return plain_sum(scores) / len(scores)
    if terms.aggregate == WEIGHTED:
        strengths = [tie.strength for tie in counted]
        weighted = [tie.strength * score for tie, score in zip(counted, scores, strict=True)]
        return plain_sum(weighted) / plain_sum(strengths)
    lowest = sorted(scores)[: 1 if terms.aggregate == LOWEST else terms.lowest_k]
    return plain_sum(lowest) / len(lowest)


def plain_sum(numbers: list[float]) -> float:
    """Sum from left to right; Python's own ``sum`` corrects its rounding from 3.12 on."""
    total = 0.0
    for number in numbers:
        total += number
    return total


def look(nation: Yesterday, i: int) -> Seen:
    """See one's friends as they were at the end of yesterday."""
    living = [tie for tie in nation.ties(i) if tie.living]
    counted = [tie for tie in living if not nation.absent(tie.friend)]
    seen_at = nation.parameters.stance_seen
    heard = {(side, near): 0 for side in (1, -1) for near in (True, False)}
    for tie in living:
        stance = nation.stance(tie.friend)
        near = tie.layer <= CIRCLE
        if stance > seen_at:
            heard[1, near] += 1
        elif stance < -seen_at:
            heard[-1, near] += 1
    pressers = sum(presses_friend(nation, tie.friend, i, tie.layer) for tie in counted)
    stances = plain_sum([nation.stance(tie.friend) for tie in living])
    pull = pull_of_friends(
        heard[1, True], heard[-1, True], heard[1, False], heard[-1, False], nation.parameters
    )
    mean_stance = stances / len(living) if living else 0.0
    return Seen(living, counted, aggregate_of(nation, i, counted), pull, pressers, mean_stance)
