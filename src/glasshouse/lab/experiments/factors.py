"""Factors of an experiment: what is varied, and between which values.

A factor is named after what it changes, any dotted path of a scenario, and has levels or a range:

``scheme.friends.share: [0, 0.1, 0.3]`` three levels; ``parameters.weight_of_fear: {low: 0.1, high:
0.6}`` a range, and ``parameters.weight_of_fear: range`` the range of ``defaults.yaml``. A factor
with ``arms`` changes several things at once, and its name is free:
``map: {arms: {shown: {}, hidden: {scheme.friends.map: false}}}``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, Field, ValidationInfo, model_validator

from glasshouse.scenario.defaults import parameter_info
from glasshouse.scenario.faults import BadInput, nearest_word, shown
from glasshouse.scenario.reading import presets, read_scheme
from glasshouse.scenario.written import Flag, Number, Text, Written, broken_rule

RANGE = "range"
SCHEME = "scheme"
PARAMETERS = "parameters."
LONGEST_LABEL = 60


class Factor(Written):
    """What is varied: levels, a range, or arms.

    Examples
    --------
    >>> Factor(levels=(0.0, 0.3)).label(1), Factor(low=1.0, high=100.0, log=True).at(0.5)
    ('0.3', 10.0)
    """

    levels: Annotated[tuple[Any, ...], Field(max_length=1000)] = ()
    """Values to take."""
    low: Number | None = None
    """Lowest value of a range."""
    high: Number | None = None
    """Highest value of a range."""
    log: Flag = False
    """Whether the range is stepped through by factors, not by differences."""
    whole: Flag = False
    """Whether only whole numbers of the range are meant."""
    arms: Annotated[dict[Text, dict[Text, Any]], Field(max_length=100)] = {}
    """By name, what each arm changes: values by dotted path."""

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        given = [bool(self.levels), self.low is not None or self.high is not None, bool(self.arms)]
        if sum(given) != 1:
            raise broken_rule("", "no level at all" if not any(given) else "several kinds at once",
                              "a list of levels, or low and high, or arms")  # fmt: skip
        if given[1]:
            self._check_range()
        labels = [self.label(number) for number in range(self.size)]
        twice = next((each for each in labels if labels.count(each) > 1), None)
        if twice is not None:
            raise broken_rule("levels", f"{twice} twice", "each level once")
        return self

    def _check_range(self) -> None:
        if self.low is None or self.high is None:
            raise broken_rule("", "one end of a range", "low and high")
        if not self.low < self.high:
            raise broken_rule("high", shown(self.high), f"a number above low ({self.low:.12g})")
        if self.log and self.low <= 0:
            raise broken_rule("low", shown(self.low), "a number above 0 where log is true")

    @property
    def ranged(self) -> bool:
        """Whether it is a range and not a list."""
        return self.low is not None

    @property
    def size(self) -> int:
        """Number of levels or arms; 0 for a range."""
        return len(self.arms) or len(self.levels)

    def label(self, number: int) -> str:
        """A level in short, for tables."""
        return list(self.arms)[number] if self.arms else label_of(self.levels[number])

    def at(self, part: float) -> float:
        """The value at a part of the range, from 0 to 1."""
        assert self.low is not None and self.high is not None
        if self.log:
            value = self.low * (self.high / self.low) ** part
        else:
            value = self.low + (self.high - self.low) * part
        return float(round(value)) if self.whole else value

    def changes(self, name: str, number: int) -> dict[str, Any]:
        """What a level changes in the scenario, by dotted path."""
        return dict(self.arms[self.label(number)]) if self.arms else {name: self.levels[number]}


def label_of(value: object) -> str:
    """A value in short.

    Examples
    --------
    >>> label_of(0.30), label_of("fear"), label_of({"kind": "circles"}), label_of({"name": "mine"})
    ('0.3', 'fear', '{kind: circles}', 'mine')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, Mapping) and isinstance(value.get("name"), str):
        return str(value["name"])
    text = json.dumps(value, default=str, ensure_ascii=False).replace('"', "")
    return text if len(text) <= LONGEST_LABEL else text[: LONGEST_LABEL - 3] + "..."


def factors_of(given: object, info: ValidationInfo) -> object:
    """Take lists for levels, the word ``range`` for what ``defaults.yaml`` says, files for schemes.

    A scheme's file is read here, once: what it says is part of the experiment from then on.
    """
    if not isinstance(given, Mapping):
        return given
    folder = (info.context or {}).get("folder") or Path()
    return {name: _factor_of(str(name), each, folder) for name, each in given.items()}


def _factor_of(name: str, given: object, folder: Path) -> object:
    if isinstance(given, str) and given == RANGE:
        return _shipped_range(name)
    given = given.tolist() if hasattr(given, "tolist") else given
    if isinstance(given, Sequence) and not isinstance(given, str | bytes):
        if not given:
            raise broken_rule(name, "no level at all", "one level or more")
        given = {"levels": tuple(given)}
    if not isinstance(given, Mapping):
        return given
    levels, arms = given.get("levels"), given.get("arms")
    if isinstance(levels, list | tuple):
        written = tuple(_level_of(each, name, name, folder) for each in levels)
        return {**given, "levels": written}
    if isinstance(arms, Mapping) and all(isinstance(each, Mapping) for each in arms.values()):
        written_out = {
            arm: {path: _level_of(value, str(path), name, folder) for path, value in each.items()}
            for arm, each in arms.items()
        }
        return {**given, "arms": written_out}
    return given


def _level_of(value: object, path: str, factor: str, folder: Path) -> object:
    """A level as plain values: what is written to a file reads as the same."""
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True)
    if hasattr(value, "item") and hasattr(value, "dtype"):
        return value.item()
    if path != SCHEME or not isinstance(value, str | Path) or value in presets():
        return value
    try:
        return read_scheme(value, folder).model_dump(mode="json", by_alias=True)
    except BadInput as fault:
        found = f"{fault.place}: {fault.found}" if fault.place else fault.found
        raise broken_rule(factor, found, fault.allowed, fault.nearest) from None


def _shipped_range(name: str) -> dict[str, float]:
    known = parameter_info()
    parameter = name.removeprefix(PARAMETERS)
    if not name.startswith(PARAMETERS) or parameter not in known:
        near = nearest_word(parameter, known)
        raise broken_rule(
            name,
            "the range of an unknown number",
            "range only for a number of defaults.yaml, as parameters.<name>",
            PARAMETERS + near if near else "",
        )
    low, high = known[parameter].range
    return {"low": low, "high": high}


Factors = Annotated[
    dict[Text, Factor], BeforeValidator(factors_of), Field(min_length=1, max_length=100)
]
