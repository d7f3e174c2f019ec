"""Edges of an explicit graph: bare integer pairs, renumbered, and nothing about anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from glasshouse.scenario.edge_columns import (
    AT_LEAST_ONE,
    IDENTIFIER,
    ONLY_NUMBERS,
    STRENGTH,
    Columns,
    checked_columns,
    short,
)
from glasshouse.scenario.edge_files import read_columns
from glasshouse.scenario.faults import BadInput, shown

if TYPE_CHECKING:
    import polars

MOST_CITIZENS = 2**31 - 1
IN_MEMORY = "the graph"


@dataclass(frozen=True, eq=False)
class EdgeList:
    """Undirected edges between the citizens 0..citizens-1.

    Attributes
    ----------
    first, second : ndarray of int32
        Both ends, ``first < second``; each pair once, in ascending order.
    strength : ndarray of float64 or None
        Strength of each tie; None where all are 1.
    citizens : int
    merged : int
        How many of the given edges named a pair already named; the greatest strength stays.
    left_out : int
        How many nodes of a graph had no edge; they are no citizens.
    """

    first: NDArray[np.int32]
    second: NDArray[np.int32]
    strength: NDArray[np.float64] | None
    citizens: int
    merged: int
    left_out: int = 0

    def __len__(self) -> int:
        return len(self.first)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, EdgeList):
            return NotImplemented
        if (self.strength is None) != (other.strength is None):
            return False
        ours = (self.first, self.second, self.strength)
        theirs = (other.first, other.second, other.strength)
        return all(
            np.array_equal(a, b)
            for a, b in zip(ours, theirs, strict=True)
            if a is not None and b is not None
        )

    def __hash__(self) -> int:
        return hash((self.citizens, self.first.tobytes(), self.second.tobytes()))

    def __repr__(self) -> str:
        return f"EdgeList(citizens={self.citizens}, edges={len(self)}, merged={self.merged})"

    def frame(self) -> polars.DataFrame:
        """Return the edges as a data frame, in the columns that ``edges.parquet`` has."""
        import polars

        columns: dict[str, NDArray[Any]] = {"first": self.first, "second": self.second}
        if self.strength is not None:
            columns["strength"] = self.strength
        return polars.DataFrame(columns)


def edge_list_of(graph: object) -> EdgeList:
    """Check and renumber the edges of a file, an array or a NetworkX graph.

    Parameters
    ----------
    graph : str, Path, EdgeList, array or NetworkX graph
        A file (see :func:`glasshouse.scenario.edge_files.read_columns`); an array or list of pairs
        of whole numbers, perhaps with a third column of strengths; or a graph whose nodes are
        whole numbers and whose edges may have an attribute ``strength`` (or ``weight``).

    Returns
    -------
    EdgeList
        Identifiers are renumbered 0..n-1 in ascending order.

    Raises
    ------
    BadInput

    Examples
    --------
    >>> edges = edge_list_of([(30, 10), (10, 20), (10, 30)])
    >>> edges.first.tolist(), edges.second.tolist(), edges.citizens, edges.merged
    ([0, 0], [1, 2], 3, 1)
    """
    if isinstance(graph, EdgeList):
        return graph
    if isinstance(graph, str | Path):
        return _of_file(Path(graph))
    if hasattr(graph, "edges") and hasattr(graph, "nodes"):
        return _of_graph(graph)
    if hasattr(graph, "columns"):
        found = "a table"
        raise BadInput(place=IN_MEMORY, found=found, allowed=f"an array of {ONLY_NUMBERS}")
    return _renumbered(_of_array(graph), 0)


def _of_file(path: Path) -> EdgeList:
    try:
        status = path.stat()
        version = (status.st_mtime_ns, status.st_size)
    except (OSError, ValueError):
        version = (0, 0)
    return _read_once(path, version)


@lru_cache(maxsize=1)
def _read_once(path: Path, version: tuple[int, int]) -> EdgeList:
    """Read a file again only when it has changed: every replicate asks for the same one."""
    return _renumbered(read_columns(path), 0)


def _of_graph(graph: Any) -> EdgeList:
    _check_nodes(graph.nodes())
    triples = list(graph.edges(data=True))
    if not triples:
        raise BadInput(place=IN_MEMORY, found="no edges", allowed=AT_LEAST_ONE)
    first = np.fromiter((edge[0] for edge in triples), np.int64, len(triples))
    second = np.fromiter((edge[1] for edge in triples), np.int64, len(triples))
    strength = _strengths_of([edge[2] for edge in triples])
    columns = checked_columns(Columns(first, second, strength), IN_MEMORY)
    ended = len(np.union1d(first, second))
    return _renumbered(columns, graph.number_of_nodes() - ended)


def _check_nodes(nodes: Iterable[object]) -> None:
    for node in nodes:
        if isinstance(node, bool | np.bool_) or not isinstance(node, int | np.integer):
            found = f"a node that is no whole number (a {type(node).__name__})"
            raise BadInput(place=IN_MEMORY, found=found, allowed=ONLY_NUMBERS)
        if not 0 <= int(node) <= 2**63 - 1:
            found = f"the node {short(int(node))}"
            raise BadInput(place=IN_MEMORY, found=found, allowed=IDENTIFIER)


def _strengths_of(attributes: list[dict[str, object]]) -> NDArray[np.float64] | None:
    """Take strengths from the attribute of that name, or else from ``weight``."""
    for name in ("strength", "weight"):
        having = [each[name] for each in attributes if name in each]
        if not having:
            continue
        if len(having) < len(attributes):
            found = f"only {len(having)} of {len(attributes)} edges with {name}"
            raise BadInput(place=IN_MEMORY, found=found, allowed=f"{name} on every edge or none")
        for value in having:
            number = isinstance(value, int | float | np.integer | np.floating)
            if not number or isinstance(value, bool):
                raise BadInput(place=IN_MEMORY, field=name, found=shown(value), allowed=STRENGTH)
        try:
            return np.array(having, np.float64)
        except OverflowError:
            found = "a number too large"
            raise BadInput(place=IN_MEMORY, field=name, found=found, allowed=STRENGTH) from None
    return None


def _of_array(given: object) -> Columns:
    values = _array(given)
    if values.size == 0:
        raise BadInput(place=IN_MEMORY, found="no edges", allowed=AT_LEAST_ONE)
    if values.ndim != 2 or values.shape[1] not in (2, 3):
        shape = " x ".join(str(length) for length in values.shape) or "a single value"
        allowed = "two columns, or three with strengths"
        raise BadInput(place=IN_MEMORY, found=f"an array of {shape}", allowed=allowed)
    if values.dtype.kind == "f" and values.shape[1] == 2:
        raise BadInput(place=IN_MEMORY, found="floating-point numbers", allowed="whole numbers")
    ends = values[:, :2]
    if values.dtype.kind == "f":
        whole = np.isfinite(ends) & (ends == np.floor(ends)) & (np.abs(ends) < 2.0**53)
        if not whole.all():
            row = int(np.argmin(whole.all(axis=1)))
            found = f"the pair {ends[row].tolist()}"
            place = f"{IN_MEMORY}, row {row + 1}"
            raise BadInput(place=place, found=found, allowed=IDENTIFIER)
    elif values.dtype.kind == "u" and int(ends.max()) > 2**63 - 1:
        raise BadInput(place=IN_MEMORY, found=str(int(ends.max())), allowed=IDENTIFIER)
    strength = values[:, 2].astype(np.float64) if values.shape[1] == 3 else None
    first, second = ends[:, 0].astype(np.int64), ends[:, 1].astype(np.int64)
    return checked_columns(Columns(first, second, strength), IN_MEMORY)


def _array(given: Any) -> NDArray[Any]:
    """Return a numeric array, or refuse what is none."""
    try:
        values = np.asarray(given if hasattr(given, "__len__") else list(given))
    except (ValueError, TypeError, OverflowError):
        found = "something else" if np.isscalar(given) or given is None else "uneven rows"
        raise BadInput(place=IN_MEMORY, found=found, allowed=ONLY_NUMBERS) from None
    if values.size and values.dtype.kind not in "iuf":
        found = f"values of type {values.dtype}"
        raise BadInput(place=IN_MEMORY, found=found, allowed=ONLY_NUMBERS)
    return values


def _renumbered(columns: Columns, left_out: int) -> EdgeList:
    """Renumber identifiers in ascending order and merge pairs named twice."""
    low = np.minimum(columns.first, columns.second)
    high = np.maximum(columns.first, columns.second)
    low, high, citizens = _ranks(low, high)
    if citizens > MOST_CITIZENS:
        allowed = f"at most {MOST_CITIZENS} citizens"
        raise BadInput(place=IN_MEMORY, found=f"{citizens} citizens", allowed=allowed)
    key = low * citizens + high
    strength = columns.strength
    if strength is None:
        key.sort()
    else:
        order = np.argsort(key)
        key, strength = key[order], strength[order]
    starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
    pairs = key[starts]
    return EdgeList(
        first=(pairs // citizens).astype(np.int32),
        second=(pairs % citizens).astype(np.int32),
        strength=None if strength is None else np.maximum.reduceat(strength, starts),
        citizens=citizens,
        merged=len(key) - len(pairs),
        left_out=left_out,
    )


def _ranks(
    low: NDArray[np.int64], high: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], int]:
    """Return the rank of every identifier among all that occur, and how many there are."""
    largest = int(high.max())
    if largest < 16 * len(high) + 1024:
        present = np.zeros(largest + 1, bool)
        present[low] = True
        present[high] = True
        rank = np.cumsum(present) - 1
        return rank[low], rank[high], int(rank[-1]) + 1
    identifiers, ranks = np.unique(np.concatenate((low, high)), return_inverse=True)
    return ranks[: len(low)], ranks[len(low) :], len(identifiers)
