"""What is worked out once for a scheme and looked up by the loops ever after."""

from __future__ import annotations

import math

import numpy as np

from glasshouse.engine.arrays import Tables
from glasshouse.engine.own_rules import Loops
from glasshouse.engine.subjects import subject_table
from glasshouse.model.acts import RECORDED_SPEECH_KINDS
from glasshouse.model.terms import SchemeTerms
from glasshouse.scenario.parameters import Parameters
from glasshouse.society.record import STEPS_OF_FEELING, feeling_of
from glasshouse.society.ties import exact_strength, strength_of_layers

NEUTRAL_TAKEN_RIGHTLY = 1


def tables_of(terms: SchemeTerms, parameters: Parameters, loops: Loops) -> Tables:
    """Work out the tables of a scheme.

    Parameters
    ----------
    terms : SchemeTerms
    parameters : Parameters
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
        subjects=subject_table(),
        strength=strength,
        log_strength=np.array([math.log(each) for each in strength]),
        visible_for=next((each for each in feelings if feeling_of(each) > seen), beyond),
        visible_against=next(
            (each for each in reversed(feelings) if feeling_of(each) < -seen), -beyond
        ),
        told_apart=bool(terms.own[:RECORDED_SPEECH_KINDS, NEUTRAL_TAKEN_RIGHTLY].any()),
    )
