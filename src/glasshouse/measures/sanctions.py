"""Who punishes: the scheme, or one's friends."""

from __future__ import annotations

from glasshouse.measures.census import PEOPLE
from glasshouse.measures.counters import CUTS_FOR_SCORE, PENALTIES, PRESSED, SANCTIONS
from glasshouse.measures.view import Values, View, ratio


def sanctions(view: View) -> Values:
    """Sanctions by peers and by the scheme, pressing friends, and who has left the scheme.

    A friend decides once a month whether to press, so the mean number of pressing friends on a
    day is the number of pressings in a month.
    """
    people = view.counted(PEOPLE)
    pressed = view.daily(PRESSED)
    cuts = view.monthly(CUTS_FOR_SCORE)
    peers = None if pressed is None or cuts is None else pressed + cuts
    scheme = view.monthly(SANCTIONS, PENALTIES)
    both = None if peers is None or scheme is None else peers + scheme
    return {
        "sanctions.peers": peers,
        "sanctions.scheme": scheme,
        "sanctions.peer_share": None if peers is None or both is None else ratio(peers, both),
        "pressed": pressed,
        "absent": ratio(people - view.present, people),
    }
