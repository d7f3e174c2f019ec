"""The day of a citizen whose days were not written down: the nation is lived again up to it.

It is lived from the nearest moment that the run's folder keeps: a checkpoint, or the eve of the
introduction; else from its first day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from glasshouse.chance.rule import source_hash
from glasshouse.engine.nation import Nation
from glasshouse.run.checkpoints import CHECKPOINTS, FORMAT
from glasshouse.run.ledger import (
    Explanation,
    Question,
    StoredRow,
    explained,
    ledger_of,
    running_score,
)
from glasshouse.run.nation_store import Described, read_index, read_nation
from glasshouse.run.pieces import Damaged
from glasshouse.run.plan import NO_SCHEME
from glasshouse.run.progress import Watcher
from glasshouse.run.result import Run
from glasshouse.scenario.faults import BadInput

Rules = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True)
class Start:
    """Where living again begins.

    Attributes
    ----------
    day : int
        The first day that is lived again.
    enacted : int or None
        The day for which a scheme was enacted already.
    folder : Path or None
        Where the nation is kept; None to begin with its first day.
    described : dict
        What its index says of it.
    """

    day: int
    enacted: int | None
    folder: Path | None
    described: Described

    @classmethod
    def nearest(cls, run: Run, question: Question) -> Self:
        """The latest moment that is kept and lies before the end of the day that is asked about."""
        first = cls(-run.scenario.timeline.spin_up, None, None, {})
        return max([first, *cls._kept(run, question)], key=lambda each: each.day)

    @classmethod
    def _kept(cls, run: Run, question: Question) -> Iterator[Self]:
        if run.folder is None:
            return
        for folder in sorted((run.folder / CHECKPOINTS).glob("[!.]*")):
            try:
                content, _ = read_index(folder)
                found = _position(content, run)
            except (Damaged, KeyError, TypeError):
                continue
            if found is not None:
                seed, world, enacted = found
                nation = content["nation"]
                day = nation["moment"]["day"]
                if seed == question.seed and world in ("", question.world) and day <= question.day:
                    yield cls(day, enacted, folder, nation)


def _position(content: Described, run: Run) -> tuple[int, str, int | None] | None:
    """Seed, world (empty where it is that of all) and enacted day of what an index describes."""
    if content["nation"] is None or content.get("source") != source_hash():
        return None
    if "state" not in content:
        return content["seed"], "", None
    if content["format"] != FORMAT:
        return None
    course = content["state"]["course"]
    world = run.worlds[course["world"]] if course["world"] >= 0 else ""
    return course["seed"], world, course["enacted"]


def days_to_live(start: Start, question: Question) -> int:
    """Days from a start to the end of the day that is asked about."""
    return question.day + 1 - start.day


def expected(run: Run, question: Question, start: Start) -> str:
    """How long it will take to live again up to the day that is asked about."""
    people, days = run.manifest["population"], days_to_live(start, question)
    speed = run.manifest["citizen_days_per_second"]
    time = f"about {max(people * days / speed, 1):,.0f} s" if speed else "a while"
    return (
        f"Citizen {question.citizen:,} is not among the sampled: living {days:,} days of "
        f"{people:,} citizens again, {time}."
    )


def relived(
    run: Run,
    question: Question,
    start: Start,
    watcher: Watcher,
    rules: Rules | None = None,
) -> Explanation:
    """Live the nation again from a start, and explain the day.

    Raises
    ------
    BadInput
        When the run had own rules that are not at hand.
    """
    scenario = run.scenarios.get(question.world, run.scenario)
    schemes = {step.day: step.scheme for step in scenario.enactments()}
    if question.world not in run.scenarios:
        schemes = {0: run.scheme(NO_SCHEME)}
    own = _rules(run, rules)
    watcher.begins("living again")
    if start.folder is None:
        nation = Nation.make(scenario, question.seed, own or None)
    else:
        try:
            nation = read_nation(start.folder, start.described, scenario, question.seed, own)
        except Damaged as fault:
            watcher.warn(f"a checkpoint is damaged ({fault}): living from the first day")
            nation = Nation.make(scenario, question.seed, own or None)
            start = Start(nation.day, None, None, {})
    ledger: list[StoredRow] = []
    while nation.day <= question.day:
        if nation.day in schemes and nation.day != start.enacted:
            nation.enact(schemes[nation.day])
        if nation.day == question.day:
            ledger = ledger_of(nation, question.citizen)
        nation.live_day()
        watcher.day()
    return explained(question, running_score(nation, question.citizen), ledger)


def _rules(run: Run, given: Rules | None) -> dict[str, Callable[..., Any]]:
    rules = dict(given or run.rules)
    wanted = set(run.manifest["own_rules"])
    if wanted != set(rules):
        raise BadInput(
            field="rules",
            found=", ".join(sorted(rules)) or "none",
            allowed="the own rules of the run: " + (", ".join(sorted(wanted)) or "none"),
        )
    return rules
