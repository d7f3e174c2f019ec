"""The same small model in several tools, beside glasshouse: agent-steps a second.

    python benchmarks/peers.py [AGENTS ...] [--only numpy,numba,glasshouse,full]

The model is told in ``small_model/shared.py``; each tool has a file of its own there, and a process
of its own here. ``small_model/in_glasshouse.py`` says what exactly differs in glasshouse: it lives
its whole day, the others do the small model only. The line "glasshouse, full" is no small model
but the whole one, on circles under press-sesame.

Columns: the median step; agent-steps a second; how many times glasshouse's own rate of the small
model that is; a step as a multiple of the memory floor (see ``memory.py``); bytes an agent at the
peak, the interpreter and imports included; mean and standard deviation of scores and number of ties
after the last step, and whether these are those of NumPy by hand, as far as chance allows.

Mesa and Starsim are no dependencies: each is installed by pip, in the version below, in a virtual
environment of its own in a temporary folder, or in ``--environments FOLDER``, where it is found
again. One that cannot be installed is reported so. ``--only`` leaves tools out.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path
from typing import Any

from memory import GIBIBYTE, MemorySpeed, measured
from small_model.shared import DROP, WARM_UP

from glasshouse.chance.threads import cores

HERE = Path(__file__).parent
INSTALLED = {"mesa": "mesa==3.3.1", "starsim": "starsim==3.7.2"}
TOOLS = ("mesa", "starsim", "numpy", "numba", "glasshouse", "full")
Line = dict[str, Any]
HEAD = (
    "    agents  tool                 version  step, ms  agent-steps/s  : glasshouse  : floor"
    "  bytes/agent    mean     sd        ties  same"
)


class Unable(Exception):
    """A tool could not be installed or did not run."""


def python_of(tool: str, place: Path) -> Path:
    """The interpreter that has a tool, made where there is none yet."""
    if tool not in INSTALLED:
        return Path(sys.executable)
    folder = place / tool
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    if not (folder / "ready").exists():
        venv.create(folder, with_pip=True, clear=True)
        words = [str(python), "-m", "pip", "install", "--quiet", INSTALLED[tool]]
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode != 0:
            raise Unable(f"{INSTALLED[tool]} cannot be installed: {last_line(done.stderr)}")
        (folder / "ready").touch()
    return python


def last_line(text: str) -> str:
    """The last line that says anything."""
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "nothing said"


def lived(tool: str, python: Path, agents: int, given: argparse.Namespace) -> Line:
    """Let one tool live the model in a process of its own."""
    words = [str(python), "-m", f"small_model.in_{tool}", "--agents", str(agents)]
    words += ["--steps", str(given.steps), "--seed", str(given.seed), "--threads", str(cores())]
    done = subprocess.run(
        words, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": str(HERE)}
    )
    if done.returncode != 0:
        raise Unable(f"did not run: {last_line(done.stderr)}")
    line: Line = json.loads(last_line(done.stdout))
    return line


def same(line: Line, reference: Line, steps: int) -> bool:
    """Whether a tool came to what the reference did.

    Chance moves the mean by about 25 / sqrt(N) and the ties by the root of those cut; five times
    as much is allowed for, and 2% of the standard deviation besides.
    """
    agents = line["agents"]
    cut = agents * DROP * (steps + WARM_UP)
    return bool(
        abs(line["mean"] - reference["mean"]) < 125 / math.sqrt(agents)
        and abs(line["sd"] / reference["sd"] - 1) < 0.02 + 5 / math.sqrt(agents)
        and abs(line["ties"] - reference["ties"]) < 5 * math.sqrt(2 * cut)
    )


def row(line: Line, lines: dict[str, Line], speed: MemorySpeed, steps: int) -> str:
    """One line of the table."""
    agents, seconds = line["agents"], line["seconds"]
    beside = lines.get("glasshouse")
    ratio = f"{beside['seconds'] / seconds:.3g}" if beside else "-"
    start = (
        f"{agents:>10}  {line['tool']:<19}  {line['version']:>7}  {1e3 * seconds:>8.1f}  "
        f"{agents / seconds:>13,.0f}  {ratio:>12}  {seconds / speed.floor(agents):>7.1f}  "
        f"{line['peak_bytes'] / agents:>11,.0f}"
    )
    if line["mean"] is None:
        return f"{start}  {'-':>6}  {'-':>5}  {'-':>10}  -"
    reference = lines.get("numpy")
    agrees = "-" if reference is None else "yes" if same(line, reference, steps) else "NO"
    return f"{start}  {line['mean']:>6.1f}  {line['sd']:>5.2f}  {line['ties']:>10}  {agrees}"


def compared(agents: int, tools: list[str], place: Path, given: argparse.Namespace) -> list[str]:
    """Live the model in every tool; the lines of the table."""
    speed = given.speed
    lines: dict[str, Line] = {}
    failed = []
    for tool in tools:
        print(f"{agents:,} agents: {tool}", file=sys.stderr, flush=True)
        try:
            lines[tool] = lived(tool, python_of(tool, place), agents, given)
        except Unable as fault:
            failed.append(f"{agents:>10}  {tool:<19}  {fault}")
    return [row(line, lines, speed, given.steps) for line in lines.values()] + failed


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="The same small model in several tools.")
    parser.add_argument("agents", type=float, nargs="*", default=[1e5, 1e6])
    parser.add_argument("--only", default=",".join(TOOLS), help=f"of {', '.join(TOOLS)}")
    parser.add_argument("--with-mesa", action="store_true", help="Mesa besides those of --only")
    parser.add_argument("--with-starsim", action="store_true", help="Starsim besides")
    parser.add_argument("--steps", type=int, default=10, help="steps that count")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--environments", type=Path, help="folder of Mesa's and Starsim's")
    parser.add_argument("--gib", type=float, default=1.0, help="GiB that memory is measured on")
    given = parser.parse_args()
    asked = set(given.only.split(","))
    asked |= {tool for tool in INSTALLED if getattr(given, f"with_{tool}")}
    if unknown := asked - set(TOOLS):
        parser.error(f"--only: {', '.join(sorted(unknown))}: not of {', '.join(TOOLS)}")
    given.speed = measured(int(given.gib * GIBIBYTE))
    print(f"{given.speed.said()}\n{HEAD}", flush=True)
    with tempfile.TemporaryDirectory(prefix="glasshouse-peers-") as temporary:
        place = given.environments.resolve() if given.environments else Path(temporary)
        for agents in map(int, given.agents):
            tools = [tool for tool in TOOLS if tool in asked]
            print("\n".join(compared(agents, tools, place, given)), flush=True)


if __name__ == "__main__":
    main()
