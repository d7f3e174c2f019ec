"""A scheme as the numbers that the rules take, worked out once when it is enacted."""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.rule import compiled
from glasshouse.model.acts import (
    BILL,
    CARTOON,
    FACE_TO_FACE,
    GRUMBLE,
    KINDS,
    MESSAGE,
    POST,
    PURCHASE,
    RECORDED_SPEECH_KINDS,
    SHARE,
    SUBSCRIPTION,
    act_rate,
)  # fmt: skip
from glasshouse.model.doors import believed_worth, door_is_open, lasting_points, rank_of
from glasshouse.model.scoring import AGGREGATES, own_points
from glasshouse.scenario.parameters import Parameters
from glasshouse.scenario.scheme import Scheme
from glasshouse.society.record import nearest_step, score_of

AGAINST, NEUTRAL = 0, 1
LATE, PAID = 0, 2
OWN, BASE = 0, 1
EXACT = 1 << 20
DOMAIN_KINDS = ((0, 1, 2, 3), (PURCHASE,), (SUBSCRIPTION,))


class SchemeTerms(NamedTuple):
    """A scheme in numbers.

    ``points``, ``own``, ``coverage`` and ``false_positive`` are by kind of act; ``points`` then by
    what the act is taken for (against, neutral, for; a bill: late, -, paid), ``own`` being what
    they add to the doer's score, in multiples of 2**-20 so that sums are exact in any order.
    ``observed`` is by domain; ``lasting_steps`` by domain and tone, in steps of the score.
    """

    low: float
    unit: float
    top: int
    base: float
    start: int
    forgetting: float
    share: float
    aggregate: int
    lowest_k: int
    friendless: int
    map: bool
    status: float
    points: NDArray[np.float64]
    own: NDArray[np.float64]
    coverage: NDArray[np.float64]
    false_negative: float
    false_positive: NDArray[np.float64]
    observed: NDArray[np.float64]
    lasting_steps: NDArray[np.int64]
    sanction_chance: float
    sanction: float
    appeal_rate: float
    appeal_success: float
    opt_out: bool
    worth: NDArray[np.float32]
    worth_absent: float
    worth_total: float
    door_step: NDArray[np.int64]
    door_absent: NDArray[np.bool_]


def points_table(scheme: Scheme) -> NDArray[np.float64]:
    """Points of every kind of act by what it is taken for."""
    table = np.zeros((len(KINDS), 3))
    for kind, name in enumerate(KINDS):
        if name in ("post", "share", "like", "message", "purchase", "subscription"):
            listed = getattr(scheme.points, name)
            table[kind] = listed.against, listed.neutral, listed.for_
    table[BILL, LATE], table[BILL, PAID] = scheme.points.bill.late, scheme.points.bill.paid
    table[GRUMBLE, AGAINST] = scheme.points.grumble
    table[CARTOON, AGAINST] = scheme.points.cartoon
    return table


def own_table(scheme: Scheme) -> NDArray[np.float64]:
    """What every kind of act adds to the doer's score, in multiples of 2**-20 points."""
    table = points_table(scheme)
    for place in np.ndindex(table.shape):
        table[place] = exact(own_points(float(table[place]), scheme.friends.share))
    return table


def exact(value: float) -> float:
    """The nearest multiple of 2**-20: sums of such numbers are exact in any order.

    Examples
    --------
    >>> abs(exact(0.1) - 0.1) < 1e-6
    True
    """
    return round(value * EXACT) / EXACT


def coverage_table(scheme: Scheme) -> NDArray[np.float64]:
    """Share recorded of every kind of act; speech face to face never is."""
    listed = scheme.coverage
    table = np.full(len(KINDS), listed.public)
    table[MESSAGE], table[FACE_TO_FACE] = listed.message, 0.0
    table[PURCHASE], table[SUBSCRIPTION] = listed.purchase, listed.subscription
    table[BILL] = listed.bill
    return table


def expected_points(scheme: Scheme, parameters: Parameters, domain: int, tone: int) -> float:
    """D(t): what the median citizen's score gains a day in one tone.

    Equation: sum over kinds of rate·coverage·(1-w)·E[points | tone], errors of reading included;
    of speech the political share counts.
    """
    points, coverage = points_table(scheme), coverage_table(scheme)
    median_activity = math.exp(-0.5 * parameters.activity_sd**2)
    total = 0.0
    for kind in DOMAIN_KINDS[domain]:
        rate = act_rate(kind, median_activity, parameters)
        if kind < RECORDED_SPEECH_KINDS:
            rate *= parameters.political_share
        wrong = scheme.errors.false_negative
        taken, otherwise = tone + 1, NEUTRAL
        if tone == 0:
            wrong, otherwise = false_positives(scheme)[kind], AGAINST
        expected = (1.0 - wrong) * points[kind, taken] + wrong * points[kind, otherwise]
        total += rate * coverage[kind] * own_points(expected, scheme.friends.share)
    return total


def false_positives(scheme: Scheme) -> NDArray[np.float64]:
    """False positive rate of every kind of act: that of posts for what is published as text."""
    table = np.full(len(KINDS), scheme.errors.false_positive_other)
    table[[POST, SHARE]] = scheme.errors.false_positive_post
    return table


def observed_shares(scheme: Scheme, parameters: Parameters) -> NDArray[np.float64]:
    """Rate-weighted coverage of speech that can be recorded, shopping and reading."""
    coverage = coverage_table(scheme)
    shares = np.zeros(len(DOMAIN_KINDS))
    for domain, kinds in enumerate(DOMAIN_KINDS):
        rates = [act_rate(kind, 1.0, parameters) for kind in kinds]
        covered = sum(rate * coverage[kind] for rate, kind in zip(rates, kinds, strict=True))
        shares[domain] = covered / sum(rates) if sum(rates) > 0 else 0.0
    return shares


