"""When checkpoints are due: they cost little of the time, whatever one costs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from glasshouse.run.throttle import BETWEEN, FIRST, SHARE, Throttle


class Time:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@given(cost=st.floats(0.001, 100), day=st.floats(0.001, 100))
def test_checkpoints_cost_little_and_come_often_enough(cost: float, day: float) -> None:
    now = Time()
    throttle = Throttle(bytes_of_one=cost * 500e6, now=now)
    spent, waited = 0.0, 0.0
    for _ in range(200):
        now.seconds += day
        waited += day
        if throttle.is_due():
            now.seconds += cost
            spent += cost
            throttle.wrote(cost)
            waited = 0.0
    assert spent <= SHARE * now.seconds * 1.001
    assert waited <= max(BETWEEN, FIRST, cost / SHARE) + day


def test_a_wish_is_kept_to() -> None:
    now = Time()
    throttle = Throttle(every=2.0, bytes_of_one=1e12, now=now)
    now.seconds = 1.9
    assert not throttle.is_due()
    now.seconds = 2.0
    assert throttle.is_due()
    throttle.wrote(100.0)
    assert not throttle.is_due()
    assert Throttle(every=0.0, now=now).is_due()
