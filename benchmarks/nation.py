"""A nation as large as a country, lived for real: time, memory, and the same digest when killed.

    python benchmarks/nation.py [--citizens 1.3e9] [--days 3] [--killed]

Makes the nation, puts press-sesame in force on the first day and lives it; a line for each day as
it goes, then seconds by stage, bytes a citizen, the most memory that the process took, and the
digest. With ``--killed`` the program itself lives the same first, in a process of its own: it is
killed (SIGKILL) as soon as its first checkpoint is there, goes on with ``glasshouse resume`` in a
new process, and must come to the digest of the nation that was never stopped. That takes about
10 bytes a citizen and checkpoint on disk; ``--folder`` says where.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from glasshouse.engine.nation import Nation
from glasshouse.scenario import Scenario

PROGRAM = [sys.executable, "-c", "import sys; from glasshouse.cli import main; sys.exit(main())"]
SCHEME, SEED = "press-sesame", 1
KIBIBYTE, GIBIBYTE = 1 << 10, 1 << 30


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)


def checkpoints_in(folder: Path) -> set[str]:
    """Names of the checkpoints that are whole."""
    found = (folder / "checkpoints").glob("[0-9]*")
    return {each.name for each in found if each.is_dir()}


def watched(words: list[str], folder: Path, *, kill: bool) -> bool:
    """Let the program run; a line for each checkpoint. Whether it was killed at the first one."""
    start = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL)
    seen = checkpoints_in(folder)
    while True:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        fresh = checkpoints_in(folder) - seen
        for name in sorted(fresh):
            say(f"  checkpoint {name} after {time.perf_counter() - start:.1f} s")
        seen |= fresh
        if fresh and kill:
            process.send_signal(signal.SIGKILL)
            process.wait()
            say("  killed")
            return True
        time.sleep(0.02)
    if status != 0:
        raise SystemExit(f"{' '.join(words[3:])}: ended with {os.waitstatus_to_exitcode(status)}")
    peak = used.ru_maxrss * KIBIBYTE
    say(f"  finished after {time.perf_counter() - start:.1f} s, {peak / GIBIBYTE:.2f} GiB at most")
    return False


def digest_when_killed(citizens: int, days: int, place: Path) -> str:
    """Digest of the same life, killed at its first checkpoint and resumed by the program."""
    out = place / "run"
    words = [*PROGRAM, "run", SCHEME, "--alone", "--population", str(citizens)]
    words += ["--days", str(days), "--replicates", "1", "--seed", str(SEED)]
    words += ["--set", "timeline.spin_up=0", "--checkpoint-every", "0", "--out", str(out)]
    say("run, by the program:")
    if watched(words, out, kill=True):
        say("resumed, in a new process:")
        resume = [*PROGRAM, "resume", str(out), "--checkpoint-every", "0"]
        watched(resume, out, kill=False)
    else:
        say("  over before it could be killed")
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    digest: str = manifest["digests"][SCHEME][str(SEED)]
    shutil.rmtree(out)
    return digest


def digest_of_life(citizens: int, days: int) -> str:
    """Make the nation and live it in this process; prints what there is to say."""
    changes = {"timeline.spin_up": 0}
    scenario = Scenario.load(SCHEME).replace(changes, population=citizens)
    start = time.perf_counter()
    nation = Nation.make(scenario, SEED)
    nation.enact(scenario.scheme)
    say(f"made {citizens:,} citizens in {time.perf_counter() - start:.1f} s")
    nation.profile = True
    living = 0.0
    for day in range(days):
        start = time.perf_counter()
        nation.live_day()
        seconds = time.perf_counter() - start
        living += seconds
        say(f"day {day}: {seconds:.2f} s, {citizens / seconds:,.0f} citizen-days/s")
    together = sum(nation.stage_ticks.values())
    for name, ticks in nation.stage_ticks.items():
        if ticks:
            seconds = living * ticks / together
            each = 1e9 * seconds / citizens / days
            say(f"  {name:<9} {seconds:>9.2f} s  {each:>8.2f} ns a citizen-day")
    start = time.perf_counter()
    digest = nation.digest()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTE
    say(f"{nation.bytes_per_citizen:.1f} bytes a citizen; {peak / GIBIBYTE:.2f} GiB at most")
    say(f"digest {digest}, taken in {time.perf_counter() - start:.1f} s")
    return digest


def main() -> None:
    """Live a nation and say how it went."""
    parser = argparse.ArgumentParser(description="A nation as large as a country, lived for real.")
    parser.add_argument("--citizens", type=float, default=1.3e9)
    parser.add_argument("--days", type=int, default=3)
    parser.add_argument("--killed", action="store_true", help="kill and resume the program too")
    parser.add_argument("--folder", type=Path, help="where the killed run keeps itself")
    given = parser.parse_args()
    citizens, killed = int(given.citizens), None
    if given.killed:
        with tempfile.TemporaryDirectory(prefix="glasshouse-nation-", dir=given.folder) as place:
            killed = digest_when_killed(citizens, given.days, Path(place))
    digest = digest_of_life(citizens, given.days)
    if killed is not None and killed != digest:
        raise SystemExit(f"the run that was killed came to {killed}")
    if killed is not None:
        say("the run that was killed and resumed came to the same digest")


if __name__ == "__main__":
    main()
