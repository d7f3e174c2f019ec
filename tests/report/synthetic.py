"""Run folders that look like real ones, made in milliseconds.

The numbers follow plausible curves that nobody lived; with them pages are tested without an engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import exp
from pathlib import Path
from typing import Any

import numpy
import polars

from glasshouse.scenario.defaults import GRADES, parameter_info
from glasshouse.scenario.scenario import Scenario
from glasshouse.scenario.scheme import Scheme

GROUPS = ("all", "majority", "minority", "dissenters", "others")
LEAN = {"all": 0.0, "majority": 0.1, "minority": -0.8, "dissenters": -1.0, "others": 0.7}
LAYERS = ("kin", "circle", "district", "city", "nation")


@dataclass(frozen=True)
class Made:
    """A folder to make: the scenario, and which worlds are lived in it."""

    scenarios: dict[str, Scenario]
    worlds: tuple[str, ...]
    kind: str = "run"
    severity: dict[str, float] = field(default_factory=dict)

    @property
    def scenario(self) -> Scenario:
        """What the worlds share."""
        return next(reversed(self.scenarios.values()))

    def scheme(self, world: str) -> Scheme | None:
        """The scheme of a world, if it watches anybody."""
        return None if world == "none" else self.scenarios[world].scheme

    @property
    def days(self) -> list[int]:
        """The measured days."""
        timeline = self.scenario.timeline
        every = self.scenario.measured.every
        first = -(timeline.spin_up // every) * every
        return sorted({*range(first, self.scenario.days, every), self.scenario.days - 1})

    @property
    def seeds(self) -> range:
        """The seeds that are lived."""
        return range(self.scenario.seed, self.scenario.seed + self.scenario.replicates)


def make_run(folder: Path, scenario: Scenario) -> Path:
    """Write a run's folder."""
    name = scenario.scheme.name
    alone = scenario.alone or name == "none"
    return _write(folder, Made({name: scenario}, (name,) if alone else ("none", name)))


def make_comparison(folder: Path, scenarios: Sequence[Scenario]) -> Path:
    """Write the folder of a comparison; the life without a scheme comes first."""
    named = {"none": scenarios[0].replace(scheme="none")}
    named |= {each.scheme.name: each for each in scenarios}
    severity = {name: 0.35 + 0.65 * place / len(named) for place, name in enumerate(named)}
    return _write(folder, Made(named, tuple(named), "comparison", severity))


def _write(folder: Path, made: Made) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, scenario in made.scenarios.items():
        file = f"scenario-{name}.yaml" if made.kind == "comparison" else "scenario.yaml"
        (folder / file).write_text(scenario.to_yaml(), encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(_manifest(made)), encoding="utf-8")
    _measures(made).write_parquet(folder / "measures.parquet")
    _districts(made).write_parquet(folder / "districts.parquet")
    _citizens(made).write_parquet(folder / "citizens.parquet")
    return folder


def _manifest(made: Made) -> dict[str, Any]:
    digests = {world: {str(s): f"{s:032x}" for s in made.seeds} for world in made.worlds}
    return {
        "id": f"{made.worlds[-1]}-1",
        "kind": made.kind,
        "state": "finished",
        "version": "0.1.0",
        "source": "3f2a" * 16,
        "population": made.scenario.population,
        "days": made.scenario.days,
        "seed": made.scenario.seed,
        "seeds": list(made.seeds),
        "seeds_asked": list(made.seeds),
        "worlds": list(made.worlds),
        "scenarios": {name: f"scenario-{name}.yaml" for name in made.scenarios}
        if made.kind == "comparison"
        else {made.scenario.scheme.name: "scenario.yaml"},
        "paired": not made.scenario.alone,
        "digest": "5e" * 16,
        "digests": digests,
        "seconds": 12.5,
        "citizen_days": 1,
        "citizen_days_per_second": 2e6,
        "bytes_per_citizen": 8.0,
        "own_rules": {},
        "own_measures": {},
        "evidence": {
            "grades": dict(GRADES),
            "count": {},
            "by_parameter": {name: each.grade for name, each in parameter_info().items()},
            "changed": dict(made.scenario.parameters),
        },
        "machine": {"system": "Linux", "architecture": "x86_64", "cores": 2, "python": "3.11.7"},
    }


