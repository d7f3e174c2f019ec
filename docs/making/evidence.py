"""What is known about the behavioural numbers."""

from __future__ import annotations

from collections import Counter

from glasshouse.scenario.defaults import GRADES, parameter_info
from making.markdown import code, plain, table


def grades() -> str:
    """How many numbers there are of each grade, in a sentence."""
    known = parameter_info()
    count = Counter(str(each.grade) for each in known.values())
    told = ", ".join(f"{count[grade]} {name} (**{grade}**)" for grade, name in GRADES.items())
    return f"Of the {len(known)} behavioural numbers: {told}.\n"


def assumed() -> str:
    """Every number that nobody measured, with the range in which to try it."""
    rows = [
        [code(name), f"{each.value:g}", f"{each.range[0]:g} to {each.range[1]:g}",
         plain(each.meaning)]
        for name, each in parameter_info().items() if each.grade == "A"
    ]  # fmt: skip
    return table(["number", "value", "range", "meaning"], rows)
