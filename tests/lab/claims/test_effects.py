from __future__ import annotations

import numpy as np

from glasshouse.lab.claims.claim import Scale, chosen
from glasshouse.lab.claims.effects import effect_of
from tests.lab.claims.made_up import found

SCALE = Scale(population=64, draws=3, seeds=2)


def test_an_effect_is_the_sum_of_the_readings_of_one_nation_in_one_draw() -> None:
    (claim,) = chosen(["narrow-score"])
    chilling = {"press": 0.7, "credit-only": 0.1, "none": 0.0}
    there = found(claim, SCALE, lambda arm, draw, seed: chilling[arm] * (draw + 1) + 0.01 * seed)
    effect = effect_of(claim, there)
    np.testing.assert_allclose(effect.values, [[0.6, 0.6], [1.2, 1.2], [1.8, 1.8]])
    np.testing.assert_allclose(effect.by_draw, [0.6, 1.2, 1.8])
    np.testing.assert_allclose(effect.by_seed, [1.2, 1.2])
    assert effect.seeds == (1, 2) and effect.unit.shape == (3, len(effect.factors))


def test_what_is_not_defined_in_one_nation_leaves_the_others_alone() -> None:
    (claim,) = chosen(["narrow-score"])
    gap = {("press", 1, 2)}
    there = found(claim, SCALE, lambda *at: None if at in gap else float(at[0] == "press"))
    effect = effect_of(claim, there)
    assert np.isnan(effect.values).tolist() == [[False, False], [False, True], [False, False]]
    assert effect.by_draw.tolist() == [1.0, 1.0, 1.0]


def test_a_division_by_nothing_is_no_effect() -> None:
    (claim,) = chosen(["recovery"])
    effect = effect_of(claim, found(claim, SCALE, lambda *_: 0.5))
    assert np.isnan(effect.values).all() and np.isnan(effect.by_draw).all()