def strength(made: Made, world: str, day: int) -> float:
    """How far a world has moved by a day, between nothing and its full severity."""
    if world == "none" or day <= 0:
        return 0.0
    abolition = made.scenario.timeline.abolition
    lived = day if abolition is None else min(day, abolition)
    full = (1 - exp(-lived / 70)) * made.severity.get(world, 1.0)
    return full if abolition is None or day <= abolition else full * exp(-(day - abolition) / 40)


def _curves(made: Made, world: str, day: int, group: str) -> Iterator[tuple[str, float | None]]:
    force, lean = strength(made, world, day), LEAN[group]
    scheme = made.scheme(world)
    base = scheme.base if scheme else 0.0
    middle = base - 70 * force + 45 * force * lean
    spread = 2 + 100 * force
    scored = world != "none" and day >= 0
    for quantile, place in ((5, -1.6), (25, -0.7), (50, 0.05), (75, 0.7), (95, 1.5)):
        yield f"score.quantile.{quantile}", middle + place * spread if scored else None
    yield "score.mean", middle if scored else None
    yield "score.sd", spread if scored else None
    yield "score.gini", 0.02 + 0.2 * force if scored else None
    yield "score.from_friends", 0.24 * force if scored and force else None
    said = {"dissenters": 1.1, "others": 0.12}.get(group, 0.5)
    yield "dissent.said", said * (1 - 0.74 * force)
    yield "dissent.held", {"dissenters": 1.0, "others": 0.0}.get(group, 0.4 - 0.006 * force)
    yield "chilling", 0.74 * force if scored and not made.scenario.alone else None
    yield "falsification", 0.08 + 0.24 * force
    yield "falsification.dissenters", 0.06 + 0.62 * force if group == "all" else None
    yield "speech.face_to_face", 0.4 + 0.2 * force
    yield "ties.mean", 10.8 - 0.9 * force + 0.3 * lean * force
    yield "outcasts", (0.018 - 0.012 * lean) * force if scored and not made.scenario.alone else None
    yield "ties.cut", 0.002 + 0.09 * force
    for layer, part in zip(LAYERS, (0.12, 0.3, 0.28, 0.2, 0.1), strict=True):
        yield f"ties.cut.{layer}", part
    for place, door in enumerate(scheme.doors if scheme and scored else ()):
        share = 1 - force * (0.15 + 0.12 * place - 0.1 * lean)
        yield f"door.{door}.open", max(share, 0.02)
        yield f"door.{door}.lost", 1 - max(share, 0.02)
    yield "reading.hill1", 9.4 - 0.8 * force
    yield "reading.person.hill1", 7.2 - 0.9 * force
    yield "reading.hill0", 12.0
    yield "reading.hill2", 8.6 - 0.8 * force
    yield "reading.tone", 0.05 + 0.4 * force
    yield "shopping.tone", 0.1 + 0.3 * force
    yield "acts.recorded", 5.1 if scored else 0.0
    yield "acts.misread", 0.03 if scored else 0.0
    yield "loss.innocent", 0.22 if scored and force else None
    yield "loss.misclassified", 0.11 if scored and force else None
    yield "staff_hours", 43.0 if scored else 0.0
    yield "sanctions.peers", 0.02 * force
    yield "sanctions.scheme", 0.05 * force
    yield "stance.mean", 0.1 + 0.3 * force
    yield "opinion.mean", 0.09 + 0.01 * force
    if group == "all":
        yield "score.auc_opinion", 0.79 - 0.1 * force if scored and force else None
        yield "assortativity.score", 0.1 + 0.3 * force if scored and force else None
        yield "assortativity.opinion", 0.31 + 0.05 * force
        yield "revolt.active", 0.02
        yield "revolt.tips", None


def _measures(made: Made) -> polars.DataFrame:
    rows: list[tuple[int, str, int, str, str, str, float | None]] = []
    for seed in made.seeds:
        chance = numpy.random.default_rng(seed)
        for world in made.worlds:
            for day in made.days:
                for group in GROUPS:
                    for measure, value in _curves(made, world, day, group):
                        if value is not None:
                            value *= 1 + 0.012 * float(chance.standard_normal())
                        rows.append((seed, world, day, measure, group, "nation", value))
    columns = ["seed", "world", "day", "measure", "group", "region", "value"]
    return polars.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None)


