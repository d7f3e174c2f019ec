"""Schemes and scenarios as small tables for a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glasshouse.scenario.scenario import Scenario
    from glasshouse.scenario.scheme import Scheme


def scheme_html(scheme: Scheme) -> str:
    """Return a scheme as a heading and tables: facts, points, doors."""
    parts = [f"<p><strong>{escape(scheme.title or scheme.name)}</strong></p>"]
    if scheme.about:
        parts.append(f"<p>{escape(scheme.about)}</p>")
    parts.append(_table(f"Scheme {scheme.name}", (), _facts(scheme)))
    points = _points(scheme)
    if points:
        head = ("act", "against (bill: late)", "neutral", "for (bill: paid)")
        parts.append(_table("Points", head, points))
    if scheme.doors:
        head = ("door", "opens at", "worth", "to the absent")
        parts.append(_table("Doors", head, _doors(scheme)))
    return f"<div>{''.join(parts)}</div>"


def scenario_html(scenario: Scenario) -> str:
    """Return a scenario as a table, its scheme below."""
    timeline = scenario.timeline
    rows = [
        ("society", scenario.society.kind),
        ("days", f"{scenario.days} after {timeline.spin_up} without the scheme"),
        ("seeds", f"{scenario.replicates} from {scenario.seed}"),
        ("compared with", "nothing" if scenario.alone else "the same people under no scheme"),
    ]
    if scenario.society.kind == "circles":
        rows.insert(1, ("population", f"{scenario.population:,}"))
    rows += [("reform on day", str(reform.day)) for reform in timeline.reforms]
    if timeline.abolition is not None:
        rows.append(("abolition on day", str(timeline.abolition)))
    rows += [(name, f"{value:g} (changed)") for name, value in scenario.parameters.items()]
    return f"<div>{_table('Scenario', (), rows)}{scheme_html(scenario.scheme)}</div>"


def _facts(scheme: Scheme) -> list[tuple[str, str]]:
    low, high = scheme.range.low, scheme.range.high
    recorded = [f"{name} {share:.0%}" for name, share in scheme.coverage if share > 0]
    facts = [
        ("scores", f"{low:g} to {high:g}, base {scheme.base:g}, start {scheme.first_score():g}"),
        ("forgotten a day", f"{scheme.forgetting:g}"),
        ("recorded", ", ".join(recorded) or "nothing"),
    ]
    friends = scheme.friends
    if friends.share > 0:
        shown = "on a map" if friends.map else "not shown"
        facts.append(("from friends", f"{friends.share:.0%} ({friends.aggregate}), {shown}"))
    if scheme.sanctions.chance > 0:
        facts.append(
            ("punished", f"{scheme.sanctions.chance:.1%}, worth {scheme.sanctions.worth:g}")
        )
    if scheme.appeals is not None:
        success = f"{scheme.appeals.success:.0%} succeed"
        facts.append(("appeals", f"after {scheme.appeals.delay:g} days, {success}"))
    if scheme.opt_out:
        facts.append(("leaving", "allowed"))
    return facts


def _points(scheme: Scheme) -> list[tuple[str, ...]]:
    """List the acts that have points."""
    rows: list[tuple[str, tuple[float, ...]]] = []
    for name in ("post", "share", "like", "message", "purchase", "subscription"):
        tones = getattr(scheme.points, name)
        rows.append((name, (tones.against, tones.neutral, tones.for_)))
    rows.append(("bill", (scheme.points.bill.late, 0.0, scheme.points.bill.paid)))
    rows.append(("grumble", (0.0, scheme.points.grumble, 0.0)))
    rows.append(("cartoon", (0.0, scheme.points.cartoon, 0.0)))
    return [(name, *(f"{each:g}" for each in points)) for name, points in rows if any(points)]


def _doors(scheme: Scheme) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for name, door in scheme.doors.items():
        opens = f"rank {door.rank:g}" if door.threshold is None else f"{door.threshold:g}"
        rows.append((name, opens, f"{door.worth:g}", door.absent))
    return rows


def _table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return an HTML table whose first column names the rows."""
    columns = "".join(f'<th scope="col">{escape(each)}</th>' for each in head)
    lines = [f"<thead><tr>{columns}</tr></thead>"] if head else []
    lines.append("<tbody>")
    for first, *others in rows:
        cells = "".join(f"<td>{escape(each)}</td>" for each in others)
        lines.append(f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>')
    lines.append("</tbody>")
    return f"<table><caption>{escape(caption)}</caption>{''.join(lines)}</table>"
