"""Stage 2, choose: the chances of the tones today, on and off the record, of 32 citizens."""

from __future__ import annotations

from glasshouse.chance.rule import rule
from glasshouse.engine.act_tables import FACE_RATE as FACE_PLACE
from glasshouse.engine.act_tables import OTHER_RATE as OTHER_PLACE
from glasshouse.engine.act_tables import RATES, row_of
from glasshouse.engine.arrays import Scratch, Tables
from glasshouse.engine.lanes import (
    ACTIVITY,
    AGAINST_FAR,
    AGAINST_NEAR,
    AGGREGATE,
    AMBITION,
    AT_FACE,
    COUNTED,
    EXPRESSIVENESS,
    FACE_RATE,
    FEAR,
    FOR_FAR,
    FOR_NEAR,
    FREE_AGAINST,
    FREE_FOR,
    FREE_NEUTRAL,
    FRIENDS,
    FRIENDS_STANCE,
    LOSS,
    MINORITY,
    OFF_AGAINST,
    OFF_FOR,
    OFF_NEUTRAL,
    OPINION,
    OTHER_RATE,
    OWN,
    PRESSERS,
    PRESSING,
    PUBLISHED,
    PULL,
    RECORDED,
    SCORES,
    SHOPPING_AGAINST,
    SHOPPING_FOR,
    SHOPPING_NEUTRAL,
    SPEECH_AGAINST,
    SPEECH_FOR,
    SPEECH_NEUTRAL,
    STANCE,
    STANCES,
    STRENGTHS,
    WORTH,
    WORTH_AGAINST,
    WORTH_FOR,
    WORTH_NEUTRAL,
    place_in,
)
from glasshouse.model.doors import felt_gain
from glasshouse.model.expression import (
    SHOPPING,
    SPEECH,
    Tones,
    chances_of_tones,
    loss_on_record,
    pull_of_friends,
    share_said_face_to_face,
    utility_off_record,
    utility_on_record,
)
from glasshouse.model.terms import BASE, SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.record import LANES, feeling_of, score_of


@rule
def weigh_scores(terms: SchemeTerms, scratch: Scratch) -> None:
    """Friends' scores become one: the aggregate, or what counts for somebody without friends."""
    f, n = scratch.f, scratch.n
    for lane in range(LANES):
        alone = terms.base if terms.friendless == BASE else f[OWN + lane]
        mean = f[SCORES + lane] / (f[STRENGTHS + lane] if n[COUNTED + lane] > 0 else 1.0)
        seen = score_of(mean, terms.low, terms.unit)
        f[AGGREGATE + lane] = seen if n[COUNTED + lane] > 0 else alone


@rule
def weigh_stances(parameters: Parameters, scratch: Scratch) -> None:
    """Friends' stances become one mean and one pull; and a share of friends presses."""
    f, n = scratch.f, scratch.n
    for lane in range(LANES):
        friends = n[FRIENDS + lane]
        known = friends if friends > 0 else 1
        f[FRIENDS_STANCE + lane] = feeling_of(n[STANCES + lane]) / known
        f[PRESSING + lane] = n[PRESSERS + lane] / known if friends > 0 else 0.0
    for lane in range(LANES):
        f[PULL + lane] = pull_of_friends(
            n[FOR_NEAR + lane], n[AGAINST_NEAR + lane], n[FOR_FAR + lane], n[AGAINST_FAR + lane],
            parameters,
        )  # fmt: skip


@rule
def off_record(lane: int, scratch: Scratch) -> Tones:
    """Utilities of the three tones where nothing is recorded."""
    f = scratch.f
    return Tones(f[OFF_AGAINST + lane], f[OFF_NEUTRAL + lane], f[OFF_FOR + lane])


@rule
def on_record(
    domain: int, lane: int, worth: Tones, terms: SchemeTerms, parameters: Parameters,
    scratch: Scratch,
) -> Tones:  # fmt: skip
    """Utilities of the three tones where the scheme may record them.

    ``worth`` is what the doors would be worth after a month of each tone.
    """
    f = scratch.f
    now, ambition, fear = f[WORTH + lane], f[AMBITION + lane], f[FEAR + lane]
    off, observed, sanction = off_record(lane, scratch), terms.observed[domain], terms.sanction
    return Tones(
        utility_on_record(
            -1.0, off.against, ambition, felt_gain(worth.against, now, parameters), fear,
            observed, sanction, parameters,
        ),
        utility_on_record(
            0.0, off.neutral, ambition, felt_gain(worth.neutral, now, parameters), fear, observed,
            sanction, parameters,
        ),
        utility_on_record(
            1.0, off.for_, ambition, felt_gain(worth.for_, now, parameters), fear, observed,
            sanction, parameters,
        ),
    )  # fmt: skip


@rule
def worth_after(step: int, steps: int, terms: SchemeTerms) -> float:
    """What the doors are worth so many steps from a score, which stays in its range."""
    return float(terms.worth[min(max(step + steps, 0), terms.top)])


@rule
def look_up_worth(domain: int, terms: SchemeTerms, scratch: Scratch) -> None:
    """What the doors would be worth to 32 citizens after a month of each tone in a domain."""
    f, n = scratch.f, scratch.n
    against, neutral = terms.lasting_steps[domain, 0], terms.lasting_steps[domain, 1]
    for_ = terms.lasting_steps[domain, 2]
    for lane in range(LANES):
        step = place_in(PUBLISHED, lane, n)
        f[WORTH_AGAINST + lane] = worth_after(step, against, terms)
        f[WORTH_NEUTRAL + lane] = worth_after(step, neutral, terms)
        f[WORTH_FOR + lane] = worth_after(step, for_, terms)