@compiled()
def _fill_worth(
    low: float,
    unit: float,
    threshold: NDArray[np.float64],
    width: NDArray[np.float64],
    worth: NDArray[np.float64],
    table: NDArray[np.float64],
) -> None:
    for step in range(len(table)):
        score = score_of(step, low, unit)
        for door in range(len(threshold)):
            table[step] += believed_worth(score, threshold[door], width[door], worth[door])


def door_steps(scheme: Scheme, histogram: NDArray[np.int64] | None) -> NDArray[np.int64]:
    """Least step at which each door opens; one above the top where no score opens it.

    Parameters
    ----------
    scheme : Scheme
    histogram : int64 array, steps + 1, optional
        Yesterday's published scores of those present, for doors that go by rank.
    """
    steps = scheme.steps()
    least = np.empty(len(scheme.doors), np.int64)
    for index, door in enumerate(scheme.doors.values()):
        if door.threshold is not None:
            least[index] = _first_open_step(door.threshold, scheme)
            continue
        assert door.rank is not None
        counts = np.ones(steps + 1, np.int64) if histogram is None else histogram
        everybody = max(int(counts.sum()), 1)
        below = np.cumsum(counts) - counts
        least[index] = _least_of_rank(door.rank, below, counts, everybody)
    return least


@compiled()
def _least_of_rank(
    rank: float, below: NDArray[np.int64], equal: NDArray[np.int64], everybody: int
) -> int:
    for step in range(len(below)):
        if rank_of(below[step] / everybody, equal[step] / everybody) >= rank:
            return step
    return len(below)


def _first_open_step(threshold: float, scheme: Scheme) -> int:
    """Least step at which a door with this threshold is open; one above the top if none is."""

    def is_open(step: int) -> bool:
        # A score that equals the threshold on paper must equal it in binary digits too.
        score = round(score_of(step, scheme.range.low, scheme.unit()), 6)
        return bool(door_is_open(score, round(threshold, 6)))

    return bisect_left(range(scheme.steps() + 1), True, key=is_open)


def needs_histogram(scheme: Scheme) -> bool:
    """Whether any door goes by rank, so that its threshold moves with the nation."""
    return any(door.rank is not None for door in scheme.doors.values())


def scheme_terms(
    scheme: Scheme, parameters: Parameters, histogram: NDArray[np.int64] | None = None
) -> SchemeTerms:
    """Work out a scheme's numbers.

    Parameters
    ----------
    scheme : Scheme
    parameters : Parameters
    histogram : int64 array, optional
        Yesterday's published scores, needed where doors go by rank.

    Returns
    -------
    SchemeTerms

    Examples
    --------
    >>> from glasshouse.scenario import Scenario
    >>> from glasshouse.scenario.defaults import default_parameters
    >>> terms = scheme_terms(Scenario.load("press-sesame").scheme, default_parameters())
    >>> terms.share
    0.3
    """
    low, unit, steps = scheme.range.low, scheme.unit(), scheme.steps()
    doors = list(scheme.doors.values())
    least = door_steps(scheme, histogram)
    worth = np.array([door.worth for door in doors], np.float64)
    absent = np.array([door.absent == "open" for door in doors], np.bool_)
    table = np.zeros(steps + 1)
    threshold = np.array(
        [
            score_of(int(step), low, unit) if door.threshold is None else door.threshold
            for door, step in zip(doors, least, strict=True)
        ],
        np.float64,
    )
    width = np.array([door.width for door in doors], np.float64)
    _fill_worth(low, unit, threshold, width, worth, table)
    kept = (1.0 - scheme.forgetting) ** parameters.horizon_days
    lasting = np.zeros((len(DOMAIN_KINDS), 3), np.int64)
    for domain in range(len(DOMAIN_KINDS)):
        for tone in (-1, 0, 1):
            points = lasting_points(
                expected_points(scheme, parameters, domain, tone),
                scheme.forgetting,
                kept,
                parameters.horizon_days,
            )
            lasting[domain, tone + 1] = round(points / unit)
    appeals = scheme.appeals
    return SchemeTerms(
        low=low,
        unit=unit,
        top=steps,
        base=scheme.base,
        start=nearest_step(scheme.base if scheme.start is None else scheme.start, low, unit, steps),
        forgetting=scheme.forgetting,
        share=scheme.friends.share,
        aggregate=AGGREGATES.index(scheme.friends.aggregate),
        lowest_k=scheme.friends.lowest_k,
        friendless=BASE if scheme.friends.friendless == "base" else OWN,
        map=scheme.friends.map,
        status=scheme.friends.status,
        points=points_table(scheme),
        own=own_table(scheme),
        coverage=coverage_table(scheme),
        false_negative=scheme.errors.false_negative,
        false_positive=false_positives(scheme),
        observed=observed_shares(scheme, parameters),
        lasting_steps=lasting,
        sanction_chance=scheme.sanctions.chance,
        sanction=scheme.sanctions.chance * scheme.sanctions.worth,
        appeal_rate=0.0 if appeals is None else 1.0 / appeals.delay,
        appeal_success=0.0 if appeals is None else appeals.success,
        opt_out=scheme.opt_out,
        worth=table.astype(np.float32),
        worth_absent=float(worth[absent].sum()),
        worth_total=float(worth.sum()),
        door_step=least,
        door_absent=absent,
    )
