"""What people say, what they hold, and the distance between the two."""

from __future__ import annotations

from glasshouse.measures.census import FALSIFYING, OPINION, PEOPLE, STANCE
from glasshouse.measures.counters import (
    CITIZENS,
    FACE_AGAINST,
    FACE_FOR,
    FACE_NEUTRAL,
    SAID_AGAINST,
    SAID_FOR,
    SAID_NEUTRAL,
)
from glasshouse.measures.view import Values, View, ratio
from glasshouse.society.record import STEPS_OF_FEELING


def speech(view: View) -> Values:
    """Dissent said and held, chilling, falsification, and where people speak."""
    people, dissenters = view.counted(PEOPLE), view.counted_dissenting(PEOPLE)
    return {
        "dissent.said": view.daily(SAID_AGAINST),
        "dissent.held": ratio(dissenters, people),
        "chilling": chilling(view),
        "falsification": ratio(view.counted(FALSIFYING), people),
        "falsification.dissenters": ratio(view.counted_dissenting(FALSIFYING), dissenters),
        "speech.face_to_face": ratio(
            view.sum(FACE_AGAINST, FACE_NEUTRAL, FACE_FOR),
            view.sum(SAID_AGAINST, SAID_NEUTRAL, SAID_FOR),
        ),
        "stance.mean": ratio(view.counted(STANCE), STEPS_OF_FEELING * people),
        "opinion.mean": ratio(view.counted(OPINION), STEPS_OF_FEELING * people),
    }


def chilling(view: View) -> float | None:
    """Dissent that is no longer said, as a share of what is said in the other life."""
    here = view.daily(SAID_AGAINST)
    if view.other_total is None or here is None:
        return None
    there = ratio(float(view.other_total[SAID_AGAINST]), float(view.other_total[CITIZENS]))
    lasting = None if there is None else ratio(here, there)
    return None if lasting is None else 1.0 - lasting
