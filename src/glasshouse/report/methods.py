"""How an experiment was done, in words that a paper can take over, and how to do it again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from glasshouse.report.appendix import ParameterRow, parameter_rows
from glasshouse.report.inquiry import (
    EXPERIMENT,
    FACTORIAL,
    LATIN_HYPERCUBE,
    MORRIS,
    ONE_AT_A_TIME,
    SOBOL,
    Inquiry,
)
from glasshouse.report.naming import factor_meaning, factor_unit
from glasshouse.report.pictures.figure import Table
from glasshouse.report.wording import count_of, listed, number

FEW_SEEDS = 8
CITED = """@software{glasshouse,
  title = {{Glasshouse: a laboratory for social-scoring systems}},
  author = {{The Glasshouse authors}},
  version = {%s},
  license = {Apache-2.0},
}"""
SALIB = """@article{HermanUsher2017,
  title = {{SALib}: An open-source {Python} library for Sensitivity Analysis},
  author = {Herman, Jon and Usher, Will},
  journal = {Journal of Open Source Software},
  volume = {2}, number = {9}, pages = {97}, year = {2017},
  doi = {10.21105/joss.00097},
}
@article{Iwanaga2022,
  title = {Toward {SALib} 2.0: Advancing the accessibility and interpretability of global
    sensitivity analyses},
  author = {Iwanaga, Takuya and Usher, William and Herman, Jonathan},
  journal = {Socio-Environmental Systems Modelling},
  volume = {4}, pages = {18155}, year = {2022},
  doi = {10.18174/sesmo.18155},
}"""
OF_SIZES = " Nations of different sizes are other people: only their seeds are the same."
CATEGORIES = (
    "Factors with levels were drawn as categories, each level with the same probability; their "
    "order carries no meaning."
)


def varied(inquiry: Inquiry) -> Table:
    """Tabulate what was varied and between which values."""
    rows = []
    for factor in inquiry.factors:
        path = str(factor["name"])
        usual = factor["usual"] or ("arms, crossed with the rest" if factor["changes"] else "–")
        unit = f" {factor_unit(path)}" if factor_unit(path) else ""
        meaning = _arms(factor) if factor["changes"] else factor_meaning(path) or "–"
        rows.append([inquiry.names[path], path, between(factor), f"{usual}{unit}", meaning])
    head = ["Factor", "Field", "Values", "In the scenario", "Meaning"]
    return Table("What was varied", head, rows)


def between(factor: Mapping[str, Any]) -> str:
    """Say between which values a factor was varied.

    Examples
    --------
    >>> between({"kind": "range", "low": 0, "high": 1.5, "log": False, "whole": False})
    '0 to 1.5'
    >>> between({"kind": "levels", "levels": ["mean", "lowest"]})
    'mean, lowest'
    """
    if factor["kind"] != "range":
        return ", ".join(factor["levels"])
    said = f"{factor['low']:.6g} to {factor['high']:.6g}"
    said += ", by factors" if factor["log"] else ""
    return said + (", whole numbers" if factor["whole"] else "")


def _arms(factor: Mapping[str, Any]) -> str:
    parts = [
        f"{arm}: " + (", ".join(f"{path} {value}" for path, value in changes.items()) or "as it is")
        for arm, changes in factor["changes"].items()
    ]
    return "; ".join(parts)


def paragraphs(inquiry: Inquiry) -> list[str]:
    """Write the methods of a paper: nations, time, design, draws, intervals, version."""
    return [_lived(inquiry), _design(inquiry), _intervals(inquiry), _with_what(inquiry)]


def _lived(inquiry: Inquiry) -> str:
    about = inquiry.about
    people, days, before = (
        _ends(about[name], one)
        for name, one in (("population", "citizen"), ("days", "day"), ("spin_up", "day"))
    )
    seeds = inquiry.seeds
    named = (
        f"seed{'s' if len(seeds) > 1 else ''} {listed([str(seed) for seed in seeds])}"
        if len(seeds) <= FEW_SEEDS
        else f"seeds {seeds[0]} to {seeds[-1]}"
    )
    beside = (
        "" if about["alone"] else
        " Beside each, the same people were lived under no scheme, with the same chance events."
    )  # fmt: skip
    at_most = " at most" if about["stop"] else ""
    return (
        f"At each of {count_of(about['design']['points'], 'point')} of the design, "
        f"{count_of(len(seeds), 'synthetic nation')}{at_most} ({named}) of {people} lived "
        f"{before} without a scheme and then {days} under it (scheme of the scenario: "
        f"{about['scheme']}).{beside} Outcomes are those of the last day; what people do is summed "
        "over its last 30 days."
    )


def _ends(values: list[int], one: str) -> str:
    low, high = values
    return count_of(low, one) if low == high else f"{number(low)} to {count_of(high, one)}"


def _design(inquiry: Inquiry) -> str:
    design, factors = inquiry.about["design"], inquiry.factors
    sampled = [each for each in factors if each["kind"] != "arms"]
    crossed = [each for each in factors if each["kind"] == "arms"]
    many, samples = count_of(len(sampled), "factor"), number(design["samples"])
    said = {
        FACTORIAL: f"The design is a full factorial of {count_of(len(factors), 'factor')}.",
        ONE_AT_A_TIME: f"{many} were varied one at a time, the others kept as in the scenario.",
        LATIN_HYPERCUBE: f"{many} were drawn by a Latin hypercube of {samples} points.",
        MORRIS: f"{many} were screened by Morris's method, with {samples} trajectories on a grid "
        "of four values; trajectories move by two thirds of a range.",
        SOBOL: f"{many} were drawn by Saltelli's extension of a scrambled Sobol sequence with "
        f"{samples} base points.",
    }[inquiry.kind]  # fmt: skip
    if inquiry.kind in (LATIN_HYPERCUBE, MORRIS, SOBOL):
        said += f" Sampling seed {design['seed']}."
        if any(each["kind"] == "levels" for each in sampled):
            said += f" {CATEGORIES}"
    if crossed and inquiry.kind != FACTORIAL:
        arms = listed([inquiry.names[each["name"]] for each in crossed])
        said += f" Every point was lived in every arm ({arms})."
    return (
        f"{said} All points share their seeds, and every chance event is named by seed, citizen, "
        "day and event, so that two points differ only where a factor makes them differ (common "
        "random numbers)."
        + (OF_SIZES if any(each["name"] == "population" for each in factors) else "")
    )


def _intervals(inquiry: Inquiry) -> str:
    stop = inquiry.about["stop"]
    said = {
        FACTORIAL: "Main effects and two-way interactions are means of differences between points "
        "with the same draws, against the first level; their intervals are Student's, at 95%, over "
        "nations.",
        ONE_AT_A_TIME: "Intervals are Student's, at 95%, over nations, of differences on the same "
        "draws; the ends of an effect were chosen by what was found.",
        LATIN_HYPERCUBE: "First-order indices are those of a random balance design with bias "
        "correction; partial rank correlations have Fisher's intervals, at 95%.",
        MORRIS: "Elementary effects were taken of means over nations; intervals, at 95%, are of "
        "the bootstrap over trajectories. The effect of a factor with levels is the change from "
        "one level to another.",
        SOBOL: "First-order and total indices were taken of means over nations; intervals, at 95%, "
        "are of the bootstrap over base points.",
    }[inquiry.kind]  # fmt: skip
    said += " Means at single points have Student's intervals over nations."
    if stop:
        said += (
            f" Nations were added at each point until half the interval of {stop['measure']} was "
            f"at most {stop['half_width']:.6g}, up to {stop['most']}."
        )
    return said


def _with_what(inquiry: Inquiry) -> str:
    about = inquiry.about
    salib = f" and SALib {about['salib']}" if about["salib"] else ""
    return (
        f"Lived with glasshouse {about['version']} (hash of the model {about['model']}){salib}. "
        f"Nothing about real people went into it."
    )


def bibtex(inquiry: Inquiry) -> str:
    """Entries to cite: the software, and SALib where it was used."""
    own = CITED % inquiry.about["version"]
    return f"{own}\n{SALIB}" if inquiry.about["salib"] else own


def commands(inquiry: Inquiry) -> list[tuple[str, str]]:
    """Commands that do the experiment again, from its folder."""
    again = shlex.join(["glasshouse", "experiment", EXPERIMENT, "--out", "again"])
    return [("With the experiment that lies in this folder:", again)]


def facts(inquiry: Inquiry) -> list[tuple[str, str]]:
    """What a reader needs to check that a second experiment is the same."""
    about = inquiry.about
    return [
        ("Experiment", str(about["name"])),
        ("Version of glasshouse", str(about["version"])),
        ("Hash of the model", str(about["model"])),
        ("Seeds", ", ".join(str(seed) for seed in inquiry.seeds)),
        ("Points", number(about["design"]["points"])),
        ("Cells lived", number(about["cells"])),
        ("Time of all cells together", f"{number(about['seconds'])} seconds"),
    ]


def parameters(inquiry: Inquiry) -> dict[str, list[ParameterRow]]:
    """Every behavioural number of the scenario; those that were varied say so."""
    changed = {
        str(each["name"]).removeprefix("parameters."): f"varied: {between(each)}"
        for each in inquiry.factors
        if str(each["name"]).startswith("parameters.")
    }
    return parameter_rows(inquiry.scenario, {}, changed)
