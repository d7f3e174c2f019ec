"""Edges of a graph: bare integer pairs, from files, arrays and graphs, through one check."""

from __future__ import annotations

from pathlib import Path

import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from glasshouse.scenario import BadInput, EdgeList, edge_list_of
from glasshouse.scenario.edge_columns import Columns, first_fault
from glasshouse.scenario.edge_files import _at_once, _line_by_line

REASON = "this is a laboratory of synthetic people, and it reads no names, identities"
KARATE = nx.karate_club_graph()


def read(folder: Path, content: str | bytes) -> EdgeList:
    path = folder / "net.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return edge_list_of(path)


def said(folder: Path, content: str | bytes) -> str:
    with pytest.raises(BadInput) as caught:
        read(folder, content)
    return str(caught.value).replace(f"{folder}/", "")


@pytest.mark.parametrize(
    "content",
    [
        "7,30\n30,1000\n",
        "7, 30\n30, 1000",
        "7\t30\n30\t1000\n",
        "7 30\r\n30 1000\r\n",
        "# two edges\n7 30\n\n   \n30   1000 # the second\n",
        "7,30\n30 1000\n",
        "\ufeff+7 030\n30 1000\n",
        "7 30\r30 1000",
    ],
)
def test_pairs_are_read_with_any_separator_and_renumbered_in_order(
    content: str, tmp_path: Path
) -> None:
    edges = read(tmp_path, content)
    assert edges.first.tolist() == [0, 1]
    assert edges.second.tolist() == [1, 2]
    assert (edges.strength, edges.citizens, edges.merged) == (None, 3, 0)
    assert (edges.first.dtype, edges.second.dtype) == (np.int32, np.int32)


def test_a_third_column_is_the_strength_and_the_greatest_of_a_pair_stays(tmp_path: Path) -> None:
    edges = read(tmp_path, "5,3,0.5\n3,5,2e0\n3,9,.25\n")
    assert edges.strength is not None
    assert list(zip(edges.first, edges.second, edges.strength, strict=True)) == [
        (0, 1, 2.0),
        (0, 2, 0.25),
    ]
    assert edges.merged == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "net.csv: found no edges; allowed: at least one pair of whole numbers."),
        ("# nothing\n", "net.csv: found no edges; allowed: at least one pair of whole numbers."),
        ("1 2\n3\n", "net.csv, line 2: found one column; allowed: two identifiers on every line."),
        (
            "1 2\n\n3 3\n",
            "net.csv, line 3: found a tie of 3 to itself; allowed: a tie between two different "
            "citizens.",
        ),
        (
            "1 2\n#\n-3 4\n",
            "net.csv, line 3: found the identifier -3; allowed: a whole number from 0 to "
            "9223372036854775807.",
        ),
        (
            "1 2\n1.5 4\n",
            "net.csv, line 2: first column: found 1.5, which is not a whole number; allowed: a "
            "whole number from 0 to 9223372036854775807.",
        ),
        (
            "1 9223372036854775808",
            "net.csv, line 1: found the identifier 9223372036854775808; allowed: a whole number "
            "from 0 to 9223372036854775807.",
        ),
        ("1 2\n2 3 1\n", "net.csv, line 2: found 3 columns; allowed: 2 columns, as on the first"),
        ("1,2,\n", "net.csv, line 1: third column: found an empty column; allowed: a strength"),
        ("1 2 nan", "net.csv, line 1: third column: found nan, which is not a finite number"),
        ("1 2 -inf", "net.csv, line 1: third column: found -inf, which is not a finite number"),
        ("1 2 0", "net.csv, line 1: found the strength 0.0; allowed: a strength from 1e-06 to"),
        ("1 2 -1", "net.csv, line 1: found the strength -1.0; allowed: a strength from 1e-06 to"),
        ("1 2 3\n1 3 1e400", "net.csv, line 2: found the strength inf; allowed: a strength"),
        ("1 2\n1 " + "9" * 80, "net.csv, line 2: second column: found a number of 80 digits"),
        (b"\xff\xfe1\x00 \x002\x00", "net.csv: found a file that is not plain text"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    content: str | bytes, message: str, tmp_path: Path
) -> None:
    assert said(tmp_path, content).startswith(message)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("alice bob", "net.csv, line 1: first column: found text;"),
        ("source,target\n1,2", "net.csv, line 1: first column: found text;"),
        ("1 2\n3 zoë\n", "net.csv, line 2: second column: found text;"),
        ("1,2,alice@example.org", "net.csv, line 1: third column: found text;"),
        ("1,2,1,alice", "net.csv, line 1: found 4 columns;"),
        ("1;2", "net.csv, line 1: first column: found text (1;2);"),
    ],
)
def test_text_columns_are_refused_with_the_reason_and_never_repeated(
    content: str, place: str, tmp_path: Path
) -> None:
    message = said(tmp_path, content)
    assert message.startswith(place)
    assert REASON in message
    assert "alice" not in message and "zo" not in message


