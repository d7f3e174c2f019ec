"""Compiling what a run will need, apart from the time that the run takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from glasshouse.run.clock import Clock
from glasshouse.run.course import Course
from glasshouse.run.interrupts import Interrupts
from glasshouse.run.keepsakes import Keepsakes
from glasshouse.run.own import OwnMeasures
from glasshouse.run.plan import Plan, rehearsal
from glasshouse.run.progress import Quiet
from glasshouse.run.rows import Rows
from glasshouse.run.worlds import Surroundings


def get_ready(
    plan: Plan,
    own: OwnMeasures,
    rules: Mapping[str, Callable[..., Any]],
    *,
    profile: bool = False,
) -> None:
    """Compile what a plan will need, by living a handful of people through it."""
    around = Surroundings(
        rehearsal(plan), 1, own, rules, Rows(None), Keepsakes(None), Clock(), Interrupts()
    )
    Course(around, Quiet(), diary=True, profile=profile).live(lambda: None)
