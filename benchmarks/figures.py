"""Measure anew every figure of docs/speed.md, write them into it, and draw its picture.

    python benchmarks/figures.py [--small]

Runs ``day.py`` and ``peers.py`` at their own sizes, or with ``--small`` at sizes that take a
minute, and with ``--nation CITIZENS`` the run of a whole nation, killed and resumed. What they
print stands in docs/speed.md between a comment with the name of each and the end of its block.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "speed.md"
PICTURE = HERE.parent / "docs" / "pictures" / "draw_stages.py"


def printed(script: Path, *words: str) -> str:
    """What a script prints; it is shown too as far as it is no figure."""
    done = subprocess.run([sys.executable, str(script), *words], stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{script.name} ended with {done.returncode}")
    sys.stdout.write(done.stdout)
    sys.stdout.flush()
    return done.stdout.strip()


def write_block(name: str, command: str, text: str) -> None:
    """Put a text into the page's block of that name."""
    page = PAGE.read_text(encoding="utf-8")
    block = f"<!-- figures: {name} -->\n```text\n$ {command}\n{text}\n```\n<!-- end -->"
    pattern = rf"<!-- figures: {name} -->.*?<!-- end -->"
    changed, found = re.subn(pattern, lambda _: block, page, flags=re.DOTALL)
    if found != 1:
        raise SystemExit(f"{PAGE}: {found} blocks named {name}")
    PAGE.write_text(changed, encoding="utf-8")


def measure(script: str, *words: str, unsaid: tuple[str, ...] = ()) -> None:
    """Run one benchmark and write what it prints into its block."""
    text = printed(HERE / script, *words, *unsaid)
    write_block(script, " ".join(["python", f"benchmarks/{script}", *words]), text)


def main() -> None:
    """Measure, write, draw."""
    parser = argparse.ArgumentParser(description="Measure anew every figure of docs/speed.md.")
    parser.add_argument("--small", action="store_true", help="sizes that take a minute")
    parser.add_argument("--nation", help="citizens of a whole nation, such as 1.3e9; else none")
    parser.add_argument("--environments", help="folder of Mesa's and Starsim's environments")
    given = parser.parse_args()
    small = ["--gib", "0.125"] if given.small else []
    place = ("--environments", given.environments) if given.environments else ()
    with tempfile.TemporaryDirectory(prefix="glasshouse-figures-") as folder:
        file = Path(folder) / "day.json"
        citizens = ["2e4"] if given.small else ["1e6"]
        measure("day.py", *citizens, *small, "--stages", unsaid=("--json", str(file)))
        printed(PICTURE, str(file))
    agents = ["1e4"] if given.small else ["1e5", "1e6"]
    measure("peers.py", *agents, *small, unsaid=place)
    if given.nation:
        measure("nation.py", "--citizens", given.nation, "--killed")


if __name__ == "__main__":
    main()