def test_a_path_that_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, found in [
        (tmp_path, "a folder"),
        (tmp_path / "gone.csv", "no such file"),
        (Path("/dev/zero"), "a device"),
        (Path("a\0b"), "a file that cannot be read"),
    ]:
        with pytest.raises(BadInput, match=f"found {found}"):
            edge_list_of(path)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    assert len(read(tmp_path, "1 2\n")) == 1
    assert len(read(tmp_path, "1 2\n2 3\n")) == 2


PAIRS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(lambda pair: pair[0] != pair[1]),
    min_size=1,
    max_size=40,
)


@settings(max_examples=60)
@given(PAIRS, st.integers(1, 10**12))
def test_renumbering_keeps_order_and_every_pair_once(
    pairs: list[tuple[int, int]], factor: int
) -> None:
    edges = edge_list_of([(a * factor, b * factor) for a, b in pairs])
    identifiers = sorted({each for pair in pairs for each in pair})
    expected = sorted({(min(pair), max(pair)) for pair in pairs})
    named = [
        (identifiers[a], identifiers[b]) for a, b in zip(edges.first, edges.second, strict=True)
    ]
    assert named == expected
    assert edges.citizens == len(identifiers)
    assert edges.merged == len(pairs) - len(expected)


TOKENS = st.sampled_from(
    ["0", "1", "2", "7", "-1", "+3", "1.0", "1.", ".5", "2e1", "nan", "inf", "a", "#", "", "1_0"]
    + ["9223372036854775807", "9223372036854775808", "0x1", '"1"', "1 2", " ", "\u0661", "true"]
)
LINES = st.lists(st.lists(TOKENS, min_size=1, max_size=4), min_size=1, max_size=5)


@settings(max_examples=400)
@given(LINES, st.sampled_from([",", "\t", " "]), st.sampled_from(["\n", "\r\n", "\r"]))
@example([["1", "2", "+3"]], ",", "\n")
@example([["1", "2", "1."], ["2", "7", "2e1"]], ",", "\n")
def test_the_quick_reading_accepts_only_what_the_careful_one_does_and_alike(
    lines: list[list[str]], separator: str, end: str
) -> None:
    content = end.join(separator.join(line) for line in lines).encode()
    quick = _at_once(content)
    if quick is None or not len(quick.first) or first_fault(quick) is not None:
        return
    careful = _line_by_line(content, "net.csv")
    for ours, theirs in zip(quick, careful, strict=True):
        assert (ours is None) == (theirs is None)
        assert ours is None or np.array_equal(ours, theirs)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | LINES.map(lambda lines: "\n".join(map(" ".join, lines)).encode()))
def test_arbitrary_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.txt"
    path.write_bytes(content)
    try:
        edges = edge_list_of(path)
    except BadInput as fault:
        assert str(fault).startswith(str(path))
        assert str(fault).isprintable()
    else:
        assert (edges.first < edges.second).all()


def test_the_file_a_run_keeps_reads_back_as_the_same_edges(tmp_path: Path) -> None:
    for graph in ([(1, 2), (2, 3)], [(1, 2, 0.5), (2, 3, 4)]):
        edges = edge_list_of(graph)
        edges.frame().write_parquet(tmp_path / "edges.parquet")
        assert edge_list_of(tmp_path / "edges.parquet") == edges


