"""The page of one run: one file, offline, for somebody who has never seen the project."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2

from glasshouse.report.appendix import (
    command,
    digests,
    facts,
    grade_counts,
    measures_by_family,
    parameters_by_section,
    short_command,
)
from glasshouse.report.asked import people_asked_about, scheme_topics, timeline_sentences
from glasshouse.report.material import Material
from glasshouse.report.pictures.citizen import citizen_figure
from glasshouse.report.pictures.doors import doors_figure
from glasshouse.report.pictures.figure import Figure
from glasshouse.report.pictures.groups import groups_figure
from glasshouse.report.pictures.nation import nation_figure
from glasshouse.report.pictures.reading import reading_figure
from glasshouse.report.pictures.scores import scores_figure
from glasshouse.report.pictures.speech import speech_figure
from glasshouse.report.pictures.ties import ties_figure
from glasshouse.report.summary import one_sentence, summary
from glasshouse.report.theme import variables
from glasshouse.report.wording import count_of
from glasshouse.run.folder import write_text

REPORT = "report.html"
PICTURES = (
    scores_figure,
    doors_figure,
    speech_figure,
    ties_figure,
    nation_figure,
    groups_figure,
    citizen_figure,
    reading_figure,
)
LIMITS = (
    "The people are synthetic: drawn from a seed and a handful of shares. No record about "
    "anybody real went into "
    "this, and nothing in it says anything about anybody real.",
    "It is a model. It says what follows from its rules and numbers, most of which are assumed; "
    "a real nation has "
    "courts, journalists, exits and surprises that it lacks.",
    "The intervals tell how much chance there is between nations drawn from the same numbers. "
    "They do not tell how "
    "wrong the numbers or the rules may be; the ranges of the parameters are there to try that "
    "out.",
    "The nation is no country, the map is no map, and the scheme is the one written above, not "
    "any real "
    "company's or state's.",
    "Nothing here is a legal verdict about any scheme.",
)


def write_report(folder: Path) -> Path:
    """Write the report of a run into its folder.

    Parameters
    ----------
    folder
        The run's folder; only its files are read.

    Returns
    -------
    Path
        ``report.html`` in the folder.

    Raises
    ------
    BadInput
        When the folder holds no run, or none of which a seed is finished.
    """
    folder = Path(folder)
    page = report_page(Material.read(folder))
    write_text(folder / REPORT, page)
    return folder / REPORT


def report_page(material: Material) -> str:
    """Write the page of a run."""
    pictures = [draw(material) for draw in PICTURES]
    scheme = material.scheme
    return rendered(
        "report.html.j2",
        material,
        pictures,
        title=scheme.title or scheme.name,
        contents=contents(pictures),
        about=scheme.about,
        sources=scheme.sources,
        sentence=one_sentence(material),
        people=people_asked_about(
            material.scenario, material.population, len(material.seeds), len(material.worlds)
        ),
        scheme=scheme_topics(scheme),
        timeline=timeline_sentences(material.scenario),
        figures=summary(material),
        commands=_commands(material),
    )


def rendered(template: str, material: Material, pictures: Sequence[Figure], **more: Any) -> str:
    """Fill a template with what every page has and with what this one has."""
    sections = parameters_by_section(material)
    return filled(
        template,
        version=material.manifest.get("version", ""),
        warnings=_warnings(material),
        last_day=material.last_day,
        uncertainty=uncertainty(len(material.seeds)),
        pictures=pictures,
        parameters=sections,
        grades=grade_counts(sections),
        changed=sum(row.changed for rows in sections.values() for row in rows),
        limits=LIMITS,
        facts=facts(material),
        digests=digests(material),
        measures=measures_by_family(material),
        worlds=material.worlds,
        **more,
    )


def filled(template: str, **values: Any) -> str:
    """Fill a template with some values, in the dress of all pages."""
    style = files("glasshouse.report").joinpath("templates/style.css").read_text("utf-8")
    light, dark = variables(dark=False), variables(dark=True)
    return (
        _environment().get_template(template).render(light=light, dark=dark, style=style, **values)
    )


def uncertainty(seeds: int) -> str:
    """Say what the intervals are, or why there are none.

    Examples
    --------
    >>> uncertainty(1)
    'One nation only was drawn, so no number here has an interval: another nation may differ.'
    """
    if seeds == 1:
        return (
            "One nation only was drawn, so no number here has an interval: another nation "
            "may differ."
        )
    return (
        f"Each number is the mean of {seeds} nations drawn anew; its interval (Student's t, "
        "95%) says where the "
        "mean of many more such nations would lie."
    )


def contents(pictures: Sequence[Figure]) -> list[tuple[str, str]]:
    """Give the anchors of a page and their names."""
    return [
        ("asked", "What was asked"),
        ("happened", "What happened"),
        *((figure.key, figure.title) for figure in pictures),
        ("believe", "How far to believe it"),
        ("again", "Run it again"),
        ("measures", "All measures"),
    ]


def _commands(material: Material) -> list[tuple[str, str]]:
    commands = [("With the scenario that lies in this run's folder:", command(material))]
    short = short_command(material.scenario)
    return [*commands, ("Or, since nothing else was changed:", short)] if short else commands


def _warnings(material: Material) -> list[str]:
    asked, lived = material.manifest.get("seeds_asked", material.seeds), material.seeds
    if len(asked) <= len(lived):
        return []
    return [
        f"This run was interrupted: {len(lived)} of {count_of(len(asked), 'nation')} were lived "
        "to the end, "
        "and only those are reported."
    ]


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("glasshouse.report"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
