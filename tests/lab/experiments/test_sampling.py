"""Samples: their shapes, their bounds, and the same again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from glasshouse.lab.experiments.design import LATIN_HYPERCUBE, MORRIS, SAMPLED, SOBOL, Design
from glasshouse.lab.experiments.sampling import GRID, sampled

few = settings(max_examples=10, deadline=None)
names = st.integers(2, 5).map(lambda count: [f"factor{each}" for each in range(count)])


@few
@given(names=names, power=st.integers(1, 5), seed=st.integers(0, 99))
def test_samples_have_the_shape_of_their_design(names: list[str], power: int, seed: int) -> None:
    count, factors = 2**power, len(names)
    rows = {LATIN_HYPERCUBE: count, MORRIS: count * (factors + 1), SOBOL: count * (factors + 2)}
    for kind in SAMPLED:
        points = sampled(Design(kind=kind, samples=count, seed=seed), names)
        assert points.shape == (rows[kind], factors)
        assert points.min() >= 0 and points.max() <= 1
        again = sampled(Design(kind=kind, samples=count, seed=seed), names)
        assert np.array_equal(points, again)


@few
@given(names=names, count=st.integers(2, 40))
def test_a_latin_hypercube_has_one_point_in_every_slice(names: list[str], count: int) -> None:
    points = sampled(Design(kind=LATIN_HYPERCUBE, samples=count), names)
    for column in points.T:
        assert sorted((column * count).astype(int)) == list(range(count))


@few
@given(names=names, count=st.integers(2, 8))
def test_a_morris_trajectory_changes_one_factor_at_a_time(names: list[str], count: int) -> None:
    points = sampled(Design(kind=MORRIS, samples=count), names)
    walks = points.reshape(count, len(names) + 1, len(names))
    changed = np.diff(walks, axis=1) != 0
    assert (changed.sum(axis=2) == 1).all() and (changed.sum(axis=1) == 1).all()
    assert np.isin(np.round(points * (GRID - 1), 9), range(GRID)).all()


@pytest.mark.parametrize("kind", SAMPLED)
def test_another_seed_gives_another_sample(kind: str) -> None:
    one, two = (sampled(Design(kind=kind, samples=8, seed=seed), ["a", "b"]) for seed in (1, 2))
    assert not np.array_equal(one, two)
