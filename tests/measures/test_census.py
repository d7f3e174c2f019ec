"""The census counts what a plain look at every citizen counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.chance.threads import on_threads
from glasshouse.measures import census as counting
from glasshouse.measures import regions
from glasshouse.measures.census import (
    DEGREE,
    FALSIFYING,
    MOVED,
    OPINION,
    OUTCASTS,
    PEOPLE,
    STANCE,
    TIED_THERE,
    least_visible,
    take_census,
)
from glasshouse.measures.degrees import keep_degrees
from glasshouse.measures.standing import count_steps, fifths_of, keep_quintiles
from tests.measures.drawn import Plainly, drawn_circles, nations, with_some_away


def other_life(snapshot: Any, seed: int) -> tuple[Any, Any]:
    """Ties and quintiles of another life."""
    draws = np.random.default_rng(seed)
    there = draws.integers(0, 40, snapshot.citizens).astype(np.uint8)
    return there, draws.integers(0, 5, snapshot.citizens).astype(np.uint8)


def census_of(snapshot: Any, there: Any, past: Any) -> list[Any]:
    fifths = fifths_of(count_steps(snapshot))
    return list(take_census(snapshot, fifths, there, past))


@settings(max_examples=40, deadline=None)
@given(nations(), st.integers(0, 1000))
def test_everything_is_counted_by_cell(snapshot: Any, seed: int) -> None:
    plain, (there, past) = Plainly(snapshot), other_life(snapshot, seed)
    [(_, census)] = census_of(snapshot, there, past)
    stood = np.zeros(snapshot.citizens, np.uint8)
    keep_quintiles(snapshot, stood)
    shown = np.where(np.abs(plain.stance / 127) > snapshot.parameters.stance_seen, plain.stance, 0)
    expected = {
        PEOPLE: np.ones(snapshot.citizens),
        FALSIFYING: shown * np.sign(plain.opinion) < 0,
        STANCE: plain.stance,
        OPINION: plain.opinion,
        DEGREE: plain.degree,
        TIED_THERE: there > 0,
        OUTCASTS: (there > 0) & (plain.degree / np.maximum(there, 1) < 0.2),
        MOVED: plain.present & (stood != past),
    }
    for what, value in expected.items():
        assert census.counts[:, what].tolist() == np.bincount(plain.cell, value, 4).tolist(), what
    for cell in range(4):
        scores = plain.step[plain.present & (plain.cell == cell)]
        assert (census.steps[cell] == np.bincount(scores, minlength=60_001)).all()


@settings(max_examples=20, deadline=None)
@given(nations())
def test_with_no_other_life_nobody_is_compared(snapshot: Any) -> None:
    [(_, census)] = census_of(snapshot, None, None)
    assert not census.counts[:, [TIED_THERE, OUTCASTS, MOVED]].any()


@settings(max_examples=20, deadline=None)
@given(nations())
def test_degrees_are_kept_of_everybody(snapshot: Any) -> None:
    kept = np.zeros(snapshot.citizens, np.uint16)
    keep_degrees(snapshot, kept)
    assert (kept == Plainly(snapshot).degree).all()


@pytest.fixture
def several_cities(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Cities of 512 citizens, counted in slices of 128."""
    monkeypatch.setattr(regions, "CITY_SIZE", 512)
    monkeypatch.setattr(counting, "SLICE", 128)
    return with_some_away(drawn_circles(3, 2_500), 3)


def test_the_counts_of_cities_add_up_to_those_of_the_nation(several_cities: Any) -> None:
    there, past = other_life(several_cities, 3)
    found = census_of(several_cities, there, past)
    assert [city.name for city, _ in found] == [f"city {place}" for place in range(5)]
    plain = Plainly(several_cities)
    for city, census in found:
        here = np.bincount(plain.cell[city.first : city.last], minlength=4)
        assert (census.counts[:, PEOPLE] == here).all()
        degree = plain.degree[city.first : city.last].sum()
        assert census.counts[:, DEGREE].sum() == degree
    assert (
        sum(census.steps for _, census in found).sum(axis=0) == count_steps(several_cities)
    ).all()


def test_the_counts_do_not_depend_on_threads_or_slices(
    several_cities: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for threads, size in ((1, 128), (3, 128), (2, 512)):
        monkeypatch.setattr(counting, "SLICE", size)
        with on_threads(threads):
            found.append(census_of(several_cities, *other_life(several_cities, 3)))
    for one in found[1:]:
        for (_, first), (_, second) in zip(found[0], one, strict=True):
            assert (first.counts == second.counts).all() and (first.steps == second.steps).all()


def test_numbers_of_another_life_are_read_in_stretches(several_cities: Any) -> None:
    class OnDisk:
        """Degrees that are never read all at once."""

        def __getitem__(self, stretch: slice) -> Any:
            assert stretch.stop - stretch.start <= 128
            return np.full(stretch.stop - stretch.start, 9, np.uint8)

    everybody = np.full(several_cities.citizens, 9, np.uint8)
    of_disk, of_array = (census_of(several_cities, each, None) for each in (OnDisk(), everybody))
    for (_, first), (_, second) in zip(of_disk, of_array, strict=True):
        assert (first.counts == second.counts).all()


@pytest.mark.parametrize("seen", [0.0, 0.05, 0.1, 0.5, 0.999, 1.0])
def test_what_is_visible_is_shown_by_more_than_the_least_that_is_seen(seen: float) -> None:
    least = least_visible(seen)
    assert least / 127 > seen
    assert (least - 1) / 127 <= seen
