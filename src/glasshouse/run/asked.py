"""What a run was asked to do, as its folder keeps it and as it is read again.

The manifest, the first file of a run's folder, holds all of it as plain values; the scenarios are
written beside it as YAML for people to read and to run again.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from glasshouse.run.folder import write_table, write_text
from glasshouse.run.own import source_of
from glasshouse.run.plan import Plan, plan_of_comparison, plan_of_run
from glasshouse.scenario.explaining import explained
from glasshouse.scenario.faults import BadInput
from glasshouse.scenario.scenario import EDGES_OF_RUN, Graph, Scenario

RUN, COMPARISON = "run", "comparison"
PLAIN = (bool, int, float, str)
Functions = Mapping[str, Callable[..., Any]]


def scenario_files(plan: Plan) -> dict[str, str]:
    """File of each world's scenario; the life beside a run's scheme has none.

    Examples
    --------
    >>> scenario_files(plan_of_run(Scenario.load("fear")))
    {'fear': 'scenario.yaml'}
    """
    if plan.kind == COMPARISON:
        return {world.name: f"scenario-{world.name}.yaml" for world in plan.worlds}
    return {plan.worlds[-1].name: "scenario.yaml"}


def what_is_asked(plan: Plan) -> dict[str, Any]:
    """The scenarios of a plan as plain values, by world."""
    by_name = {world.name: world.scenario for world in plan.worlds}
    return {name: _plain(by_name[name]) for name in scenario_files(plan)}


def hash_of_asked(plan: Plan, rules: Functions, measures: Functions) -> str:
    """Hash of all that the rows of a run depend on, but for the sources of the package.

    A user's own functions are part of it by their text and the plain values that it names.
    """
    own = [{name: _said_by(each) for name, each in given.items()} for given in (rules, measures)]
    said = json.dumps([plan.kind, plan.paired, what_is_asked(plan), *own], sort_keys=True)
    digest = hashlib.blake2b(said.encode(), digest_size=16)
    society = plan.scenario.society
    if isinstance(society, Graph):
        edges = society.edge_list()
        for part in (edges.first, edges.second, edges.strength):
            if part is not None:
                digest.update(part.tobytes())
    return digest.hexdigest()


def write_edges(folder: Path, plan: Plan) -> None:
    """Write the edges of an explicit graph."""
    society = plan.scenario.society
    if isinstance(society, Graph):
        write_table(folder / EDGES_OF_RUN, society.edge_list().frame())


def write_scenarios(folder: Path, plan: Plan) -> None:
    """Write the scenarios as YAML."""
    by_name = {world.name: world.scenario for world in plan.worlds}
    files = {file: by_name[name] for name, file in scenario_files(plan).items()}
    for file, scenario in {"scenario.yaml": plan.scenario, **files}.items():
        if isinstance(scenario.society, Graph):
            graph = Graph(edges=scenario.society.edge_list())
            scenario = scenario.model_copy(update={"society": graph})
        write_text(folder / file, scenario.to_yaml())


def plan_again(folder: Path, manifest: Mapping[str, Any]) -> Plan:
    """The plan of a run that was begun in a folder.

    Raises
    ------
    BadInput
        When the manifest does not say what was asked, or a scenario was changed since.
    """
    try:
        asked = {
            world: Scenario.model_validate(values, context={"folder": folder})
            for world, values in manifest["asked"].items()
        }
        if not asked:
            raise KeyError("asked")
    except ValidationError as error:
        raise explained(error, Scenario, place=str(folder / "manifest.json")) from None
    except (KeyError, AttributeError):
        raise BadInput(
            place=str(folder / "manifest.json"),
            field="asked",
            found="nothing about what was asked",
            allowed="a run that this version began",
        ) from None
    scenarios = list(asked.values())
    comparing = manifest["kind"] == COMPARISON
    plan = plan_of_comparison(scenarios) if comparing else plan_of_run(scenarios[-1])
    for world, file in scenario_files(plan).items():
        _unchanged(folder / file, asked[world])
    return plan


def same_functions(field: str, given: Functions, texts: Mapping[str, str]) -> None:
    """Refuse own functions that are not those a run began with.

    Raises
    ------
    BadInput
    """
    if set(given) != set(texts):
        wanted = ", ".join(sorted(texts))
        allowed = "none, as when the run began"
        if wanted:
            allowed = f"those that the run began with, {wanted}: gh.resume(folder, {field}=...)"
        raise BadInput(field=field, found=", ".join(sorted(given)) or "none", allowed=allowed)
    for name, function in given.items():
        if source_of(function) != texts[name]:
            raise BadInput(
                field=f"{field}.{name}",
                found="another text",
                allowed="the function that the run began with, which manifest.json has",
            )


def _plain(scenario: Scenario) -> dict[str, Any]:
    values = scenario.model_dump(mode="json")
    if isinstance(scenario.society, Graph):
        del values["population"]
        values["society"]["edges"] = EDGES_OF_RUN
    return values


def _said_by(function: Callable[..., Any]) -> list[Any]:
    """Text of a function, and what the names in it stand for where that is a plain value."""
    if not inspect.isfunction(function):
        return [source_of(function)]
    used = inspect.getclosurevars(function)
    names = sorted({**used.globals, **used.nonlocals}.items())
    return [source_of(function), [[name, repr(of)] for name, of in names if isinstance(of, PLAIN)]]


def _unchanged(path: Path, asked: Scenario) -> None:
    """Refuse a scenario's file that says something else than the run began with."""
    if path.exists() and _plain(Scenario.load(path)) != _plain(asked):
        raise BadInput(
            place=str(path),
            field="scenario",
            found="another scenario than the run began with",
            allowed="the one that manifest.json has, or a new run of this one",
        )
