"""Who is tied to whom: how alike friends are, and how far ties keep to parts of the nation.

One pass over the living ties gives whole-number sums, from which all of it is worked out: it does
not depend on the number of threads, and nothing is kept of any citizen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from glasshouse.chance.threads import share_out
from glasshouse.society.column import Column
from glasshouse.society.living import scratch_for
from glasshouse.society.mixing_of_circles import lanes_for, sum_circle_by_circle
from glasshouse.society.mixing_sums import (
    CAMP_INSIDE,
    CAMPS,
    DISTRICT_INSIDE,
    DISTRICT_SQUARES,
    ENDS,
    ENDS_OF_CAMP,
    ENDS_OF_PART,
    HIGH,
    MOMENTS,
    OF_OPINION,
    OF_VALUE,
    PART_INSIDE,
    PARTS,
    SUMS,
    Asked,
    sum_friend_by_friend,
)
from glasshouse.society.net import CircleNet, Net, most_friends
from glasshouse.society.people import DISTRICT_SIZE
from glasshouse.society.record import LANES, circles_of

# Blocks of 32 that a thread looks at together: whole districts.
STRETCH = 16 * DISTRICT_SIZE // LANES


class Parting(NamedTuple):
    """How far ties keep to the parts of a partition; None where there are no ties.

    Attributes
    ----------
    inside : float or None
        Share of the ties with both ends in one part.
    modularity : float or None
        The same beyond what degrees alone would give.
    """

    inside: float | None
    modularity: float | None


class Mixing(NamedTuple):
    """Whole-number sums over the ends of all living ties; see :func:`mix`."""

    sums: Sequence[int]

    @property
    def ends(self) -> int:
        """Ends of ties: two for each."""
        return self.sums[OF_OPINION + ENDS]

    def opinion_assortativity(self) -> float | None:
        """Correlation of opinion over the two ends of ties; None where it does not differ."""
        return self._correlation(OF_OPINION)

    def value_assortativity(self) -> float | None:
        """Correlation of the value over the ties between two whose value counts."""
        return self._correlation(OF_VALUE)

    def _correlation(self, at: int) -> float | None:
        ends, own, square, product, more, most = self.sums[at : at + MOMENTS]
        return correlation(ends, own, square + (more << HIGH), product + (most << HIGH))

    def camps(self) -> Parting:
        """Dissenters (opinion below 0) and others as parts."""
        squares = sum(ends**2 for ends in self.sums[ENDS_OF_CAMP : ENDS_OF_CAMP + CAMPS])
        return parting(self.sums[CAMP_INSIDE], squares, self.ends)

    def parts(self) -> Parting:
        """The parts into which the limits divide the values that count."""
        squares = sum(ends**2 for ends in self.sums[ENDS_OF_PART : ENDS_OF_PART + PARTS])
        return parting(self.sums[PART_INSIDE], squares, self.sums[OF_VALUE + ENDS])

    def districts(self) -> Parting:
        """The districts as parts."""
        return parting(self.sums[DISTRICT_INSIDE], self.sums[DISTRICT_SQUARES], self.ends)


def correlation(ends: int, own: int, square: int, product: int) -> float | None:
    """Pearson correlation of a number over the two ends of ties, exact to the last rounding.

    Parameters
    ----------
    ends, own, square, product : int
        Ends of ties, and over them sums of x, of x squared and of x times the friend's x.

    Returns
    -------
    float or None
        None where x does not differ.

    Examples
    --------
    >>> correlation(4, 6, 10, 8)
    -1.0
    """
    variance = ends * square - own * own
    return None if variance == 0 else (ends * product - own * own) / variance


def parting(inside: int, squares: int, ends: int) -> Parting:
    """Share inside and modularity of a partition.

    Equation: Q = sum over parts c of L_c/m - (d_c/2m)², with L_c the ties inside part c, d_c the
    degrees of its members and m all ties.

    Examples
    --------
    >>> parting(4, 2 * 2**2, 4)
    Parting(inside=1.0, modularity=0.5)
    """
    if ends == 0:
        return Parting(None, None)
    return Parting(inside / ends, (inside * ends - squares) / (ends * ends))


def mix(
    net: Net,
    opinion: Column,
    value: Column,
    limits: NDArray[np.int64] | None = None,
    absent: NDArray[np.uint8] | None = None,
) -> Mixing:
    """Sum up the living ties.

    Parameters
    ----------
    net : Net
    opinion : Column
        Private opinions, in 127ths.
    value : Column
        A whole number of everybody: the score in steps, or the degree.
    limits : int64 array, at most 4, optional
        Least values of the parts but the lowest, ascending; without, all are one part.
    absent : uint8 array, N, optional
        1 for those whose value does not count, nor the ties that they have.

    Returns
    -------
    Mixing

    Examples
    --------
    >>> from glasshouse.society.column import by_citizen
    >>> from glasshouse.society.graph import graph_ties
    >>> from glasshouse.society.net import graph_net
    >>> pairs = graph_net(graph_ties(4, np.array([0, 2]), np.array([1, 3])), np.ones(4, np.uint8))
    >>> opinion = by_citizen(np.array([-9, -9, 9, 9], np.int8))
    >>> found = mix(pairs, opinion, by_citizen(np.array([1, 2, 3, 4])))
    >>> found.opinion_assortativity(), found.camps()
    (1.0, Parting(inside=1.0, modularity=0.5))
    """
    asked = Asked(
        net,
        opinion,
        value,
        np.zeros(0, np.int64) if limits is None else limits,
        np.zeros(0, np.uint8) if absent is None else absent,
    )
    blocks = circles_of(net.citizens)
    sums = np.zeros((-(-blocks // STRETCH), SUMS), np.int64)

    def summed(first: int, last: int) -> None:
        mine = sums[first // STRETCH]
        if isinstance(net, CircleNet):
            sum_circle_by_circle(first, last, asked, lanes_for(asked), mine)
        else:
            found = np.empty(most_friends(net), np.int64)
            sum_friend_by_friend(first, last, asked, scratch_for(net), found, mine)

    share_out(summed, 0, blocks, STRETCH)
    return Mixing([sum(column) for column in zip(*sums.tolist(), strict=True)])
