"""Who finds which door open, and who lost it."""

from __future__ import annotations

from glasshouse.measures.census import PEOPLE
from glasshouse.measures.view import Values, View, ratio


def doors(view: View) -> Values:
    """For every door the share who find it open, and who would only find it open under no scheme.

    Under no scheme all doors are open, so that whoever finds one shut has lost it.
    """
    values: Values = {}
    people = view.counted(PEOPLE)
    for place, name in enumerate(view.snapshot.doors):
        found_open = open_to(view, place)
        values[f"door.{name}.open"] = ratio(found_open, people)
        values[f"door.{name}.lost"] = ratio(people - found_open, people) if view.paired else None
    return values


def open_to(view: View, door: int) -> int:
    """How many find a door open: by their score, or as the door is to those who have left."""
    if not view.snapshot.in_force:
        return view.counted(PEOPLE)
    terms = view.snapshot.terms
    by_score = int(view.steps[terms.door_step[door] :].sum())
    absent = view.counted(PEOPLE) - view.present
    return by_score + (absent if terms.door_absent[door] else 0)
