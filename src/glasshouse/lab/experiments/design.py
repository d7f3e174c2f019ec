"""An experiment as it is written down: question, scenario, factors, seeds, measures."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, ValidationInfo, model_validator

from glasshouse.lab.experiments.factors import Factors
from glasshouse.lab.experiments.probes import PROBES
from glasshouse.measures.dictionary import MEASURES, describe
from glasshouse.scenario.document import read_document, written_out
from glasshouse.scenario.faults import BadInput, nearest_word, shown
from glasshouse.scenario.reading import checked, written_path
from glasshouse.scenario.scenario import Scenario
from glasshouse.scenario.scheme import Scheme
from glasshouse.scenario.scheme_parts import Name
from glasshouse.scenario.written import AsWhole, Number, Text, Whole, Written, broken_rule

FACTORIAL, ONE_AT_A_TIME, LATIN_HYPERCUBE, MORRIS, SOBOL = (
    *("factorial", "one_at_a_time", "latin_hypercube", "morris", "sobol"),
)
SAMPLED = (LATIN_HYPERCUBE, MORRIS, SOBOL)
Kind = Literal["factorial", "one_at_a_time", "latin_hypercube", "morris", "sobol"]
FEW_MEASURES = ("chilling", "falsification", "outcasts", "ties.mean", "score.sd")
LONGEST_NAME = 40
OF_THE_EXPERIMENT = {"seed": "seeds", "replicates": "seeds", "measured": "at"}
"""Fields of a scenario that change no life, and the experiment's own field that is meant."""
COLUMNS = (
    *("cell", "point", "seed", "day", "measure", "group", "value", "without", "digest", "seconds"),
    *("past", "past_seconds", "model", "version"),
)
"""Of the table of results, beside one for each factor."""
MOST_SAMPLED = 10
"""Factors of a Sobol design at most: what it costs grows with their number."""


def _named(value: object) -> object:
    """Take a word for the kind of a design."""
    return {"kind": value} if isinstance(value, str) else value


def _scenario_of(value: object, info: ValidationInfo) -> object:
    """Take a preset's name or a file for the scenario that is meant, as it is lived beside none."""
    if isinstance(value, Scenario | Mapping):
        return value
    folder = (info.context or {}).get("folder") or Path()
    try:
        if not isinstance(value, str | Path):
            raise BadInput(found=shown(value), allowed="a preset, a file, or a scenario")
        path = written_path(value, folder) if _is_file(value, folder) else value
        return Scenario.load(path)
    except BadInput as fault:
        found = f"{fault.place}: {fault.found}" if fault.place else fault.found
        raise broken_rule(fault.field, found, fault.allowed, fault.nearest) from None


def _is_file(value: str | Path, folder: Path) -> bool:
    path = folder / value
    return path.suffix in (".yaml", ".yml") or path.is_file()


class Design(Written):
    """How points are chosen among the factors.

    ``factorial`` takes every combination of levels; ``one_at_a_time`` changes one factor and
    leaves the others as the scenario has them; the others sample, each factor with arms crossed
    with the sample: ``latin_hypercube``, ``morris`` (elementary effects) and ``sobol`` (variances).
    """

    kind: Kind = "factorial"
    samples: Annotated[Whole, Field(ge=1, le=65_536), AsWhole] = 16
    """Points of a Latin hypercube, trajectories of Morris, base points of Sobol (a power of 2)."""
    steps: Annotated[Whole, Field(ge=2, le=1000), AsWhole] = 5
    """Values that ``one_at_a_time`` takes from a range."""
    seed: Annotated[Whole, Field(ge=0, le=2**32 - 1), AsWhole] = 1
    """Of the sampling."""

    @model_validator(mode="after")
    def _power_of_two(self) -> Self:
        if self.kind == SOBOL and self.samples & (self.samples - 1):
            allowed = "a power of 2 for a Sobol design, such as 64"
            raise broken_rule("samples", str(self.samples), allowed)
        return self


class Stop(Written):
    """When there are seeds enough: more are lived until an interval is narrow enough."""

    measure: Text
    """Whose 95% interval is looked at, on the last day, for everybody."""
    half_width: Annotated[Number, Field(gt=0)]
    """Half of the interval that is narrow enough, in the measure's unit."""
    most: Annotated[Whole, Field(ge=2, le=1000), AsWhole] = 30
    """Seeds that are never gone beyond."""