@rule
def choose_off_record(parameters: Parameters, scratch: Scratch) -> None:
    """Utilities and chances of the tones off the record."""
    f = scratch.f
    for lane in range(LANES):
        expressiveness, opinion = f[EXPRESSIVENESS + lane], f[OPINION + lane]
        stance, pull, pressing = f[STANCE + lane], f[PULL + lane], f[PRESSING + lane]
        f[OFF_AGAINST + lane] = utility_off_record(
            -1.0, expressiveness, opinion, stance, pull, pressing, parameters
        )
        f[OFF_NEUTRAL + lane] = utility_off_record(
            0.0, expressiveness, opinion, stance, pull, pressing, parameters
        )
        f[OFF_FOR + lane] = utility_off_record(
            1.0, expressiveness, opinion, stance, pull, pressing, parameters
        )
    for lane in range(LANES):
        free = chances_of_tones(off_record(lane, scratch))
        f[FREE_AGAINST + lane] = free.against
        f[FREE_NEUTRAL + lane] = free.neutral
        f[FREE_FOR + lane] = free.for_
        f[SPEECH_AGAINST + lane] = free.against
        f[SPEECH_NEUTRAL + lane] = free.neutral
        f[SPEECH_FOR + lane] = free.for_
        f[SHOPPING_AGAINST + lane] = free.against
        f[SHOPPING_NEUTRAL + lane] = free.neutral
        f[SHOPPING_FOR + lane] = free.for_
        f[LOSS + lane] = 0.0


@rule
def choose_speech(terms: SchemeTerms, parameters: Parameters, scratch: Scratch) -> None:
    """Chances of the tones of speech that may be recorded, and what the record takes away."""
    f, n = scratch.f, scratch.n
    for lane in range(LANES):
        f[WORTH + lane] = float(terms.worth[place_in(PUBLISHED, lane, n)])
    look_up_worth(SPEECH, terms, scratch)
    for lane in range(LANES):
        worth = Tones(f[WORTH_AGAINST + lane], f[WORTH_NEUTRAL + lane], f[WORTH_FOR + lane])
        said = on_record(SPEECH, lane, worth, terms, parameters, scratch)
        chances = chances_of_tones(said)
        free = Tones(f[FREE_AGAINST + lane], f[FREE_NEUTRAL + lane], f[FREE_FOR + lane])
        loss = loss_on_record(free, off_record(lane, scratch), said)
        seen = n[RECORDED + lane] == 1
        f[SPEECH_AGAINST + lane] = chances.against if seen else f[FREE_AGAINST + lane]
        f[SPEECH_NEUTRAL + lane] = chances.neutral if seen else f[FREE_NEUTRAL + lane]
        f[SPEECH_FOR + lane] = chances.for_ if seen else f[FREE_FOR + lane]
        f[LOSS + lane] = loss if seen else 0.0


@rule
def choose_shopping(terms: SchemeTerms, parameters: Parameters, scratch: Scratch) -> None:
    """Chances of the tones of purchases."""
    f, n = scratch.f, scratch.n
    look_up_worth(SHOPPING, terms, scratch)
    for lane in range(LANES):
        worth = Tones(f[WORTH_AGAINST + lane], f[WORTH_NEUTRAL + lane], f[WORTH_FOR + lane])
        chances = chances_of_tones(on_record(SHOPPING, lane, worth, terms, parameters, scratch))
        seen = n[RECORDED + lane] == 1
        f[SHOPPING_AGAINST + lane] = chances.against if seen else f[FREE_AGAINST + lane]
        f[SHOPPING_NEUTRAL + lane] = chances.neutral if seen else f[FREE_NEUTRAL + lane]
        f[SHOPPING_FOR + lane] = chances.for_ if seen else f[FREE_FOR + lane]


@rule
def chances_of_reading(
    domain: int, lane: int, terms: SchemeTerms, parameters: Parameters, scratch: Scratch
) -> Tones:
    """Chances of the tones of what one citizen reads; worked out only where she does."""
    n = scratch.n
    off = off_record(lane, scratch)
    if n[RECORDED + lane] == 0:
        return chances_of_tones(off)
    step = n[PUBLISHED + lane]
    worth = Tones(
        worth_after(step, terms.lasting_steps[domain, 0], terms),
        worth_after(step, terms.lasting_steps[domain, 1], terms),
        worth_after(step, terms.lasting_steps[domain, 2], terms),
    )
    return chances_of_tones(on_record(domain, lane, worth, terms, parameters, scratch))


@rule
def choose_where(tables: Tables, parameters: Parameters, scratch: Scratch) -> None:
    """Share of political speech that is said face to face."""
    f, n = scratch.f, scratch.n
    for lane in range(LANES):
        at = row_of(place_in(ACTIVITY, lane, n), place_in(MINORITY, lane, n)) * RATES
        f[FACE_RATE + lane] = tables.rates[at + FACE_PLACE]
        f[OTHER_RATE + lane] = tables.rates[at + OTHER_PLACE]
    for lane in range(LANES):
        f[AT_FACE + lane] = share_said_face_to_face(
            f[FACE_RATE + lane], f[OTHER_RATE + lane], f[LOSS + lane], parameters
        )


@rule
def choose(
    in_force: bool, terms: SchemeTerms, tables: Tables, parameters: Parameters, scratch: Scratch
) -> None:
    """Work out the chances of the tones of everything that has a tone today."""
    weigh_stances(parameters, scratch)
    choose_off_record(parameters, scratch)
    if in_force:
        weigh_scores(terms, scratch)
        choose_speech(terms, parameters, scratch)
        choose_shopping(terms, parameters, scratch)
    choose_where(tables, parameters, scratch)
