"""What a user hears when something they wrote is wrong: where, what, what is allowed instead."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST_SHOWN = 60


class BadInput(Exception):
    """Something a user wrote that cannot be accepted.

    Parameters
    ----------
    place : str
        Where it stands, such as ``"my.yaml, line 12"``; empty when there is no file.
    field : str
        Dotted path of the field, such as ``"friends.share"``; empty when it is the whole input.
    found : str
        What was found there.
    allowed : str
        What is allowed there.
    nearest : str
        The right word that looks most like the one found; empty when there is none.
    others : iterable of str
        Further faults of the same input, each in a few words.

    Examples
    --------
    >>> print(BadInput(field="days", found="-3", allowed="a whole number from 1 to 36500"))
    days: found -3; allowed: a whole number from 1 to 36500.
    """

    def __init__(
        self,
        *,
        place: str = "",
        field: str = "",
        found: str = "",
        allowed: str = "",
        nearest: str = "",
        others: Iterable[str] = (),
    ) -> None:
        self.place = place
        self.field = field
        self.found = found
        self.allowed = allowed
        self.nearest = nearest
        self.others = tuple(others)
        super().__init__(self._message())

    def _message(self) -> str:
        where = [part for part in (self.place, self.field) if part]
        found = f"found {self.found}" if self.found else ""
        allowed = f"allowed: {self.allowed}" if self.allowed else ""
        said = "; ".join(part for part in (found, allowed) if part)
        message = ": ".join([*where, f"{said}."])
        if self.nearest:
            message += f" Did you mean {self.nearest}?"
        if self.others:
            count = len(self.others)
            message += f" {count} more fault{'s' if count > 1 else ''}: {'; '.join(self.others)}."
        return message

    def __reduce__(self) -> tuple[object, ...]:
        parts = (self.place, self.field, self.found, self.allowed, self.nearest, self.others)
        return _rebuild, parts


def _rebuild(
    place: str, field: str, found: str, allowed: str, nearest: str, others: tuple[str, ...]
) -> BadInput:
    return BadInput(
        place=place, field=field, found=found, allowed=allowed, nearest=nearest, others=others
    )


def nearest_word(word: str, words: Iterable[str]) -> str:
    """Return the word most like another, or an empty string when none comes near.

    Examples
    --------
    >>> nearest_word("freinds", ["friends", "doors"])
    'friends'
    >>> nearest_word("xyzzy", ["friends", "doors"])
    ''
    """
    by_small = {each.casefold(): each for each in words}
    found = get_close_matches(word[:LONGEST_SHOWN].casefold(), list(by_small), n=1, cutoff=0.5)
    return by_small[found[0]] if found else ""


def shown(value: object) -> str:
    """Return a value as a short text that fits into a message, on one line."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = value if value and value.isprintable() and value.strip() == value else repr(value)
    elif isinstance(value, int | float):
        text = _number(value)
    elif isinstance(value, dict):
        text = "a mapping" if value else "an empty mapping"
    elif isinstance(value, list | tuple):
        text = "a list" if value else "an empty list"
    else:
        text = f"a {type(value).__name__}"
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 3] + "..."


def _number(value: float) -> str:
    if isinstance(value, int) and value.bit_length() > 200:
        return "a number of more than 60 digits"
    return repr(value)