def _districts(made: Made) -> polars.DataFrame:
    citizens = made.scenario.population
    count = -(-citizens // 4096)
    rows = []
    for seed in made.seeds:
        chance = numpy.random.default_rng(100 + seed)
        climate = numpy.convolve(chance.standard_normal(count + 30), numpy.ones(30) / 5, "same")
        for world in made.worlds:
            scheme = made.scheme(world)
            for day in sorted({0, made.scenario.days - 1}):
                force = strength(made, world, day)
                for district in range(count):
                    lean = float(climate[district]) + 0.1 * float(chance.standard_normal())
                    rows.append(
                        {
                            "seed": seed,
                            "world": world,
                            "day": day,
                            "district": district,
                            "city": district // 256,
                            "citizens": min(4096, citizens - 4096 * district),
                            "score_mean": (scheme.base if scheme else 0.0)
                            + force * (25 * lean - 60),
                            "stance_mean": 0.1 + 0.3 * force,
                            "opinion_mean": 0.1 + 0.05 * lean,
                            "ties_mean": 10.8 - force * (0.9 - 0.2 * lean),
                            "doors_open": min(1.0, 1 - force * (0.4 - 0.05 * lean))
                            if scheme and scheme.doors
                            else None,
                            "outcasts": None
                            if made.scenario.alone
                            else max(0.0, 0.018 - 0.006 * lean) * force,
                        }
                    )
    return polars.DataFrame(rows, infer_schema_length=None)


def _citizens(made: Made) -> polars.DataFrame:
    rows = []
    for world in made.worlds:
        scheme = made.scheme(world)
        thresholds = [(n, d.threshold or 0.0) for n, d in scheme.doors.items()] if scheme else []
        for citizen in range(made.scenario.measured.citizens):
            chance = numpy.random.default_rng(citizen)
            dissents = citizen % 5 < 2
            score = scheme.base if scheme else 0.0
            scored = world != "none"
            for day in range(made.scenario.days):
                ledger = [] if world == "none" else _ledger(chance, dissents)
                change = round(sum(row["amount"] for row in ledger), 6)
                score += change
                rows.append(
                    {
                        "seed": made.scenario.seed,
                        "world": world,
                        "citizen": citizen * 37,
                        "day": day,
                        "group": "minority" if citizen % 10 == 3 else "majority",
                        "camp": "dissenters" if dissents else "others",
                        "score": score if scored else None,
                        "change": change,
                        "stance": -0.3 if dissents and world == "none" else 0.3,
                        "opinion": -0.5 if dissents else 0.5,
                        "ties": 11 - (day // 150 if world != "none" else 0),
                        "doors": [n for n, t in thresholds if score >= t],
                        "ledger": ledger,
                    }
                )
    ledger_type = polars.List(
        polars.Struct(
            {
                "row": polars.String,
                "detail": polars.String,
                "count": polars.Int64,
                "amount": polars.Float64,
            }
        )
    )
    return polars.DataFrame(
        rows,
        schema_overrides={"ledger": ledger_type, "doors": polars.List(polars.String)},
        infer_schema_length=None,
    )


def _ledger(chance: numpy.random.Generator, dissents: bool) -> list[dict[str, Any]]:
    rows = []
    for (row, detail), rate, amount in (
        (("post", "against"), 0.12 if dissents else 0.01, -4.2),
        (("share", "against"), 0.1 if dissents else 0.01, -4.2),
        (("post", "for"), 0.1, 1.4),
        (("purchase", "an imported good"), 0.05, -2.1),
        (("cartoon", "innocent"), 0.03, -2.1),
        (("grumble", "innocent"), 0.01, -2.1),
        (("message", "against, unrecorded"), 0.05, 0.0),
    ):
        count = int(chance.poisson(rate))
        if count:
            rows.append({"row": row, "detail": detail, "count": count, "amount": amount * count})
    for friend, amount in ((523, -0.1), (31, 0.03), (877, -0.05)):
        detail = f"citizen {friend} (circle)"
        rows.append({"row": "friend", "detail": detail, "count": 1, "amount": amount})
    rows.append({"row": "forgetting", "detail": "towards the base", "count": 1, "amount": 0.8})
    rows.append(
        {
            "row": "rounding",
            "detail": "to the unit of scores",
            "count": 1,
            "amount": float(chance.choice([-0.01, 0.01])),
        }
    )
    return rows
