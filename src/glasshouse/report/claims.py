"""The page of the claims: each with its verdict, its number and every draw of the assumptions."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from glasshouse.report.methods import CITED, SALIB
from glasshouse.report.naming import factor_meaning, factor_names
from glasshouse.report.page import LIMITS, REPORT, filled
from glasshouse.report.pictures.draws import Draw, draw_along, draw_in_order
from glasshouse.report.pictures.figure import Panel, Table, panel
from glasshouse.report.pictures.marks import Size
from glasshouse.report.wording import count_of, listed, number, setting_said
from glasshouse.run.folder import write_text
from glasshouse.scenario.faults import BadInput

VERDICTS = "verdicts.json"
WIDE, NARROW = Size(330, 250), Size(320, 250, narrow=True)
KINDS = {"claim": "Claims", "tension": "Tensions", "placebo": "Placebos"}
OF_CLAIMS = (
    "A claim is tested in this model, under this scheme, over these assumptions. That it holds "
    "says that it follows from them; that it fails says that it does not.",
    "The smallest effect that would matter was chosen beforehand, and is a judgement. Another one "
    "may turn a verdict.",
    "Assumptions are drawn evenly between the ends of their ranges, which are themselves assumed. "
    "Ten draws of a hundred may lie where a claim does not hold and it is still said to hold.",
)


@dataclass(frozen=True)
class Said:
    """A claim as the page tells it."""

    key: str
    title: str
    claim: str
    verdict: str
    word: str
    sentence: str
    measured: str
    why: str
    panels: Sequence[Panel]
    beside: Sequence[tuple[str, str]]
    table: Table


def write_claims(folder: Path) -> Path:
    """Write the report of claims that were put to the test into their folder.

    Parameters
    ----------
    folder
        Its ``verdicts.json`` is read, and nothing else.

    Returns
    -------
    Path
        ``report.html`` in the folder.

    Raises
    ------
    BadInput
        When the folder holds no verdicts, or a damaged file.
    CannotWrite
    """
    path = Path(folder) / VERDICTS
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        page = claims_page(told)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        found = "a damaged file" if path.exists() else "no such file"
        raise BadInput(place=str(path), found=found, allowed="verdicts on claims") from fault
    write_text(Path(folder) / REPORT, page)
    return Path(folder) / REPORT


def claims_page(told: Mapping[str, Any]) -> str:
    """Write the page."""
    kinds: dict[str, list[Said]] = {}
    for each in told["claims"]:
        kinds.setdefault(KINDS[each["kind"]], []).append(_said(each))
    return filled(
        "claims.html.j2",
        version=told["version"],
        title="What is said about social scoring, put to the test",
        contents=[("verdicts", "Verdicts"), *((kind.lower(), kind) for kind in kinds),
                  ("methods", "Methods"), ("believe", "How far to believe it")],
        sentence=lead(told["claims"]),
        people=_people(told),
        verdicts=verdict_table(told["claims"]),
        kinds=kinds,
        methods=_methods(told),
        assumptions=_assumptions(told),
        bibtex=f"{CITED % told['version']}\n{SALIB}",
        limits=[*OF_CLAIMS, *LIMITS],
    )  # fmt: skip


def lead(claims: Sequence[Mapping[str, Any]]) -> str:
    """Say how many hold, fail and depend."""
    words = Counter(each["verdict"]["word"] for each in claims if each["kind"] == "claim")
    if not words:
        return ""
    parts = {"holds": ("holds", "hold"), "fails": ("fails", "fail"),
             "depends": ("depends on an assumption", "depend on an assumption"),
             "cannot be told": ("cannot be told", "cannot be told")}  # fmt: skip
    told = [
        f"{words[word]} {one if words[word] == 1 else many}"
        for word, (one, many) in parts.items()
        if words[word]
    ]
    return f"Of {count_of(words.total(), 'claim')} put to the test, {listed(told)}."


def verdict_table(claims: Sequence[Mapping[str, Any]]) -> Table:
    """All verdicts with their numbers; null and reversed ones like the others."""
    rows = []
    for each in claims:
        verdict = each["verdict"]
        rows.append(
            [
                _title(each), _verdict(each), _number(verdict["mean"]),
                _between(verdict["low"], verdict["high"]),
                _between(verdict["least"], verdict["most"]), number(each["smallest"]),
            ]
        )  # fmt: skip
    head = ["Claim", "Verdict", "Effect", "95% over nations", "95% of draws", "Matters from"]
    return Table("Effect: mean over draws of the assumptions and nations", head, rows)


def _said(each: Mapping[str, Any]) -> Said:
    verdict, smallest = each["verdict"], each["smallest"]
    draws = _draws(each)
    return Said(
        key=f"claim-{each['name']}",
        title=_title(each),
        claim=each["claim"],
        verdict=_verdict(each),
        word=str(verdict["word"]).replace(" ", "-"),
        sentence=_sentence(each),
        measured=each["measured"],
        why=f"Smallest effect that would matter: {number(smallest)}. {each['why']}",
        panels=_panels(each, draws),
        beside=[(said, _number(value)) for said, value in verdict["beside"].items()],
        table=_table(each, draws),
    )


def _draws(each: Mapping[str, Any]) -> list[Draw]:
    """Draws that have an effect, each at its place along the factor it depends on, if on any."""
    along = each["settings"].get(each["verdict"]["on"]) or [0.0] * len(each["values"])
    found = []
    for values, half, place in zip(each["values"], each["half_widths"], along, strict=True):
        known = [value for value in values if value is not None]
        if known:
            found.append(Draw(sum(known) / len(known), half, place))
    return found


def _panels(each: Mapping[str, Any], draws: list[Draw]) -> list[Panel]:
    if not draws:
        return []
    smallest, unit = each["smallest"], each["unit"]
    beyond = sum(draw.side(smallest) == "beyond" for draw in draws)
    label = (
        f"{len(draws)} draws in the order of their effect, from "
        f"{_number(min(draw.effect for draw in draws))} to "
        f"{_number(max(draw.effect for draw in draws))} {unit}; {beyond} lie beyond "
        f"{number(smallest)}"
    )
    panels = [
        panel("Every draw of the assumptions, by effect", label,
              lambda size: draw_in_order(draws, smallest, unit, size), WIDE, NARROW)
    ]  # fmt: skip
    on = each["verdict"]["on"]
    if on:
        name = factor_names(list(each["settings"]))[on]
        panels.append(
            panel(f"The same along what it depends on most: {name}", f"Effect along {name}",
                  lambda size: draw_along(draws, smallest, name, size), WIDE, NARROW)
        )  # fmt: skip
    return panels


def _table(each: Mapping[str, Any], draws: list[Draw]) -> Table:
    names = factor_names(list(each["settings"]))
    rows = []
    for place, values in enumerate(each["values"]):
        known = [value for value in values if value is not None]
        mean = sum(known) / len(known) if known else None
        settings = [setting_said(column[place]) for column in each["settings"].values()]
        rows.append([str(place + 1), _number(mean), _number(each["half_widths"][place]), *settings])
    return Table(f"{each['unit']}, by draw", ["Draw", "Effect", "±", *names.values()], rows)


def _sentence(each: Mapping[str, Any]) -> str:
    verdict = each["verdict"]
    if verdict["mean"] is None:
        return f"The effect is not defined in {count_of(verdict['undefined'], 'draw')}."
    said = f"Effect: {_number(verdict['mean'])} ({each['unit']})"
    if verdict["low"] is not None:
        said += f"; 95% over nations {_between(verdict['low'], verdict['high'])}"
    if verdict["least"] is not None:
        said += f"; over the assumptions {_between(verdict['least'], verdict['most'])}"
    if verdict["on"] and verdict["explains"] is not None:
        name = factor_names(list(each["settings"]))[verdict["on"]]
        said += f". {name[0].upper()}{name[1:]} explains {verdict['explains']:.0%} of the variance"
    undefined = verdict["undefined"]
    return said + (f". Not defined in {count_of(undefined, 'draw')}." if undefined else ".")


def _people(told: Mapping[str, Any]) -> str:
    scale, arms = told["scale"], told["arms"]
    return (
        f"{count_of(scale['draws'], 'draw')} of what is uncertain, "
        f"{count_of(scale['seeds'], 'nation')} of {number(scale['population'])} synthetic citizens "
        f"in each, every nation in "
        f"{count_of(len(arms), 'life', 'lives')} with the same chance events."
    )


def _methods(told: Mapping[str, Any]) -> list[str]:
    count = len(told["claims"])
    return [
        _people(told) + " Assumptions were drawn by a Latin hypercube; a factor with levels takes "
        "each with the same probability.",
        "In each draw the effect has a 95% interval over nations, whose spread within draws is "
        "taken from all draws together. A claim holds where that interval lies beyond the smallest "
        "effect that would matter in at least 90% of the draws, fails where it lies short of it in "
        "90%, and else depends on the assumption with the largest first-order index (random "
        "balance design).",
        f"{count_of(count, 'effect')} were tested at once, and no verdict was adjusted for that: "
        "every one is printed, whatever it says.",
        f"Lived with glasshouse {told['version']} (hash of the model {told['model']}).",
    ]


def _assumptions(told: Mapping[str, Any]) -> Table:
    """What was uncertain, and between which values it was drawn."""
    settings: Mapping[str, list[Any]] = told["claims"][0]["settings"] if told["claims"] else {}
    names = factor_names(list(settings))
    rows = [
        [names[path], path, _drawn(values), factor_meaning(path) or "–"]
        for path, values in settings.items()
    ]
    head = ["Assumption", "Field", "Drawn", "Meaning"]
    return Table("What is uncertain", head, rows)


def _drawn(values: Sequence[Any]) -> str:
    if len(set(values)) <= 3 or not all(isinstance(each, int | float) for each in values):
        return ", ".join(setting_said(each) for each in sorted(set(values), key=str))
    return f"{setting_said(min(values))} to {setting_said(max(values))}"


def _verdict(each: Mapping[str, Any]) -> str:
    """The verdict in words, the factor by its readable name."""
    on = each["verdict"]["on"]
    return (
        f"depends on {factor_names(list(each['settings']))[on]}" if on else each["verdict"]["said"]
    )


def _title(each: Mapping[str, Any]) -> str:
    name = str(each["name"]).replace("-", " ")
    return f"{each['number']}. {name}" if each["number"] else name


def _number(value: float | None) -> str:
    return "–" if value is None else number(value)


def _between(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else f"{number(low)} to {number(high)}"
