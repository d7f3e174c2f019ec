"""Verbs that look at something without living it: schemes, show, structure, schema, odd."""

from __future__ import annotations

import json as encoder
import sys

from glasshouse.cli.living import UNCHANGED, Json
from glasshouse.cli.options import Changes
from glasshouse.scenario.faults import BadInput, nearest_word
from glasshouse.scenario.reading import preset, presets
from glasshouse.scenario.scenario import Scenario

EXPERIMENT = "experiment"


def schemes(*, json: Json = False) -> None:
    """List the schemes that come with the package."""
    known = {name: preset(name).title for name in presets()}
    if json:
        print(encoder.dumps(known, ensure_ascii=False))
        return
    width = max(len(name) for name in known)
    for name, title in known.items():
        print(f"{name:<{width}}  {title}")


def show(scenario: str, /, *, changes: Changes = UNCHANGED, json: Json = False) -> None:
    """Print a scenario with every default filled in, as YAML that can be edited and run.

    Parameters
    ----------
    scenario
        A preset (see schemes) or a YAML file.
    """
    found = changes.applied_to(Scenario.load(scenario))
    if json:
        print(encoder.dumps(found.model_dump(mode="json"), ensure_ascii=False))
        return
    text = found.to_yaml()
    if not sys.stdout.isatty():
        print(text, end="")
        return
    from rich.console import Console
    from rich.syntax import Syntax

    Console().print(Syntax(text, "yaml", background_color="default", word_wrap=True))


def structure(
    scenario: str = "none", /, *, changes: Changes = UNCHANGED, json: Json = False
) -> None:
    """Measure who is tied to whom on the first day, with published figures beside.

    Parameters
    ----------
    scenario
        A preset or a YAML file; only its people and their ties matter here.
    """
    from glasshouse.engine.nation import Nation
    from glasshouse.society.column import opinions_of
    from glasshouse.society.structure import society_structure

    asked = changes.applied_to(Scenario.load(scenario))
    first_day = Nation.make(asked, asked.seed).snapshot()
    opinion = opinions_of(first_day.records)
    found = society_structure(first_day.net, opinion, seed=asked.seed, room=first_day.idle())
    print(encoder.dumps(found.as_dict()) if json else found.table())


def schema(what: str = "scenario", /) -> None:
    """Print the JSON Schema of a scenario, of a scheme or of an experiment.

    Parameters
    ----------
    what
        One of scenario, scheme and experiment.
    """
    from glasshouse.scenario.schema import KINDS, json_schema_text

    if what == EXPERIMENT:
        from glasshouse.lab.experiments.schema import experiment_schema_text

        print(experiment_schema_text(), end="")
        return
    if what not in KINDS:
        known = [*KINDS, EXPERIMENT]
        near = nearest_word(what, known)
        raise BadInput(field="schema", found=what, allowed=", ".join(known), nearest=near)
    print(json_schema_text(what), end="")


def odd() -> None:
    """Print the model's description after the ODD protocol, made from its rules and numbers."""
    from glasshouse.report.odd import write_odd

    print(write_odd(), end="")
