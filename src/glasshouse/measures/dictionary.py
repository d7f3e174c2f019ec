"""The data dictionary: every measure with its unit and its meaning in one plain sentence."""

from __future__ import annotations

from dataclasses import dataclass, replace

from glasshouse.measures.scores import QUANTILES
from glasshouse.society.ties import LAYERS

DOOR = "<door>"


@dataclass(frozen=True)
class Measure:
    """One measure.

    Attributes
    ----------
    name : str
        As it stands in ``measures.parquet``; ``<door>`` stands for the name of a door.
    unit : str
    meaning : str
        One plain sentence.
    family : str
        The family, which is also the file of :mod:`glasshouse.measures` that works it out.
    paired : bool
        Whether it needs the same citizens' other life, under no scheme.
    structural : bool
        Whether it looks at all ties together, and so is taken on fewer days and for the nation.
    by_group : bool
        Whether it is given for every group of people.
    """

    name: str
    unit: str
    meaning: str
    family: str
    paired: bool = False
    structural: bool = False
    by_group: bool = True


SHARE = "share"
POINTS = "points"
LEAN = "-1 to 1"
FROM_ZERO = "0 to 1"
CORRELATION = "correlation"
SUBJECTS_READ = "subjects"

# Name, unit and meaning, by family.
ENTRIES = {
    "speech": (
        (
            "dissent.said",
            "acts per citizen and day",
            "How often people speak against, over all channels, counting what was truly meant.",
        ),
        ("dissent.held", SHARE, "People whose private opinion is against."),
        (
            "chilling",
            SHARE,
            "Speech against that falls silent: what is no longer said of what the same people "
            "say under no scheme.",
        ),
        ("falsification", SHARE, "People who visibly show the opposite of what they think."),
        (
            "falsification.dissenters",
            SHARE,
            "Of those who think against, the ones who visibly show the opposite.",
        ),
        (
            "speech.face_to_face",
            SHARE,
            "Political speech that is said face to face, where nothing is recorded.",
        ),
        ("stance.mean", LEAN, "What people show on average, from against to for."),
        ("opinion.mean", LEAN, "What people think on average, from against to for."),
    ),
    "doors": (
        ("door.<door>.open", SHARE, "People who find the door <door> open."),
        (
            "door.<door>.lost",
            SHARE,
            "People for whom the door <door> is shut and would be open under no scheme.",
        ),
    ),
    "scores": (
        ("score.mean", POINTS, "Average score."),
        ("score.sd", POINTS, "Spread of the scores: their standard deviation."),
        *(
            (f"score.quantile.{part}", POINTS, f"Score that {part} in 100 people do not exceed.")
            for part in QUANTILES
        ),
        (
            "score.gini",
            FROM_ZERO,
            "Inequality of the scores above the lowest possible one: 0 when all have the same.",
        ),
        (
            "score.mobility",
            SHARE,
            "People who stand in another fifth of the scores than 30 days before.",
        ),
        (
            "score.from_friends",
            SHARE,
            "Part of all movement of scores that comes from friends' scores.",
        ),
        (
            "score.auc_opinion",
            FROM_ZERO,
            "Chance that a random supporter has a higher score than a random dissenter: 0.5 "
            "when the score says nothing about opinion.",
        ),
    ),
    "ties": (
        ("ties.mean", "ties", "Living ties a citizen has on average."),
        ("ties.cut", "cuts per citizen in 30 days", "How many ties people cut."),
        *(
            (f"ties.cut.{at}", SHARE, f"Part of all cuts that are cuts of ties in the layer {at}.")
            for at in LAYERS
        ),
        (
            "outcasts",
            SHARE,
            "People with less than a fifth of the ties that they have under no scheme.",
        ),
    ),
    "segregation": (
        (
            "ties.giant",
            SHARE,
            "People who can reach each other through living ties: the largest connected part.",
        ),
        ("assortativity.score", CORRELATION, "How much the scores of two friends are alike."),
        ("assortativity.opinion", CORRELATION, "How much the opinions of two friends are alike."),
        (
            "modularity.camp",
            LEAN,
            "How far ties keep to one's own camp, beyond what degrees alone would give.",
        ),
        (
            "modularity.score_quintile",
            LEAN,
            "How far ties keep to one's own fifth of the scores, beyond what degrees alone "
            "would give.",
        ),
        (
            "modularity.district",
            LEAN,
            "How far ties keep to one's own district, beyond what degrees alone would give.",
        ),
    ),
    "reading": (
        ("reading.hill0", SUBJECTS_READ, "Number of subjects that anybody reads about."),
        (
            "reading.hill1",
            SUBJECTS_READ,
            "Variety of what all read together: as many equally read subjects would be as "
            "varied, all subjects weighed by use.",
        ),
        (
            "reading.hill2",
            SUBJECTS_READ,
            "Variety of what all read together, with most weight on the subjects read most.",
        ),
        (
            "reading.person.hill1",
            SUBJECTS_READ,
            "Variety of what one citizen is likely to read, on average.",
        ),
        (
            "reading.tone",
            LEAN,
            "Which way the outlets lean that people read, from against to for.",
        ),
        (
            "shopping.tone",
            LEAN,
            "What people buy, from only imported (against) to only listed goods (for).",
        ),
    ),
    "acts": (
        ("acts.recorded", "acts per citizen and day", "Acts that are recorded."),
        ("acts.misread", SHARE, "Recorded acts whose tone is read wrongly."),
        (
            "loss.innocent",
            SHARE,
            "Part of all points lost through acts that is lost by a grumble or a cartoon.",
        ),
        (
            "loss.misclassified",
            SHARE,
            "Part of all points lost through acts that is lost by acts read wrongly.",
        ),
        (
            "staff_hours",
            "hours per 1,000 citizens and day",
            "Work it would be if people had to review every recorded act.",
        ),
        ("bills.late", SHARE, "Bills that are paid late."),
    ),
    "sanctions": (
        (
            "sanctions.peers",
            "sanctions per citizen in 30 days",
            "Friends who press somebody to mend their score or cut them off because of it.",
        ),
        (
            "sanctions.scheme",
            "sanctions per citizen in 30 days",
            "Recorded acts that cost points, and punishments for them.",
        ),
        (
            "sanctions.peer_share",
            SHARE,
            "Part of all sanctions that comes from friends and not from the scheme.",
        ),
        ("pressed", "friends", "Friends who press a citizen to mend their score, on average."),
        ("absent", SHARE, "People who have left the scheme."),
    ),
    "revolt": (
        ("revolt.active", SHARE, "People who would join a revolt with nobody made to begin it."),
        (
            "revolt.tips",
            SHARE,
            "Smallest share of people who, made to begin a revolt, would bring out more than a "
            "tenth of the nation: 0 if it begins by itself, empty if not even 3% suffice.",
        ),
    ),
}

