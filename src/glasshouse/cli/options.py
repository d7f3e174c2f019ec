"""Options that several verbs share, and how the words of a command line become values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from cyclopts import Parameter

from glasshouse.scenario.document import parse_document, plain_value
from glasshouse.scenario.faults import BadInput
from glasshouse.scenario.scenario import Scenario

Word = Annotated[str | None, Parameter(allow_leading_hyphen=True)]


@Parameter(name="*")
@dataclass(frozen=True)
class Changes:
    """What to change in a scenario."""

    population: Word = None
    """Citizens, such as 100_000 or 1e5; 64 or more."""

    days: Word = None
    """Days under the scheme; 365 by default."""

    seed: Word = None
    """Seed of the first replicate; 1 by default."""

    replicates: Word = None
    """How many seeds are lived; 5 by default. Intervals are over seeds."""

    alone: Annotated[bool, Parameter(negative=())] = False
    """Leave out the life under no scheme; what is compared with it stays undefined."""

    every: Word = None
    """Days between measurements; 10 by default."""

    set: Annotated[tuple[str, ...], Parameter(allow_leading_hyphen=True)] = ()
    """PATH=VALUE: any field of the scenario, such as scheme.friends.share=0.1; may be repeated."""

    def applied_to(self, scenario: Scenario) -> Scenario:
        """The scenario with these changes."""
        named = {
            name: plain_value(word)
            for name in ("population", "days", "seed", "replicates")
            if (word := getattr(self, name)) is not None
        }
        paths = dict(setting(word) for word in self.set)
        if self.every is not None:
            paths["measured.every"] = plain_value(self.every)
        if self.alone:
            named["alone"] = True
        return scenario.replace(paths, **named) if paths or named else scenario


def setting(word: str) -> tuple[str, Any]:
    """Take ``path=value`` apart; the value is read as YAML.

    Examples
    --------
    >>> setting("scheme.friends.share=0.1")
    ('scheme.friends.share', 0.1)
    >>> setting("timeline.reforms=[{day: 10, scheme: {base: 500}}]")
    ('timeline.reforms', [{'day': 10, 'scheme': {'base': 500}}])
    """
    path, sign, value = word.partition("=")
    if not sign or not path.strip(". ") or ".." in path:
        raise BadInput(
            field="--set", found=word or "nothing", allowed="path=value, such as scheme.base=500"
        )
    try:
        read = parse_document(f"value: {value}", "").value
    except BadInput as fault:
        raise BadInput(
            field=f"--set {path}", found=fault.found, allowed="a value of YAML"
        ) from None
    if not isinstance(read, dict) or set(read) != {"value"}:
        raise BadInput(field=f"--set {path}", found=value, allowed="one value of YAML")
    return path.strip(), read["value"]


def whole_number(word: str, field: str) -> int:
    """Take a word for a whole number, 1e3 and 1_000 included."""
    value = plain_value(word)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise BadInput(field=field, found=word or "nothing", allowed="a whole number")
    return value
