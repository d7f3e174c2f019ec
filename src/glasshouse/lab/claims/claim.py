"""A claim as it is written down, and the experiment that several of them make together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from glasshouse.lab.claims.arithmetic import Sum
from glasshouse.lab.experiments.design import Design, Experiment
from glasshouse.lab.experiments.factors import Factor, Factors
from glasshouse.scenario.document import read_document
from glasshouse.scenario.faults import BadInput, nearest_word
from glasshouse.scenario.reading import checked
from glasshouse.scenario.scenario import Scenario
from glasshouse.scenario.scheme_parts import Name
from glasshouse.scenario.written import AsWhole, Number, Text, Whole, Written, broken_rule

FOLDER = Path(__file__).parent
FILES = FOLDER / "files"
ARM = "arm"
CLAIM, TENSION, PLACEBO = "claim", "tension", "placebo"
Group = Literal["all", "majority", "minority", "dissenters", "others"]


def _named(given: object) -> object:
    """Take ``press chilling`` for what is read off the arm ``press``, perhaps ``of dissenters``."""
    if not isinstance(given, str):
        return given
    words = given.split()
    reading: dict[str, Any] = dict(zip(("arm", "measure"), words[:2], strict=False))
    for key, value in zip(words[2::2], words[3::2], strict=False):
        reading[{"of": "group", "on": "day"}.get(key, key)] = (
            int(value) if value.isdigit() else value
        )
    return reading


class Reading(Written):
    """A number read off one arm: ``press chilling of dissenters on 60``."""

    arm: Name
    """The life that it is read off."""
    measure: Text
    """Of the data dictionary, or one that experiments take besides."""
    group: Group = "all"
    """Of whom."""
    day: Annotated[Whole, AsWhole] | None = None
    """On which day; the last without."""


Readings = Annotated[dict[Text, Annotated[Reading, BeforeValidator(_named)]], Field(min_length=1)]


class Claim(Written):
    """What is said about such systems, and the number that tells whether it is so here."""

    name: Name
    """Short name."""
    number: Annotated[Whole, AsWhole] | None = None
    """Its number in the list of claims; none for a tension or a placebo."""
    kind: Literal["claim", "tension", "placebo"] = "claim"
    """What it is: a claim, a tension looked for on purpose, or a placebo that should do nothing."""
    claim: Text
    """What is said, in one sentence."""
    measured: Text
    """What the effect is, in one sentence."""
    unit: Text
    """Of the effect."""
    readings: Readings
    """What is read off the lives, by name."""
    effect: Text
    """A sum of the readings: positive where the claim is right."""
    smallest: Annotated[Number, Field(ge=0)]
    """The smallest effect that would matter, chosen before anything was lived."""
    why: Text = ""
    """Why that one."""
    beside: dict[Text, Text] = {}
    """Other sums that help to understand the effect, by what they say."""

    @model_validator(mode="after")
    def _sums_of_readings(self) -> Self:
        for field, text in [("effect", self.effect), *_fields(self.beside)]:
            try:
                Sum(text).check_names(self.readings, field)
            except BadInput as fault:
                raise broken_rule(field, fault.found, fault.allowed, fault.nearest) from None
        known = arms()
        for name, reading in self.readings.items():
            if reading.arm not in known:
                near = nearest_word(reading.arm, known)
                allowed = "an arm of arms.yaml"
                raise broken_rule(f"readings.{name}.arm", reading.arm, allowed, near)
        return self

    @cached_property
    def sums(self) -> dict[str, Sum]:
        """The effect under an empty name, and those beside it."""
        return {"": Sum(self.effect), **{said: Sum(text) for said, text in self.beside.items()}}

    @property
    def title(self) -> str:
        """Number or name."""
        return str(self.number) if self.number is not None else self.name


def _fields(beside: dict[str, str]) -> list[tuple[str, str]]:
    return [(f"beside.{said}", text) for said, text in beside.items()]


class Scale(Written):
    """How large and how many: the quick form, and the full one."""

    population: Annotated[Whole, AsWhole]
    """Citizens of each nation."""
    draws: Annotated[Whole, AsWhole]
    """Draws of the assumptions."""
    seeds: Annotated[Whole, AsWhole]
    """Nations in each draw."""


class Assumptions(Written):
    """What is uncertain, and how it is drawn."""

    scenario: Scenario
    """What all lives share."""
    at: tuple[Annotated[Whole, AsWhole], ...]
    """Days that are measured besides the last."""
    factors: Factors
    """What is uncertain, with its range or its levels."""
    quick: Scale
    """For a laptop, in minutes."""
    full: Scale
    """Overnight."""


class Arms(Written):
    """The lives that claims compare: what each changes, by name."""

    arms: dict[Name, dict[Text, Any]]


@cache
def arms() -> dict[str, dict[str, Any]]:
    """What each arm changes, by dotted path."""
    path = FOLDER / "arms.yaml"
    return dict(checked(Arms, read_document(path), path.name).arms)


@cache
def assumptions() -> Assumptions:
    """What is uncertain about people."""
    path = FOLDER / "assumptions.yaml"
    return checked(Assumptions, read_document(path), path.name)


@cache
def claims() -> tuple[Claim, ...]:
    """All claims: those with a number in its order, then tensions and placebos.

    Examples
    --------
    >>> [claim.number for claim in claims()][:3], len([1 for each in claims() if each.number])
    ([1, 2, 3], 21)
    """
    found = [
        checked(Claim, read_document(path), path.name) for path in sorted(FILES.glob("*.yaml"))
    ]
    kinds = (CLAIM, TENSION, PLACEBO)
    return tuple(sorted(found, key=lambda each: (kinds.index(each.kind), each.number or 0)))


def chosen(words: Iterable[str]) -> tuple[Claim, ...]:
    """Claims by number or name; all without any.

    Raises
    ------
    BadInput

    Examples
    --------
    >>> [claim.name for claim in chosen(["3", "silence"])]
    ['silence', 'conformity']
    """
    asked = list(words)
    names = {each.name: each for each in claims()}
    names |= {str(each.number): each for each in claims() if each.number is not None}
    for word in asked:
        if word not in names:
            near = nearest_word(word, names)
            allowed = "1 to 21, or a name of --list"
            raise BadInput(field="claim", found=word, allowed=allowed, nearest=near)
    wanted = {names[word].name for word in asked}
    return tuple(each for each in claims() if not asked or each.name in wanted)


def experiment_for(wanted: Sequence[Claim], scale: Scale) -> Experiment:
    """The one experiment that some claims make together: they share lives.

    Examples
    --------
    >>> experiment = experiment_for(chosen(["1"]), assumptions().quick)
    >>> list(experiment.factors["arm"].arms)
    ['none', 'press', 'half-covered']
    """
    shared = assumptions()
    needed = {reading.arm for claim in wanted for reading in claim.readings.values()}
    used = {name: changes for name, changes in arms().items() if name in needed}
    measures = dict.fromkeys(
        reading.measure for claim in wanted for reading in claim.readings.values()
    )
    return Experiment(
        name="claims" if len(wanted) > 1 else f"claim-{wanted[0].name}"[:40],
        question=wanted[0].claim if len(wanted) == 1 else "Which claims about such systems hold?",
        scenario=shared.scenario.replace(population=scale.population),
        factors={**shared.factors, ARM: Factor(arms=used)},
        design=Design(kind="latin_hypercube", samples=scale.draws),
        seeds=scale.seeds,
        at=shared.at,
        measures=tuple(measures),
    )
