"""The page of a comparison: several schemes, the same people, the same draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from glasshouse.report.appendix import command
from glasshouse.report.asked import scheme_topics
from glasshouse.report.intervals import Interval, over_seeds
from glasshouse.report.material import Material
from glasshouse.report.page import REPORT, contents, rendered
from glasshouse.report.pictures.figure import Table
from glasshouse.report.pictures.groups import doors_open
from glasshouse.report.pictures.tables import UNKNOWN
from glasshouse.report.pictures.worlds import (
    colour_of,
    doors_of_worlds,
    reading_of_worlds,
    speech_of_worlds,
    stakes_of_worlds,
    ties_of_worlds,
)
from glasshouse.report.theme import Colour
from glasshouse.report.wording import COUNT, SHARE, Unit, count_of, listed, number
from glasshouse.run.folder import write_text
from glasshouse.run.plan import NO_SCHEME

PICTURES = (
    speech_of_worlds,
    doors_of_worlds,
    ties_of_worlds,
    stakes_of_worlds,
    reading_of_worlds,
)
UNBROKEN = "\u2011"
"""A hyphen at which no line breaks."""
OVERVIEW: tuple[tuple[str, str, Unit], ...] = (
    ("Dissent that goes unsaid", "chilling", SHARE),
    ("Citizens who dissent in private", "dissent.held", SHARE),
    ("Dissenters who show the opposite", "falsification.dissenters", SHARE),
    ("Living ties per citizen", "ties.mean", COUNT),
    ("Outcasts", "outcasts", SHARE),
    ("Points lost that innocent acts lose", "loss.innocent", SHARE),
    ("Points lost that misreadings lose", "loss.misclassified", SHARE),
    ("Movement of scores that friends cause", "score.from_friends", SHARE),
    ("Acts recorded per citizen and day", "acts.recorded", COUNT),
    ("Supporter ranked above dissenter, by chance", "score.auc_opinion", SHARE),
)
"""What the first table shows: words, measure, unit."""


@dataclass(frozen=True)
class World:
    """A world as the page introduces it."""

    name: str
    title: str
    about: str
    topics: list[tuple[str, str]]
    colour: Colour


def write_comparison(folder: Path) -> Path:
    """Write the report of a comparison into its folder.

    Parameters
    ----------
    folder
        The comparison's folder; only its files are read.

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
    write_text(folder / REPORT, comparison_page(Material.read(folder)))
    return folder / REPORT


def comparison_page(material: Material) -> str:
    """Write the page of a comparison."""
    pictures = [draw(material) for draw in PICTURES]
    schemes = [world for world in material.worlds if world != NO_SCHEME]
    title = (
        f"{listed(schemes)} compared" if len(schemes) > 1 else f"{listed(schemes)} and no scheme"
    )
    return rendered(
        "comparison.html.j2",
        material,
        pictures,
        title=(title[0].upper() + title[1:]).replace("-", UNBROKEN),
        contents=contents(pictures),
        schemes=[_world(material, world) for world in material.worlds],
        overview=overview(material),
        sentence=lead(material, schemes),
        people=people(material),
        commands=[("With the scenarios that lie in this folder:", command(material))],
    )


def lead(material: Material, schemes: Sequence[str]) -> str:
    """Say how much dissent each scheme leaves unsaid; nothing where there is no other life."""
    unsaid = {world: material.at_end("chilling", world) for world in schemes}
    told = [f"{SHARE.mean(value)} under {world}" for world, value in unsaid.items() if value.known]
    return (
        f"Of the dissent voiced without a scheme, this goes unsaid: {listed(told)}." if told else ""
    )


def people(material: Material) -> str:
    """Say who was made, and that all their lives share one past and the same chance events."""
    scenario = material.scenario
    nations = count_of(len(material.seeds), "nation")
    before = count_of(scenario.timeline.spin_up, "day")
    return (
        f"{nations} of {number(material.population)} synthetic citizens lived {before} without a "
        f"scheme, and from there {count_of(scenario.days, 'day')} in each of "
        f"{count_of(len(material.worlds), 'world')}, with the same chance events."
    )


def _world(material: Material, world: str) -> World:
    colour = colour_of(material, world)
    if world not in material.scenarios:
        return World(world, world, "", [], colour)
    scheme = material.scenarios[world].scheme
    return World(world, scheme.title or world, scheme.about, scheme_topics(scheme), colour)


def overview(material: Material) -> Table:
    """Tabulate the main measures, a column for each world."""
    rows = []
    for words, measure, unit in OVERVIEW:
        values = [material.at_end(measure, world) for world in material.worlds]
        if any(value.known for value in values):
            rows.append([words, *(unit.cell(value) for value in values)])
    doors = [_doors(material, world) for world in material.worlds]
    if any(value.known for value in doors):
        rows.append(["Doors open, mean over a scheme's doors", *map(SHARE.cell, doors)])
    caption = "On the last day, mean over nations with 95% interval"
    return Table(caption, ["", *material.worlds], rows)


def _doors(material: Material, world: str) -> Interval:
    if world not in material.scenarios:
        return UNKNOWN
    seen = material.beside_none(world)
    return over_seeds(doors_open(seen, world, "all").values())
