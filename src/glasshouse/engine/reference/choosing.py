"""Stage 2, choose: the chances of each tone, where it may be recorded and where it may not."""

from __future__ import annotations

from glasshouse.engine.lives import CitizenDay, Seen, Yesterday
from glasshouse.model.doors import felt_gain
from glasshouse.model.expression import (
    READING,
    SHOPPING,
    SPEECH,
    Tones,
    chances_of_tones,
    loss_on_record,
    utility_off_record,
    utility_on_record,
)


def on_record(nation: Yesterday, i: int, domain: int, off: Tones) -> Tones:
    """Utilities of the tones where the scheme may record them."""
    terms, parameters, person = nation.terms, nation.parameters, nation.person(i)
    step = nation.published_step(i)
    now = float(terms.worth[step])

    def utility(tone: int, off_record: float) -> float:
        reached = min(max(step + int(terms.lasting_steps[domain, tone + 1]), 0), terms.top)
        gain = felt_gain(float(terms.worth[reached]), now, parameters)
        return utility_on_record(
            float(tone), off_record, person.ambition, gain, person.fear,
            float(terms.observed[domain]), terms.sanction, parameters,
        )  # fmt: skip

    return Tones(utility(-1, off.against), utility(0, off.neutral), utility(1, off.for_))


def off_record(nation: Yesterday, i: int, seen: Seen) -> Tones:
    """Utilities of the tones where nothing is recorded."""
    person = nation.person(i)
    pressing = seen.pressers / len(seen.living) if seen.living else 0.0

    def utility(tone: float) -> float:
        return utility_off_record(
            tone, person.expressiveness, nation.opinion(i), nation.stance(i), seen.pull,
            pressing, nation.parameters,
        )  # fmt: skip

    return Tones(utility(-1.0), utility(0.0), utility(1.0))


def choose(nation: Yesterday, i: int, seen: Seen, today: CitizenDay) -> None:
    """Work out the chances of the tones of everything that has a tone."""
    off = off_record(nation, i, seen)
    today.free = today.speech = today.shopping = today.reading = chances_of_tones(off)
    if today.recorded:
        speech = on_record(nation, i, SPEECH, off)
        today.speech = chances_of_tones(speech)
        today.shopping = chances_of_tones(on_record(nation, i, SHOPPING, off))
        today.reading = chances_of_tones(on_record(nation, i, READING, off))
        today.loss_on_record = loss_on_record(today.free, off, speech)