PAIRED = {"chilling", "outcasts", f"door.{DOOR}.lost"}
NATION_ONLY = {
    "assortativity.score",
    "assortativity.opinion",
    "modularity.camp",
    "modularity.score_quintile",
    "modularity.district",
    "revolt.tips",
}
STRUCTURAL = NATION_ONLY | {"ties.giant", "revolt.active"}

MEASURES = {
    name: Measure(
        name,
        unit,
        meaning,
        family,
        paired=name in PAIRED,
        structural=name in STRUCTURAL,
        by_group=name not in NATION_ONLY,
    )
    for family, entries in ENTRIES.items()
    for name, unit, meaning in entries
}
"""Every measure by name; those of doors under ``door.<door>.open`` and ``door.<door>.lost``."""


def describe(name: str) -> Measure:
    """Look a measure up by the name it has in ``measures.parquet``.

    Parameters
    ----------
    name : str
        Names of doors included: ``door.travel.open``.

    Returns
    -------
    Measure

    Raises
    ------
    KeyError
        For a name that is no measure's.

    Examples
    --------
    >>> describe("door.travel.open").meaning
    'People who find the door travel open.'
    """
    if name in MEASURES:
        return MEASURES[name]
    first, _, rest = name.partition(".")
    door, _, last = rest.rpartition(".")
    found = MEASURES[f"{first}.{DOOR}.{last}" if door else name]
    return replace(found, name=name, meaning=found.meaning.replace(DOOR, door))


def door_measures(doors: tuple[str, ...]) -> list[str]:
    """Names of the measures of some doors.

    Examples
    --------
    >>> door_measures(("loan",))
    ['door.loan.open', 'door.loan.lost']
    """
    return [each.replace(DOOR, door) for door in doors for each, _, _ in ENTRIES["doors"]]
