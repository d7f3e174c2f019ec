"""How far like is tied to like, and whether the nation holds together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.measures.scores import quintiles
from glasshouse.measures.snapshot import Snapshot
from glasshouse.measures.view import Values
from glasshouse.society.components import giant_component
from glasshouse.society.mixing import assortativity, share_inside
from glasshouse.society.people import DISTRICT_SIZE


def segregation(snapshot: Snapshot) -> Values:
    """Assortativity and modularity of the living ties of the whole nation."""
    ties, alive, present = snapshot.ties, snapshot.alive, snapshot.present
    values: Values = {
        "assortativity.score": None,
        "assortativity.opinion": assortativity(ties, alive, snapshot.opinion),
        "modularity.camp": share_inside(ties, alive, snapshot.opinion < 0)[1],
        "modularity.score_quintile": None,
        "modularity.district": None,
    }
    if snapshot.in_force:
        quintile = quintiles(snapshot.score, present)
        values["assortativity.score"] = assortativity(ties, alive, snapshot.score, present)
        values["modularity.score_quintile"] = share_inside(ties, alive, quintile, present)[1]
    if snapshot.clustered:
        district = np.arange(snapshot.citizens) // DISTRICT_SIZE
        values["modularity.district"] = share_inside(ties, alive, district)[1]
    return values


def together(snapshot: Snapshot) -> NDArray[np.bool_]:
    """Who belongs to the giant component of the living ties."""
    return giant_component(snapshot.ties, snapshot.alive)
