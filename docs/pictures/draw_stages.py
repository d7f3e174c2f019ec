"""Draw seconds of a day by stage from what ``benchmarks/day.py --stages --json FILE`` measured.

.venv/bin/python benchmarks/day.py 1e6 --society circles --stages --json day.json
.venv/bin/python docs/pictures/draw_stages.py day.json
"""

from __future__ import annotations

import json
import sys
from html import escape
from pathlib import Path
from typing import Any

import altair

from glasshouse.report.pictures.marks import Size, encoded, layered, over
from glasshouse.report.theme import FONT, HERE, picture, variables

OUT = Path(__file__).parent / "stages.svg"
WIDTH, BAR, EDGE, TOP, FOOT = 560, 30, 24, 84, 18
STYLE = """
svg{{{light}font-family:{font}}}
@media (prefers-color-scheme:dark){{svg{{{dark}}}}}
.ground{{fill:var(--paper)}} .title{{fill:var(--ink);font-size:20px;font-weight:600}}
.small{{fill:var(--muted);font-size:12.5px}}
"""
WORDS = {
    "look": "look at friends",
    "traits": "work out who people are",
    "choose": "chances of what to say",
    "act": "speak, shop, read, pay",
    "score": "settle scores",
    "drift": "drift of stance and opinion",
    "friends": "review and cut ties",
    "count": "count",
    "offers": "offer ties",
}


def measured(file: Path) -> dict[str, Any]:
    """The day of circles under a scheme that was measured by stage, the largest nation of them."""
    lived = json.loads(file.read_text(encoding="utf-8"))["lived"]
    of_circles = [each for each in lived if each["society"] == "circles" and each["stages"]]
    under = [each for each in of_circles if each["scheme"] != "none"]
    if not under:
        raise SystemExit(f"{file}: no day of circles under a scheme, by stage")
    largest: dict[str, Any] = max(under, key=lambda each: each["citizens"])
    return largest


def time_of(seconds: float) -> str:
    """Seconds in words, or milliseconds below one."""
    return f"{seconds:.2f} s" if seconds >= 1.0 else f"{1e3 * seconds:.2f} ms"


def bars(day: dict[str, Any]) -> str:
    """Sorted bars, each with its name and its seconds."""
    found = sorted(day["stages"].items(), key=lambda each: -each[1])
    rows = [
        {
            "stage": WORDS[name],
            "seconds": seconds,
            "said": f"{time_of(seconds)}, {seconds / day['seconds']:.0%}",
        }
        for name, seconds in found
    ]
    axis = altair.Axis(title=None, labelLimit=240, ticks=False)
    y = altair.Y("stage:N", sort=None, axis=axis)
    x = altair.X("seconds:Q", axis=None, scale=altair.Scale(domain=[0, 1.25 * rows[0]["seconds"]]))
    marks = over(rows).mark_bar(height=BAR - 10, color=str(HERE))
    words = over(rows).mark_text(align="left", dx=6)
    layers = [encoded(marks, x, y), encoded(words, x, y, altair.Text("said:N"))]
    return picture(layered(layers, Size(WIDTH, BAR * len(rows))))


def main(file: Path) -> None:
    """Draw them under a title, in colours for light and dark."""
    day = measured(file)
    drawn = bars(day)
    width, height = WIDTH + 2 * EDGE, TOP + BAR * len(day["stages"]) + FOOT
    title = f"Where a day goes: {time_of(day['seconds'])} for {day['citizens']:,} citizens"
    small = (
        f"Circles under {day['scheme']}, {day['threads']} threads; "
        f"{day['day_to_floor']:.1f} times what memory alone takes."
    )
    listed = "; ".join(
        f"{WORDS[name]} {time_of(seconds)}" for name, seconds in day["stages"].items()
    )
    style = STYLE.format(light=variables(dark=False), dark=variables(dark=True), font=FONT)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        f' width="{width}" height="{height}" aria-label="{escape(f"{title}. {listed}.")}">',
        f"<style>{style}</style>",
        f'<rect class="ground" width="{width}" height="{height}" rx="8"/>',
        f'<text class="title" x="{EDGE}" y="36">{escape(title)}</text>',
        f'<text class="small" x="{EDGE}" y="58">{escape(small)}</text>',
        drawn.replace("<svg", f'<svg x="{EDGE}" y="{TOP - 12}"', 1),
        "</svg>\n",
    ]
    OUT.write_text("\n".join(parts), encoding="utf-8")
    sys.stdout.write(f"{OUT}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
