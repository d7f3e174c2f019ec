"""Stage 1, look: one's living ties, friends' scores, what they stand for, who presses."""

from __future__ import annotations

from glasshouse.engine.lives import Seen, Tie, Yesterday
from glasshouse.engine.pressing import DRAWS, pressing_draw
from glasshouse.model.expression import pull_of_friends
from glasshouse.model.pressure import presses, would_press
from glasshouse.model.scoring import LOWEST, MEAN, WEIGHTED
from glasshouse.model.terms import BASE
from glasshouse.society.record import feeling_of, score_of
from glasshouse.society.ties import CIRCLE


def presses_friend(nation: Yesterday, i: int, j: int, layer: int, slot: int) -> bool:
    """Whether i presses j, named in i's slot, this month; both work it out alike."""
    terms = nation.terms
    if not (terms.map and terms.share > 0.0 and nation.calendar.in_force):
        return False
    lead = terms.unit * (nation.published_step(i) - nation.published_step(j))
    if not would_press(lead, nation.parameters):
        return False
    draw = pressing_draw(int(nation.calendar.pressing_key), i, slot)
    return presses(draw / DRAWS, layer, nation.parameters)


def aggregate_of(nation: Yesterday, i: int, counted: list[Tie]) -> float:
    """Friends' scores as one number: mean, weighted mean, lowest, or mean of the lowest k.

    It is taken of stored steps: their sums are exact, so that their order does not matter.
    """
    terms = nation.terms
    if not counted:
        return terms.base if terms.friendless == BASE else nation.published(i)
    steps = [nation.published_step(tie.friend) for tie in counted]
    if terms.aggregate == MEAN:
        mean = plain_sum([float(step) for step in steps]) / len(steps)
    elif terms.aggregate == WEIGHTED:
        weighted = [tie.strength * step for tie, step in zip(counted, steps, strict=True)]
        mean = plain_sum(weighted) / plain_sum([tie.strength for tie in counted])
    else:
        lowest = sorted(steps)[: 1 if terms.aggregate == LOWEST else terms.lowest_k]
        mean = plain_sum([float(step) for step in lowest]) / len(lowest)
    return score_of(mean, terms.low, terms.unit)


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
    pressers = sum(presses_friend(nation, tie.friend, i, tie.layer, tie.back) for tie in counted)
    stances = sum(nation.stance_stored(tie.friend) for tie in living)
    pull = pull_of_friends(
        heard[1, True], heard[-1, True], heard[1, False], heard[-1, False], nation.parameters
    )
    mean_stance = feeling_of(stances) / len(living) if living else 0.0
    return Seen(living, counted, aggregate_of(nation, i, counted), pull, pressers, mean_stance)