class Experiment(Written):
    """One question, and the lives that are to answer it.

    Examples
    --------
    >>> experiment = Experiment(
    ...     name="share", question="Do friends' scores silence people?", scenario="press-sesame",
    ...     factors={"scheme.friends.share": [0, 0.3]}, seeds=2,
    ... )
    >>> experiment.scenario.days, list(experiment.factors)
    (365, ['scheme.friends.share'])
    """

    name: Name
    """Short name, used for its folder."""
    question: Annotated[Text, Field(min_length=1, max_length=2000)]
    """The question, in plain words."""
    scenario: Annotated[Scenario, BeforeValidator(_scenario_of)]
    """What is varied: the name of a preset, a file, or a scenario written out."""
    factors: Factors
    """What is varied, by dotted path."""
    design: Annotated[Design, BeforeValidator(_named)] = Design()
    """How points are chosen."""
    seeds: Annotated[Whole, Field(ge=1, le=1000), AsWhole] = 5
    """Nations at each point, from the scenario's seed on; the same ones at all points."""
    at: Annotated[tuple[Annotated[Whole, AsWhole], ...], Field(max_length=400)] = ()
    """Days that are measured; the last one always is."""
    measures: Annotated[tuple[Text, ...], Field(max_length=200)] = FEW_MEASURES
    """Measures that the report shows; all of them are kept."""
    stop: Stop | None = None
    """When there are seeds enough."""
    about: Annotated[Text, Field(max_length=8000)] = ""
    """Whatever a reader should know."""

    @model_validator(mode="after")
    def _known_words(self) -> Self:
        for number, day in enumerate(self.at):
            if not 0 <= day < self.scenario.days:
                allowed = f"a day from 0 to {self.scenario.days - 1}"
                raise broken_rule(f"at.{number}", str(day), allowed)
        for number, name in enumerate(self.measures):
            _check_measure(name, f"measures.{number}")
        if self.stop is not None:
            _check_measure(self.stop.measure, "stop.measure")
            if self.stop.most < max(self.seeds, 2):
                raise broken_rule("stop.most", str(self.stop.most), "as many as seeds, or more")
        self._check_factors()
        self._check_design()
        return self

    def _check_factors(self) -> None:
        changed: dict[str, str] = {}
        for name, factor in self.factors.items():
            if factor.arms and name in COLUMNS:
                raise broken_rule(f"factors.{name}", name, "a name that is no column of the table")
            paths = (
                {path for arm in factor.arms.values() for path in arm} if factor.arms else {name}
            )
            for path in sorted(paths):
                meant = OF_THE_EXPERIMENT.get(path.partition(".")[0])
                if meant is not None:
                    allowed = f"{meant}, a field of the experiment itself"
                    raise broken_rule(f"factors.{name}", path, allowed)
                # An arm may hold fast what another factor varies; two factors with arms may not.
                if path in changed and factor.arms and self.factors[changed[path]].arms:
                    found = f"{path}, which {changed[path]} changes too"
                    raise broken_rule(f"factors.{name}", found, "each path in one factor")
                changed[path] = name

    def _check_design(self) -> None:
        kind, factors = self.design.kind, self.factors
        if kind == FACTORIAL:
            for name, factor in factors.items():
                if factor.ranged:
                    allowed = "levels for a factorial design; or design: latin_hypercube"
                    raise broken_rule(f"factors.{name}", "a range", allowed)
        elif all(factor.arms for factor in factors.values()):
            raise broken_rule("design.kind", kind, "factorial, where no factor has levels or range")
        sampled = [name for name, factor in factors.items() if not factor.arms]
        if kind == SOBOL and len(sampled) > MOST_SAMPLED:
            allowed = f"at most {MOST_SAMPLED} factors for a Sobol design: morris screens more"
            raise broken_rule("factors", f"{len(sampled)} of them", allowed)

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read an experiment's file.

        Raises
        ------
        BadInput
        """
        place = Path(path)
        document = read_document(place)
        if isinstance(document.value, dict):
            _check_kind(document.value, place)
            document.value.setdefault("name", _name_of(place))
        return checked(cls, document, str(place))

    def to_yaml(self) -> str:
        """Write the whole experiment, defaults included, so that it loads as the same."""
        return written_out(self.model_dump(mode="json", exclude_none=True))

    def replace(self, **changes: Any) -> Self:
        """Return the same experiment with some fields changed; ``scenario`` may be some paths."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        if isinstance(scenario := changes.get("scenario"), Mapping):
            changes["scenario"] = self.scenario.replace(scenario)
        return type(self)(**{**fields, **changes})


def _check_kind(values: Mapping[str, object], place: Path) -> None:
    """Refuse the file of a scenario or a scheme, which has nothing of an experiment."""
    own = {"question", "scenario", "factors", "design", "seeds", "at", "measures", "stop"}
    if not own & set(values) and (set(Scenario.model_fields) | set(Scheme.model_fields)) & set(
        values
    ):
        kind = "a scenario" if "scheme" in values else "a scheme"
        allowed = "an experiment, with question, scenario and factors; glasshouse run lives this"
        raise BadInput(place=str(place), found=kind, allowed=allowed)


def _name_of(path: Path) -> str:
    """Name an experiment after its file, as far as a name may be so."""
    letters = "".join(each if each.isascii() and each.isalnum() else "-" for each in path.stem)
    name = letters.lower().strip("-")[:LONGEST_NAME]
    return name if name[:1].isalpha() else f"experiment-{name}"[:LONGEST_NAME].strip("-")


def _check_measure(name: str, field: str) -> None:
    if name in PROBES:
        return
    try:
        describe(name)
    except KeyError:
        near = nearest_word(name, {**MEASURES, **PROBES})
        raise broken_rule(field, name, "a measure of the data dictionary", near) from None
