"""Results do not depend on workers, on order, or on having been stopped."""

from __future__ import annotations

import shutil
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import glasshouse as gh
from tests.lab.experiments.tiny import Inside, came_to, conducted, experiment

STOP = {"measure": "ties.mean", "half_width": 1.5, "most": 3}
in_one_folder = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@in_one_folder
@given(workers=st.integers(1, 4), order=st.integers(0, 99))
def test_neither_workers_nor_order_change_what_is_found(
    found: gh.Findings, folder: Path, workers: int, order: int
) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    _, table = conducted(experiment(), folder, Inside(workers, order))
    assert came_to(table).equals(came_to(found.table))


@in_one_folder
@given(after=st.integers(0, 5), order=st.integers(0, 99))
def test_stopped_and_gone_on_with_is_as_if_never_stopped(
    found: gh.Findings, folder: Path, after: int, order: int
) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    first = Inside(2, order, stopped_after=after)
    conduct, so_far = conducted(experiment(), folder, first)
    assert so_far["cell"].n_unique() == conduct.finished == len(first.cells) < conduct.asked
    second = Inside(1)
    conduct, table = conducted(experiment(), folder, second)
    assert conduct.before == len(first.cells)
    assert not set(first.cells) & set(second.cells)
    assert came_to(table).equals(came_to(found.table))


def test_a_past_is_lived_once_for_all_its_cells_and_then_dropped(folder: Path) -> None:
    place = Inside(3, 1)
    asked = experiment(factors={"scheme.friends.share": [0, 0.1, 0.2, 0.3]}, seeds=3)
    conducted(asked, folder, place)
    assert len(place.pasts) == len(set(place.pasts)) == 3
    assert len(place.cells) == len(set(place.cells)) == 12
    assert place.kept == {}
    assert place.most_kept <= 3


def test_points_that_are_the_same_are_lived_once(folder: Path) -> None:
    place = Inside()
    same = {"arms": {"one": {}, "other": {"scheme.friends.share": 0.3}}}
    conduct, table = conducted(experiment(factors={"same": same}, seeds=1), folder, place)
    assert len(place.cells) == 1
    assert conduct.finished == 2
    assert sorted(set(table["point"])) == [0, 1]


def test_more_points_and_seeds_go_on_from_what_is_there(folder: Path) -> None:
    conducted(experiment(seeds=1), folder, Inside())
    place = Inside()
    more = experiment(factors={"scheme.friends.share": [0, 0.3, 0.5]})
    conduct, table = conducted(more, folder, place)
    assert conduct.before == 2
    assert len(place.cells) == 4
    assert table["cell"].n_unique() == 6


def test_a_cell_that_fails_takes_no_other_with_it_and_is_tried_again(
    found: gh.Findings, folder: Path
) -> None:
    conduct, table = conducted(experiment(), folder, Inside(2, failing=frozenset({2})))
    assert conduct.faults == {
        f"point {point}, seed 2": "ValueError: something odd" for point in (0, 1)
    }
    assert set(table["seed"]) == {1}
    conduct, table = conducted(experiment(), folder, Inside())
    assert conduct.faults == {}
    assert came_to(table).equals(came_to(found.table))


@settings(in_one_folder, max_examples=3)
@given(workers=st.integers(1, 4), order=st.integers(0, 99), after=st.integers(0, 9))
def test_seeds_are_added_until_intervals_are_narrow_whatever_the_order(
    folder: Path, workers: int, order: int, after: int
) -> None:
    asked = experiment(stop=STOP)
    tables = []
    for way in ("plain", "other"):
        shutil.rmtree(folder, ignore_errors=True)
        if way == "other":
            conducted(asked, folder, Inside(workers, order, stopped_after=after))
        place = Inside(1) if way == "plain" else Inside(workers, order)
        _, table = conducted(asked, folder, place)
        tables.append(came_to(table))
    assert tables[0].equals(tables[1])
    assert tables[0]["seed"].max() > 2


def test_seeds_that_two_points_share_come_from_one_past(folder: Path) -> None:
    place = Inside(2, 3)
    conducted(experiment(stop={**STOP, "half_width": 1e-9}), folder, place)
    assert len(place.cells) == 6
    assert len(set(place.pasts)) == 3


def test_very_many_seeds_are_looked_through(folder: Path) -> None:
    most = 40
    asked = experiment(
        scenario=gh.Scenario.load("none").replace(
            population=64, days=1, alone=True, timeline={"spin_up": 0}
        ),
        factors={"days": [1]}, at=(), stop={**STOP, "half_width": 1e-9, "most": most},
    )  # fmt: skip
    conducted(asked, folder, Inside(4))
    conduct, _ = conducted(asked, folder, Inside())
    assert conduct.before == conduct.asked == most
