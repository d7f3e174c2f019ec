"""Edges of an explicit graph: bare integer pairs, and nothing about anybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class EdgeList:
    """Undirected edges between citizens 0..citizens-1, each pair once, first < second."""

    first: NDArray[np.int32]
    second: NDArray[np.int32]
    strength: NDArray[np.float64] | None
    citizens: int
    merged: int


def edge_list_of(graph: Any) -> EdgeList:
    """Check and renumber the edges of a file, an array or a NetworkX graph."""
    raise NotImplementedError(graph)
