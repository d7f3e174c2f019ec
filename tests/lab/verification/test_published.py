"""Inputs of published models: read from words, checked, refused with one clear message."""

from __future__ import annotations

from typing import Any

import pytest

from glasshouse.lab.verification import MODELS, dissent, holme_newman, thresholds
from glasshouse.lab.verification.published import inputs_of
from glasshouse.scenario.faults import BadInput


@pytest.mark.parametrize("name", list(MODELS))
def test_every_input_allows_its_own_default(name: str) -> None:
    for each in MODELS[name].inputs.values():
        assert each.checked(each.default, each.option) == each.default
        assert each.bounds.meaning and each.allowed


@pytest.mark.parametrize("name", list(MODELS))
def test_defaults_written_as_words_are_read_back(name: str) -> None:
    for each in MODELS[name].inputs.values():
        default = each.default
        if isinstance(default, bool):
            word = "yes" if default else "no"
        elif isinstance(default, tuple):
            word = ",".join(map(str, default))
        else:
            word = str(default)
        assert each.checked(each.read(word), each.option) == default


@pytest.mark.parametrize(
    ("word", "value"), [("1_000", 1000), ("1e3", 1000), (" 12 ", 12), (str(2**62 + 1), 2**62 + 1)]
)
def test_whole_numbers_are_read_as_elsewhere(word: str, value: int) -> None:
    each = inputs_of(holme_newman)["seed"]
    assert each.checked(each.read(word), "seed") == value


@pytest.mark.parametrize(
    "given",
    [
        {"phi": 2}, {"phi": -0.1}, {"phi": float("nan")}, {"phi": "half"}, {"phi": True},
        {"people": 3.5}, {"people": 1}, {"people": None}, {"phy": 0.5}, {"runs": 0},
    ],
)  # fmt: skip
def test_bad_inputs_are_refused_in_one_line(given: dict[str, Any]) -> None:
    with pytest.raises(BadInput) as refused:
        holme_newman(**given)
    (name,) = given
    assert refused.value.field == f"holme-newman.{name}"
    assert refused.value.allowed
    assert "\n" not in str(refused.value)


def test_the_nearest_input_and_word_are_named() -> None:
    with pytest.raises(BadInput, match="Did you mean severity"):
        dissent(severty=1.0)  # type: ignore[call-arg]
    with pytest.raises(BadInput, match="Did you mean proportional"):
        dissent(punishment="proportionl")
    with pytest.raises(BadInput, match="numbers, with commas"):
        thresholds(thresholds=("many",))  # type: ignore[arg-type]


def test_inputs_go_by_name_only() -> None:
    with pytest.raises(TypeError):
        dissent(0.5)  # type: ignore[misc]
