"""The first day made: the camps balanced, on the nation itself or on one city of a larger one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.chance.streams import MATCHING, fold
from glasshouse.chance.threads import share_out
from glasshouse.society.circles import (
    Sisters,
    circle_of_slot,
    meet_sisters,
    no_sisters,
    shift_of_slot,
)
from glasshouse.society.layout import sister_slot
from glasshouse.society.people import CITY_SIZE, shares_of
from glasshouse.society.record import LANES, Records, circles_of, empty_records
from glasshouse.society.start import (
    STRETCH,
    Beginning,
    open_sides,
    people_of_circle,
    write_people,
)

BALANCING_ROUNDS = 12
CLOSE_ENOUGH = 0.002


@compiled()
def _count_by_camp(
    first: int, last: int, beginning: Beginning, sisters: Sisters, records: Records,
    totals: NDArray[np.int64],
) -> None:  # fmt: skip
    """People and living ties of the others and of the dissenters of some circles."""
    layout, citizens = beginning.layout, beginning.citizens
    circles = (citizens + LANES - 1) // LANES
    half = records.size >> 2
    key = fold(beginning.seed, MATCHING)
    for circle in range(first, last):
        meet_sisters(key, circle, circles, layout, sisters)
        for lane in range(people_of_circle(circle, citizens)):
            camp = 1 if records.feeling[circle * records.size + 96 + lane] < 0 else 0
            degree = 0
            for slot in range(layout.slots):
                met = circle_of_slot(slot, circle, layout, sisters)
                own = records.consent[circle * half + LANES + LANES * (slot >> 5) + lane]
                if (own >> np.uint32(slot & 31)) & np.uint32(1) == 0:
                    continue
                theirs = (lane + shift_of_slot(slot, layout, sisters)) & 31
                back = sister_slot(slot, layout.ring)
                other = records.consent[met * half + LANES + LANES * (back >> 5) + theirs]
                degree += (other >> np.uint32(back & 31)) & np.uint32(1)
            totals[2 * camp] += 1
            totals[2 * camp + 1] += degree


def degree_by_camp(beginning: Beginning, records: Records) -> tuple[float | None, float | None]:
    """Mean living degree of others and of dissenters; None for a camp without people."""
    circles = circles_of(beginning.citizens)
    totals = np.zeros((-(-circles // STRETCH), 4), np.int64)

    def counted(first: int, last: int) -> None:
        sisters = no_sisters(beginning.layout.groups)
        _count_by_camp(first, last, beginning, sisters, records, totals[first // STRETCH])

    share_out(counted, 0, circles, STRETCH)
    others, ties_others, dissenters, ties_dissenters = totals.sum(axis=0).tolist()
    return (
        ties_others / others if others else None,
        ties_dissenters / dissenters if dissenters else None,
    )


def balanced(beginning: Beginning, records: Records) -> Beginning:
    """Open all sides again and again, the camps' capacity scaled, until mean degrees are equal."""
    scale = [1.0, 1.0]
    for _ in range(BALANCING_ROUNDS):
        beginning = beginning._replace(scale_others=scale[0], scale_dissenters=scale[1])
        open_sides(beginning, records)
        others, dissenters = degree_by_camp(beginning, records)
        if others is None or dissenters is None:
            break
        ratio = others / max(dissenters, 0.01)
        if abs(ratio - 1.0) < CLOSE_ENOUGH:
            break
        scale[1] *= min(max(ratio, 0.5), 2.0)
        if max(scale) > 1.0:
            scale = [min(each / max(scale), 1.0) for each in scale]
    return beginning


def first_day(beginning: Beginning) -> tuple[Beginning, Records]:
    """Make the first day of a society of circles.

    Parameters
    ----------
    beginning : Beginning
        With the scale of both camps still 1.

    Returns
    -------
    Beginning
        With the scale found.
    Records
        Opinions, stances and open sides; scores are 0.
    """
    records = empty_records(beginning.citizens, beginning.layout.slots)
    write_people(beginning, records)
    if beginning.citizens <= CITY_SIZE:
        return balanced(beginning, records), records
    beginning = with_scale(beginning)
    open_sides(beginning, records)
    return beginning, records


def with_scale(beginning: Beginning) -> Beginning:
    """The same with the scale of the camps found; on one city where the nation is larger."""
    citizens = min(beginning.citizens, CITY_SIZE)
    seed, parameters = beginning.seed, beginning.parameters
    shares = shares_of(int(seed), citizens, parameters, clustered=True)
    city = beginning._replace(citizens=citizens, shares=shares)
    records = empty_records(citizens, city.layout.slots)
    write_people(city, records)
    found = balanced(city, records)
    return beginning._replace(
        scale_others=found.scale_others, scale_dissenters=found.scale_dissenters
    )
