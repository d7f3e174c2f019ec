"""What happened, in two minutes: a handful of numbers, each with its sentence and its interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from glasshouse.report.material import Material
from glasshouse.report.pictures.doors import ends_of_doors
from glasshouse.report.pictures.pairs import other_at_end
from glasshouse.report.wording import COUNT, SCORE, SHARE, SHARE_CHANGE, number


@dataclass(frozen=True)
class KeyFigure:
    """A number worth remembering.

    Attributes
    ----------
    label
        What it is about, in a word or two.
    value
        The number, large.
    sentence
        What it means.
    limits
        How sure it is.
    measure
        The measure it comes from.
    """

    label: str
    value: str
    sentence: str
    limits: str
    measure: str


def summary(material: Material) -> list[KeyFigure]:
    """Give the key figures of a run; what a run does not have is left out."""
    found = [make(material) for make in FIGURES]
    return [_dated(material, figure) for figure in found if figure is not None]


def _dated(material: Material, figure: KeyFigure) -> KeyFigure:
    """Add the day to a number that ends before the run does."""
    day = material.last_taken(figure.measure)
    if day == material.last_day:
        return figure
    return replace(figure, limits=f"{figure.limits}; on day {day}, its last")


def _unsaid(material: Material) -> KeyFigure | None:
    value = material.at_end("chilling")
    if value.mean is None or material.other is None:
        return None
    if value.mean < 0:
        value = value.scaled(-1)
        text = "more dissent is voiced than by the same people in their life without the scheme."
    else:
        text = (
            "of the dissent that the same people voice in their life without the scheme goes "
            "unsaid."
        )
    return KeyFigure("Speech", SHARE.mean(value), text, SHARE.limits(value), "chilling")


def _thought(material: Material) -> KeyFigure | None:
    here, change = material.at_end("dissent.held"), material.change("dissent.held")
    if here.mean is None:
        return None
    if change.mean is None:
        text = "of the citizens dissent in private."
        return KeyFigure("Minds", SHARE.mean(here), text, SHARE.limits(here), "dissent.held")
    there = SHARE.beside(other_at_end(material, "dissent.held"), here)
    hardly = abs(change.mean) < 0.02
    text = f"of the citizens dissent in private; without the scheme {there}. "
    text += "Opinions have hardly changed." if hardly else "Opinions have changed."
    limits = f"difference {SHARE_CHANGE.mean(change)}, {SHARE_CHANGE.limits(change)}"
    return KeyFigure("Minds", SHARE.mean(here), text, limits, "dissent.held")


def _masks(material: Material) -> KeyFigure | None:
    here = material.at_end("falsification.dissenters")
    if here.mean is None:
        return None
    there = other_at_end(material, "falsification.dissenters")
    text = "of the dissenters show the opposite of what they think"
    text += f"; without the scheme {SHARE.beside(there, here)} do." if there.known else "."
    return KeyFigure(
        "Masks", SHARE.mean(here), text, SHARE.limits(here), "falsification.dissenters"
    )


def _doors(material: Material) -> KeyFigure | None:
    ends = ends_of_doors(material)
    if not ends:
        return None
    least = min(ends, key=lambda door: ends[door].mean or 0.0)
    most = max(ends, key=lambda door: ends[door].mean or 0.0)
    text = f"find the {least} door open, which fewest pass"
    text += (
        f"; {SHARE.beside(ends[most], ends[least])} pass the {most} door, the widest."
        if most != least
        else "."
    )
    value = ends[least]
    return KeyFigure("Doors", SHARE.mean(value), text, SHARE.limits(value), f"door.{least}.open")


def _scores(material: Material) -> KeyFigure | None:
    value = material.at_end("score.quantile.50")
    if value.mean is None or not material.scores_move:
        return None
    first = SCORE.text(material.scheme.first_score())
    text = f"points has the citizen in the middle; all began with {first}."
    return KeyFigure("Scores", SCORE.mean(value), text, SCORE.limits(value), "score.quantile.50")


def _outcasts(material: Material) -> KeyFigure | None:
    value = material.at_end("outcasts")
    if value.mean is None or material.other is None:
        return None
    here = COUNT.bare(material.at_end("ties.mean"))
    there = COUNT.bare(other_at_end(material, "ties.mean"))
    text = (
        "are outcasts: they keep less than a fifth of the ties they would have without the scheme. "
        f"On average {here} ties live instead of {there}."
    )
    return KeyFigure("Ties", SHARE.mean(value), text, SHARE.limits(value), "outcasts")


def _friends(material: Material) -> KeyFigure | None:
    value = material.at_end("score.from_friends")
    if not value.mean:
        return None
    text = "of all movement of scores comes from friends' scores and not from one's own acts."
    return KeyFigure("Friends", SHARE.mean(value), text, SHARE.limits(value), "score.from_friends")


def _innocent(material: Material) -> KeyFigure | None:
    value, wrong = material.at_end("loss.innocent"), material.at_end("loss.misclassified")
    if value.mean is None or wrong.mean is None:
        return None
    text = (
        "of the points lost through acts are lost by a grumble or a cartoon; "
        f"{SHARE.beside(wrong, value)} by acts that were read wrongly."
    )
    return KeyFigure("Innocence", SHARE.mean(value), text, SHARE.limits(value), "loss.innocent")


def _watching(material: Material) -> KeyFigure | None:
    value = material.at_end("acts.recorded")
    if not value.mean:
        return None
    text = "acts are recorded per citizen and day"
    hours = material.at_end("staff_hours")
    if hours.mean is not None:
        text += (
            f"; people reviewing them would need {number(hours.mean)} hours a day for 1,000 "
            "citizens"
        )
    return KeyFigure(
        "Watching", COUNT.mean(value), text + ".", COUNT.limits(value), "acts.recorded"
    )


FIGURES: tuple[Callable[[Material], KeyFigure | None], ...] = (
    _unsaid,
    _thought,
    _masks,
    _scores,
    _doors,
    _outcasts,
    _friends,
    _innocent,
    _watching,
)


def one_sentence(material: Material) -> str:
    """Say in one sentence what happened, from the same numbers.

    Where the other life was lived, it says what became of speech, of minds and of doors.
    """
    parts = []
    chilling, held = material.at_end("chilling"), material.change("dissent.held")
    if material.other and chilling.mean is not None:
        parts.append(_speech_in_brief(chilling.mean))
    if held.mean is not None:
        parts.append(_minds_in_brief(material, held.mean))
    masks = material.change("falsification")
    if masks.mean is not None and masks.mean > 0:
        there = SHARE.bare(other_at_end(material, "falsification"))
        here = SHARE.bare(material.at_end("falsification"))
        parts.append(f"{here} of all people hid what they think, instead of {there}")
    ends = ends_of_doors(material)
    if ends:
        least = min(ends, key=lambda door: ends[door].mean or 0.0)
        shut = 1 - (ends[least].mean or 0.0)
        ended = "" if material.scenario.timeline.abolition is None else " before the abolition"
        parts.append(f"the {least} door, the narrowest, was shut to {SHARE.text(shut)}{ended}")
    if not parts:
        return ""
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _speech_in_brief(chilling: float) -> str:
    if chilling < 0:
        return f"{SHARE.text(-chilling)} more dissent was voiced"
    return f"{SHARE.text(chilling)} of the dissent went unsaid"


def _minds_in_brief(material: Material, change: float) -> str:
    if abs(change) < 0.02:
        return "what people think hardly changed"
    there = other_at_end(material, "dissent.held")
    verb = "fell" if change < 0 else "rose"
    return (
        f"private dissent {verb} from {SHARE.bare(there)} to "
        f"{SHARE.bare(material.at_end('dissent.held'))}"
    )
