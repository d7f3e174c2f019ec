"""The back of a report: parameters with their grades, all measures, and how to run it again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars

from glasshouse.measures.dictionary import Measure, describe
from glasshouse.report.material import Material
from glasshouse.report.wording import COUNT, PLAIN, SHARE, Unit, number
from glasshouse.scenario.defaults import GRADES, parameter_info
from glasshouse.scenario.reading import preset, presets
from glasshouse.scenario.scenario import Scenario


@dataclass(frozen=True)
class ParameterRow:
    """A behavioural number as the run used it."""

    name: str
    value: str
    usual: str
    unit: str
    span: str
    grade: str
    meaning: str
    source: str

    @property
    def changed(self) -> bool:
        """Whether the run used another number than the shipped one."""
        return self.value != self.usual


def parameters_by_section(material: Material) -> dict[str, list[ParameterRow]]:
    """Give every behavioural number, section by section."""
    graded = material.manifest.get("evidence", {}).get("by_parameter", {})
    return parameter_rows(material.scenario, graded, {})


def parameter_rows(
    scenario: Scenario, graded: Mapping[str, str], varied: Mapping[str, str]
) -> dict[str, list[ParameterRow]]:
    """Give every behavioural number of a scenario; in words where it was varied."""
    used = scenario.behaviour._asdict()
    sections: dict[str, list[ParameterRow]] = {}
    for name, info in parameter_info().items():
        row = ParameterRow(
            name=name,
            value=varied.get(name) or f"{used[name]:.6g}",
            usual=f"{info.value:.6g}",
            unit=info.unit,
            span=f"{info.range[0]:.4g} to {info.range[1]:.4g}",
            grade=graded.get(name, info.grade),
            meaning=info.meaning,
            source=info.source,
        )
        sections.setdefault(info.section, []).append(row)
    return sections


def grade_counts(sections: dict[str, list[ParameterRow]]) -> list[tuple[str, str, int]]:
    """Count the numbers of each grade of evidence."""
    grades = [row.grade for rows in sections.values() for row in rows]
    return [(grade, word, grades.count(grade)) for grade, word in GRADES.items()]


@dataclass(frozen=True)
class MeasureRow:
    """A measure with its value in every world."""

    name: str
    unit: str
    meaning: str
    values: Sequence[str]


def measures_by_family(material: Material) -> dict[str, list[MeasureRow]]:
    """Give every measure of everybody on its last day, family by family, a value for each world."""
    families: dict[str, list[MeasureRow]] = {}
    everybody = material.measures.filter(polars.col("group") == "all")
    for name in everybody["measure"].unique(maintain_order=True):
        about = _about(name)
        unit = unit_of(about)
        values = [unit.cell(material.at_end(name, world)) for world in material.worlds]
        row = MeasureRow(name, about.unit, about.meaning, values)
        families.setdefault(about.family, []).append(row)
    return families


def _about(name: str) -> Measure:
    try:
        return describe(name)
    except KeyError:
        return Measure(name, "", "A measure of the user's own.", "own")


def unit_of(measure: Measure) -> Unit:
    """Say how the values of a measure are written.

    Examples
    --------
    >>> unit_of(describe("chilling")).text(0.5), unit_of(describe("ties.mean")).text(9.87)
    ('50%', '9.87')
    """
    if measure.unit == "share":
        return SIGNED_SHARE if measure.name == "chilling" else SHARE
    return COUNT if measure.unit.startswith(("acts", "cuts", "ties")) else PLAIN


SIGNED_SHARE = Unit(scale=100, suffix="%", finest=2)


def command(material: Material) -> str:
    """Write the command that lives this run again, from its folder."""
    if material.manifest.get("kind") == "comparison":
        return _comparison_command(material)
    return "glasshouse run scenario.yaml"


def _comparison_command(material: Material) -> str:
    files = [material.manifest["scenarios"][world] for world in material.worlds]
    return shlex.join(["glasshouse", "compare", *files])


def short_command(scenario: Scenario) -> str | None:
    """Write the command that makes the same run from a preset; None where there is no such preset.

    Examples
    --------
    >>> short_command(Scenario.load("fear").replace(days=30, seed=7))
    'glasshouse run fear --population 1000000 --days 30 --seed 7 --replicates 1'
    """
    name = scenario.scheme.name
    if name not in presets() or preset(name) != scenario.scheme:
        return None
    plain = Scenario(
        scheme=scenario.scheme,
        population=scenario.population,
        days=scenario.days,
        seed=scenario.seed,
        replicates=scenario.replicates,
        alone=scenario.alone,
    )
    if plain != scenario:
        return None
    words = ["glasshouse", "run", name, "--population", f"{scenario.population}"]
    words += ["--days", f"{scenario.days}", "--seed", f"{scenario.seed}"]
    words += ["--replicates", f"{scenario.replicates}"]
    return shlex.join([*words, *(["--alone"] if scenario.alone else [])])


def facts(material: Material) -> list[tuple[str, str]]:
    """Give what a reader needs to check that a second run is the same."""
    manifest = material.manifest
    seeds = ", ".join(f"{seed}" for seed in material.seeds)
    rows = [
        ("Run", str(manifest.get("id", material.folder.name))),
        ("Version of glasshouse", str(manifest.get("version", "unknown"))),
        ("Hash of its sources", str(manifest.get("source", "unknown"))),
        ("Seeds", seeds),
        ("Digest of the run", str(manifest.get("digest", "unknown"))),
    ]
    speed = manifest.get("citizen_days_per_second")
    if speed:
        rows.append(("Speed", f"{number(round(speed))} citizen-days a second"))
    machine = manifest.get("machine", {})
    if machine:
        words = [str(machine[key]) for key in ("system", "architecture") if machine.get(key)]
        words += [f"{machine['cores']} cores"] if machine.get("cores") else []
        words += [f"Python {machine['python']}"] if machine.get("python") else []
        rows.append(("Machine", ", ".join(words)))
    return rows


def digests(material: Material) -> list[tuple[str, str, str]]:
    """Give the digest of every world and seed."""
    worlds = material.manifest.get("digests", {})
    return [(world, seed, digest) for world, by in worlds.items() for seed, digest in by.items()]
