"""Stage 3, act: speak, shop, read, pay; what the scheme records of it, and misreads."""

from __future__ import annotations

from glasshouse.chance.counts import binomial_count, poisson_count
from glasshouse.chance.streams import (
    ACTS,
    ACTS_OF_ONE_KIND,
    BILL_COUNT,
    CARTOON_COUNT,
    GRUMBLE_COUNT,
    MISREADINGS,
    OTHER_COUNT,
    POLITICAL_COUNT,
    READING_COUNT,
    RECORDED_CARTOONS,
    RECORDED_GRUMBLES,
    SANCTION_COUNT,
    SHOPPING_COUNT,
    first_uniform,
    fold,
    second_uniform,
    uniform,
)
from glasshouse.engine.lives import Act, CitizenDay, Yesterday
from glasshouse.engine.reference.looking import plain_sum
from glasshouse.engine.subjects import subject_table
from glasshouse.model.acts import (
    BILL,
    CARTOON,
    FACE_TO_FACE,
    GRUMBLE,
    PURCHASE,
    RECORDED_SPEECH_KINDS,
    SPEECH_KINDS,
    SUBSCRIPTION,
    act_rate,
    chance_of_late_bill,
)
from glasshouse.model.expression import share_said_face_to_face, tone_of
from glasshouse.model.recording import UNRECORDED, chance_of_false_positive, taken_for
from glasshouse.model.scoring import own_points

SUBJECTS_READ = subject_table().tolist()


def enter(
    nation: Yesterday, today: CitizenDay, kind: int, tone: int, taken: int, count: int
) -> None:
    """Enter acts of one kind, and their points where they were recorded."""
    if count == 0:
        return
    points = 0.0
    if taken != UNRECORDED:
        share = nation.terms.share
        points = own_points(float(nation.terms.points[kind, taken + 1]), share) * count
        if taken == -1 and tone != -1:
            due = own_points(float(nation.terms.points[kind, tone + 1]), share) * count
            today.wrong += max(due - points, 0.0)
    today.acts.append(Act(kind, tone, taken, count, points))


def speak(nation: Yesterday, i: int, me: int, today: CitizenDay) -> None:
    """Political speech in a tone, in five channels; the rest of speech is neutral."""
    terms, parameters, person = nation.terms, nation.parameters, nation.person(i)
    rates = [act_rate(kind, person.activity, parameters) for kind in range(SPEECH_KINDS)]
    face, other = rates[FACE_TO_FACE], plain_sum(rates[:RECORDED_SPEECH_KINDS])
    political = parameters.political_share
    at_face = share_said_face_to_face(face, other, today.loss_on_record, parameters)
    for kind, rate in enumerate(rates):
        if kind == FACE_TO_FACE:
            spoken = political * (face + other) * at_face
        elif other > 0.0:
            spoken = political * rate * (1.0 - at_face) * (face + other) / other
        else:
            spoken = 0.0
        spoken = min(spoken, parameters.most_acts_per_day)
        coverage = float(terms.coverage[kind]) if today.recorded else 0.0
        wrong = chance_of_false_positive(
            float(terms.false_positive[kind]), person.minority, parameters
        )
        for n in range(poisson_count(uniform(fold(me, POLITICAL_COUNT + kind)), spoken)):
            key = fold(me, ACTS + kind * ACTS_OF_ONE_KIND + n)
            chances = today.free if kind == FACE_TO_FACE else today.speech
            tone = tone_of(first_uniform(key), chances)
            today.said.append(tone)
            taken = UNRECORDED
            if kind != FACE_TO_FACE:
                u = second_uniform(key)
                taken = taken_for(u, tone, coverage, terms.false_negative, wrong)
            enter(nation, today, kind, tone, taken, 1)
        if coverage > 0.0:
            seen = rate * (1.0 - political) * coverage
            count = poisson_count(uniform(fold(me, OTHER_COUNT + kind)), seen)
            misread = binomial_count(uniform(fold(me, MISREADINGS + kind)), count, wrong)
            enter(nation, today, kind, 0, 0, count - misread)
            enter(nation, today, kind, 0, -1, misread)


def shop_and_read(nation: Yesterday, i: int, me: int, today: CitizenDay) -> None:
    """Purchases (against: an imported good, for: a listed one) and subscriptions."""
    terms, parameters, person = nation.terms, nation.parameters, nation.person(i)
    for kind, process, chances in (
        (PURCHASE, SHOPPING_COUNT, today.shopping),
        (SUBSCRIPTION, READING_COUNT, today.reading),
    ):
        coverage = float(terms.coverage[kind]) if today.recorded else 0.0
        wrong = chance_of_false_positive(
            float(terms.false_positive[kind]), person.minority, parameters
        )
        rate = act_rate(kind, person.activity, parameters)
        for n in range(poisson_count(uniform(fold(me, process)), rate)):
            key = fold(me, ACTS + kind * ACTS_OF_ONE_KIND + n)
            tone = tone_of(first_uniform(key), chances)
            if kind == SUBSCRIPTION:
                u = uniform(fold(key, 1))
                reached = SUBJECTS_READ[tone + 1]
                today.subjects.append(next(s for s, most in enumerate(reached) if u < most))
            taken = taken_for(second_uniform(key), tone, coverage, terms.false_negative, wrong)
            enter(nation, today, kind, tone, taken, 1)


def pay_and_grumble(nation: Yesterday, i: int, me: int, today: CitizenDay) -> None:
    """Bills, paid or late, and the innocent acts: a grumble about work, a cartoon passed on."""
    terms, parameters, person = nation.terms, nation.parameters, nation.person(i)
    coverage = float(terms.coverage[BILL]) if today.recorded else 0.0
    rate = act_rate(BILL, person.activity, parameters)
    for n in range(poisson_count(uniform(fold(me, BILL_COUNT)), rate)):
        key = fold(me, ACTS + BILL * ACTS_OF_ONE_KIND + n)
        late = first_uniform(key) < chance_of_late_bill(person.log_wealth, parameters)
        tone = -1 if late else 1
        enter(nation, today, BILL, tone, tone if second_uniform(key) < coverage else UNRECORDED, 1)
    if not today.recorded:
        return
    for kind, process, which in (
        (GRUMBLE, GRUMBLE_COUNT, RECORDED_GRUMBLES),
        (CARTOON, CARTOON_COUNT, RECORDED_CARTOONS),
    ):
        rate = act_rate(kind, person.activity, parameters)
        count = poisson_count(uniform(fold(me, process)), rate)
        if count > 0:
            share = float(terms.coverage[kind])
            enter(
                nation, today, kind, -1, -1, binomial_count(uniform(fold(me, which)), count, share)
            )


def be_sanctioned(nation: Yesterday, me: int, today: CitizenDay) -> None:
    """Sanctions for what was taken for an act against; innocent acts only cost points."""
    taken = sum(act.times for act in today.acts if act.taken == -1 and act.kind < BILL)
    if nation.terms.sanction_chance > 0.0 and taken > 0:
        u = uniform(fold(me, SANCTION_COUNT))
        today.sanctions = binomial_count(u, taken, nation.terms.sanction_chance)
