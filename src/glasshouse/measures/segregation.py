"""How far like is tied to like, and whether the nation holds together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from glasshouse.measures.members import members_by_cell
from glasshouse.measures.snapshot import Snapshot
from glasshouse.measures.view import Values
from glasshouse.society.column import opinions_of
from glasshouse.society.components import giant_component
from glasshouse.society.mixing import mix


def segregation(snapshot: Snapshot, fifths: NDArray[np.int32]) -> Values:
    """Assortativity and modularity of the living ties of the whole nation.

    Parameters
    ----------
    snapshot : Snapshot
    fifths : int32 array
        Least steps of the quintiles of score but the lowest.
    """
    opinion = opinions_of(snapshot.records)
    mixing = mix(snapshot.net, opinion, snapshot.steps, fifths.astype(np.int64), snapshot.absent)
    scored, clustered = snapshot.in_force, snapshot.clustered
    return {
        "assortativity.score": mixing.value_assortativity() if scored else None,
        "assortativity.opinion": mixing.opinion_assortativity(),
        "modularity.camp": mixing.camps().modularity,
        "modularity.score_quintile": mixing.parts().modularity if scored else None,
        "modularity.district": mixing.districts().modularity if clustered else None,
    }


def together(snapshot: Snapshot) -> NDArray[np.int64]:
    """By cell, who belongs to the giant component of the living ties."""
    return members_by_cell(snapshot, giant_component(snapshot.net, snapshot.idle()))
