"""The plan of a run: its worlds, and the days on which something changes or is measured.

Days count from the introduction of the scheme, which holds from day 0 on; the days of the spin-up
are negative, and a year ends with day 364.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from glasshouse.scenario.edges import edge_list_of
from glasshouse.scenario.faults import BadInput
from glasshouse.scenario.reading import preset
from glasshouse.scenario.scenario import Graph, Scenario, Timeline
from glasshouse.scenario.scheme import Scheme

NO_SCHEME = "none"
WINDOW = 30
"""Days over which what people do is summed before it is measured."""
MOBILITY = 30
"""Days between the two scores of which mobility is made."""
HANDFUL = 64
"""People of a rehearsal."""


@dataclass(frozen=True)
class World:
    """One life of the nation after the spin-up.

    Attributes
    ----------
    name : str
        The scheme's name.
    scenario : Scenario
        The complete scenario of this life.
    schemes : dict of int to Scheme
        What is enacted, by the first day on which it holds.
    """

    name: str
    scenario: Scenario
    schemes: dict[int, Scheme]


@dataclass(frozen=True)
class Plan:
    """Everything about a run that does not depend on the seed.

    Attributes
    ----------
    kind : str
        ``run`` or ``comparison``.
    worlds : tuple of World
        In the order in which they are lived.
    paired : bool
        Whether the first world is the other life of all.
    """

    kind: str
    worlds: tuple[World, ...]
    paired: bool

    @property
    def scenario(self) -> Scenario:
        """The scenario of the first world that has a scheme; all share people, days and numbers."""
        return self.worlds[1 if self.paired and len(self.worlds) > 1 else 0].scenario

    @cached_property
    def population(self) -> int:
        """Citizens of each nation."""
        return people_of(self.scenario)

    @property
    def spin_up(self) -> int:
        """Days lived before the introduction."""
        return self.scenario.timeline.spin_up

    @property
    def last_day(self) -> int:
        """The last day."""
        return self.scenario.days - 1

    @property
    def seeds(self) -> list[int]:
        """Seeds of the replicates."""
        return [self.scenario.seed + number for number in range(self.scenario.replicates)]

    @property
    def days_lived(self) -> int:
        """Days lived over all worlds of one seed."""
        return self.spin_up + self.scenario.days * len(self.worlds)

    @cached_property
    def structure_days(self) -> set[int]:
        """The measuring days on which the net of ties is measured too."""
        return self._days(self.scenario.measured.structure_every)

    @cached_property
    def measuring_days(self) -> set[int]:
        """Days at whose end the nation is measured."""
        return self._days(self.scenario.measured.every) | self.structure_days

    @cached_property
    def remembered_days(self) -> set[int]:
        """Days whose scores are needed again when mobility is measured."""
        return {day - MOBILITY for day in self.measuring_days if day >= MOBILITY}

    @cached_property
    def district_days(self) -> set[int]:
        """Up to five measuring days on which districts are written down: quarters and the last."""
        after = sorted(day for day in self.measuring_days if day >= 0)
        wanted = [self.last_day * quarter // 4 for quarter in range(5)]
        return {min(after, key=lambda day: (abs(day - near), day)) for near in wanted}

    def _days(self, every: int) -> set[int]:
        return regular_days(-self.spin_up, self.last_day, every)


def people_of(scenario: Scenario) -> int:
    """Citizens: as many as are asked for, or as a given graph has."""
    society = scenario.society
    return society.edge_list().citizens if isinstance(society, Graph) else scenario.population


def has_scores(world: World) -> bool:
    """Whether any scheme ever holds in a world: without one there are no scores to be moved in.

    Examples
    --------
    >>> [has_scores(world) for world in plan_of_run(Scenario.load("fear")).worlds]
    [False, True]
    """
    return not all(scheme.is_none() for scheme in world.schemes.values())


def rehearsal(plan: Plan) -> Plan:
    """The same worlds with a handful of people for one day: what is compiled is compiled by it."""
    if isinstance(plan.scenario.society, Graph):
        ring = [(citizen, (citizen + 1) % HANDFUL) for citizen in range(HANDFUL)]
        graph = Graph(edges=edge_list_of(ring))
        worlds = tuple(
            replace(world, scenario=world.scenario.model_copy(update={"society": graph}))
            for world in plan.worlds
        )
        plan = Plan(plan.kind, worlds, plan.paired)
    return on_small_scale(plan, HANDFUL, spin_up=1, days=1, every=1)


def on_small_scale(plan: Plan, most: int, *, spin_up: int, days: int, every: int) -> Plan:
    """The same worlds with fewer people and days, all measures taken together.

    Schemes are as on the day of the introduction; an explicit graph stays as large as it is.
    """
    measured = plan.scenario.measured.model_copy(update={"every": every, "structure_every": every})
    update = {
        "population": min(plan.population, most),
        "days": days,
        "replicates": 1,
        "timeline": Timeline(spin_up=spin_up),
        "measured": measured,
    }
    worlds = tuple(
        World(
            world.name,
            world.scenario.model_copy(update=update),
            {0: world.scenario.scheme},
        )
        for world in plan.worlds
    )
    return Plan(plan.kind, worlds, plan.paired)


def regular_days(first: int, last: int, every: int) -> set[int]:
    """Multiples of ``every`` from ``first`` to ``last``, and the last day.

    Examples
    --------
    >>> sorted(regular_days(-25, 25, 10))
    [-20, -10, 0, 10, 20, 25]
    """
    start = -(-first // every) * every
    return set(range(start, last + 1, every)) | {last}


def plan_of_run(scenario: Scenario) -> Plan:
    """Plan a scheme's world, beside it the same people's life under no scheme.

    Examples
    --------
    >>> plan = plan_of_run(Scenario.load("fear"))
    >>> [world.name for world in plan.worlds], plan.last_day
    (['none', 'fear'], 364)
    """
    world = _world(scenario)
    if scenario.alone:
        return Plan("run", (world,), paired=False)
    if scenario.scheme == preset(NO_SCHEME) and len(world.schemes) == 1:
        return Plan("run", (world,), paired=True)
    if world.name == NO_SCHEME:
        raise BadInput(
            field="scheme.name",
            found=f"{NO_SCHEME}, for a scheme that does something",
            allowed=f"another name: {NO_SCHEME} is the life without a scheme beside it",
        )
    return Plan("run", (_nothing(scenario), world), paired=True)


def plan_of_comparison(scenarios: Sequence[Scenario]) -> Plan:
    """Plan the worlds of several schemes, the life under no scheme first.

    Raises
    ------
    BadInput
        When two schemes have one name, or the scenarios differ in more than scheme and timeline.
    """
    if not scenarios:
        raise BadInput(field="schemes", found="none at all", allowed="at least one scheme")
    worlds: dict[str, World] = {}
    for scenario in scenarios:
        _same_people(scenarios[0], scenario)
        world = _world(scenario)
        nothing = scenario.scheme == preset(NO_SCHEME) and len(world.schemes) == 1
        if world.name in worlds or (world.name == NO_SCHEME and not nothing):
            raise BadInput(
                field="scheme.name", found=f"{world.name} twice", allowed="a name for each scheme"
            )
        worlds[world.name] = world
    paired = not scenarios[0].alone
    if paired:
        first = worlds.pop(NO_SCHEME, None) or _nothing(scenarios[0])
        worlds = {NO_SCHEME: first, **worlds}
    return Plan("comparison", tuple(worlds.values()), paired)


def _world(scenario: Scenario) -> World:
    schemes = {step.day: step.scheme for step in scenario.enactments()}
    return World(scenario.scheme.name, scenario, schemes)


def _nothing(scenario: Scenario) -> World:
    timeline = scenario.timeline.model_copy(update={"reforms": (), "abolition": None})
    scheme = preset(NO_SCHEME)
    return _world(scenario.model_copy(update={"scheme": scheme, "timeline": timeline}))


def _same_people(first: Scenario, other: Scenario) -> None:
    """Refuse scenarios whose people, days or numbers differ: they cannot share a past."""
    pairs: list[tuple[str, object, object]] = [
        (field, getattr(first, field), getattr(other, field))
        for field in type(first).model_fields
        if field not in ("scheme", "timeline")
    ]
    pairs.append(("timeline.spin_up", first.timeline.spin_up, other.timeline.spin_up))
    for field, here, there in pairs:
        if here != there:
            raise BadInput(
                field=field,
                found=f"{here} for {first.scheme.name} and {there} for {other.scheme.name}",
                allowed="the same for all schemes that are compared",
            )
