"""The targets of calibration: what the model should meet, and what it gives.

A target names a measure (or a sum or ratio of some) under one preset, and an interval. Fitted
targets steer the search; held-out ones are only looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from glasshouse.engine.nation import Nation
from glasshouse.measures.degrees import keep_degrees
from glasshouse.measures.observe import observe
from glasshouse.measures.snapshot import Flows, OtherLife
from glasshouse.run.progress import Watcher
from glasshouse.scenario.defaults import TARGETS, Target
from glasshouse.scenario.parameters import Parameters
from glasshouse.scenario.reading import preset
from glasshouse.scenario.scenario import Scenario
from glasshouse.society.activity import share_of_most_active
from glasshouse.society.column import opinions_of
from glasshouse.society.mixing import mix
from glasshouse.society.net import most_friends

WINDOW = 30
MOST_ACTIVE = 0.1
Readings = dict[str, float]


@dataclass(frozen=True)
class Lived:
    """One world of a calibration: its measures, and what another is compared with."""

    readings: Readings
    other: OtherLife


def worlds_of_targets() -> list[str]:
    """Presets that the targets ask for, the life under no scheme first.

    Examples
    --------
    >>> worlds_of_targets()[0]
    'none'
    """
    asked = dict.fromkeys(target.scenario for target in TARGETS if target.scenario != "none")
    return ["none", *asked]


def value_of(expression: str, readings: Mapping[str, float]) -> float | None:
    """Value of a measure, or of measures joined by ``+`` or ``/``, from left to right.

    Examples
    --------
    >>> value_of("a + b / c", {"a": 1.0, "b": 2.0, "c": 6.0})
    0.5
    """
    words = expression.split()
    value = readings.get(words[0])
    for sign, name in zip(words[1::2], words[2::2], strict=True):
        operand = readings.get(name)
        if value is None or operand is None or (sign == "/" and operand == 0.0):
            return None
        value = value + operand if sign == "+" else value / operand
    return value


def posts_of_most_active(seed: int, citizens: int, parameters: Parameters) -> float:
    """Share of all posts that the most active tenth writes."""
    return share_of_most_active(seed, citizens, parameters.activity_sd, MOST_ACTIVE)


def target_values(
    parameters: Mapping[str, float], *, population: int, days: int, seed: int, watcher: Watcher
) -> dict[str, float | None]:
    """Live every world the targets ask for, from one spin-up, and read the targets off.

    Parameters
    ----------
    parameters : mapping of str to float
        Overrides of the shipped numbers.
    population, days, seed : int
        Citizens, days under each scheme, and the seed.
    watcher : Watcher
        Told about every day.

    Returns
    -------
    dict of str to float or None
        By the target's name; None where a measure is not defined.
    """
    scenario = Scenario(
        scheme=preset("press-sesame"), population=population, days=days, parameters=dict(parameters)
    )
    nation = Nation.make(scenario, seed)
    first = nation.snapshot()
    mixing = mix(first.net, opinions_of(first.records), first.steps)
    for _ in range(scenario.timeline.spin_up):
        nation.live_day()
        watcher.day()
    lived: dict[str, Lived] = {}
    for name in worlds_of_targets():
        other = lived["none"].other if lived else None
        lived[name] = _live(nation.branch(), scenario, name, other, watcher)
    none = lived["none"].readings
    none["posts.top_tenth"] = posts_of_most_active(seed, nation.citizens, nation.parameters)
    inside = mixing.camps().inside
    if inside is not None:
        none["structure.cross_camp"] = 1.0 - inside
    return {
        target.name: value_of(target.measure, lived[target.scenario].readings) for target in TARGETS
    }


def _live(
    nation: Nation, scenario: Scenario, name: str, other: OtherLife | None, watcher: Watcher
) -> Lived:
    """Live one world; ties are cut so seldom that without a scheme the whole time is counted."""
    scheme = preset(name)
    if not scheme.is_none():
        nation.enact(scheme)
    window: list[NDArray[np.float64]] = []
    whole = np.zeros(1)
    for _ in range(scenario.days):
        last = nation.live_day()
        whole = whole + last
        window = [*window[1 - WINDOW :], last]
        watcher.day()
    recent = Flows(np.sum(window, axis=0), len(window))
    snapshot = nation.snapshot()
    flows = Flows(whole, scenario.days) if scheme.is_none() else recent
    rows = observe(snapshot, flows, other=other, past=None, structure=False)
    readings = {
        row.measure: row.value
        for row in rows
        if row.group == "all" and row.region == "nation" and row.value is not None
    }
    degree = np.empty(nation.citizens, np.min_scalar_type(most_friends(nation.net)))
    keep_degrees(snapshot, degree)
    return Lived(readings, OtherLife(recent, degree))


def fitted(targets: tuple[Target, ...] = TARGETS) -> Iterator[Target]:
    """Targets that steer the search."""
    return (target for target in targets if target.role == "fitted")
