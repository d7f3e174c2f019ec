"""Strengths of ties, as they are counted with."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from glasshouse.society.ties import exact_strength


@given(st.lists(st.floats(1e-9, 1000), min_size=1, max_size=40), st.randoms())
def test_strengths_add_up_to_the_same_in_any_order(given: list[float], draws) -> None:  # type: ignore[no-untyped-def]
    strength = exact_strength(np.array(given))
    assert (strength > 0.0).all()
    assert (np.abs(strength - given) <= 2.0**-20).all()
    assert (strength * 2.0**20 == np.rint(strength * 2.0**20)).all()
    total = again = 0.0
    for one, other in zip(
        strength.tolist(), draws.sample(strength.tolist(), len(given)), strict=True
    ):
        total, again = total + one, again + other
    assert total == again
