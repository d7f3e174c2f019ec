"""What a dry run says, and what then happens: memory, disk and time, as ratios.

    python benchmarks/foretold.py [CITIZENS ...] [-- OPTIONS OF glasshouse run]

Memory is the most that the process took, disk the most that lay in the run's folder while it was
lived, time what the manifest says, compiling left out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAM = [sys.executable, "-c", "import sys; from glasshouse.cli import main; sys.exit(main())"]
KIBIBYTE = 1024


def bytes_in(folder: Path) -> int:
    """Bytes of all files of a folder, as far as they are there long enough to be looked at."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            continue
    return total


def happened(words: list[str], out: Path) -> dict[str, float]:
    """Let a run happen, and watch it."""
    process = subprocess.Popen([*words, "--out", str(out), "--json"], stdout=subprocess.DEVNULL)
    disk = 0
    while True:
        ended, status, used = os.wait4(process.pid, os.WNOHANG)
        if ended:
            break
        disk = max(disk, bytes_in(out))
        time.sleep(0.1)
    if status != 0:
        raise SystemExit(f"{' '.join(words[3:])}: ended with {status}")
    manifest = json.loads((out / "manifest.json").read_text())
    return {
        "memory": used.ru_maxrss * KIBIBYTE,
        "disk": max(disk, bytes_in(out)),
        "seconds": manifest["seconds"],
        **{name: manifest[f"seconds_{name}"] for name in ("making", "living", "measuring")},
    }


def main() -> None:
    """Print a line for each number of citizens and each thing that was foretold."""
    given = sys.argv[1:]
    options = given[given.index("--") + 1 :] if "--" in given else []
    sizes = [each for each in given if each != "--"][: len(given) - len(options) - bool(options)]
    place = Path(tempfile.mkdtemp(prefix="glasshouse-foretold-"))
    print(f"{'citizens':>13}  {'':<10} {'said':>16} {'happened':>16}  ratio")
    for size in sizes or ["10_000", "1_000_000"]:
        words = [*PROGRAM, "run", "press-sesame", "--population", size, *options]
        subprocess.run(
            [*words, "--days", "1", "--out", place / f"warm-{size}"], capture_output=True
        )
        said = json.loads(
            subprocess.check_output([*words, "--dry-run", "--json", "--out", place / size])
        )
        told = {
            "memory": said["memory_bytes"]["together"],
            "disk": said["disk_bytes"]["together"],
            "seconds": said["seconds"]["together"],
            **{name: said["seconds"][name] for name in ("making", "living", "measuring")},
        }
        for name, value in happened(words, place / size).items():
            ratio = told[name] / value if value else float("nan")
            print(
                f"{size:>13}  {name:<10} {told[name]:>16,.1f} {value:>16,.1f}  {ratio:.2f}",
                flush=True,
            )
        shutil.rmtree(place / size)
    shutil.rmtree(place)


if __name__ == "__main__":
    main()
