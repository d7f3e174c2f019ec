"""Kill a run at random moments, resume it, and compare it with one that was never stopped.

    python benchmarks/kills.py --kills 200

A comparison of three schemes over two seeds is lived once as a measure. Then it is begun again and
again, each time killed (SIGKILL) after a random time, resumed, killed again, until it is finished:
its digest and its tables must be those of the first. Nothing is retried: one difference ends it.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import polars

TABLES = ("measures", "districts", "citizens")
PROGRAM = [sys.executable, "-c", "import sys; from glasshouse.cli import main; sys.exit(main())"]
AROUND = 3.0
"""Seconds that getting ready and the report take beside the days that are lived."""
STARTING = 0.1
"""Share of the kills that are timed from the start of the program, which may have done nothing."""
NOTHING_KEPT = "no such folder", "a folder without a run in it"


def words_of(given: argparse.Namespace, out: Path) -> list[str]:
    """The command that begins the run."""
    words = [*PROGRAM, "compare", "fear", "press-sesame", "--population", str(given.citizens)]
    words += ["--days", str(given.days), "--replicates", "2", "--set", "timeline.spin_up=20"]
    return [*words, "--out", str(out), "--json"]


def ended(
    words: list[str], out: Path, patience: float | None = None, *, starting: bool = False
) -> subprocess.CompletedProcess[str] | None:
    """Let a command run; None when it was killed.

    It is killed ``patience`` seconds after it took hold of the folder, or after it was started.
    """
    (out / ".lock").unlink(missing_ok=True)
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not starting and process.poll() is None and not (out / ".lock").exists():
        time.sleep(0.01)
    try:
        said, complaints = process.communicate(timeout=patience)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return None
    return subprocess.CompletedProcess(words, process.returncode, said, complaints)


def where(folder: Path) -> str:
    """What there was when a run was killed, in a few words."""
    if not (folder / "manifest.json").exists():
        return "before anything was kept"
    manifest = json.loads((folder / "manifest.json").read_text())
    if manifest["state"] == "finished":
        return "after the end"
    numbers = [each for each in (folder / "checkpoints").glob("[0-9]*") if each.is_dir()]
    if not numbers:
        return "before the first checkpoint"
    if list((folder / "checkpoints").glob(".*")):
        return "while a checkpoint was written"
    return "between checkpoints"


def survive(given: argparse.Namespace, out: Path, longest: float, left: int) -> Counter[str]:
    """Begin a run and kill it until it is finished; where it was killed."""
    chance = random.Random(f"{given.seed} {left}")
    begin, kills = words_of(given, out), Counter[str]()
    words = begin
    while True:
        every = chance.choice(["0", "0.2", "1"])
        patience = chance.uniform(0, longest) if sum(kills.values()) < left else None
        starting = chance.random() < STARTING
        done = ended([*words, "--checkpoint-every", every], out, patience, starting=starting)
        if done is None:
            kills[where(out)] += 1
            words = [*PROGRAM, "resume", str(out), "--json"]
        elif done.returncode == 0:
            return kills
        elif any(each in done.stderr for each in NOTHING_KEPT) and words != begin:
            words = begin
        else:
            raise SystemExit(f"{' '.join(words[3:])}\nexit {done.returncode}: {done.stderr}")


def compare(out: Path, reference: Path) -> None:
    """End with what differs from the run that was never stopped."""
    digests = [json.loads((each / "manifest.json").read_text()) for each in (out, reference)]
    for name in ("digest", "digests", "seeds"):
        if digests[0][name] != digests[1][name]:
            raise SystemExit(f"{out}: {name} differs: {digests[0][name]}, {digests[1][name]}")
    for name in TABLES:
        tables = [polars.read_parquet(each / f"{name}.parquet") for each in (out, reference)]
        if not tables[0].equals(tables[1]):
            raise SystemExit(f"{out}: {name}.parquet differs")
    if not (out / "report.html").exists():
        raise SystemExit(f"{out}: no report")
    if (out / "checkpoints" / "kept").exists() or list(out.rglob("*.partial")):
        raise SystemExit(f"{out}: something was left behind")


def main() -> None:
    """Kill, resume, compare, and print what was survived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--citizens", type=int, default=20_000)
    parser.add_argument("--days", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="glasshouse-kills-"))
    longest = float("inf")
    for name in ("reference", "again", "once-more"):
        done = ended(words_of(given, place / name), place / name)
        if done is None or done.returncode != 0:
            raise SystemExit(f"the run itself fails: {done and done.stderr}")
        manifest = json.loads((place / name / "manifest.json").read_text())
        longest = min(longest, manifest["seconds"] + AROUND)
    compare(place / "again", place / "reference")
    print(
        f"uninterrupted: {longest - AROUND:.1f} s, {json.loads(done.stdout)['digest']}", flush=True
    )
    kills, runs = Counter[str](), 0
    while sum(kills.values()) < given.kills:
        out = place / f"run-{runs}"
        kills += survive(given, out, longest, given.kills - sum(kills.values()))
        compare(out, place / "reference")
        runs += 1
        print(f"{runs} runs, {sum(kills.values())} kills: {dict(kills)}", flush=True)
        shutil.rmtree(out)
    shutil.rmtree(place)
    print("every run ended with the digest and the tables of the one that was never stopped")


if __name__ == "__main__":
    main()
