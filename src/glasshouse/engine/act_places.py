"""Where one draw says at once what an act is: places on a line from 0 to 1.

A political act is said in one of five channels and three tones: fifteen places, each as long as its
chance. A draw falls into one of them. The loops keep the ends of the places as whole numbers and
count how many of them a draw has reached; so does the reference.
"""

from __future__ import annotations

from typing import NamedTuple

from glasshouse.chance.rule import rule
from glasshouse.model.acts import (
    BILL,
    CARTOON,
    FACE_TO_FACE,
    GRUMBLE,
    KINDS,
    LIKE,
    MESSAGE,
    POST,
    PURCHASE,
    SHARE,
    SUBSCRIPTION,
)
from glasshouse.model.expression import Tones
from glasshouse.model.recording import Readings, chance_of_false_positive, chances_of_readings
from glasshouse.scenario.parameters import Parameters

# What a political act is by its place: face to face first, then channel by channel.
CHANNELS = (FACE_TO_FACE, POST, SHARE, LIKE, MESSAGE)
SPEECH_PLACES = 15
# What an errand is by its place: a purchase in three tones, then the others by kind.
ERRANDS_BY_PLACE = (PURCHASE, PURCHASE, PURCHASE, SUBSCRIPTION, BILL, GRUMBLE, CARTOON)
ERRAND_PLACES = 7
TONES = 3


class Ends(NamedTuple):
    """Ends of the places of one channel, by tone: against, neutral, for."""

    against: float
    neutral: float
    for_: float


@rule
def ends_of_channel(start: float, length: float, chances: Tones) -> Ends:
    """Ends of three places that share a stretch of the line.

    Equation: start + length·p(-1), start + length·(p(-1) + p(0)), start + length.
    """
    return Ends(
        start + length * chances.against,
        start + length * (chances.against + chances.neutral),
        start + length,
    )


@rule
def act_at(kind: int, tone: int) -> int:
    """Number of a kind of act in a tone."""
    return kind * TONES + tone + 1


@rule
def readings_of(
    kind: int, tone: int, minority: int, coverage: float, false_negative: float,
    false_positive: float, parameters: Parameters,
) -> Readings:  # fmt: skip
    """Chances of what an act is taken for; bills, grumbles and cartoons are never misread."""
    if kind >= BILL:
        return chances_of_readings(tone, coverage, 0.0, 0.0)
    wrong = chance_of_false_positive(false_positive, minority, parameters)
    return chances_of_readings(tone, coverage, false_negative, wrong)


ACTS = len(KINDS) * TONES
"""Kinds of act in every tone."""
