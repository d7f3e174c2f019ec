"""The points of an experiment: a setting of every factor, and the scenario that it makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import Any

from glasshouse.lab.experiments.design import FACTORIAL, ONE_AT_A_TIME, Experiment
from glasshouse.lab.experiments.factors import Factor, label_of
from glasshouse.lab.experiments.placebos import PLACEBO, check_placebo, placebo_of
from glasshouse.lab.experiments.sampling import sampled
from glasshouse.scenario.faults import BadInput, nearest_word
from glasshouse.scenario.scenario import Graph, Measured, Scenario

MOST_POINTS = 200_000
Setting = float | str


@dataclass(frozen=True)
class Point:
    """A setting of every factor.

    Attributes
    ----------
    number : int
        Its place in the design.
    settings : dict of str to float or str
        By factor: the value of a range, or of a level its name.
    changes : dict
        What it changes in the scenario, by dotted path.
    unit : tuple of float
        For a sampled design, where it lies in the unit cube of the sampled factors.
    varied : str
        The factor that ``one_at_a_time`` changes here; empty elsewhere.
    """

    number: int
    settings: dict[str, Setting]
    changes: dict[str, Any]
    unit: tuple[float, ...] = ()
    varied: str = ""
    base: Scenario | None = field(default=None, repr=False, compare=False)

    @cached_property
    def placebo(self) -> str:
        """The placebo that is lived at it; empty for none."""
        return placebo_of(self.changes.get(PLACEBO, ""))

    @cached_property
    def scenario(self) -> Scenario:
        """The complete scenario of the point.

        Raises
        ------
        BadInput
            For a path that no scenario has, or a value it may not take.
        """
        assert self.base is not None
        # The whole before its parts, in whatever order the factors stand.
        ordered = sorted(self.changes.items(), key=lambda change: change[0].count("."))
        changes = {path: value for path, value in ordered if path != PLACEBO}
        return self.base.replace(changes) if changes else self.base

    @cached_property
    def life(self) -> Scenario:
        """The same without what changes no life: seeds, and when a run is measured.

        A graph is part of it, wherever its file may lie.
        """
        update: dict[str, Any] = {"seed": 1, "replicates": 1, "measured": Measured()}
        if isinstance(self.scenario.society, Graph):
            edges = self.scenario.society.edge_list()
            update |= {"society": Graph(edges=edges), "population": edges.citizens}
        return self.scenario.model_copy(update=update)


def points_of(experiment: Experiment) -> tuple[Point, ...]:
    """All points of an experiment, each checked.

    Raises
    ------
    BadInput
        For a factor that names no field of a scenario, with the nearest that does; for a level
        that the field may not take.

    Examples
    --------
    >>> experiment = Experiment(
    ...     name="share", question="?", scenario="press-sesame", factors={"days": [10, 20]}
    ... )
    >>> [point.scenario.days for point in points_of(experiment)]
    [10, 20]
    """
    for name, factor in experiment.factors.items():
        if factor.ranged:
            for end in (0.0, 1.0):
                _check(Point(0, {}, {name: factor.at(end)}, base=experiment.scenario), experiment)
    points: list[Point] = []
    for point in _settings(experiment):
        if len(points) == MOST_POINTS:
            allowed = f"at most {MOST_POINTS:,} points"
            raise BadInput(field="design", found="more points than that", allowed=allowed)
        _check(point, experiment)
        points.append(point)
    return tuple(points)


def _check(point: Point, experiment: Experiment) -> None:
    try:
        scenario = point.scenario
        check_placebo(scenario, point.placebo)
        drawn = isinstance(experiment.scenario.society, Graph)
        if isinstance(scenario.society, Graph) and not drawn:
            allowed = "circles; a graph stands in the scenario itself"
            raise BadInput(field="society", found="a graph", allowed=allowed)
    except BadInput as fault:
        raise _placed(fault, experiment) from None


def _settings(experiment: Experiment) -> Iterator[Point]:
    factors, kind = experiment.factors, experiment.design.kind
    arms = {name: factor for name, factor in factors.items() if factor.arms}
    others = {name: factor for name, factor in factors.items() if not factor.arms}
    if kind == FACTORIAL:
        rows = _every(experiment, others)
    elif kind == ONE_AT_A_TIME:
        rows = _one_at_a_time(experiment, others)
    else:
        rows = _sample(experiment, others)
    number = 0
    for row in rows:
        for choice in product(*(range(factor.size) for factor in arms.values())):
            settings, changes = dict(row.settings), dict(row.changes)
            for (name, factor), level in zip(arms.items(), choice, strict=True):
                settings[name] = factor.label(level)
                changes.update(factor.changes(name, level))
            ordered = {name: settings[name] for name in factors}
            yield Point(number, ordered, changes, row.unit, row.varied, experiment.scenario)
            number += 1


def _every(experiment: Experiment, factors: Mapping[str, Factor]) -> Iterator[Point]:
    for choice in product(*(range(factor.size) for factor in factors.values())):
        levels = dict(zip(factors, choice, strict=True))
        yield _at_levels(factors, levels)


def _at_levels(factors: Mapping[str, Factor], levels: Mapping[str, int], varied: str = "") -> Point:
    settings = {name: _shown(factors[name], level) for name, level in levels.items()}
    changes: dict[str, Any] = {}
    for name, level in levels.items():
        changes.update(factors[name].changes(name, level))
    return Point(0, settings, changes, varied=varied)


def _shown(factor: Factor, level: int) -> Setting:
    value = None if factor.arms else factor.levels[level]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number else factor.label(level)  # type: ignore[arg-type]


def _one_at_a_time(experiment: Experiment, factors: Mapping[str, Factor]) -> Iterator[Point]:
    usual = {name: value_at(experiment.scenario, name) for name in factors}
    steps = experiment.design.steps
    for name, factor in factors.items():
        values = factor.levels or [factor.at(step / (steps - 1)) for step in range(steps)]
        for value in dict.fromkeys(values):
            settings = {each: _plain(usual[each]) for each in factors}
            settings[name] = _plain(value)
            yield Point(0, settings, {name: value}, varied=name)


def _plain(value: object) -> Setting:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if number else label_of(value)  # type: ignore[arg-type]


def _sample(experiment: Experiment, factors: Mapping[str, Factor]) -> Iterator[Point]:
    for unit in sampled(experiment.design, list(factors)):
        settings: dict[str, Setting] = {}
        changes: dict[str, Any] = {}
        for part, (name, factor) in zip(unit.tolist(), factors.items(), strict=True):
            if factor.ranged:
                settings[name] = changes[name] = factor.at(part)
            else:
                level = min(int(part * factor.size), factor.size - 1)
                settings[name] = _shown(factor, level)
                changes.update(factor.changes(name, level))
        yield Point(0, settings, changes, unit=tuple(unit.tolist()))


def value_at(scenario: Scenario, path: str) -> object:
    """The value a scenario has at a dotted path; shipped numbers included.

    Raises
    ------
    BadInput
        For a path that no scenario has.

    Examples
    --------
    >>> scenario = Scenario.load("press-sesame")
    >>> value_at(scenario, "scheme.friends.share"), value_at(scenario, "parameters.horizon_days")
    (0.3, 30.0)
    """
    head, _, rest = path.partition(".")
    if head == "parameters" and rest in scenario.behaviour._fields:
        return getattr(scenario.behaviour, rest)
    value: Any = scenario
    for part in path.split("."):
        known = dict(value) if hasattr(value, "__iter__") and not isinstance(value, str) else {}
        if part not in known:
            near = nearest_word(part, [str(each) for each in known])
            allowed = ", ".join(map(str, known)) or "no further part"
            raise BadInput(field=path, found="an unknown name", allowed=allowed, nearest=near)
        value = known[part]
    return value


def _placed(fault: BadInput, experiment: Experiment) -> BadInput:
    """The fault of a scenario as one of the factor whose level brought it in."""
    causes = [name for name in experiment.factors if name == fault.field]
    causes += [name for name in experiment.factors if _related(name, fault.field)]
    causes += [
        name
        for name, factor in experiment.factors.items()
        for path in {path for arm in factor.arms.values() for path in arm}
        if _related(path, fault.field)
    ]
    field = f"factors.{causes[0]}" if causes else f"factors.{fault.field}"
    where = "" if field.endswith(fault.field) else f" for {fault.field}"
    return BadInput(
        field=field, found=f"{fault.found}{where}", allowed=fault.allowed, nearest=fault.nearest
    )


def _related(path: str, other: str) -> bool:
    """Whether one path leads to what the other does, or to a part of it."""
    return f"{path}.".startswith(f"{other}.") or f"{other}.".startswith(f"{path}.")
