"""Who finds which door open, and who lost it."""

from __future__ import annotations

from glasshouse.measures.view import Values, View, mean


def doors(view: View) -> Values:
    """For every door the share who find it open, and who would find it open in the other life."""
    values: Values = {}
    is_open = view.of(view.snapshot.doors_open)
    there = None
    if view.other is not None and view.other.doors_open is not None:
        there = view.of(view.other.doors_open)
    for place, name in enumerate(view.snapshot.doors):
        lost = ~is_open[:, place] if there is None else there[:, place] & ~is_open[:, place]
        values[f"door.{name}.open"] = mean(is_open[:, place])
        values[f"door.{name}.lost"] = None if view.other is None else mean(lost)
    return values
