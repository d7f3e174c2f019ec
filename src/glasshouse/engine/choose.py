"""Stage 2, choose: the chances of the tones today, on and off the record."""

from __future__ import annotations

from typing import NamedTuple

from glasshouse.chance.rule import rule
from glasshouse.engine.arrays import Folk
from glasshouse.engine.look import Look
from glasshouse.model.doors import felt_gain
from glasshouse.model.expression import (
    READING,
    SHOPPING,
    SPEECH,
    Tones,
    chances_of_tones,
    loss_on_record,
    pull_of_friends,
    utility_off_record,
    utility_on_record,
)
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters


class Choice(NamedTuple):
    """Chances of the tones in each domain, and what the record costs in speech."""

    free: Tones
    speech: Tones
    shopping: Tones
    reading: Tones
    loss: float


@rule
def on_record(
    domain: int, off: Tones, step: int, ambition: float, fear: float, terms: SchemeTerms,
    parameters: Parameters,
) -> Tones:  # fmt: skip
    """Utilities of the three tones where the scheme may record them."""
    now = terms.worth[step]
    observed = terms.observed[domain]
    against = terms.worth[min(max(step + terms.lasting_steps[domain, 0], 0), terms.top)]
    neutral = terms.worth[min(max(step + terms.lasting_steps[domain, 1], 0), terms.top)]
    for_ = terms.worth[min(max(step + terms.lasting_steps[domain, 2], 0), terms.top)]
    return Tones(
        utility_on_record(
            -1.0, off.against, ambition, felt_gain(against, now, parameters), fear, observed,
            terms.sanction, parameters,
        ),
        utility_on_record(
            0.0, off.neutral, ambition, felt_gain(neutral, now, parameters), fear, observed,
            terms.sanction, parameters,
        ),
        utility_on_record(
            1.0, off.for_, ambition, felt_gain(for_, now, parameters), fear, observed,
            terms.sanction, parameters,
        ),
    )  # fmt: skip


@rule
def choose(
    i: int, step: int, opinion: float, stance: float, recorded: bool, seen: Look, folk: Folk,
    terms: SchemeTerms, parameters: Parameters,
) -> Choice:  # fmt: skip
    """Work out the chances of the tones of everything that has a tone today."""
    expressiveness = folk.expressiveness[i]
    pull = pull_of_friends(
        seen.for_near, seen.against_near, seen.for_far, seen.against_far, parameters
    )
    pressing = seen.pressers / seen.friends if seen.friends > 0 else 0.0
    off = Tones(
        utility_off_record(-1.0, expressiveness, opinion, stance, pull, pressing, parameters),
        utility_off_record(0.0, expressiveness, opinion, stance, pull, pressing, parameters),
        utility_off_record(1.0, expressiveness, opinion, stance, pull, pressing, parameters),
    )
    free = chances_of_tones(off)
    if not recorded:
        return Choice(free, free, free, free, 0.0)
    ambition, fear = folk.ambition[i], folk.fear[i]
    speech = on_record(SPEECH, off, step, ambition, fear, terms, parameters)
    shopping = on_record(SHOPPING, off, step, ambition, fear, terms, parameters)
    reading = on_record(READING, off, step, ambition, fear, terms, parameters)
    return Choice(
        free,
        chances_of_tones(speech),
        chances_of_tones(shopping),
        chances_of_tones(reading),
        loss_on_record(free, off, speech),
    )
