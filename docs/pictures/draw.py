"""Draw the picture of the README from a run's folder.

./go run press-sesame --out runs/readme
.venv/bin/python docs/pictures/draw.py runs/readme
"""

from __future__ import annotations

import re
import sys
from html import escape
from pathlib import Path

from glasshouse.report.material import Material
from glasshouse.report.pictures.doors import doors_figure
from glasshouse.report.pictures.figure import Panel
from glasshouse.report.pictures.speech import speech_figure
from glasshouse.report.theme import FONT, variables

OUT = Path(__file__).parent / "year.svg"
GAP, EDGE, TOP, HEADING, FOOT = 36, 24, 84, 30, 34
SIZE = re.compile(r'<svg[^>]* width="([\d.]+)"[^>]* height="([\d.]+)"')
LIMIT = "Most numbers behind it are assumed: compare the lines, do not read them as a forecast."
STYLE = """
svg{{{light}font-family:{font}}}
@media (prefers-color-scheme:dark){{svg{{{dark}}}}}
.ground{{fill:var(--paper)}} .title{{fill:var(--ink);font-size:20px;font-weight:600}}
.heading{{fill:var(--ink);font-size:14px;font-weight:600}}
.small{{fill:var(--muted);font-size:12.5px}}
"""


def main(folder: Path) -> None:
    """Draw what people say, what they think, and which doors stay open, side by side."""
    material = Material.read(folder)
    said, held = speech_figure(material).panels[:2]
    (doors,) = doors_figure(material).panels
    headings = (
        "Said against: acts a citizen and day",
        "Thought against: share of citizens",
        "Which doors are open",
    )
    drawn = [said.narrow, held.narrow, doors.narrow]
    OUT.write_text(side_by_side(material, headings, drawn, [said, held, doors]), encoding="utf-8")
    sys.stdout.write(f"{OUT}\n")


def side_by_side(
    material: Material, headings: tuple[str, ...], drawn: list[str], panels: list[Panel]
) -> str:
    """Set pictures in one row under a title, in colours for light and dark."""
    sizes = [tuple(map(float, SIZE.search(part).groups())) for part in drawn]  # type: ignore[union-attr]
    width = sum(size[0] for size in sizes) + GAP * (len(sizes) - 1) + 2 * EDGE
    height = TOP + HEADING + max(size[1] for size in sizes) + FOOT
    parts, left = [], float(EDGE)
    for heading, part, (own_width, _) in zip(headings, drawn, sizes, strict=True):
        parts.append(f'<text class="heading" x="{left:g}" y="{TOP + 8}">{escape(heading)}</text>')
        parts.append(part.replace("<svg", f'<svg x="{left:g}" y="{TOP + HEADING - 6}"', 1))
        left += own_width + GAP
    citizens, seeds = material.scenario.population, len(material.seeds)
    days = material.scenario.days
    year = f"{days} days of {citizens:,} synthetic citizens under the scheme {material.world}"
    key = "Dashed, blue: the same people in the same year with no scheme; shaded: 95% interval"
    words = " ".join([year + ".", *(panel.label for panel in panels)])
    style = STYLE.format(light=variables(dark=False), dark=variables(dark=True), font=FONT)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img"'
            f' width="{width:g}" height="{height:g}" aria-label="{escape(words)}">',
            f"<style>{style}</style>",
            f'<rect class="ground" width="{width:g}" height="{height:g}" rx="8"/>',
            f'<text class="title" x="{EDGE}" y="36">{escape(year)}</text>',
            f'<text class="small" x="{EDGE}" y="58">{key} over {seeds} nations.</text>',
            *parts,
            f'<text class="small" x="{EDGE}" y="{height - 12:g}">{LIMIT}</text>',
            "</svg>\n",
        ]
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
