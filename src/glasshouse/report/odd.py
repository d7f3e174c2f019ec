"""The ODD document: the whole model in words, made from the text of the rules and the defaults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from itertools import groupby
from pathlib import Path
from types import ModuleType

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from glasshouse.chance.normal import QUANTILES
from glasshouse.engine import reference
from glasshouse.engine.own_rules import RULE_MODULES
from glasshouse.measures.dictionary import MEASURES
from glasshouse.model import terms
from glasshouse.report.rule_text import prose_of, rules_of, stages_of, where_used
from glasshouse.scenario.defaults import GRADES, SUBJECTS, TARGETS, ParameterInfo, parameter_info
from glasshouse.scenario.reading import PRESETS, preset, presets
from glasshouse.scenario.scenario import MOST_REPEATED, Scenario
from glasshouse.society import people, start
from glasshouse.society.layout import KINDS, layout_of
from glasshouse.society.ties import LAYERS

EXAMPLE = "press-sesame"
TRAITS = {
    "expressiveness": "how much people speak their mind; log-normal, mean 1",
    "fear": "fear of being recorded; log-normal, mean 1",
    "log_wealth": "logarithm of wealth, which decides on late bills; normal",
    "ambition": "how much open doors matter; log-normal, mean 1",
    "activity": "how much people post, share and like; log-normal, mean 1",
    "capacity": "how many ties somebody keeps up; log-normal, alike within the circle",
    "hardship": "what there is to rebel about; uniform 0 to 1",
    "risk_aversion": "what keeps from rebelling; uniform 0 to 1",
    "minority": "member of the minority or not; alike within the circle",
}
STATES = (
    ("score", "running score; the published one follows it by periods", "2 bytes, in whole steps"),
    ("stance a", "what somebody stands for in public, -1 to 1", "1 byte, in 127ths"),
    ("opinion x", "what somebody thinks in private, -1 to 1", "1 byte, in 127ths"),
    ("sides of ties", "whether one's own side of each possible tie is open", "a bit for each slot"),
)


def write_odd() -> str:
    """Write the ODD document.

    Returns
    -------
    str
        Markdown.

    Examples
    --------
    >>> write_odd().splitlines()[0]
    '# The model, by the ODD protocol'
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
    )
    known = parameter_info()
    environment.filters["with_value"] = lambda name: with_value(name, known[name])
    modules = (*RULE_MODULES, terms)
    text = environment.get_template("odd.md.j2").render(
        version=version("glasshouse"),
        targets=targets_table(),
        traits=table(("trait", "meaning"), TRAITS.items()),
        states=table(("state", "meaning", "kept in"), STATES),
        quantiles=len(QUANTILES),
        activities=people.ACTIVITY_PLACES,
        layers=layers_table(known),
        district=people.DISTRICT_SIZE,
        city=people.CITY_SIZE,
        example=(PRESETS / f"{EXAMPLE}.yaml").read_text(encoding="utf-8"),
        presets=table(("preset", "what it is"), ((name, preset(name).about) for name in presets())),
        scenario=Scenario.load(EXAMPLE),
        repeated=MOST_REPEATED,
        replicates=Scenario.load(EXAMPLE).replace(population=MOST_REPEATED).replicates,
        stages=stages_of(reference),
        grades=grades_sentence(known),
        parameters=known,
        start=" ".join(prose_of(start.__doc__ or "")[1:]),
        initial=rules_of(people),
        subjects=table(
            ("subject", "against", "neutral", "for"),
            ((s.name, f"{s.against:g}", f"{s.neutral:g}", f"{s.for_:g}") for s in SUBJECTS),
        ),
        submodels=[(module.__name__, title_of(module), rules_of(module)) for module in modules],
        numbers=numbers_tables(known),
        measures=measures_tables(),
    )
    return "\n".join(line.rstrip() for line in text.rstrip().splitlines()) + "\n"


def title_of(module: ModuleType) -> str:
    """First sentence of a module's docstring, as a heading."""
    return prose_of(module.__doc__ or "")[0].removesuffix(".")


def with_value(name: str, info: ParameterInfo) -> str:
    """Name a behavioural number with its symbol in the equations and its default.

    Examples
    --------
    >>> with_value("loss_aversion", parameter_info()["loss_aversion"])
    '`loss_aversion` = 2'
    """
    symbol = "" if info.symbol[0] in "-0123456789" else f"{info.symbol} "
    return f"`{name}` {symbol}= {info.value:g}"


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Write a Markdown table.

    Examples
    --------
    >>> print(table(("a", "b"), [(1, "x | y")]))
    | a | b |
    |---|---|
    | 1 | x \| y |
    """
    lines = [heads, ["---"] * len(heads)]
    cells = [[" ".join(str(cell).split()).replace("|", "\\|") for cell in row] for row in rows]
    written = [f"| {' | '.join(row)} |" for row in (heads, *cells)]
    return "\n".join([written[0], f"|{'|'.join(lines[1])}|", *written[1:]])


def grades_sentence(known: dict[str, ParameterInfo]) -> str:
    """How many numbers are measured, how many assumed."""
    counted: Counter[str] = Counter(info.grade for info in known.values())
    parts = [f"{counted[grade]} {word}" for grade, word in GRADES.items()]
    return f"Of {len(known)} behavioural numbers, by grade: {', '.join(parts)}."


def layers_table(known: dict[str, ParameterInfo]) -> str:
    """Layers of ties with their strengths, who is met there and in how many slots."""
    layouts = [layout_of(slots) for slots in KINDS]
    rows = []
    for number, layer in enumerate(LAYERS):
        info = known[f"strength_{layer}"]
        slots = [str(layout.layer.tolist().count(number)) for layout in layouts]
        rows.append((layer, f"{info.value:g}", *slots, info.meaning))
    return table(("layer", "strength", *(f"of {slots} slots" for slots in KINDS), "meaning"), rows)


def numbers_tables(known: dict[str, ParameterInfo]) -> list[tuple[str, str]]:
    """One table of behavioural numbers for each section of the defaults."""
    heads = (
        *("name", "symbol", "value", "unit", "range", "grade", "fitted"),
        *("meaning", "source", "used in"),
    )
    places = where_used()
    tables = []
    for section, group in groupby(known.items(), key=lambda item: item[1].section):
        rows = [
            (
                *(f"`{name}`", info.symbol, f"{info.value:g}", info.unit),
                f"{info.range[0]:g} to {info.range[1]:g}",
                *(info.grade, "yes" if info.role == "fitted" else "no"),
                *(info.meaning, info.source, ", ".join(places.get(name, ()))),
            )
            for name, info in group
        ]
        tables.append((section, table(heads, rows)))
    return tables


def targets_table() -> str:
    """The patterns the model is held against."""
    rows = [
        (
            *(target.name, target.measure, target.scenario),
            f"{target.low:g} to {target.high:g} {target.unit}",
            "" if target.got is None else f"{target.got:.3g}",
            *(target.role, target.grade, target.source),
        )
        for target in TARGETS
    ]
    return table(
        ("pattern", "measure", "preset", "should be", "got", "role", "grade", "source"), rows
    )


def measures_tables() -> list[tuple[str, str]]:
    """One table of measures for each family."""
    families: dict[str, list[tuple[str, str, str]]] = {}
    for measure in MEASURES.values():
        row = (f"`{measure.name}`", measure.unit, measure.meaning.replace("<", "&lt;"))
        families.setdefault(measure.family, []).append(row)
    heads = ("measure", "unit", "meaning")
    return [(family, table(heads, rows)) for family, rows in families.items()]
