"""What people say, what they hold, and the distance between the two."""

from __future__ import annotations

from glasshouse.measures.counters import (
    CITIZENS,
    FACE_AGAINST,
    FACE_FOR,
    FACE_NEUTRAL,
    SAID_AGAINST,
    SAID_FOR,
    SAID_NEUTRAL,
)
from glasshouse.measures.view import Values, View, mean, ratio


def speech(view: View) -> Values:
    """Dissent said and held, chilling, falsification, and where people speak."""
    stance, opinion = view.of(view.snapshot.stance), view.of(view.snapshot.opinion)
    seen = view.parameters.stance_seen
    dissents = opinion < 0
    denies = dissents & (stance > seen)
    return {
        "dissent.said": view.daily(SAID_AGAINST),
        "dissent.held": mean(dissents),
        "chilling": chilling(view),
        "falsification": mean(denies | ((opinion > 0) & (stance < -seen))),
        "falsification.dissenters": ratio(denies.sum(), dissents.sum()),
        "speech.face_to_face": ratio(
            view.sum(FACE_AGAINST, FACE_NEUTRAL, FACE_FOR),
            view.sum(SAID_AGAINST, SAID_NEUTRAL, SAID_FOR),
        ),
        "stance.mean": mean(stance),
        "opinion.mean": mean(opinion),
    }


def chilling(view: View) -> float | None:
    """Dissent that is no longer said, as a share of what is said in the other life."""
    here = view.daily(SAID_AGAINST)
    if view.other_total is None or here is None:
        return None
    there = ratio(float(view.other_total[SAID_AGAINST]), float(view.other_total[CITIZENS]))
    lasting = None if there is None else ratio(here, there)
    return None if lasting is None else 1.0 - lasting