@pytest.mark.parametrize(
    ("frame", "found"),
    [
        ({"first": [1], "name": [2]}, "found the columns first, name"),
        ({"first": [1], "second": ["b"]}, "found columns of another type"),
        ({"first": [1, None], "second": [2, 3]}, "found empty cells"),
        ({"first": [1, 2], "second": [2, 2]}, "row 2: found a tie of 2 to itself"),
        ({"first": [1], "second": [2], "strength": ["x"]}, "strength: found another type"),
        ({"first": [1], "second": [2], "strength": [float("nan")]}, "found the strength nan"),
    ],
)
def test_a_parquet_file_passes_the_same_checks(
    frame: dict[str, list[object]], found: str, tmp_path: Path
) -> None:
    pl.DataFrame(frame, strict=False).write_parquet(tmp_path / "e.parquet")
    with pytest.raises(BadInput) as caught:
        edge_list_of(tmp_path / "e.parquet")
    assert found in str(caught.value)


def test_a_damaged_parquet_file_is_refused(tmp_path: Path) -> None:
    assert "a damaged Parquet file" in said(tmp_path, b"PAR1 and nothing more")


def test_a_graph_of_networkx_gives_its_edges_and_strengths() -> None:
    edges = edge_list_of(KARATE)
    assert (edges.citizens, len(edges)) == (34, 78)
    assert edges.strength is not None
    assert edges.strength[0] == KARATE.edges[0, 1]["weight"]
    assert edge_list_of(KARATE.to_directed()) == edges
    assert edge_list_of(nx.path_graph(5)).strength is None


def test_nodes_without_edges_are_no_citizens_and_are_counted() -> None:
    graph = nx.Graph([(2, 8)])
    graph.add_node(5)
    edges = edge_list_of(graph)
    assert (edges.citizens, edges.left_out) == (2, 1)


def weighted(*strengths: object) -> nx.Graph:
    graph = nx.path_graph(len(strengths) + 1)
    for index, strength in enumerate(strengths):
        if strength is not None:
            graph.edges[index, index + 1]["strength"] = strength
    return graph


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        (nx.Graph([("alice", "bob")]), "a node that is no whole number"),
        (nx.Graph([(True, 2)]), "a node that is no whole number"),
        (nx.Graph([(-1, 2)]), "the node -1"),
        (nx.Graph([(2**70, 2)]), "the node 1180591620717411303424"),
        (nx.Graph([(1, 1)]), "a tie of 1 to itself"),
        (nx.empty_graph(4), "no edges"),
        (weighted(1, None), "only 1 of 2 edges with strength"),
        (weighted("strong"), "strength: found strong"),
        (weighted(10**400), "a number too large"),
        (weighted(-1.0), "the strength -1.0"),
        (np.array([[0, 1.5], [1, 2]]), "floating-point numbers"),
        (np.array([[0, 1.5, 1], [1, 2, 1]]), r"the pair \[0.0, 1.5\]"),
        (np.array([[0, 1, np.nan]]), "the strength nan"),
        (np.array([[0, 1], [1, -2]]), "row 2: found the identifier -2"),
        (np.array([[0, 1], [1, 1]]), "row 2: found a tie of 1 to itself"),
        (np.array([[0, 2**64 - 1]], np.uint64), "18446744073709551615"),
        (np.zeros((3, 4), int), "an array of 3 x 4"),
        (np.zeros(3, int), "an array of 3"),
        ([("alice", "bob")], "values of type"),
        ([[1, 2], [3]], "uneven rows"),
        ([[True, False]], "values of type bool"),
        ([], "no edges"),
        (None, "something else"),
        (5, "something else"),
        (pl.DataFrame({"a": [1], "b": [2]}), "a table"),
    ],
)
def test_a_graph_in_memory_passes_the_same_checks(graph: object, found: str) -> None:
    with pytest.raises(BadInput, match=found):
        edge_list_of(graph)


def test_edge_lists_are_equal_by_their_edges() -> None:
    assert edge_list_of([(1, 2)]) == edge_list_of(np.array([[8, 4]], np.uint8))
    assert edge_list_of([(1, 2)]) != edge_list_of([(1, 2, 1.0)])
    assert edge_list_of([(1, 2)]) != [(1, 2)]
    assert hash(edge_list_of([(1, 2)])) == hash(edge_list_of([(3, 9)]))


def test_the_first_faulty_row_is_the_one_reported() -> None:
    columns = Columns(np.array([1, 2, 3, -1]), np.array([2, 3, 3, 4]), None)
    assert first_fault(columns) == (
        2,
        "a tie of 3 to itself",
        "a tie between two different citizens",
    )
