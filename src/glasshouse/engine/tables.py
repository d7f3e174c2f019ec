"""What is worked out once for a scheme and looked up by the loops ever after."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from glasshouse.engine.act_places import CHANNELS, act_at
from glasshouse.engine.arrays import Tables
from glasshouse.engine.own_rules import Loops
from glasshouse.engine.subjects import subject_table
from glasshouse.engine.tally import READINGS, TONES, act_code
from glasshouse.model.acts import BILL, KINDS, RECORDED_SPEECH_KINDS
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.layout import Layout
from glasshouse.society.record import STEPS_OF_FEELING, feeling_of
from glasshouse.society.ties import exact_strength, strength_of_layers

NEUTRAL_TAKEN_RIGHTLY = 1
AGAINST_PLACE = 1 << 16


def tables_of(terms: SchemeTerms, parameters: Parameters, layout: Layout, loops: Loops) -> Tables:
    """Work out the tables of a scheme.

    Parameters
    ----------
    terms : SchemeTerms
    parameters : Parameters
    layout : Layout
        Of the slots of circles.
    loops : Loops
        Whose rules of acting the tables are made with.

    Returns
    -------
    Tables
    """
    limits, rates = loops.act_tables(terms, parameters)
    strength = exact_strength(strength_of_layers(parameters))
    feelings = range(-STEPS_OF_FEELING, STEPS_OF_FEELING + 1)
    seen = parameters.stance_seen
    beyond = STEPS_OF_FEELING + 1
    return Tables(
        limits=limits,
        rates=rates,
        **_by_code(terms),
        readings=loops.readings_table(terms, parameters),
        spoken=np.array(
            [act_at(kind, tone) for kind in CHANNELS for tone in (-1, 0, 1)], np.uint32
        ),
        subjects=subject_table(),
        strength=strength,
        slot_strength=strength[layout.layer],
        log_strength=np.array([math.log(each) for each in strength]),
        visible_for=next((each for each in feelings if feeling_of(each) > seen), beyond),
        visible_against=next(
            (each for each in reversed(feelings) if feeling_of(each) < -seen), -beyond
        ),
        pressing=loops.pressing_of(terms, parameters),
        told_apart=bool(terms.own[:RECORDED_SPEECH_KINDS, NEUTRAL_TAKEN_RIGHTLY].any()),
    )


def _by_code(terms: SchemeTerms) -> dict[str, Any]:
    """What follows from an act's code: points, what of them is wrong, taken for against, tone."""
    size = len(KINDS) * TONES * READINGS
    points, wrong = np.zeros(size), np.zeros(size)
    against, both = np.zeros(size, np.int32), np.zeros(size, np.int32)
    for kind in range(len(KINDS)):
        for tone in (-1, 0, 1):
            both[[act_code(kind, tone, taken) for taken in range(-1, READINGS - 1)]] = tone + 1
            for taken in (-1, 0, 1):
                code = act_code(kind, tone, taken)
                points[code] = terms.own[kind, taken + 1]
                if taken == -1 and kind < BILL:
                    against[code] = 1
                    both[code] += AGAINST_PLACE
                    due = terms.own[kind, tone + 1] - points[code]
                    wrong[code] = max(due, 0.0) if tone != -1 else 0.0
    return {
        "points": points,
        "wrong": wrong,
        "against": against,
        "tone_and_against": both,
        "any_wrong": terms.appeal_rate > 0.0,
    }
