"""Readable names: factors of an experiment by their dotted path, measures by what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from glasshouse.measures.dictionary import Measure, describe
from glasshouse.report.appendix import unit_of
from glasshouse.report.comparison import OVERVIEW
from glasshouse.report.wording import PLAIN, SHARE_CHANGE, Unit
from glasshouse.scenario.defaults import parameter_info

PARAMETERS, SCHEME = "parameters.", "scheme."
TITLES = {measure: words for words, measure, _ in OVERVIEW} | {
    "falsification": "Citizens who show the opposite of what they think",
    "score.sd": "Spread of the scores",
    "score.mean": "Average score",
    "dissent.said": "Acts of dissent per citizen and day",
}
LONGEST_TITLE = 64
CHANGE_OF_SHARE = "percentage points"


def factor_names(paths: Sequence[str]) -> dict[str, str]:
    """Give each factor a readable name, the whole path where two would be alike.

    Examples
    --------
    >>> factor_names(["scheme.friends.share", "parameters.weight_of_fear", "population"])
    {'scheme.friends.share': 'friends: share', 'parameters.weight_of_fear': 'weight of fear',
     'population': 'population'}
    """
    short = {path: _short(path) for path in paths}
    names = list(short.values())
    return {path: name if names.count(name) == 1 else path for path, name in short.items()}


def _short(path: str) -> str:
    rest = path.removeprefix(PARAMETERS).removeprefix(SCHEME) or path
    return ": ".join(rest.split(".")).replace("_", " ")


def factor_unit(path: str) -> str:
    """Unit of a behavioural number; empty for other factors.

    Examples
    --------
    >>> factor_unit("parameters.weight_of_doors"), factor_unit("scheme.friends.share")
    ('logit', '')
    """
    info = parameter_info().get(path.removeprefix(PARAMETERS))
    return info.unit if info is not None and path.startswith(PARAMETERS) else ""


def factor_meaning(path: str) -> str:
    """What a behavioural number means; empty for other factors."""
    info = parameter_info().get(path.removeprefix(PARAMETERS))
    return info.meaning if info is not None and path.startswith(PARAMETERS) else ""


def measure_about(name: str) -> Measure:
    """What the dictionary says of a measure, or that it is somebody's own."""
    try:
        return describe(name)
    except KeyError:
        return Measure(name, "", "A measure of the user's own.", "own")


def measure_title(name: str) -> str:
    """Name a measure in a few words.

    Examples
    --------
    >>> measure_title("chilling"), measure_title("opinion.mean")
    ('Dissent that goes unsaid', 'What people think on average, from against to for')
    """
    meaning = measure_about(name).meaning.removesuffix(".")
    return TITLES.get(name) or (meaning if len(meaning) <= LONGEST_TITLE else name)


def value_unit(name: str) -> Unit:
    """How values of a measure are written."""
    return unit_of(measure_about(name))


def change_unit(name: str, *, signed: bool = True) -> Unit:
    """How differences of a measure are written, with their sign or without.

    Examples
    --------
    >>> change_unit("chilling").text(0.12), change_unit("chilling", signed=False).text(0.12)
    ('+12 points', '12 points')
    """
    if measure_about(name).unit == "share":
        return replace(SHARE_CHANGE, change=signed)
    return replace(PLAIN, change=signed)


def change_words(name: str) -> str:
    """The unit of differences of a measure in words.

    Examples
    --------
    >>> change_words("chilling"), change_words("ties.mean")
    ('percentage points', 'ties')
    """
    unit = measure_about(name).unit
    return CHANGE_OF_SHARE if unit == "share" else unit
