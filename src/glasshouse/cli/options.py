"""Options that several verbs share, and how the words of a command line become values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from glasshouse.scenario.document import parse_document, plain_value
from glasshouse.scenario.faults import BadInput
from glasshouse.scenario.scenario import Scenario

if TYPE_CHECKING:
    from glasshouse.run.living import Manner

Word = Annotated[str | None, Parameter(allow_leading_hyphen=True)]


@Parameter(name="*")
@dataclass(frozen=True)
class Changes:
    """What to change in a scenario."""

    population: Word = None
    """Citizens, such as 100_000 or 1e5; 64 or more, 1_000_000 by default."""

    days: Word = None
    """Days under the scheme; 365 by default."""

    seed: Word = None
    """Seed of the first replicate; 1 by default."""

    replicates: Word = None
    """How many seeds are lived; by default 5, or 1 above 100_000 citizens. Intervals are over
    seeds."""

    alone: Annotated[bool, Parameter(negative=())] = False
    """Leave out the life under no scheme; what is compared with it stays undefined."""

    every: Word = None
    """Days between measurements; 10 by default."""

    slots: Word = None
    """How many people a citizen may ever know: 32, 64 or 128; 32 by default."""

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
        if self.slots is not None:
            paths["society.slots"] = plain_value(self.slots)
        if self.alone:
            named["alone"] = True
        return scenario.replace(paths, **named) if paths or named else scenario


@Parameter(name="*")
@dataclass(frozen=True)
class Way:
    """How a run is lived; nothing of it changes what comes out."""

    threads: Word = None
    """Threads to live on; all processors by default."""

    checkpoint_every: Word = None
    """Seconds between checkpoints, 0 for one every day; by default seldom enough to cost little."""

    profile: Annotated[bool, Parameter(negative=())] = False
    """Say at the end, on stderr, where the time went."""

    def manner(self) -> Manner:
        """The same as the run takes it."""
        from glasshouse.run.living import Manner

        threads, every = self.threads, self.checkpoint_every
        return Manner(
            threads=None if threads is None else whole_number(threads, "--threads"),
            checkpoint_every=None if every is None else seconds(every, "--checkpoint-every"),
            by_stage=self.profile,
        )


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


def at_least(least: int, word: str, field: str) -> int:
    """Take a word for a whole number that is not below another."""
    number = whole_number(word, field)
    if number < least:
        raise BadInput(field=field, found=word, allowed=f"a whole number of {least} or more")
    return number


def seconds(word: str, field: str) -> float:
    """Take a word for a number of seconds."""
    value = plain_value(word)
    if not isinstance(value, int | float) or isinstance(value, bool) or not value >= 0:
        raise BadInput(field=field, found=word or "nothing", allowed="seconds, 0 or more")
    return float(value)
